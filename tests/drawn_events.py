"""Event tables drawn as text, and what is known made from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.history.known import Known
from scrutinybook.measures.events.asked import Asked, Figures, Measured
from scrutinybook.measures.events.registry import compute
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.workspace import Workspace

MEASURES = read_catalogue(Workspace(ROOT)).extract_measures
LONG_AGO = date(2000, 1, 1)


def drawn(name: str, text: str = "") -> pd.DataFrame:
    """An event table from lines such as ``| kim | 2023-03-01 |`` below a line of headings.

    Columns that are not drawn are empty; ``-`` is an empty entry.
    """
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.strip()
    ]
    headings, rows = (lines[0], lines[1:]) if lines else ([], [])
    cells = {
        heading: [None if row[k] == "-" else _typed(row[k]) for row in rows]
        for k, heading in enumerate(headings)
    }
    return table(name, cells, len(rows))


def table(name: str, cells: Mapping[str, list[Any]], n: int | None = None) -> pd.DataFrame:
    """An event table from columns; those that are not given are empty."""
    columns = EVENT_TABLES[name].columns
    assert set(cells) <= set(columns), set(cells) - set(columns)
    n = len(next(iter(cells.values()))) if n is None else n
    return EVENT_TABLES[name].frame(
        {
            column: pd.Series(cells.get(column, [None] * n), dtype=str(each.dtype))
            for column, each in columns.items()
        }
    )


def _typed(cell: str) -> Any:
    return {"yes": True, "no": False}.get(cell, cell)


def known(
    *,
    as_of: str = "2024-03-31",
    covers_from: date | Mapping[str, date] = LONG_AGO,
    covers_to: Mapping[str, date] | None = None,
    snapshots: Mapping[str, Mapping[date, pd.DataFrame]] | None = None,
    origin: Mapping[str, Format] | None = None,
    **tables: str | pd.DataFrame,
) -> Known:
    """What is known: every table covered from `covers_from` on."""
    made = {k: drawn(k, t) if isinstance(t, str) else t for k, t in tables.items()}
    first = covers_from if isinstance(covers_from, Mapping) else dict.fromkeys(made, covers_from)
    return Known(
        as_of=date.fromisoformat(as_of),
        tables=made,
        covers_from=first,
        snapshots=snapshots or {},
        covers_to=covers_to or {},
        origin=origin or {},
    )


def measured(
    what: Known, measure_id: str, first: str, last: str, *, changed: Any = None, **more: Any
) -> Measured:
    """Compute a measure of the project's catalogue for a run of months."""
    asked = Asked("Anywhere", Month.parse(first), Month.parse(last), **more)
    entry: ExtractMeasure = MEASURES[measure_id]
    if changed:
        entry = entry.model_copy(update=changed)
    return compute(what, asked, measure_id, entry)


def read(figures: Figures, *, to_date: bool = False) -> list[str]:
    """Each period's figure as ``3``, ``2 of 5``, or ``not available``."""
    series = figures.to_date if to_date else figures.series
    assert series is not None
    return [_said(o.numerator, o.denominator, o.symbol) for o in series]


def _said(top: float | None, bottom: float | None, symbol: Any) -> str:
    if top is None:
        return str(symbol.value).replace("_", " ")
    return f"{top:g}" if bottom is None else f"{top:g} of {bottom:g}"
