"""What a benchmark row measures, how sure its estimate is, and whether it clears its bar."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from scipy import stats

from scrutinybook.statistics import wilson

CONFIDENCE = 0.95


class Summary(StrEnum):
    """How the outcomes of single series become one figure."""

    SHARE = "share"
    MEDIAN = "median"


@dataclass(frozen=True)
class Measure:
    """One figure of a row."""

    key: str
    name: str
    bar: float | None = None
    at_most: bool = False
    summary: Summary = Summary.SHARE

    @property
    def bar_text(self) -> str:
        if self.bar is None:
            return ""
        return f"{'<=' if self.at_most else '>='} {self.bar:g}"


class Row(Protocol):
    """One kind of series and what is done with it."""

    @property
    def table(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def measures(self) -> tuple[Measure, ...]: ...
    @property
    def n_series(self) -> int:
        """Series in the full run."""
        ...

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        """Draw one series and give its outcome for each measure; NaN where it has none."""
        ...


@dataclass(frozen=True)
class Estimate:
    """One figure with its 95% limits."""

    table: str
    case: str
    measure: str
    bar: str
    estimate: float
    lower: float
    upper: float
    n: int
    verdict: str


def estimate(row: Row, measure: Measure, outcomes: Sequence[float]) -> Estimate:
    """Summarise the outcomes that are numbers."""
    known = np.sort([x for x in outcomes if not math.isnan(x)])
    if known.size == 0:
        value = lower = upper = math.nan
    elif measure.summary is Summary.SHARE:
        found = wilson(int(known.sum()), known.size, confidence=CONFIDENCE)
        value, lower, upper = found.estimate, found.lower, found.upper
    else:
        # Ranks between which the median lies, whatever the distribution.
        low, high = stats.binom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], known.size, 0.5)
        value = float(np.median(known))
        lower, upper = known[max(int(low) - 1, 0)], known[min(int(high), known.size - 1)]
    return Estimate(
        table=row.table,
        case=row.name,
        measure=measure.name,
        bar=measure.bar_text,
        estimate=value,
        lower=float(lower),
        upper=float(upper),
        n=known.size,
        verdict=_verdict(measure, value, float(lower), float(upper)),
    )


def _verdict(measure: Measure, value: float, lower: float, upper: float) -> str:
    if measure.bar is None:
        return ""
    if math.isnan(value):
        return "not measured"
    if (value <= measure.bar) if measure.at_most else (value >= measure.bar):
        return "reached"
    return "within its limits" if lower <= measure.bar <= upper else "missed"
