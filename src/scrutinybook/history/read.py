"""What was known at an extract, put together from all extracts up to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.known import Known
from scrutinybook.history.speakers import Speakers, Window, unbroken_from
from scrutinybook.history.store import History, Partition
from scrutinybook.history.tables import Days, Rows, as_frame, days, join, keep
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Format

PREFERENCE = (
    Format.ANNEX_A,
    Format.SSDA903,
    Format.CIN_CENSUS,
    Format.WORKFORCE_CENSUS,
    Format.LOCAL_FIGURES,
)
"""Where several formats give one table, the whole table is from the first of these that holds it:
the monthly extract before the yearly return, which is months old when it is sent. Never from two:
they count by different rules."""

SNAPSHOTS = ("cases", "care_leavers", "care_periods", "protection_plans", "early_help")
"""Tables of which each extract's own is kept, for stocks on its day."""

_OVER_WITHOUT_END = frozenset({"section_47"})
"""Spells without an end that are not open: an enquiry that led to no conference is over, and no
later extract goes on to list it. Its day is the one on which it began."""


def known_at(
    history: History,
    as_of: date | None = None,
    *,
    tables: Collection[str] | None = None,
    prefer: Mapping[str, Format] | None = None,
) -> Known:
    """Put together what was known on a day: the latest extract's, and older months from older ones.

    `as_of`: use extracts up to this day; None for all. A superseded version is never used.
    `tables`: only these. `prefer`: for a table another format than `PREFERENCE` says. Raises
    `FaultsFound` without an extract up to the day, or where files are not as they were written.
    """
    chosen = {
        table: (origin, partitions)
        for table in EVENT_TABLES
        if tables is None or table in tables
        for origin, partitions in [_chosen(history, table, as_of, (prefer or {}).get(table))]
        if partitions
    }
    if not chosen:
        upto = "" if as_of is None else f" up to {as_of}"
        mend = "read one with `scrutiny ingest`"
        raise FaultsFound([Fault(str(history.folder), f"no extract{upto}", mend=mend)])
    covers = {name: _covers(name, held) for name, (_, held) in chosen.items()}
    return Known(
        as_of=max(held[-1].manifest.as_of for _, held in chosen.values()),
        tables={name: _union(history, name, held) for name, (_, held) in chosen.items()},
        covers_from={name: first for name, first in covers.items() if first is not None},
        snapshots={
            name: {p.manifest.as_of: as_frame(name, history.rows(p, name)) for p in held}
            for name, (_, held) in chosen.items()
            if name in SNAPSHOTS
        },
        covers_to={name: held[-1].manifest.as_of for name, (_, held) in chosen.items()},
        origin={name: origin for name, (origin, _) in chosen.items()},
    )


def holders(
    history: History, table: str, as_of: date | None = None, fmt: Format | None = None
) -> tuple[Partition, ...]:
    """The extracts that a table is taken from, by day; of the format that `PREFERENCE` says."""
    return _chosen(history, table, as_of, fmt)[1]


def window_of(partition: Partition, table: str) -> Window | None:
    """The days of which an extract's table holds everything; None for tables without days."""
    first = partition.manifest.tables[table].covers_from
    if first is None or EVENT_TABLES[table].begins is None:
        return None
    return Window(first, partition.manifest.as_of)


def _chosen(
    history: History, table: str, as_of: date | None, wanted: Format | None
) -> tuple[Format, tuple[Partition, ...]]:
    for fmt in PREFERENCE if wanted is None else (wanted,):
        held = tuple(p for p in history.of(fmt, as_of) if table in p.manifest.tables)
        if held:
            return fmt, held
    return PREFERENCE[0], ()


def _covers(table: str, held: tuple[Partition, ...]) -> date | None:
    windows = [w for p in held if (w := window_of(p, table)) is not None]
    return unbroken_from(windows) if windows else held[-1].manifest.tables[table].covers_from


def _union(history: History, table: str, held: tuple[Partition, ...]) -> pd.DataFrame:
    windows = [w for p in held if (w := window_of(p, table)) is not None]
    if not windows:
        return as_frame(table, history.rows(held[-1], table))
    speakers = Speakers.among(windows)
    parts = []
    for place, partition in enumerate(held):
        rows = history.rows(partition, table)
        parts.append(keep(rows, speakers.keep(place, _last_days(table, rows))))
    return as_frame(table, join(table, parts))


def _last_days(table: str, rows: Rows) -> Days:
    """The last day that concerns each row; NaT for open spells."""
    kind = EVENT_TABLES[table]
    assert kind.begins is not None  # the caller has looked
    last = days(rows, kind.ends or kind.begins)
    if table in _OVER_WITHOUT_END:
        last = np.where(np.isnat(last), days(rows, kind.begins), last)
    return last
