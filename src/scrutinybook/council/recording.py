"""How complete and prompt an edition's records are, after the gate, for the data quality page."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np

from scrutinybook.history.quality import completeness, timeliness
from scrutinybook.history.read import holders
from scrutinybook.history.store import History, Partition
from scrutinybook.history.tables import as_frame
from scrutinybook.history.triangle import Triangle, reports
from scrutinybook.periods import Month
from scrutinybook.small_counts import is_small
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Format
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
    """Rows of the newest extract; None where they are few."""
    excluded: int | None
    """Rows of it that were set aside; None where they are few, 0 where none was."""
    empty: tuple[EmptyEntries, ...]
    growth: tuple[Growth, ...]
    completed: tuple[CompletedMonth, ...]
    confidence: float
    """The ranges of completed months are meant to hold the settled count so often."""


class Recording(Strict):
    """All event tables of an edition."""

    tables: tuple[TableRecording, ...]


def recording(history: History, as_of: date, threshold: int) -> Recording:
    """Work out how the tables of a history were recorded, from extracts up to a day."""
    found = []
    for table in EVENT_TABLES:
        held = holders(history, table, as_of)
        if held:
            found.append(_table(history, table, held, as_of, threshold))
    return Recording(tables=tuple(found))


def read_recording(path: Path) -> Recording:
    """Read what was written with `model_dump_json`."""
    return Recording.model_validate_json(path.read_text(encoding="utf-8"))


def _table(
    history: History, table: str, held: tuple[Partition, ...], as_of: date, threshold: int
) -> TableRecording:
    newest = held[-1]
    record = newest.manifest.tables[table]
    frame = as_frame(table, history.rows(newest, table))
    triangle = _triangle(history, table, as_of)
    done = None if triangle is None else _completed(table, triangle)
    enough = len(frame) >= FEWEST_ROWS
    return TableRecording(
        table=table,
        format=newest.manifest.format,
        extracts=len(held),
        first=held[0].manifest.as_of,
        last=newest.manifest.as_of,
        skipped=_skipped(held),
        rows=_shown(record.rows_kept, threshold),
        excluded=_shown(record.rows_excluded, threshold),
        empty=tuple(
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


def _triangle(history: History, table: str, as_of: date) -> Triangle | None:
    if EVENT_TABLES[table].begins is None:
        return None
    found = reports(history, table, as_of=as_of)
    return None if found is None else found.triangle


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
