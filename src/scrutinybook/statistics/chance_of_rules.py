"""How often the "Making data count" rules signal though nothing but chance is at work.

The rules overlap, and the limits come from the very points that they judge, so no formula gives the
answer. It is simulated: independent normal values, screened limits from the same points, all four
rules. The answer depends on the number of points alone and is kept for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.limits import NEAR_SIGMAS, RANGE_LIMIT, SIGMAS
from scrutinybook.statistics.making_data_count import (
    POINTS,
    RANGES_TO_LIMIT,
    shifts,
    trends,
    two_of_three,
)

DRAWS = 10_000
"""Series simulated; a probability of a half is then known to within 0.01 (95% of the time)."""


@dataclass(frozen=True)
class ChanceOfRules:
    """Probabilities that chance alone signals in one series, by simulation."""

    n_points: int
    """Points of the series."""
    any_signal: float
    """Some point signals by some rule."""
    latest_signal: float
    """The latest point signals, so that the variation icon shows a signal."""
    any_beyond: float
    """Some point lies beyond a limit."""
    any_trend: float
    """Some points make a trend."""
    any_near: float
    """Some points make two of three near a limit."""
    any_shift: float
    """Some points make a shift."""
    n_draws: int
    """Series simulated."""

    @property
    def standard_error(self) -> float:
        """Standard error of `any_signal` from the number of series simulated."""
        return float(np.sqrt(self.any_signal * (1 - self.any_signal) / self.n_draws))


def chance_of_rules(
    n_points: int,
    *,
    seed: int,
    shift: int = POINTS,
    trend: int = POINTS,
    draws: int = DRAWS,
) -> ChanceOfRules:
    """Simulate how often the four rules signal in `n_points` points without any change.

    Values that follow on from each other, or skew ones, signal more often. Raises `ValueError` for
    fewer than 3 points, or lengths that make no rule.
    """
    return _simulated(
        checks.at_least("n_points", n_points, 3),
        checks.at_least("shift", shift, 3),
        checks.at_least("trend", trend, 3),
        checks.at_least("draws", draws, 1),
        seed,
    )


@lru_cache(maxsize=256)
def _simulated(n: int, shift: int, trend: int, draws: int, seed: int) -> ChanceOfRules:
    values = np.random.default_rng(seed).standard_normal((draws, n))
    values -= values.mean(axis=1, keepdims=True)
    sigma = RANGES_TO_LIMIT / SIGMAS * _screened_ranges(values)[:, None]
    beyond = np.abs(values) > SIGMAS * sigma
    close = (np.abs(values) > NEAR_SIGMAS * sigma) & ~beyond
    side = np.sign(values).astype(np.int64)
    marks: tuple[Bools, ...] = (
        beyond,
        trends(values, trend) != 0,
        two_of_three(close, side) != 0,
        shifts(side, shift) != 0,
    )
    by_rule = [float(each.any(axis=1).mean()) for each in marks]
    some = np.logical_or.reduce(marks)
    return ChanceOfRules(
        n_points=n,
        any_signal=float(some.any(axis=1).mean()),
        latest_signal=float(some[:, -1].mean()),
        any_beyond=by_rule[0],
        any_trend=by_rule[1],
        any_near=by_rule[2],
        any_shift=by_rule[3],
        n_draws=draws,
    )


def _screened_ranges(values: Floats) -> Floats:
    """Average the moving ranges of each row, without those beyond their own limit; (draws,)."""
    ranges = np.abs(np.diff(values, axis=1))
    kept = ranges <= RANGE_LIMIT * ranges.mean(axis=1, keepdims=True)
    return np.asarray((ranges * kept).sum(axis=1) / kept.sum(axis=1))
