"""How complete and prompt an edition's records are, after the gate, for the data quality page.

What is told of an event table is made from what the figures show and from nothing else: rows of six
months, less five that are shown, would be the sixth, and so would what months grew by in all.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.cells import runs
from scrutinybook.council.figures import WHOLE, CouncilFigures
from scrutinybook.history.quality import completeness, timeliness
from scrutinybook.history.read import holders, window_of
from scrutinybook.history.store import History, Partition
from scrutinybook.history.tables import as_frame
from scrutinybook.history.triangle import Triangle, reports
from scrutinybook.periods import Month
from scrutinybook.small_counts import is_small
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Completion, complete
from scrutinybook.yaml_files import Strict

COMPLETED_MONTHS = 6
"""Latest months for which the completed count is told."""

FEWEST_ROWS = 30
"""Shares of entries left empty are told from so many rows on: of fewer they tell of single rows."""


class Growth(Strict):
    """How months grew from their first count on."""

    age: int
    """Extracts after the first."""
    months: int
    """Months seen both at first and at that age."""
    share: float
    """Growth as a share of the first count; below 0 where entries were taken out."""


class CompletedMonth(Strict):
    """One of the latest months with what it is likely to come to."""

    month: str
    counted: int
    completed: float
    lower: float
    upper: float


class EmptyEntries(Strict):
    """How often a column was left empty in the newest extract."""

    column: str
    share: float


class TableRecording(Strict):
    """One event table over all extracts."""

    table: str
    format: Format
    extracts: int
    first: date
    last: date
    skipped: tuple[str, ...]
    """Months between the first and the last extract without one."""
    rows: int | None
    """Rows of the newest extract; None where they are few, or a figure made of them is withheld."""
    excluded: int | None
    """Rows of it that were set aside; None where they are few, 0 where none was."""
    empty: tuple[EmptyEntries, ...] | None
    """None where a figure made of the newest extract's rows, or a part of one, is withheld."""
    growth: tuple[Growth, ...]
    completed: tuple[CompletedMonth, ...]
    confidence: float
    """The ranges of completed months are meant to hold the settled count so often."""


class Recording(Strict):
    """All event tables of an edition."""

    tables: tuple[TableRecording, ...]


def recording(
    history: History,
    as_of: date,
    threshold: int,
    figures: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
) -> Recording:
    """Work out how the tables of a history were recorded, from extracts up to a day.

    `figures`: the edition's, as they passed the gate.
    """
    found = []
    for table in EVENT_TABLES:
        held = holders(history, table, as_of)
        if held:
            hidden = _hidden(figures, measures, table)
            found.append(_table(history, table, held, as_of, threshold, hidden))
    return Recording(tables=tuple(found))


def read_recording(path: Path) -> Recording:
    """Read what was written with `model_dump_json`."""
    return Recording.model_validate_json(path.read_text(encoding="utf-8"))


def _table(
    history: History,
    table: str,
    held: tuple[Partition, ...],
    as_of: date,
    threshold: int,
    hidden: Collection[Hidden],
) -> TableRecording:
    newest = held[-1]
    record = newest.manifest.tables[table]
    frame = as_frame(table, history.rows(newest, table))
    triangle = _triangle(history, table, as_of, threshold, hidden)
    done = None if triangle is None else _completed(table, triangle)
    enough = len(frame) >= FEWEST_ROWS
    window = window_of(newest, table)
    since = newest.manifest.as_of if window is None else window.first
    inside = [each for each in hidden if since <= each.period.end <= newest.manifest.as_of]
    wholes = [each for each in inside if not each.is_part]
    return TableRecording(
        table=table,
        format=newest.manifest.format,
        extracts=len(held),
        first=held[0].manifest.as_of,
        last=newest.manifest.as_of,
        skipped=_skipped(held),
        rows=None if wholes else _shown(record.rows_kept, threshold),
        excluded=_shown(record.rows_excluded, threshold),
        empty=None
        if inside
        else tuple(
            EmptyEntries(column=each.column, share=each.share_missing or 0.0)
            for each in completeness(table, {newest.manifest.as_of: frame})
            if enough
            and not is_small(each.missing, threshold)
            and not is_small(len(frame) - each.missing, threshold)
        ),
        growth=() if triangle is None else _growth(triangle, threshold),
        completed=() if done is None or triangle is None else _latest(triangle, done, threshold),
        confidence=0.0 if done is None else done.confidence,
    )


@dataclass(frozen=True)
class Hidden:
    """A figure that is withheld, of a measure that reads a table."""

    period: FigurePeriod
    is_part: bool


def _hidden(
    figures: CouncilFigures, measures: Mapping[str, ExtractMeasure], table: str
) -> frozenset[Hidden]:
    return frozenset(
        Hidden(o.period, bool(part))
        for name, part, span, series in runs(figures)
        if table in measures[name].formula_facts.tables and span == WHOLE
        for o in series
        if o.symbol is Symbol.SUPPRESSED
    )


def _triangle(
    history: History, table: str, as_of: date, threshold: int, hidden: Collection[Hidden]
) -> Triangle | None:
    """Counts of months without those of which a figure is withheld, or was small at any age."""
    if EVENT_TABLES[table].begins is None:
        return None
    found = reports(history, table, as_of=as_of)
    if found is None:
        return None
    triangle, months = found.triangle, {each.period.month for each in hidden if not each.is_part}
    is_hidden = np.array([month in months for month in triangle.months])
    is_hidden |= ((triangle.counts > 0) & (triangle.counts <= threshold)).any(axis=1)
    return replace(triangle, counts=np.where(is_hidden[:, None], np.nan, triangle.counts))


def _growth(triangle: Triangle, threshold: int) -> tuple[Growth, ...]:
    return tuple(
        Growth(age=each.age, months=each.months, share=each.share)
        for each in timeliness(triangle)
        if each.share is not None and not is_small(abs(each.later - each.first), threshold)
    )


def _completed(table: str, triangle: Triangle) -> Completion | None:
    done = complete(triangle.counts, seed=zlib.crc32(table.encode()))
    return done if isinstance(done, Completion) else None


def _latest(triangle: Triangle, done: Completion, threshold: int) -> tuple[CompletedMonth, ...]:
    shown = []
    for place in range(len(triangle.months))[-COMPLETED_MONTHS:]:
        counted, completed = done.counts[place], done.completed[place]
        if not done.growing[place] or np.isnan(completed) or is_small(counted, threshold):
            continue
        shown.append(
            CompletedMonth(
                month=str(triangle.months[place]),
                counted=int(counted),
                completed=round(float(completed), 1),
                lower=round(float(done.lower[place]), 1),
                upper=round(float(done.upper[place]), 1),
            )
        )
    return tuple(shown)


def _skipped(held: tuple[Partition, ...]) -> tuple[str, ...]:
    """Months without an extract; none for returns that come once a year."""
    days = [p.manifest.as_of for p in held]
    there = {Month(day.year, day.month) for day in days}
    first, last = min(there), max(there)
    between = [first + k for k in range(last.index - first.index)]
    missing = [str(month) for month in between if month not in there]
    return tuple(missing) if len(missing) < len(between) / 2 else ()


def _shown(count: int, threshold: int) -> int | None:
    return None if is_small(count, threshold) else count


def by_table(found: Recording) -> Mapping[str, TableRecording]:
    """The tables by name."""
    return {each.table: each for each in found.tables}
