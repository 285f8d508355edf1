"""Two runs of periods compared: shares or counts, by as much as the periods themselves vary.

Fisher's test and the exact test of two counts take each case as drawn by itself. Months vary more
than that, as cases come in families and decisions in fashions. Where the earlier months show it,
the comparison is made as if there were fewer cases, so that the spread fits (a design effect, Kish
1965).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy import stats

from scrutinybook.statistics.dispersion import count_dispersion, proportion_dispersion
from scrutinybook.statistics.exact_tests import two_counts, two_proportions
from scrutinybook.statistics.intervals import Interval, newcombe, rate_ratio

_Size = TypeVar("_Size", int, float)

FEWEST_FOR_SPREAD = 8
"""Fewest earlier periods whose spread is measured."""


@dataclass(frozen=True)
class TwoRuns:
    """The second run against the first."""

    effect: Interval
    """Difference of shares, or ratio of rates."""
    p_value: float
    method: str
    """Which test, in words."""
    spread: float
    """Variance of the earlier periods over what chance alone gives; 1 where no more, or unknown."""


def two_share_runs(
    first: Sequence[tuple[int, int]],
    second: Sequence[tuple[int, int]],
    *,
    confidence: float = 0.95,
) -> TwoRuns:
    """Compare pooled shares; each period is (numerator, denominator).

    Fisher's exact test and Newcombe's interval. Not for overlapping groups of children. Raises
    `ValueError` for an empty run and parts that are no share.
    """
    spread = _spread(first, counts=False)
    before, after = _pooled(first), _pooled(second)
    exact = newcombe(before, after, confidence=confidence)
    test = two_proportions(*(_fewer(parts, spread) for parts in (before, after)))
    wide = newcombe(_fewer(before, spread), _fewer(after, spread), confidence=confidence)
    estimate = exact.estimate
    effect = Interval(
        estimate=estimate,
        lower=max(-1.0, estimate - (wide.estimate - wide.lower)),
        upper=min(1.0, estimate + (wide.upper - wide.estimate)),
        confidence=confidence,
        method=exact.method,
    )
    method = test.method if spread == 1 else f"{test.method}, widened by the spread of the months"
    return TwoRuns(effect, test.p_value, method, spread)


def two_count_runs(
    first: Sequence[tuple[int, float]],
    second: Sequence[tuple[int, float]],
    *,
    confidence: float = 0.95,
) -> TwoRuns:
    """Compare rates; each period is (count, exposure), working days say.

    The exact test of two counts; where the first run varies more than chance alone, the same normal
    test on the log scale that `rate_ratio` takes its interval from. Raises `ValueError` for an
    empty run, and where all counts are 0.
    """
    spread = _spread(first, counts=True)
    before, after = _pooled(first), _pooled(second)
    effect = rate_ratio(before, after, dispersion=spread, confidence=confidence)
    if spread == 1:
        test = two_counts(before, after)
        return TwoRuns(effect, test.p_value, test.method, spread)
    error = math.sqrt(spread * (1 / (before[0] + 0.5) + 1 / (after[0] + 0.5)))
    middle = math.log((after[0] + 0.5) / (before[0] + 0.5) * before[1] / after[1])
    p_value = float(2 * stats.norm.sf(abs(middle) / error))
    return TwoRuns(effect, p_value, "normal test of the log ratio, widened by the spread", spread)


def _pooled(run: Sequence[tuple[int, _Size]]) -> tuple[int, _Size]:
    if not run:
        raise ValueError("a run has no period")
    sizes = [size for _, size in run]
    return sum(top for top, _ in run), sum(sizes[1:], sizes[0])


def _fewer(parts: tuple[int, int], spread: float) -> tuple[int, int]:
    bottom = max(1, round(parts[1] / spread))
    return min(bottom, round(parts[0] / spread)), bottom


def _spread(run: Sequence[tuple[int, float]], *, counts: bool) -> float:
    if len(run) < FEWEST_FOR_SPREAD:
        return 1.0
    top, bottom = (np.array([parts[k] for parts in run], dtype=float) for k in (0, 1))
    used = np.ones(top.size, dtype=np.bool_)
    measure = count_dispersion if counts else proportion_dispersion
    return max(1.0, measure(top, bottom, used).ratio)
