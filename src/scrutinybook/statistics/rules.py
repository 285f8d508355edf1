"""Signals that are no single point beyond a limit, and how often chance alone gives a signal.

Anhøj's runs rules (Anhøj and Olesen 2014, PLoS ONE 9(11): e113825) ask two questions of the
points that do not lie on the centre line: is the longest run on one side longer than chance would
give, and does the line cross the centre less often than chance would?
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from scrutinybook.statistics import checks

CROSSINGS_TAIL = 0.05
"""Fewer crossings than the 5% point of Binomial(n - 1, 1/2) signal."""


@dataclass(frozen=True)
class RunsTest:
    """Longest run and crossings of a series about its centre line."""

    n_useful: int
    """Points with a figure that do not lie on the centre line."""
    longest_run: int
    """Most points in a row on one side."""
    longest_allowed: int
    """The longest run that chance allows."""
    crossings: int
    """How often neighbouring points lie on different sides."""
    crossings_needed: int
    """The fewest crossings that chance allows."""

    @property
    def long_run(self) -> bool:
        """The longest run is longer than chance allows."""
        return self.longest_run > self.longest_allowed

    @property
    def few_crossings(self) -> bool:
        """The line crosses the centre less often than chance allows."""
        return self.crossings < self.crossings_needed

    @property
    def signal(self) -> bool:
        """Either rule signals."""
        return self.long_run or self.few_crossings


@dataclass(frozen=True)
class ChanceSignals:
    """What chance alone would give a series of independent points about a known centre."""

    n_points: int
    expected_beyond: float
    """Points beyond three-sigma limits to expect, if values are normal and limits exact."""
    any_beyond: float
    """Probability of one such point or more."""
    any_runs: float
    """Probability that a runs rule signals (exact)."""

    @property
    def any_signal(self) -> float:
        """Probability of a signal of either sort, taken as independent of each other."""
        return 1 - (1 - self.any_beyond) * (1 - self.any_runs)


def longest_run_allowed(n_useful: int) -> int:
    """Give the longest run that chance allows: log2(n) + 3, rounded."""
    return round(math.log2(n_useful) + 3) if n_useful > 0 else 0


def crossings_needed(n_useful: int) -> int:
    """Give the fewest crossings that chance allows: the 5% point of Binomial(n - 1, 1/2)."""
    return int(stats.binom.ppf(CROSSINGS_TAIL, n_useful - 1, 0.5)) if n_useful > 1 else 0


def runs_test(
    values: npt.ArrayLike, centre: npt.ArrayLike, *, exclude: npt.ArrayLike | None = None
) -> RunsTest:
    """Apply both runs rules.

    `values`, `centre`: shape (n,), one unit; gaps, excluded points and points on the centre line
    are stepped over. Raises `ValueError` for other input.
    """
    found = checks.series("values", values)
    line = checks.series("centre", centre, length=found.size)
    left_out = checks.mask("exclude", exclude, length=found.size, default=False)
    side = np.sign((found - line)[~left_out])
    side = side[~np.isnan(side) & (side != 0)]
    changes = np.flatnonzero(np.diff(side) != 0)
    edges = np.concatenate([[-1], changes, [side.size - 1]])
    return RunsTest(
        n_useful=side.size,
        longest_run=int(np.diff(edges).max()) if side.size else 0,
        longest_allowed=longest_run_allowed(side.size),
        crossings=changes.size,
        crossings_needed=crossings_needed(side.size),
    )


def chance_of_runs_signal(n_points: int) -> float:
    """Give the exact probability that chance alone makes a runs rule signal.

    `n_points` independent points, each as likely above the centre as below. Raises `ValueError`
    for fewer than one point.
    """
    n = checks.at_least("n_points", n_points, 1)
    longest, fewest = longest_run_allowed(n), crossings_needed(n)
    # quiet[run, crossings]: probability of that state with no run too long so far.
    quiet = np.zeros((longest + 1, n))
    quiet[1, 0] = 1.0
    for _ in range(n - 1):
        stay, cross = np.zeros_like(quiet), np.zeros_like(quiet)
        stay[2:] = quiet[1:-1] / 2
        cross[1, 1:] = quiet[:, :-1].sum(axis=0) / 2
        quiet = stay + cross
    return float(1 - quiet[:, fewest:].sum())


def chance_signals(n_points: int, *, sigmas: float = 3.0) -> ChanceSignals:
    """Say how often a chart of `n_points` signals though nothing but chance is at work.

    Limits worked out from few points, or values that follow on from each other, signal more often.
    Raises `ValueError` for fewer than one point.
    """
    n = checks.at_least("n_points", n_points, 1)
    each = 2 * float(stats.norm.sf(checks.positive("sigmas", sigmas)))
    return ChanceSignals(
        n_points=n,
        expected_beyond=n * each,
        any_beyond=1 - (1 - each) ** n,
        any_runs=chance_of_runs_signal(n),
    )
