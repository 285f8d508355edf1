"""Gated figures of an edition made from a council's own records, and the file they are kept in.

Events are counted once, before the notebooks run, and what passes the gate is written to one plain
table. Notebooks read that table and nothing else, so that no row of a child's comes near a page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scrutinybook.disclosure import Origin, PublishedSeries
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol

HEADINGS = ("measure", "part", "span", "period", "numerator", "denominator", "symbol", "from")
WHOLE, TO_DATE = "whole", "year to date"
_SPANS = (WHOLE, TO_DATE)
Place = tuple[str, str, str, str]
"""One figure: measure, part (empty for the whole), span, and period as files have it."""


@dataclass(frozen=True)
class MeasureFigures:
    """One measure: by month, on a day of each month, or by year."""

    whole: PublishedSeries
    to_date: PublishedSeries | None = None
    """The year up to each month, pooled; None for what is counted on a day and for years."""
    parts: Mapping[str, PublishedSeries] = field(default_factory=dict)
    """The same measure of each source, service or group, by its name."""


CouncilFigures = Mapping[str, MeasureFigures]
"""By the measure's id."""


def write_figures(figures: CouncilFigures, path: Path) -> None:
    """Write the table: one row a measure, part, span and period, as plain CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(HEADINGS)
        for measure_id, each in figures.items():
            lines.writerows(_rows(measure_id, "", WHOLE, each.whole))
            if each.to_date is not None:
                lines.writerows(_rows(measure_id, "", TO_DATE, each.to_date))
            for part, series in each.parts.items():
                lines.writerows(_rows(measure_id, part, WHOLE, series))


def read_figures(path: Path, area: str, origin: Origin) -> CouncilFigures:
    """Read what `write_figures` wrote. Raises `FaultsFound` for a file that is not such a table."""
    found: dict[str, dict[tuple[str, str], list[Observation]]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if tuple(rows.fieldnames or ()) != HEADINGS:
                raise ValueError("headings")
            for row in rows:
                series = found.setdefault(row["measure"], {})
                series.setdefault((row["part"], row["span"]), []).append(_observation(row))
    except (OSError, ValueError, KeyError, csv.Error):
        mend = "make the edition's figures anew: scrutiny run"
        raise FaultsFound([Fault(str(path), "not a table of figures", mend=mend)]) from None

    def published(measure_id: str, observations: list[Observation]) -> PublishedSeries:
        return PublishedSeries(measure_id, area, tuple(observations), origin)

    return {
        measure_id: MeasureFigures(
            whole=published(measure_id, series.get(("", WHOLE), [])),
            to_date=published(measure_id, series["", TO_DATE]) if ("", TO_DATE) in series else None,
            parts={
                part: published(measure_id, observations)
                for (part, span), observations in series.items()
                if part and span == WHOLE
            },
        )
        for measure_id, series in found.items()
    }


def _rows(
    measure_id: str, part: str, span: str, series: PublishedSeries
) -> Iterator[tuple[str, ...]]:
    for o in series:
        symbol = "" if o.symbol is None else o.symbol.value
        yield (
            measure_id,
            part,
            span,
            str(o.period),
            _number(o.numerator),
            _number(o.denominator),
            symbol,
            o.release,
        )


def _number(value: float | None) -> str:
    """The shortest text that reads back as the same number; nothing for None."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _observation(row: Mapping[str, str]) -> Observation:
    if row["span"] not in _SPANS:
        raise ValueError(row["span"])
    top, bottom = (float(row[key]) if row[key] else None for key in ("numerator", "denominator"))
    symbol = Symbol(row["symbol"]) if row["symbol"] else None
    return Observation(FigurePeriod.parse(row["period"]), top, bottom, symbol, row["from"])
