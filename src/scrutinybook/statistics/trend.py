"""Did a series rise or fall over a stated run of months, and by how much?

For claims of a direction ("fell over the ten months"), with the months stated in the claim, not
chosen to fit. One straight line, on the log scale for counts, log-odds for proportions, as it
is for other values; with or without a season. Months follow on from each other, which makes a line
look surer than it is: the fit is by generalised least squares (statsmodels) with that correlation
measured, and put back for what the fit itself hides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm
from scipy import linalg, special, stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.autocorrelation import lag_one
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.intervals import Interval
from scrutinybook.statistics.null_process import autoregression
from scrutinybook.statistics.wandering_level import seasonal_waves

FEWEST, FEWEST_SEASONAL = 8, 24
"""Fewest months with a figure; with a season, two of every month."""

PRIOR_RHO, PRIOR_MONTHS = 0.2, 16
"""Correlation towards which the estimate is drawn, and the months of data it weighs as much as.
Ten months cannot show theirs: of 600 simulated series without a trend, 2% had a p-value below .05
with no correlation, 7% with .3 and 15% with .6."""

_RHOS = np.array([0.0, 0.2, 0.4, 0.6, 0.75, 0.9])
_SAMPLES = 400
_HALF = 0.5


@dataclass(frozen=True)
class TooShortForTrend:
    """Too few months for a line, or nothing varies about it."""

    n_months: int
    """Months with a figure."""
    needed: int
    """How many were needed."""


@dataclass(frozen=True)
class Trend:
    """A straight line through n months, on the scale that fits the measure."""

    first: float
    """Where the line begins, in the unit of the series (counts per average month)."""
    last: float
    """Where it ends."""
    change: Interval
    """Last less first; the mean of the line is held fixed."""
    ratio: Interval | None
    """Last over first, for counts; None otherwise."""
    p_value: float
    """Probability of a line at least as steep, either way, were there none."""
    rho: float
    """Correlation from month to month that was allowed for."""
    seasonal: bool
    """A yearly season was fitted along."""
    n_months: int
    """Months with a figure."""


def count_trend(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None = None,
    *,
    first_month: int,
    seed: int,
    seasonal: bool,
    confidence: float = 0.95,
) -> Trend | TooShortForTrend:
    """Fit a line to log counts, per working day where they are given.

    `counts`, `working_days`: shape (n,), NaN for gaps in the counts. `first_month`: calendar
    month of the first, 1 to 12. `seed`: of the draws that put the correlation right. Raises
    `ValueError` for other input.
    """
    found = checks.counts("counts", counts)
    days = np.ones(found.size)
    if working_days is not None:
        days = checks.exposures("working_days", working_days, length=found.size)
        found[np.isnan(days)] = np.nan
        days = days / np.nanmean(days)
    return _trend(
        np.log(found + _HALF) - np.log(days),
        back=lambda eta: np.maximum(np.exp(eta) - _HALF, 0.0),
        with_ratio=True,
        first_month=first_month,
        seasonal=seasonal,
        confidence=confidence,
        seed=seed,
    )


def proportion_trend(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    first_month: int,
    seed: int,
    seasonal: bool,
    confidence: float = 0.95,
) -> Trend | TooShortForTrend:
    """Fit a line to the log-odds of proportions (0 to 1); the rest as for `count_trend`."""
    top, bottom = checks.proportion_parts(numerators, denominators)
    return _trend(
        np.log((top + _HALF) / (bottom - top + _HALF)),
        back=special.expit,
        with_ratio=False,
        first_month=first_month,
        seasonal=seasonal,
        confidence=confidence,
        seed=seed,
    )


def value_trend(
    values: npt.ArrayLike,
    *,
    first_month: int,
    seed: int,
    seasonal: bool,
    confidence: float = 0.95,
) -> Trend | TooShortForTrend:
    """Fit a line to values as they are (a sickness rate, say); the rest as for `count_trend`."""
    return _trend(
        checks.series("values", values),
        back=lambda eta: eta,
        with_ratio=False,
        first_month=first_month,
        seasonal=seasonal,
        confidence=confidence,
        seed=seed,
    )


def _trend(
    series: Floats,
    *,
    back: Callable[[Floats], Floats],
    with_ratio: bool,
    first_month: int,
    seasonal: bool,
    confidence: float,
    seed: int,
) -> Trend | TooShortForTrend:
    checks.fraction("confidence", confidence)
    if first_month not in range(1, 13):
        raise ValueError(f"first_month is {first_month}; first_month must be from 1 to 12")
    known = ~np.isnan(series)
    n, needed = int(known.sum()), FEWEST_SEASONAL if seasonal else FEWEST
    if n < needed:
        return TooShortForTrend(n, needed)
    months = np.arange(series.size, dtype=np.float64)
    middle = float(months[known].mean())
    waves = seasonal_waves(first_month, series.size, seasonal=seasonal)
    design = np.column_stack([np.ones(series.size), months - middle, waves])[known]
    rho = _correlation(series[known], design, known, np.random.default_rng(seed))
    apart = np.abs(np.subtract.outer(months[known], months[known]))
    fit = sm.GLS(series[known], design, sigma=rho**apart if rho else np.eye(n)).fit()
    slope, error = float(fit.params[1]), float(fit.bse[1])
    degrees = n - design.shape[1]
    half = float(stats.t.isf((1 - confidence) / 2, degrees)) * error
    # The level that an average month has: waves average out over years, not over some months.
    level = float(fit.params[0]) + float((waves[known] @ fit.params[2:]).mean())

    def ends(steepness: float) -> Floats:
        return back(level + steepness * (months[[0, -1]] - middle))

    method = "straight line, months correlated"
    (first, last), (low_first, low_last), (high_first, high_last) = (
        ends(x) for x in (slope, slope - half, slope + half)
    )
    one, low, high = (float(np.exp(months[-1] * x)) for x in (slope, slope - half, slope + half))
    return Trend(
        first=float(first),
        last=float(last),
        change=Interval(
            float(last - first),
            float(low_last - low_first),
            float(high_last - high_first),
            confidence,
            method,
        ),
        ratio=Interval(one, low, high, confidence, method) if with_ratio else None,
        p_value=float(2 * stats.t.sf(abs(slope) / error, degrees)) if error > 0 else 1.0,
        rho=rho,
        seasonal=seasonal,
        n_months=n,
    )


def _correlation(seen: Floats, design: Floats, known: Bools, rng: np.random.Generator) -> float:
    """Correlation of residuals, compared with what drawn ones show through the same fit."""
    basis = linalg.orth(design)

    def shown(series: Floats) -> Floats:
        return lag_one(series - series @ basis @ basis.T, known)

    if np.ptp(seen - basis @ (basis.T @ seen)) < 1e-9 * max(1.0, float(np.abs(seen).max())):
        return 0.0
    drawn = [
        float(np.median(shown(autoregression(rng, (_SAMPLES, known.size), float(rho))[:, known])))
        for rho in _RHOS
    ]
    measured = float(np.interp(shown(seen[None, :])[0], np.maximum.accumulate(drawn), _RHOS))
    weight = seen.size / (seen.size + PRIOR_MONTHS)
    return weight * measured + (1 - weight) * PRIOR_RHO
