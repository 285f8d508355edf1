"""All sheets of an Excel workbook as cells, opened with bounds; for tables that people type."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from scrutinybook.sources.extracts import annex_a_parts as parts
from scrutinybook.sources.extracts.annex_a_parts import Damaged, SheetParts, TooLarge
from scrutinybook.sources.extracts.noticed import Notice, Weight

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What a cell holds; blank is an empty text."""

LARGEST_FILE = 20_000_000
"""Bytes of a workbook that people type."""
MOST_CELLS = 1_000_000
"""Cells between a sheet's first and last."""
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ALLOWED = "an Excel workbook (.xlsx)"


@dataclass(frozen=True, eq=False, repr=False)
class SheetCells:
    """One sheet."""

    name: str
    rows: list[list[Cell]]
    """From the first row and column on, blank ones included."""
    parts: SheetParts

    @property
    def headings(self) -> list[str]:
        """The first row as text."""
        return [text_of(each).strip() for each in self.rows[0]] if self.rows else []


def is_workbook(raw: bytes) -> bool:
    """Whether bytes begin as a workbook's do, old or new."""
    return raw.startswith((_ZIP, _OLD))


def read_sheets(name: str, raw: bytes) -> tuple[list[SheetCells], list[Notice]]:
    """Read the sheets of a workbook. What is wrong is noticed, never raised, and never shown."""
    found, mend = "", "open it in Excel and save it as: Excel workbook (.xlsx)"
    if raw.startswith(_OLD):
        found = "a workbook in Excel's old format, or one locked with a password"
    elif len(raw) > LARGEST_FILE:
        found, mend = (
            "a file far larger than any table of local figures",
            "delete what is no figure",
        )
    else:
        try:
            return _sheets(name, raw)
        except TooLarge:
            found = "a file that unpacks to far more than any table of local figures"
        except Damaged:
            found = "a damaged workbook, one that was cut short, or one with a password"
    return [], [Notice(Weight.REFUSE, name, found, _ALLOWED, mend)]


def cell_notices(place: str, sheet: SheetCells) -> list[Notice]:
    """Refuse a sheet with errors such as #N/A, or formulas that were never calculated."""
    notices = []
    for cells, found, mend in (
        (sheet.parts.errors, "cells that show an error such as #N/A", "mend or empty them"),
        (
            sheet.parts.without_value,
            "formulas that were never calculated",
            "open it in Excel, so that it calculates, and save it",
        ),
    ):
        rows = tuple(sorted({row + 1 for row, _ in cells}))
        if rows:
            allowed = "figures, or blank"
            notices.append(Notice(Weight.REFUSE, place, found, allowed, mend, rows))
    return notices


def text_of(cell: Cell) -> str:
    """A cell as somebody would have typed it: whole numbers without a decimal point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _sheets(name: str, raw: bytes) -> tuple[list[SheetCells], list[Notice]]:
    if "xl/workbook.xml" not in parts.names_in(raw):
        raise Damaged
    book = _guarded(raw)
    shown = [each.name for each in book.sheets_metadata if _is_shown(each)]
    beside = parts.read_parts(raw, frozenset(shown))
    sheets: list[SheetCells] = []
    notices: list[Notice] = []
    for at, each in enumerate(shown, start=1):
        there = beside.sheets.get(each, SheetParts())
        if there.rows * there.columns > MOST_CELLS:
            found = f"sheet number {at} reaches to row {there.rows}, column {there.columns}"
            mend = "delete the rows and columns behind the figures"
            notices.append(Notice(Weight.REFUSE, name, found, "the figures alone", mend))
            continue
        sheets.append(SheetCells(each, _rows(book, each), there))
    return sheets, notices


def _is_shown(sheet: calamine.SheetMetadata) -> bool:
    is_table = sheet.typ == calamine.SheetTypeEnum.WorkSheet
    return is_table and sheet.visible == calamine.SheetVisibleEnum.Visible


def _guarded(raw: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a defect in the library ends as a "panic", which is no Exception
        raise Damaged from None


def _rows(book: calamine.CalamineWorkbook, sheet: str) -> list[list[Cell]]:
    try:
        read = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # as above; the library's error may quote a cell
        raise Damaged from None
    return [list(row) for row in read]
