"""Ofsted's Annex A: a workbook of child-level lists to event tables.

Lists 1 to 5 hold the events of the six months up to the extract's day; lists 6 to 8 what is open on
it and what ended in the six months; list 9 the care leavers of that day.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.sources.extracts.annex_a_headings import find_headings
from scrutinybook.sources.extracts.annex_a_layouts import LISTS, ListLayout
from scrutinybook.sources.extracts.annex_a_rows import ListRows
from scrutinybook.sources.extracts.annex_a_rules import first_day_covered
from scrutinybook.sources.extracts.annex_a_tables import build
from scrutinybook.sources.extracts.annex_a_workbook import (
    A_WORKBOOK,
    LARGEST_FILE,
    Workbook,
    open_workbook,
)
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.given_path import require_path
from scrutinybook.sources.extracts.noticed import Notice, Weight, raise_refusals
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.quiet_weeks import quiet_weeks

OF_ONE_DAY = ("care_leavers",)
"""Tables that show one day and no six months."""


def read_annex_a(path: Path, *, as_of: date, pseudonyms: Pseudonyms) -> Extract:
    """Read a workbook of Annex A (.xlsx, .xlsm, .xls).

    A list whose sheet is missing, or has headings and no rows, gives no table. Raises `FaultsFound`
    with every refusal at once; no notice or fault shows an entry.
    """
    raw = _bytes_of(path)
    book = open_workbook(path.name, raw)
    reading = _Reading(path.name, as_of, pseudonyms, list(book.notices))
    for layout in LISTS:
        if layout.number in book.sheets:
            reading.read(book, layout)
    reading.check_noughts()
    reading.check_any()
    covered = first_day_covered(as_of)
    reading.notices += quiet_weeks(path.name, reading.tables, covered, as_of)
    raise_refusals(reading.notices)
    return Extract(
        format=Format.ANNEX_A,
        as_of=as_of,
        tables=reading.tables,
        covers_from={table: as_of if table in OF_ONE_DAY else covered for table in reading.tables},
        notices=tuple(reading.notices),
        rows_read=reading.rows_read,
        content_hash=hashlib.sha256(raw).hexdigest(),
    )


def _bytes_of(path: Path) -> bytes:
    require_path(path, A_WORKBOOK)
    found = "a folder, not a workbook"
    try:
        if not path.is_dir():
            # One byte more than is read of it tells a file that is too large.
            with path.open("rb") as file:
                return file.read(LARGEST_FILE + 1)
    except OSError as error:
        found = f"the file cannot be read ({error.strerror})"
    raise FaultsFound([Fault(str(path), found, A_WORKBOOK, "close it in Excel, or copy it here")])


@dataclass(repr=False, eq=False)
class _Reading:
    """One pass over a workbook."""

    name: str
    as_of: date
    pseudonyms: Pseudonyms
    notices: list[Notice]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    rows_read: dict[str, int] = field(default_factory=dict)
    with_noughts: set[str] = field(default_factory=set)
    """Numbers of children that begin with noughts, without these; they end with this reading."""
    without_noughts: set[str] = field(default_factory=set)

    def read(self, book: Workbook, layout: ListLayout) -> None:
        """Read one list."""
        sheet, place = book.sheets[layout.number], f"{self.name}, {layout.sheet}"
        if not any(any(map(str, row)) for row in sheet.rows):
            self._warn(place, "an empty sheet", "headings and rows", layout)
            return
        headings = find_headings(sheet.rows, layout, place)
        self.notices += headings.notices
        if not headings.is_usable:
            return
        rows = ListRows(
            sheet, layout, headings, place, self.as_of, self.pseudonyms,
            from_1904=book.counts_from_1904,
        )  # fmt: skip
        if not len(rows) and not rows.says_none:
            found = "headings without a row below them; taken as not supplied, not as none"
            self._warn(place, found, "rows, or the word none in the first cell below", layout)
            return
        self.rows_read[layout.table] = len(rows)
        self._keep_numbers(rows)
        table = build(rows)
        self.notices += rows.notices
        self.tables[layout.table] = table

    def check_noughts(self) -> None:
        """Warn where one child may have two numbers: 00123 on one list, 123 on another."""
        if self.with_noughts & self.without_noughts:
            found = "numbers of children that differ in leading noughts alone"
            mend = "format the column as text in every list; they are taken for different children"
            self.notices.append(
                Notice(Weight.WARN, self.name, found, "one way of writing a number", mend)
            )

    def check_any(self) -> None:
        """Refuse a workbook of which no list could be read."""
        if not self.tables and all(each.weight is not Weight.REFUSE for each in self.notices):
            found = "no list with rows"
            mend = "export the lists again"
            self.notices.append(Notice(Weight.REFUSE, self.name, found, A_WORKBOOK, mend))

    def _keep_numbers(self, rows: ListRows) -> None:
        for each in rows.column("child"):
            text = each.strip() if isinstance(each, str) else ""
            if text.startswith("0") and text.isdigit():
                self.with_noughts.add(text.lstrip("0"))
            elif text:
                self.without_noughts.add(text)
            elif isinstance(each, float) and each.is_integer():
                self.without_noughts.add(str(int(each)))

    def _warn(self, place: str, found: str, expected: str, layout: ListLayout) -> None:
        mend = "nothing, if the list is not to be reported"
        self.notices.append(Notice(Weight.WARN, place, found, expected, mend, (), layout.table))
