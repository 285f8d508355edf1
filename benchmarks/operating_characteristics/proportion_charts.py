"""Rows on charts of proportions: false signals, and a fall that is there to find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from estimates import Measure
from series import proportions

from scrutinybook.statistics import (
    ControlChart,
    choose_proportion_chart,
    p_chart,
    p_prime_chart,
    runs_test,
)
from scrutinybook.statistics.beta_binomial_chart import beta_binomial_chart

MONTHS, CHANGED = 36, 6


def _chosen(top: np.ndarray, size: np.ndarray, *, baseline: np.ndarray) -> object:
    return choose_proportion_chart(top, size, baseline=baseline).chart


CHARTS: dict[str, Callable[..., object]] = {
    "chart the book chooses": _chosen,
    "p": p_chart,
    "p'": p_prime_chart,
    "beta-binomial": beta_binomial_chart,
}


@dataclass(frozen=True)
class Proportions:
    """36 months of 100 to 300, intra-class correlation .01; limits from all, or all but six."""

    chart: str
    share: float
    fall: float = 0.0
    bar: float | None = None
    n_series: int = 2000
    table: str = "charts of proportions"

    @property
    def name(self) -> str:
        if self.fall:
            return f"{self.share:.0%}, last six months {100 * self.fall:.0f} lower: {self.chart}"
        return f"{self.share:.0%}, no change: {self.chart}"

    @property
    def measures(self) -> tuple[Measure, ...]:
        if self.fall:
            return (
                Measure("beyond", "one of the six below its limit", self.bar),
                Measure("runs", "runs rules signal"),
            )
        return (
            Measure("beyond", "any point beyond limits", self.bar, at_most=True),
            Measure("runs", "runs rules signal"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        shares = np.full(MONTHS, self.share)
        later = np.arange(MONTHS) >= MONTHS - CHANGED
        shares[later] -= self.fall
        top, size = proportions(rng, shares)
        baseline = ~later if self.fall else np.full(MONTHS, True)
        chart = CHARTS[self.chart](top, size, baseline=baseline)
        assert isinstance(chart, ControlChart)
        signals = (chart.values < chart.lower) & later if self.fall else chart.beyond
        runs = runs_test(chart.values, chart.centre)
        return {"beyond": float(signals.any()), "runs": float(runs.signal)}


_CHOSEN = partial(Proportions, "chart the book chooses")
ROWS = (
    _CHOSEN(0.80, bar=0.10),
    _CHOSEN(0.95, bar=0.10),
    _CHOSEN(0.80, fall=0.10, bar=0.55),
    *(
        Proportions(chart, share, fall=fall)
        for chart in ("p", "p'", "beta-binomial")
        for share, fall in ((0.80, 0.0), (0.95, 0.0), (0.80, 0.10))
    ),
)
