"""How often one month lies outside limits that other months set, though nothing changed.

The three-sigma limits of a textbook leave out 27 values in ten thousand. Limits worked out from a
few months are themselves estimates, at times too narrow or off centre, and leave out more.
Independent normal months are simulated; each simulation's share outside is exact, so that few
are needed. The answer depends on the number of months and the chart alone and is kept for each.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import MEAN_RANGE_TO_SIGMA, SIGMAS, ChartKind

DRAWS = 20_000
"""Baselines simulated; the answer is then known to within about 0.0003."""

_FROM_RANGES = frozenset({ChartKind.INDIVIDUALS, ChartKind.U_PRIME})
_FROM_COUNTING = frozenset({ChartKind.C, ChartKind.U})


@lru_cache(maxsize=256)
def chance_latest_beyond(n_baseline: int, kind: ChartKind, *, seed: int) -> float:
    """Give the probability that one further month lies outside limits from `n_baseline` months.

    Months are independent and normal and nothing changes. Individuals and u' charts estimate
    centre and spread, c and u charts the centre alone (the spread that counting gives goes with
    it). Raises `ValueError` for other kinds and for fewer than two months.
    """
    n = checks.at_least("n_baseline", n_baseline, 2)
    if kind not in _FROM_RANGES | _FROM_COUNTING:
        raise ValueError(f"kind is {kind}; limits of that sort are not simulated")
    months = np.random.default_rng(seed).standard_normal((DRAWS, n))
    centre = months.mean(axis=1)
    sigma = np.ones(DRAWS)
    if kind in _FROM_RANGES:
        sigma = np.abs(np.diff(months, axis=1)).mean(axis=1) / MEAN_RANGE_TO_SIGMA
    outside = stats.norm.sf(centre + SIGMAS * sigma) + stats.norm.cdf(centre - SIGMAS * sigma)
    return float(outside.mean())
