"""Opening a workbook: its lists as rows of typed cells, and what is wrong with it as a whole."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from scrutinybook.sources.extracts import annex_a_parts as parts
from scrutinybook.sources.extracts.annex_a_layouts import LISTS, list_number
from scrutinybook.sources.extracts.annex_a_parts import Damaged, Parts, SheetParts, TooLarge
from scrutinybook.sources.extracts.noticed import Notice, Weight

Cell = str | float | int | bool | date | datetime | time | timedelta
"""What a cell holds: blank is an empty text, and every number has a decimal point."""

LARGEST_FILE = 200_000_000
"""Bytes of a workbook on disk."""
MOST_CELLS = 6_000_000
"""Cells between a sheet's first and last: more than any list holds; memory is taken for them."""
A_WORKBOOK = "an Excel workbook (.xlsx, .xlsm or .xls) with sheets List 1 to List 9"
SAVE_AS_XLSX = "open it in Excel and save it as: Excel workbook (.xlsx)"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_READ = {each.number for each in LISTS}


@dataclass(frozen=True, eq=False, repr=False)
class Sheet:
    """One list's sheet."""

    number: int
    rows: list[list[Cell]]
    """From the sheet's first row and column on, blank ones included."""
    merged: list[tuple[parts.Place, parts.Place]]
    """First and last cell of each merged range."""
    parts: SheetParts


@dataclass(frozen=True, eq=False, repr=False)
class Workbook:
    """The lists that are there and are read."""

    sheets: Mapping[int, Sheet]
    """By the list's number."""
    counts_from_1904: bool = False
    notices: list[Notice] = field(default_factory=list)


class _Refused(Exception):
    """Carries a refusal of the whole file."""

    def __init__(self, found: str, mend: str) -> None:
        super().__init__(found)
        self.found, self.mend = found, mend


def open_workbook(name: str, raw: bytes) -> Workbook:
    """Open a workbook from its bytes. What is wrong is noticed, never raised, and never shown."""
    notices: list[Notice] = []
    try:
        return _open(name, raw, notices)
    except _Refused as error:
        return Workbook({}, notices=[_refusal(name, error.found, error.mend)])


def sheets_of(raw: bytes) -> tuple[str, ...]:
    """Names of a workbook's sheets, for telling formats apart; none for what is no workbook."""
    try:
        _check_kind(raw)
        return tuple(_calamine(raw).sheet_names)
    except _Refused:
        return ()


def _refusal(place: str, found: str, mend: str, allowed: str = A_WORKBOOK) -> Notice:
    return Notice(Weight.REFUSE, place, found, allowed, mend)


def _open(name: str, raw: bytes, notices: list[Notice]) -> Workbook:
    packed = _check_kind(raw)
    book = _calamine(raw)
    lists = _lists(name, book, notices)
    beside = Parts({}, False)
    if packed:
        try:
            beside = parts.read_parts(raw, frozenset(lists.values()))
        except Damaged:
            raise _damaged() from None
    else:
        found = "a workbook in Excel's old format, where errors such as #N/A look like blank cells"
        notices.append(Notice(Weight.WARN, name, found, ".xlsx", SAVE_AS_XLSX))
    sheets = {}
    for number, sheet in lists.items():
        if packed and sheet not in beside.sheets:
            raise _damaged()
        there = beside.sheets.get(sheet, SheetParts())
        if there.rows * there.columns > MOST_CELLS:
            column = parts.column_letters(there.columns - 1)
            found = f"a sheet that reaches to column {column}, row {there.rows}"
            mend = "delete the columns and rows behind the data: something stands in one of them"
            notices.append(
                _refusal(f"{name}, List {number}", found, mend, "the list and nothing else")
            )
            continue
        sheets[number] = _sheet(book, sheet, number, there)
    return Workbook(sheets, beside.counts_from_1904, notices)


def _check_kind(raw: bytes) -> bool:
    """Refuse what is no workbook of the known kinds; whether it is one in a zip file."""
    if not raw:
        raise _Refused("an empty file", "copy it again from where it was exported")
    if len(raw) > LARGEST_FILE:
        raise _Refused("a file far larger than any extract", "export the lists again, one extract")
    if raw.startswith(_OLE):
        _check_old(raw)
        return False
    if not raw.startswith(_ZIP):
        found = "text or another kind of file, not a workbook"
        raise _Refused(found, "export it as an Excel workbook, or save it as .xlsx")
    try:
        names = parts.names_in(raw)
    except Damaged:
        raise _damaged() from None
    except TooLarge:
        found = "a file that unpacks to far more than any extract holds"
        raise _Refused(found, "export the lists again; delete what is not a list") from None
    if "xl/workbook.xml" not in names:
        if "xl/workbook.bin" in names or "content.xml" in names:
            raise _Refused("a workbook in another format", SAVE_AS_XLSX)
        raise _Refused("a zip file or document, not a workbook", "give the workbook itself")
    return True


def _check_old(raw: bytes) -> None:
    if _ENCRYPTED in raw:
        raise _with_password()
    if not any(stream in raw for stream in _OLD_STREAMS):
        raise _Refused("a document of another program, not a workbook", "give the workbook itself")


def _calamine(raw: bytes) -> calamine.CalamineWorkbook:
    book: calamine.CalamineWorkbook = _guarded(
        lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    )
    return book


def _guarded(step: Any) -> Any:
    """Do a step of the library; its errors may quote a cell, so that none goes on from here."""
    try:
        with _no_words():
            return step()
    except calamine.PasswordError:
        raise _with_password() from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a defect in the library ends as a "panic", which is no Exception
        raise _damaged() from None


@contextmanager
def _no_words() -> Iterator[None]:
    """Keep the library from writing to the terminal where it fails: it may write a cell."""
    try:
        sys.stderr.flush()
        kept = os.dup(2)
    except (OSError, ValueError, AttributeError):  # there is no terminal
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _damaged() -> _Refused:
    found = "a damaged workbook, or one that was cut short"
    return _Refused(found, "open it in Excel, save it again, or copy it again from its source")


def _with_password() -> _Refused:
    found = "a workbook that is locked with a password"
    return _Refused(
        found, "in Excel: File, Info, Protect workbook, Encrypt with password; empty it"
    )


def _lists(name: str, book: calamine.CalamineWorkbook, notices: list[Notice]) -> dict[int, str]:
    """Sheets that hold lists that are read; a list on two sheets is refused."""
    lists: dict[int, str] = {}
    seen: set[int] = set()
    twice: set[int] = set()
    hidden: set[int] = set()
    for each in book.sheets_metadata:
        number = list_number(each.name)
        if number is None or each.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        twice |= {number} & seen
        seen.add(number)
        if each.visible != calamine.SheetVisibleEnum.Visible:
            hidden.add(number)
        if number in _READ:
            lists.setdefault(number, each.name)
    for number in sorted(twice & _READ):
        found = "two sheets or more with this list" + (", some hidden" * (number in hidden))
        mend = "delete the sheets that are not the list (right-click a tab: Unhide shows all)"
        notices.append(_refusal(f"{name}, List {number}", found, mend, "one sheet a list"))
    missing = sorted(_READ - seen)
    if not seen & _READ:
        raise _Refused(
            "no sheet of a list",
            "give the workbook of the lists; sheets are named List 1, List 2 and so on",
        )
    if missing:
        found = f"no sheet for list {', '.join(map(str, missing))}"
        mend = "nothing, if these are not to be reported; otherwise add them"
        notices.append(Notice(Weight.WARN, name, found, "lists 1 to 9", mend))
    return lists


def _sheet(book: calamine.CalamineWorkbook, name: str, number: int, there: SheetParts) -> Sheet:
    sheet = _guarded(lambda: book.get_sheet_by_name(name))
    rows = _guarded(lambda: sheet.to_python(skip_empty_area=False))
    merged = _guarded(lambda: sheet.merged_cell_ranges) or []
    return Sheet(number, rows, list(merged), there)
