"""Where would a series go if it went on as it has, and did it?

For what a committee was told about months to come: "expected to stabilise", "hoped to fall
further". Such a claim is judged by later figures only. What is drawn here is the yardstick: a
forecast by which nothing new happens, with an interval that allows for the season and drift being
estimated and the level wandering. Later months outside it are evidence that something did.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.intervals import Interval
from scrutinybook.statistics.wandering_level import draw_onwards, seasonal_waves

FEWEST_SEASONAL, FEWEST = 24, 12
"""Fewest months with a figure: two of every month to know a season, else one year."""

FEWEST_CASES = 10.0
"""Fewest cases a month (for proportions also of the others) for which logarithms are fit."""

LONGEST = 12
"""Most months ahead: the drift of four years says nothing about years to come."""

_HALF = 0.5


class NoForecastWhy(StrEnum):
    """Why no forecast is made."""

    TOO_SHORT = "too few months"
    TOO_FEW_CASES = "too few cases a month"
    NO_SPREAD = "all months have the same figure"


@dataclass(frozen=True)
class NoForecast:
    """A series from which no honest forecast can be made."""

    why: NoForecastWhy
    found: float
    """Months with a figure, or cases a month; 0 for no spread."""
    needed: float
    """How many were needed."""


@dataclass(frozen=True, eq=False)
class Later:
    """Later figures beside the forecast that was made without them."""

    inside: Bools
    """Months whose figure lies in its interval; shape (m,), False for a gap."""
    n_months: int
    """Later months with a figure."""
    mean: float
    """Their mean."""
    forecast_mean: Interval
    """Mean that was forecast for the same months."""
    p_value: float
    """Probability that a series which went on as before has a mean as far out; two-sided."""

    @property
    def above(self) -> bool:
        """The mean lies above the forecast's interval."""
        return self.mean > self.forecast_mean.upper

    @property
    def below(self) -> bool:
        """The mean lies below the forecast's interval."""
        return self.mean < self.forecast_mean.lower


@dataclass(frozen=True, eq=False)
class Forecast:
    """The h months after a series, in its unit (counts, or shares from 0 to 1)."""

    middle: Floats
    """As likely to be above as below; shape (h,)."""
    lower: Floats
    """Lower end of each month's interval; shape (h,)."""
    upper: Floats
    """Upper end of each month's interval; shape (h,)."""
    level: Interval
    """Level at the last month: the season of an average month, working days likewise."""
    drift: Interval
    """Ratio after a year of the drift alone (of counts; of odds for proportions)."""
    wander: float
    """Mean monthly step of the level, in standard deviations of a month's noise."""
    paths: Floats
    """Drawn futures; shape (n_samples, h). Intervals of sums and means come from these."""
    confidence: float
    """Nominal confidence of each interval by itself."""
    n_months: int
    """Months with a figure that it was made from."""
    seasonal: bool
    """A yearly season was fitted along."""
    seed: int
    """Seed of all draws."""

    def compare(self, later: npt.ArrayLike) -> Later | None:
        """Set later figures, shape (m,) with m up to h and NaN for gaps, beside the forecast.

        None where none of them has a figure: the claim cannot be judged yet. Raises `ValueError`
        for more months than were forecast.
        """
        found = checks.series("later", later)
        if found.size > self.middle.size:
            raise ValueError(f"later has {found.size} values; {self.middle.size} were forecast")
        known = np.flatnonzero(~np.isnan(found))
        if known.size == 0:
            return None
        mean = float(found[known].mean())
        drawn = self.paths[:, known].mean(axis=1)
        tail = (1 + min(int((drawn >= mean).sum()), int((drawn <= mean).sum()))) / (1 + drawn.size)
        inside = np.zeros(found.size, dtype=np.bool_)
        at = found[known]
        inside[known] = (self.lower[known] <= at) & (at <= self.upper[known])
        return Later(
            inside=inside,
            n_months=known.size,
            mean=mean,
            forecast_mean=_interval(drawn, self.confidence),
            p_value=min(1.0, 2 * tail),
        )


def forecast_counts(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None = None,
    *,
    ahead: int,
    first_month: int,
    seed: int,
    seasonal: bool = True,
    confidence: float = 0.9,
    n_samples: int = 4000,
) -> Forecast | NoForecast:
    """Forecast monthly counts.

    `counts`: shape (n,), NaN for gaps. `working_days`: shape (n + ahead,), the months to come
    included, or None. `ahead`: months ahead, up to 12. `first_month`: calendar month of the first,
    1 to 12. Raises `ValueError` for other input.
    """
    found = checks.counts("counts", counts)
    months = found.size + _ahead(ahead)
    days = np.ones(months)
    if working_days is not None:
        days = checks.exposures("working_days", working_days, length=months)
        if np.isnan(days).any():
            place = int(np.argmax(np.isnan(days)))
            raise ValueError(f"working_days[{place}] is missing; every month has working days")
    days /= days[: found.size].mean()

    def back(eta: Floats) -> Floats:
        return np.maximum(np.exp(eta) * days[found.size :] - _HALF, 0.0)

    return _forecast(
        found,
        cases=found,
        series=np.log(found + _HALF) - np.log(days[: found.size]),
        back=back,
        level_back=lambda eta: np.maximum(np.exp(eta) - _HALF, 0.0),
        waves=seasonal_waves(_month(first_month), months, seasonal=seasonal),
        confidence=confidence,
        n_samples=n_samples,
        seed=seed,
    )


def forecast_proportions(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    ahead: int,
    first_month: int,
    seed: int,
    seasonal: bool = True,
    confidence: float = 0.9,
    n_samples: int = 4000,
) -> Forecast | NoForecast:
    """Forecast monthly proportions (0 to 1), for months about as large as those there were.

    `numerators`, `denominators`: shape (n,), NaN for gaps; the rest as for `forecast_counts`.
    """
    top, bottom = checks.proportion_parts(numerators, denominators)
    months = top.size + _ahead(ahead)
    return _forecast(
        top / bottom,
        cases=np.minimum(top, bottom - top),
        series=np.log((top + _HALF) / (bottom - top + _HALF)),
        back=special.expit,
        level_back=special.expit,
        waves=seasonal_waves(_month(first_month), months, seasonal=seasonal),
        confidence=confidence,
        n_samples=n_samples,
        seed=seed,
    )


def _forecast(
    values: Floats,
    *,
    cases: Floats,
    series: Floats,
    back: Callable[[Floats], Floats],
    level_back: Callable[[Floats], Floats],
    waves: Floats,
    confidence: float,
    n_samples: int,
    seed: int,
) -> Forecast | NoForecast:
    checks.fraction("confidence", confidence)
    checks.at_least("n_samples", n_samples, 200)
    n, seasonal = int((~np.isnan(values)).sum()), waves.shape[1] > 0
    needed = FEWEST_SEASONAL if seasonal else FEWEST
    if n < needed:
        return NoForecast(NoForecastWhy.TOO_SHORT, n, needed)
    fewest = float(np.nanmean(cases))
    if fewest < FEWEST_CASES:
        return NoForecast(NoForecastWhy.TOO_FEW_CASES, fewest, FEWEST_CASES)
    if np.nanstd(series) < 1e-9:
        return NoForecast(NoForecastWhy.NO_SPREAD, 0.0, 0.0)
    onwards = draw_onwards(series, waves, np.random.default_rng(seed), n_samples)
    paths = back(onwards.seen)
    lower, middle, upper = np.quantile(
        paths, [(1 - confidence) / 2, 0.5, (1 + confidence) / 2], axis=0
    )
    return Forecast(
        middle=middle,
        lower=lower,
        upper=upper,
        level=_interval(level_back(onwards.level), confidence),
        drift=_interval(np.exp(12 * onwards.drift), confidence),
        wander=onwards.step,
        paths=paths,
        confidence=confidence,
        n_months=n,
        seasonal=seasonal,
        seed=seed,
    )


def _interval(drawn: Floats, confidence: float) -> Interval:
    lower, middle, upper = np.quantile(drawn, [(1 - confidence) / 2, 0.5, (1 + confidence) / 2])
    method = f"from {drawn.size} drawn futures"
    return Interval(float(middle), float(lower), float(upper), confidence, method)


def _ahead(ahead: int) -> int:
    if ahead not in range(1, LONGEST + 1):
        raise ValueError(f"ahead is {ahead}; ahead must be from 1 to {LONGEST} months")
    return ahead


def _month(first_month: int) -> int:
    if first_month not in range(1, 13):
        raise ValueError(f"first_month is {first_month}; first_month must be from 1 to 12")
    return first_month
