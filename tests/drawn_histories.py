"""Small histories for tests: extracts drawn by hand, and their place on the disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.place import Place
from scrutinybook.history.store import History, open_history
from scrutinybook.history.writing import Entry, put
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

KEY = Pseudonyms(bytes(range(32)))
AUTHORITY = "exampleton"
Rows = Sequence[Mapping[str, Any]]


def clock() -> datetime:
    return datetime(2025, 1, 15, 9, 30, tzinfo=UTC)


def frame(table: str, rows: Rows) -> pd.DataFrame:
    """An event table; columns that a row leaves out are empty, or something plain."""
    kind = EVENT_TABLES[table]
    plain = {"string": "x", "string[pyarrow]": "x", "boolean": False, "Float64": 0.0, "Int32": 0}
    columns: dict[str, list[Any]] = {name: [] for name in kind.columns}
    for row in rows:
        assert set(row) <= set(kind.columns), set(row) - set(kind.columns)
        for name, each in kind.columns.items():
            empty = None if each.nullable else plain.get(str(each.dtype))
            columns[name].append(row.get(name, empty))
    return kind.frame(columns)


def extract(
    as_of: str,
    covers_from: str | Mapping[str, str],
    tables: Mapping[str, Rows],
    *,
    fmt: Format = Format.ANNEX_A,
    notices: tuple[Notice, ...] = (),
    rows_read: Mapping[str, int] | None = None,
) -> Extract:
    """An extract as a reader gives it; its content hash is of all of this."""
    frames = {name: frame(name, rows) for name, rows in tables.items()}
    first = dict.fromkeys(tables, covers_from) if isinstance(covers_from, str) else covers_from
    told = repr((fmt, {name: made.to_csv() for name, made in frames.items()}, first))
    return Extract(
        format=fmt,
        as_of=date.fromisoformat(as_of),
        tables=frames,
        covers_from={name: date.fromisoformat(day) for name, day in first.items()},
        notices=notices,
        rows_read=rows_read or {name: len(made) for name, made in frames.items()},
        content_hash=hashlib.sha256(told.encode()).hexdigest(),
    )


def keep(folder: Path, *extracts: Extract, key: Pseudonyms = KEY) -> History:
    """Put extracts into a history, each the next version of its day."""
    for each in extracts:
        held = [
            p.manifest.version
            for p in open_history(folder).partitions
            if (p.manifest.format, p.manifest.as_of) == (each.format, each.as_of)
        ]
        entry = Entry(AUTHORITY, max(held, default=0) + 1, key.fingerprint, clock())
        put(folder, each, entry)
    return open_history(folder)


def place_in(folder: Path) -> Place:
    """A history and a key in a test's own folder."""
    return Place(AUTHORITY, folder / "history", folder / "settings" / "exampleton.key")


def write_drawn(
    path: Path, as_of: str | None, covers_from: str, tables: Mapping[str, Rows], **more: Any
) -> Path:
    """Write an extract down as a council would hold it, with its own numbers of children."""
    told = {"as_of": as_of, "covers_from": covers_from, "tables": tables, **more}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def read_drawn(path: Path, *, as_of: date | None, pseudonyms: Pseudonyms) -> Extract:
    """Read what `write_drawn` wrote: a stand-in for the readers of official formats."""
    if not path.exists():
        raise FaultsFound([Fault(str(path), "there is no such file or folder")])
    told = json.loads(path.read_text(encoding="utf-8"))
    if told.get("refuse"):
        raise FaultsFound([Fault(str(path), each) for each in told["refuse"]])
    day = told["as_of"] or (None if as_of is None else str(as_of))
    if day is None:
        raise FaultsFound([Fault(str(path), "it does not say its day", mend="--as-of")])
    for rows in told["tables"].values():
        for row in rows:
            if "child" in row:
                row["child"] = pseudonyms.of(pd.Series([row["child"]]), "child")[0]
    made = extract(
        day, told["covers_from"], told["tables"], fmt=Format(told.get("format", "annex-a"))
    )
    weights = {each["place"]: Weight(each.pop("weight")) for each in told.get("notices", [])}
    notices = tuple(
        Notice(weights[each["place"]], **{**each, "rows": tuple(each.get("rows", ()))})
        for each in told.get("notices", [])
    )
    content_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    return replace(made, notices=notices, content_hash=content_hash)
