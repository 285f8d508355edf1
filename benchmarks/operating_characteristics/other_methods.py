"""Rows on small shifts, trends, forecasts and completed months: what is stated, and what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from estimates import Measure, Summary
from series import FIRST_MONTH, Kind, Oddity, proportions

from scrutinybook.statistics import (
    Completion,
    Forecast,
    SmallShifts,
    Trend,
    complete,
    count_shifts,
    count_trend,
    forecast_counts,
    proportion_shifts,
)
from scrutinybook.statistics.null_process import autoregression

BASELINE, WATCHED, YEARS_TWO = 36, 120, 24
NO_SIGNAL = WATCHED + 1.0


def _watched(found: object) -> dict[str, float]:
    assert isinstance(found, SmallShifts)
    signals = np.flatnonzero(found.signals)
    first = float(signals[0] - BASELINE + 1) if signals.size else NO_SIGNAL
    return {"two_years": float(first <= YEARS_TWO), "run": first}


@dataclass(frozen=True)
class Watched:
    """Counts are watched for ten years after a baseline of three; stated median run: 120."""

    name: str
    rho: float
    shift: float = 0.0
    n_series: int = 400
    table: str = "small shifts"

    @property
    def measures(self) -> tuple[Measure, ...]:
        if self.shift:
            return (Measure("run", "months until a signal, median", summary=Summary.MEDIAN),)
        return (
            Measure("two_years", "false signal within 24 months"),
            Measure("run", "months until one, median", summary=Summary.MEDIAN),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        kind = Kind(self.rho, BASELINE + WATCHED, step=self.shift, from_end=WATCHED)
        return _watched(
            count_shifts(
                kind.draw(rng),
                n_baseline=BASELINE,
                first_month=FIRST_MONTH,
                seed=int(rng.integers(2**32)),
                n_samples=500,
            )
        )


@dataclass(frozen=True)
class WatchedShares:
    """Proportions watched likewise."""

    name: str
    fall: float = 0.0
    n_series: int = 400
    table: str = "small shifts"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return Watched(self.name, 0.0, self.fall).measures

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        shares = np.full(BASELINE + WATCHED, 0.8)
        shares[BASELINE:] -= self.fall
        top, size = proportions(rng, shares)
        seed = int(rng.integers(2**32))
        return _watched(proportion_shifts(top, size, n_baseline=BASELINE, seed=seed, n_samples=500))


@dataclass(frozen=True)
class Direction:
    """A line through a stated run of months."""

    name: str
    months: int
    rho: float
    yearly: float = 0.0
    n_series: int = 1000
    table: str = "trends"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (
            Measure("found", "p-value below .05"),
            Measure("held", "interval holds the true change (95%)"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        months = np.arange(self.months)
        rise = np.log1p(self.yearly) / 12
        noise = autoregression(rng, (1, self.months), self.rho)[0]
        counts = np.round(400 * np.exp(rise * months + 0.15 * noise))
        found = count_trend(
            counts, first_month=FIRST_MONTH, seed=int(rng.integers(2**32)), seasonal=False
        )
        assert isinstance(found, Trend)
        assert found.ratio is not None
        true = float(np.exp(rise * (self.months - 1)))
        return {
            "found": float(found.p_value < 0.05),
            "held": float(found.ratio.lower <= true <= found.ratio.upper),
        }


@dataclass(frozen=True)
class Ahead:
    """Six months are forecast from those before; nominal 90%."""

    name: str
    kind: Kind
    wander: float = 0.0
    n_series: int = 500
    table: str = "forecasts"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (
            Measure("first", "interval holds the next month (90%)"),
            Measure("sixth", "interval holds the sixth month (90%)"),
            Measure("mean", "interval holds the mean of six (90%)"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        counts = self.kind.draw(rng)
        if self.wander:
            steps = np.cumsum(self.wander * rng.standard_normal(counts.size))
            counts = np.round(counts * np.exp(steps - steps.mean()))
        found = forecast_counts(
            counts[:-6],
            ahead=6,
            first_month=FIRST_MONTH,
            seed=int(rng.integers(2**32)),
            n_samples=1000,
        )
        assert isinstance(found, Forecast)
        later = found.compare(counts[-6:])
        assert later is not None
        return {
            "first": float(later.inside[0]),
            "sixth": float(later.inside[5]),
            "mean": float(not (later.above or later.below)),
        }


@dataclass(frozen=True)
class Growing:
    """The last three of n months are completed; extracts 1 to 4 see 85, 95, 99 and 100%."""

    name: str
    months: int
    mean: float
    n_series: int = 500
    table: str = "completed months"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(
            Measure(f"after{k}", f"interval holds the settled count, extract {k + 1} (90%)")
            for k in (0, 1, 2)
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        settled = rng.poisson(self.mean * rng.gamma(50, 1 / 50, self.months))
        seen = rng.dirichlet(60 * np.array([0.85, 0.10, 0.04, 0.01]), self.months)
        history = np.array([rng.multinomial(n, p) for n, p in zip(settled, seen, strict=True)])
        history = np.cumsum(history, axis=1).astype(float)
        for k in (1, 2, 3):
            history[-k, k:] = np.nan
        found = complete(history, seed=int(rng.integers(2**32)), n_samples=500)
        assert isinstance(found, Completion)
        held = (np.floor(found.lower) <= settled) & (settled <= np.ceil(found.upper))
        return {f"after{k}": float(held[-1 - k]) for k in (0, 1, 2)}


ROWS = (
    Watched("counts, no change, rho 0", 0.0),
    Watched("counts, no change, rho .3", 0.3),
    Watched("counts, no change, rho .6", 0.6),
    Watched("counts, +15%, rho .3", 0.3, shift=0.15),
    WatchedShares("proportions of 80%, no change"),
    WatchedShares("proportions of 80%, 5 points lower", fall=0.05),
    Direction("ten months, no trend, rho 0", 10, 0.0),
    Direction("ten months, no trend, rho .3", 10, 0.3),
    Direction("ten months, no trend, rho .6", 10, 0.6),
    Direction("ten months, 40% less a year, rho .3", 10, 0.3, yearly=-0.40),
    Direction("36 months, no trend, rho .3", 36, 0.3),
    Ahead("no change, rho 0", Kind(0.0, 54)),
    Ahead("no change, rho .3", Kind(0.3, 54)),
    Ahead("no change, rho .6", Kind(0.6, 54)),
    Ahead("5% more each year, rho .3", Kind(0.3, 54, oddity=Oddity.TREND)),
    Ahead("+40% eighteen months before, rho .3", Kind(0.3, 54, step=0.40, from_end=24)),
    Ahead("level wanders by 5% a month", Kind(0.0, 54), wander=0.05),
    Ahead("no change, rho .3, 24 months", Kind(0.3, 30)),
    Growing("12 months, mean 200", 12, 200.0),
    Growing("24 months, mean 200", 24, 200.0),
    Growing("24 months, mean 20", 24, 20.0),
)
