"""Do some months of a value differ from the months before, by as much as those vary?

For averages and rates without parts that could be counted, such as working days lost of a hundred.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.intervals import Interval

FEWEST_BEFORE = 8
"""Fewest earlier months whose spread says what is usual."""


@dataclass(frozen=True)
class MeanShift:
    """Mean of some months less the mean of those before."""

    difference: Interval
    p_value: float
    """Probability of a difference at least as large, either way, if months went on as before."""
    method: str
    """Which test, in words."""


def mean_shift(
    before: npt.ArrayLike, now: npt.ArrayLike, *, confidence: float = 0.95
) -> MeanShift | None:
    """Set the mean of `now`, shape (m,), against `before`, shape (n,); NaN for gaps.

    The spread is that of the earlier months alone (a t interval for the mean of m new months), so
    that one new month will do. Months are taken as independent of each other. None with fewer than
    `FEWEST_BEFORE` earlier months, no later one, or earlier months that are all alike. Raises
    `ValueError` for other input.
    """
    checks.fraction("confidence", confidence)
    old, new = (checks.series(name, x) for name, x in (("before", before), ("now", now)))
    old, new = old[~np.isnan(old)], new[~np.isnan(new)]
    if old.size < FEWEST_BEFORE or new.size == 0 or np.ptp(old) == 0:
        return None
    difference = float(new.mean() - old.mean())
    error = float(old.std(ddof=1)) * math.sqrt(1 / old.size + 1 / new.size)
    half = float(stats.t.isf((1 - confidence) / 2, old.size - 1)) * error
    method = "t test by the spread of the earlier months"
    return MeanShift(
        Interval(difference, difference - half, difference + half, confidence, method),
        float(2 * stats.t.sf(abs(difference) / error, old.size - 1)),
        method,
    )
