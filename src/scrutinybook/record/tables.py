"""The published tables of a record: plain CSV, whose first columns name a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.page_names import ABOUT_MEASURES, STATISTICS

SENTENCES, PAGE_TABLES, CHARTS = "sentences.csv", "tables-on-pages.csv", "charts.csv"

KEYS = ("Area", "Period", "Covers", "Part")
"""Of a measure's own table."""
_KEYS_OF = {
    SENTENCES: ("Page", "Section", "Finding"),
    PAGE_TABLES: ("Page", "Section", "Table", "Row", "Column"),
    CHARTS: ("Page", "Section", "Chart"),
    STATISTICS: ("Measure", "Finding", "Item"),
    ABOUT_MEASURES: ("File",),
}
_SAID_IN_EACH_ROW = ("Edition", "Measure")
"""Columns that hold the same in each row, so that a row taken elsewhere says what it is."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class RecordTable:
    """One published table."""

    name: str
    """Of its file."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As many cells as `columns`; text as it stands in the file."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that name a row."""
        wanted = _KEYS_OF.get(self.name, KEYS)
        return tuple(c for c in self.columns if c in wanted)

    @property
    def is_of_a_measure(self) -> bool:
        """It holds one measure's figures."""
        return self.name not in _KEYS_OF

    @property
    def values(self) -> tuple[str, ...]:
        """The columns that are compared."""
        return tuple(c for c in self.columns if c not in (*self.keys, *_SAID_IN_EACH_ROW))

    @cached_property
    def by_key(self) -> Mapping[Key, Mapping[str, str]]:
        """Each row's compared cells by what names the row.

        Rows of one name are told apart by their place among these: (…, "2nd").
        """
        places = [self.columns.index(c) for c in self.keys]
        seen: Counter[Key] = Counter()
        found = {}
        for row in self.rows:
            key = tuple(row[place] for place in places)
            seen[key] += 1
            whole = key if seen[key] == 1 else (*key, f"row {seen[key]} of this name")
            cells = dict(zip(self.columns, row, strict=True))
            found[whole] = {column: cells[column] for column in self.values}
        return found


def as_bytes(table: RecordTable) -> bytes:
    """The table as a file. The same table gives the same bytes on every system."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(table.columns)
    lines.writerows(table.rows)
    return out.getvalue().encode("utf-8-sig")


def table_from(name: str, content: bytes, label: str) -> RecordTable:
    """Read a table from a file's bytes; `label` names it in faults. Raises `FaultsFound`."""
    try:
        text = content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        columns = tuple(lines[0])
        if len(set(columns)) != len(columns) or any(len(row) != len(columns) for row in lines):
            raise ValueError
    except (ValueError, IndexError, csv.Error):
        found = "not a table: it is cut off, or was written by something else"
        raise FaultsFound([Fault(label, found, mend="make the record anew")]) from None
    return RecordTable(name, columns, tuple(map(tuple, lines[1:])))


def read_tables(folder: Path, names: Iterator[str] | list[str], label: str) -> list[RecordTable]:
    """Read tables of a folder by their names. Raises `FaultsFound` with all faults at once."""
    if not folder.is_dir():
        mend = "put the record back from your backup, or make it anew"
        raise FaultsFound([Fault(f"{label}/", "the record's tables are not there", mend=mend)])
    found, faults = [], []
    for name in names:
        try:
            found.append(table_from(name, (folder / name).read_bytes(), f"{label}/{name}"))
        except FileNotFoundError:
            mend = "put it back from your backup, or make the record anew"
            faults.append(Fault(f"{label}/{name}", "the table is not there", mend=mend))
        except OSError as error:
            faults.append(Fault(f"{label}/{name}", f"cannot be read: {error.strerror}"))
        except FaultsFound as error:
            faults += error.faults
    if faults:
        raise FaultsFound(faults)
    return found
