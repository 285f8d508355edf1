"""How often the latest month is a signal by chance, where limits come from the months before it.

`chance_of_rules` asks of a chart whose limits come from all its points. A page that judges its
latest month sets the limits without it, so that limits from few months miss it more often, and the
charts differ: those that count trust the spread that counting gives, those of stocks apply no rule
but the limits. Independent normal months are simulated, and the rules applied as on the chart.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import (
    FOLLOW_ON,
    MEAN_RANGE_TO_SIGMA,
    NEAR_SIGMAS,
    SIGMAS,
    ChartKind,
)
from scrutinybook.statistics.making_data_count import POINTS, shifts, trends, two_of_three

DRAWS = 10_000
"""Series simulated; a probability of 0.02 is then known to within 0.003 (95% of the time)."""

_FROM_COUNTING = frozenset({ChartKind.C, ChartKind.U, ChartKind.P, ChartKind.BETA_BINOMIAL})


def chance_of_judging(n_points: int, kind: ChartKind, *, seed: int) -> float:
    """Give the probability that the last of `n_points` months is a signal though nothing changed.

    Months are independent, near enough to normal, and alike in size; those that follow on from each
    other signal more often. c, u, p and exact limits estimate the centre alone, all others the
    spread too; charts of stocks apply the limits alone. Raises `ValueError` for fewer than 3
    months.
    """
    n = checks.at_least("n_points", n_points, 3)
    return _simulated(n, kind in _FROM_COUNTING, kind in FOLLOW_ON, seed)


@lru_cache(maxsize=256)
def _simulated(n: int, from_counting: bool, limits_alone: bool, seed: int) -> float:
    months = np.random.default_rng(seed).standard_normal((DRAWS, n))
    earlier = months[:, :-1]
    away = months - earlier.mean(axis=1, keepdims=True)
    sigma = np.ones((DRAWS, 1))
    if not from_counting:
        ranges = np.abs(np.diff(earlier, axis=1))
        sigma = ranges.mean(axis=1, keepdims=True) / MEAN_RANGE_TO_SIGMA
    beyond = np.abs(away) > SIGMAS * sigma
    if limits_alone:
        return float(beyond[:, -1].mean())
    close = (np.abs(away) > NEAR_SIGMAS * sigma) & ~beyond
    side = np.sign(away).astype(np.int64)
    marks = (beyond, trends(away, POINTS), two_of_three(close, side), shifts(side, POINTS))
    return float(np.logical_or.reduce([mark[:, -1] != 0 for mark in marks]).mean())
