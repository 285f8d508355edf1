"""Does a change of level hold in months that had no part in finding it?

Looking every month for two years gives chance two dozen goes, and a search that sees the same odd
months again will find the same change again: that it is found twice confirms nothing. What does is
that months which came in later lie at the new level when judged by themselves. So they are set
against the old level, season and noise as they were known at first sight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.level_change import LevelChange, LevelChanges

FEWEST_LATER = 3
"""Fewest later months with a figure."""

LEVEL = 0.0025
"""One-sided p-value up to which later months speak for the new level. Stricter than the search,
since a change is looked at again in every edition until it holds, and since a series in which a
change was found by chance looks less noisy than it is. Of 500 simulated series without a change
that were looked at for two years, 8 in 100 ever had a false one confirmed."""


@dataclass(frozen=True)
class Confirmation:
    """What later months say of a change."""

    p_value: float
    """Probability that months still at the old level lie as far towards the new one."""
    share: float
    """How far from the old level to the new they lie, on the log scale: 0 at the old, 1 at it."""
    n_months: int
    """Later months with a figure."""
    level: float
    """The p-value up to which the change holds."""

    @property
    def holds(self) -> bool:
        """Later months speak for the new level."""
        return self.p_value <= self.level


@dataclass(frozen=True)
class TooEarlyToConfirm:
    """Too few later months: the change stays provisional."""

    n_months: int
    """Later months with a figure."""
    needed: int
    """How many are needed."""


def confirm(
    first_sight: LevelChanges,
    later: npt.ArrayLike,
    working_days: npt.ArrayLike | None = None,
    *,
    first_month: int,
    fewest: int = FEWEST_LATER,
    level: float = LEVEL,
) -> Confirmation | TooEarlyToConfirm:
    """Set later months against the old level of the last change found at first sight.

    `first_sight`: a search of n months that found a change. `later`: counts of the k months right
    after them, NaN for gaps. `working_days`: shape (n + k,), as the search had them, or None if it
    had none. `first_month`: calendar month of the first of the n, 1 to 12. Raises `ValueError` for
    other input or where no change was found.
    """
    found = checks.counts("later", later)
    if not first_sight.changes:
        raise ValueError("first_sight has no change; there is nothing to confirm")
    if first_month not in range(1, 13):
        raise ValueError(f"first_month is {first_month}; first_month must be from 1 to 12")
    checks.at_least("fewest", fewest, 1)
    checks.fraction("level", level)
    n = first_sight.fitted.size
    days = np.ones(n + found.size)
    if working_days is not None:
        days = checks.exposures("working_days", working_days, length=n + found.size)
    known = np.flatnonzero(~np.isnan(found) & ~np.isnan(days[n:]))
    if known.size < fewest:
        return TooEarlyToConfirm(known.size, fewest)

    change = first_sight.changes[-1]
    usual = _usual(first_sight, np.log(days), first_month)[n + known]
    old, new = np.log(change.before), np.log(change.after)
    away = float(np.mean(np.log(found[known] + 0.5) - usual)) - old
    error = _error(first_sight, change, known)
    return Confirmation(
        p_value=float(stats.norm.sf(np.sign(new - old) * away / error)),
        share=float(away / (new - old)),
        n_months=known.size,
        level=level,
    )


def _usual(first_sight: LevelChanges, log_days: Floats, first_month: int) -> Floats:
    """Season and working days of every month, later ones included, on the log scale."""
    n, working = first_sight.fitted.size, first_sight.exponent * log_days
    beside = np.log(first_sight.fitted / first_sight.level_line) - working[:n]
    if not first_sight.seasonal:
        return float(beside.mean()) + working
    period = first_sight.period
    month = (first_month - 1 + np.arange(log_days.size)) % period
    # A search with a season has seen every calendar month: two years at the least.
    by_month = np.array([beside[month[:n] == each].mean() for each in range(period)])
    return by_month[month] + working


def _error(first_sight: LevelChanges, change: LevelChange, known: npt.NDArray[np.intp]) -> float:
    """Standard error of the mean of later months less the old level."""
    rho, k = first_sight.rho, known.size
    later = (rho ** np.abs(np.subtract.outer(known, known))).sum() / k**2
    starts = [0, *(each.first_month for each in first_sight.changes)]
    before = (1 + rho) / (1 - rho) / (change.first_month - starts[-2])
    season = first_sight.period / first_sight.n_months / k if first_sight.seasonal else 0.0
    return float(first_sight.noise_sd * np.sqrt(later + before + season))
