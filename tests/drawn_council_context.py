"""A council's edition for tests, with gated figures drawn by hand and no history behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.council.recording import CompletedMonth, Growth, Recording, TableRecording
from scrutinybook.council_context import CouncilContext
from scrutinybook.disclosure import Origin, PublishedSeries, gate
from scrutinybook.edition import Edition
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.workspace import Workspace

MARCH = Month(2023, 3)
CATALOGUE = read_catalogue(Workspace(ROOT))
Pair = float | tuple[float, float]


def figures(measure_id: str, numbers: Sequence[Pair], **parts: Sequence[Pair]) -> MeasureFigures:
    """Figures of the months up to March 2023, through the gate; pairs for what has parts."""
    return MeasureFigures(
        _gated(measure_id, numbers),
        parts={name: _gated(measure_id, each) for name, each in parts.items()},
    )


def context(held: Mapping[str, MeasureFigures], **more: Any) -> CouncilContext:
    """The edition of March 2023 with these figures; `tables` are how records were kept."""
    tables = more.pop("tables", ())
    values = {"authority": "Demo", "month": "2023-03", "kind": "demonstration", **more}
    return CouncilContext(Edition(**values), CATALOGUE, held, Recording(tables=tuple(tables)))


def table_recording(table: str, **more: Any) -> TableRecording:
    """How one table was recorded; nothing grew unless told."""
    values: dict[str, Any] = {
        "table": table,
        "format": Format.ANNEX_A,
        "extracts": 36,
        "first": date(2020, 4, 30),
        "last": date(2023, 3, 31),
        "skipped": (),
        "rows": 400,
        "excluded": 0,
        "empty": (),
        "growth": (),
        "completed": (),
        "confidence": 0.9,
    }
    return TableRecording(**{**values, **more})


def grown(share: float, *, age: int = 1) -> Growth:
    """Growth of so much over 35 months."""
    return Growth(age=age, months=35, share=share)


def likely(counted: int, completed: float, lower: float, upper: float) -> CompletedMonth:
    """What March 2023 is likely to come to."""
    return CompletedMonth(
        month=str(MARCH), counted=counted, completed=completed, lower=lower, upper=upper
    )


def _gated(measure_id: str, numbers: Sequence[Pair]) -> PublishedSeries:
    measure = CATALOGUE.extract_measures[measure_id]
    kind = PeriodKind.MONTH if measure.formula_facts.timing == "flow" else PeriodKind.SNAPSHOT
    found = []
    for back, number in zip(reversed(range(len(numbers))), numbers, strict=True):
        top, bottom = number if isinstance(number, tuple) else (number, None)
        found.append(
            Observation(FigurePeriod(kind, (MARCH - back).last_day), top, bottom, None, "")
        )
    series = Series(measure_id, "Demo", tuple(found))
    return gate(series, Origin.DEMONSTRATION, counts_people=measure.counts_people)
