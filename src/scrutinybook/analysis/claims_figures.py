"""Figures that a claim is set against, from either kind of edition, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.committee.spans import Span
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.measures.series import Observation
from scrutinybook.periods import working_days
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.symbols import Symbol

AnyContext = Context | CouncilContext


@dataclass(frozen=True)
class Held:
    """A measure, or a part of one, as an edition holds it."""

    measure: AnyMeasure
    series: PublishedSeries

    def of(self, span: Span) -> tuple[Observation, ...]:
        """The periods named; a figure where there is one."""
        return span.of(self.series)

    def value(self, observation: Observation) -> float:
        """As pages show it: a count, a share from 0 to 1, a value in its unit; NaN without one."""
        value = observation.value
        if value is None:
            return float("nan")
        with_parts = self.measure.kind == "value" and observation.denominator is not None
        return value * (getattr(self.measure, "scale", 1) if with_parts else 1)

    def values(self, observations: Iterable[Observation]) -> npt.NDArray[np.float64]:
        """The same for several; shape (n,)."""
        return np.array([self.value(o) for o in observations], dtype=float)


def held(context: AnyContext, measure_id: str, part: str | None, span: Span | None) -> Held | None:
    """Find a measure's figures; None where the edition has none of it, or of the part.

    `span` says whether months are asked for: official referrals are held by month and by year.
    """
    if isinstance(context, CouncilContext):
        figures = context.of(measure_id)
        if figures is None:
            return None
        series = figures.whole if part is None else figures.parts.get(part)
        measure: AnyMeasure = context.measure(measure_id)
        return None if series is None else Held(measure, context.until(series))
    measure = context.catalogue.measure(measure_id)
    if part is not None:
        return None
    monthly = measure_id == MONTHLY_MEASURE and (span is None or span.by_month)
    series = context.monthly(measure_id) if monthly else context.yearly(measure_id)
    return Held(measure, series)


def share_parts(observations: Iterable[Observation]) -> list[tuple[int, int]]:
    """Numerators and denominators of those that have a figure."""
    return [o.parts for o in observations if o.parts is not None]


def count_parts(observations: Iterable[Observation]) -> list[tuple[int, float]]:
    """Counts with their working days (1 for a year) of those that have a figure."""
    return [
        (round(o.value), float(working_days(o.period.month)) if _is_month(o) else 1.0)
        for o in observations
        if o.value is not None
    ]


def n_withheld(observations: Iterable[Observation]) -> int:
    """How many are withheld as numbers are small."""
    return sum(o.symbol is Symbol.SUPPRESSED for o in observations)


def _is_month(observation: Observation) -> bool:
    return observation.period.kind is PeriodKind.MONTH
