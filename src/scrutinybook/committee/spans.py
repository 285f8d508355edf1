"""Periods that a statement is about, as a file writes them: one, or a run of months."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator

from scrutinybook.model_faults import Refused, shown
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

if TYPE_CHECKING:
    # Checking a file must not wait for numpy.
    from scrutinybook.measures.series import Observation

_ALLOWED = (
    "a month (2023-03), months (2022-06 to 2023-03), a year (2022/23), a day (2023-03-31) or a year"
    " to September (y/e 2022-09-30)"
)


@dataclass(frozen=True)
class Span:
    """One period, or months that follow on from each other."""

    first: FigurePeriod
    last: FigurePeriod

    @property
    def by_month(self) -> bool:
        """Whether months are meant, and not a year or a day."""
        return self.first.kind is PeriodKind.MONTH

    @property
    def n_months(self) -> int:
        """How many months; 1 for a single period of any kind."""
        return self.last.month.index - self.first.month.index + 1

    @property
    def words(self) -> str:
        """``March 2023``, ``April to June 2023``, ``June 2022 to March 2023``, ``2022/23``."""
        if self.first == self.last:
            return self.first.words
        first, last = self.first.month, self.last.month
        return f"{first.name if first.year == last.year else first.words} to {last.words}"

    def of(self, observations: Iterable[Observation]) -> tuple[Observation, ...]:
        """The observations of these periods; a month also takes what is counted at its end."""
        if not self.by_month:
            return tuple(o for o in observations if o.period == self.first)
        kinds = (PeriodKind.MONTH, PeriodKind.SNAPSHOT)
        first, last = self.first.month, self.last.month
        return tuple(
            o for o in observations if o.period.kind in kinds and first <= o.period.month <= last
        )


def months(first: Month, last: Month) -> Span:
    """A run of months. Raises `ValueError` where the last comes before the first."""
    if last < first:
        raise ValueError(f"{last} comes before {first}")
    return Span(*(FigurePeriod(PeriodKind.MONTH, month.last_day) for month in (first, last)))


def parse_span(value: Any) -> Span:
    """Read what a file says. Raises `Refused`, in the words of a fault."""
    if isinstance(value, Span):
        return value
    try:
        found = [FigurePeriod.parse(each) for each in re.split(r"\s+to\s+", str(value).strip())]
    except ValueError:
        raise Refused(f"{shown(value)} is not a period", _ALLOWED) from None
    first, last = found[0], found[-1]
    if len(found) > 2 or (len(found) == 2 and not {first.kind, last.kind} == {PeriodKind.MONTH}):
        raise Refused(f"{shown(value)} is not a run of months", "such as 2022-06 to 2023-03")
    if last.end < first.end:
        raise Refused(f"{shown(value)} ends before it begins", "the earlier month first")
    return Span(first, last)


SpanField = Annotated[Span, BeforeValidator(parse_span)]
