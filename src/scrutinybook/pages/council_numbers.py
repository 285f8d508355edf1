"""The numbers behind a council's own measure, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import (
    SHORTLY_WITHHELD,
    WHY_WITHHELD,
    symbol_text,
    table_text,
)
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.measures.series import Observation
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.sources.symbols import Symbol

LATEST_PARTS = 3
"""Latest periods for which parts are shown."""


def numbers(title: str, measure: ExtractMeasure, figures: MeasureFigures, area: str) -> str:
    """All periods, the newest first: parts of a share, and the year up to each month."""
    has_parts = measure.kind == "proportion"
    totals = {o.period.month: o for o in figures.to_date or ()}
    heading = "Month" if measure.frequency == "month" else "Period"
    columns = [Column(heading, numeric=False)]
    columns += [Column("Number"), Column("Out of")] if has_parts else []
    columns += [Column("Figure")] + ([Column("Year so far")] if totals else [])
    rows = []
    for observation in reversed(figures.whole.observations):
        row = [observation.period.words]
        row += _parts(observation) if has_parts else []
        row.append(table_text(measure, observation))
        if totals:
            total = totals.get(observation.period.month)
            row.append("–" if total is None else table_text(measure, total))
        rows.append(row)
    return _with_reason(table(f"{title}, {area}", columns, rows), rows)


def parts_table(title: str, measure: ExtractMeasure, figures: MeasureFigures, area: str) -> str:
    """The latest periods of each source, service or group; nothing where there is none."""
    if not figures.parts:
        return ""
    periods = [o.period for o in figures.whole.observations[-LATEST_PARTS:]]
    columns = [Column("Of these", numeric=False), *(Column(p.words) for p in periods)]
    rows = [
        [words.upper_first(name), *_cells(measure, [series.at(period) for period in periods])]
        for name, series in figures.parts.items()
    ]
    return _with_reason(table(f"{title}, {area}, in parts", columns, rows), rows)


def _with_reason(made: str, rows: Sequence[Sequence[str]]) -> str:
    """Say below a table why figures are withheld, where some are."""
    some = any(SHORTLY_WITHHELD in row for row in rows)
    return made + (fragments.text(WHY_WITHHELD) if some else "")


def _cells(measure: ExtractMeasure, found: Sequence[Observation | None]) -> list[str]:
    return ["–" if each is None else table_text(measure, each) for each in found]


def _parts(observation: Observation) -> list[str]:
    parts = observation.parts
    if parts is None:
        withheld = observation.symbol is Symbol.SUPPRESSED
        return [SHORTLY_WITHHELD if withheld else symbol_text(observation), "–"]
    return [words.whole(part) for part in parts]
