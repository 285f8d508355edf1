"""Run chart: values about their median, no limits. The only chart for a short series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.rules import RunsTest, runs_test


@dataclass(frozen=True, eq=False)
class RunChart:
    """Values about their median; arrays of shape (n,) in the unit of the values."""

    values: Floats
    """What is drawn; NaN where a period has no figure."""
    centre: Floats
    """The median in every period."""
    runs: RunsTest
    """Longest run and crossings with what chance allows."""


def run_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
) -> RunChart:
    """Draw values about the median of the baseline (all periods when None).

    `values`: shape (n,), any unit, NaN for gaps. Points in `exclude` make no median and are
    stepped over by the runs rules. Raises `ValueError` for other input, or where no
    period of the baseline has a figure.
    """
    found = checks.series("values", values)
    asked = checks.mask("baseline", baseline, length=found.size, default=True)
    left_out = checks.mask("exclude", exclude, length=found.size, default=False)
    known = found[asked & ~left_out & ~np.isnan(found)]
    if known.size == 0:
        raise ValueError("values hold no figure in the baseline; a run chart needs one at least")
    centre = np.full(found.size, np.median(known))
    return RunChart(values=found, centre=centre, runs=runs_test(found, centre, exclude=left_out))
