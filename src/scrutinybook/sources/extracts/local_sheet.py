"""The table of local figures as text, from a CSV file or an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.errors import nearest
from scrutinybook.periods import Month
from scrutinybook.sources.extracts import workbook_sheets
from scrutinybook.sources.extracts.csv_files import CsvText, notice_wrong_length, read_csv_text
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.workbook_sheets import Cell

HEADINGS = ("measure", "period", "part", "numerator", "denominator", "value", "note")
NEEDED = ("measure", "period")
FIGURES = ("numerator", "value")
"""One of these columns is needed at least."""
TITLE = "a table with the headings " + ", ".join(HEADINGS)


@dataclass(frozen=True, eq=False, repr=False)
class LocalSheet:
    """The table's rows, blank ones left out."""

    place: str
    """File, and sheet of a workbook."""
    columns: dict[str, pd.Series]
    """Text by heading, every heading of the table; blank where a column is not there."""
    rows: npt.NDArray[np.int64]
    """Row in the workbook or line in the file."""
    notices: list[Notice]


def is_local_table(headings: Sequence[str]) -> bool:
    """Whether a row of headings is that of local figures."""
    there = {each.strip().casefold() for each in headings}
    return set(NEEDED) <= there and bool(there & set(FIGURES))


def read_local_sheet(path: Path, raw: bytes) -> LocalSheet:
    """Read the table; what is wrong with the whole of it is noticed."""
    if workbook_sheets.is_workbook(raw):
        return _from_workbook(path.name, raw)
    file = read_csv_text(path.name, raw)
    return _from_csv(file)


def _from_csv(file: CsvText) -> LocalSheet:
    notices = [*file.notices, *notice_wrong_length(file, "local_figures")]
    # A row that is cut short among a few typed ones is mended, not left out.
    notices = [
        Notice(Weight.REFUSE, each.place, each.found, each.expected, each.mend, each.rows)
        if each.weight is Weight.EXCLUDE
        else each
        for each in notices
    ]
    if file.is_usable:
        notices += heading_notices(file.name, file.headings)
    columns = {name: file.column(name).fillna("").str.strip() for name in HEADINGS}
    return _filled(file.name, columns, file.lines, notices)


def _from_workbook(name: str, raw: bytes) -> LocalSheet:
    sheets, notices = workbook_sheets.read_sheets(name, raw)
    tables = [each for each in sheets if is_local_table(each.headings)]
    if len(tables) > 1:
        found = f"{len(tables)} sheets hold a table of local figures"
        mend = "put all rows on one sheet"
        notices.append(Notice(Weight.REFUSE, name, found, "one sheet", mend))
    if not tables:
        if not notices:
            found = "no sheet with the headings of local figures in its first row"
            mend = "scrutiny template OUT.xlsx writes an empty one"
            notices.append(Notice(Weight.REFUSE, name, found, TITLE, mend))
        empty = {heading: pd.Series([], dtype="string") for heading in HEADINGS}
        return LocalSheet(name, empty, np.array([], np.int64), notices)
    sheet = tables[0]
    place = f"{name}, {sheet.name}"
    headings = sheet.headings
    notices += heading_notices(place, headings)
    notices += workbook_sheets.cell_notices(place, sheet)
    at = {each.casefold(): number for number, each in reversed(list(enumerate(headings)))}
    body = sheet.rows[1:]
    columns = {}
    for heading in HEADINGS:
        text = _period_text if heading == "period" else workbook_sheets.text_of
        number = at.get(heading)
        entries = ["" if number is None else text(row[number]) for row in body]
        columns[heading] = pd.Series(entries, dtype="string").str.strip()
    return _filled(place, columns, np.arange(2, len(body) + 2), notices)


def _filled(
    place: str,
    columns: dict[str, pd.Series],
    rows: npt.NDArray[np.int64],
    notices: list[Notice],
) -> LocalSheet:
    """Leave out rows in which nothing stands but perhaps a note."""
    there = np.zeros(len(rows), np.bool_)
    for heading in HEADINGS[:-1]:
        there |= (columns[heading] != "").to_numpy(dtype=np.bool_)
    if not there.any() and not any(each.weight is Weight.REFUSE for each in notices):
        found = "no row is filled in"
        notices.append(Notice(Weight.REFUSE, place, found, "a row for each figure"))
    kept = {name: each[there].reset_index(drop=True) for name, each in columns.items()}
    return LocalSheet(place, kept, rows[there], notices)


def heading_notices(place: str, headings: Sequence[str]) -> list[Notice]:
    """What is wrong with a row of headings."""
    there = [each.strip().casefold() for each in headings]
    notices = []
    for heading in (each for each in HEADINGS if there.count(each) > 1):
        found = f"the column {heading} stands twice"
        notices.append(Notice(Weight.REFUSE, place, found, "once", "take one of them out"))
    missing = [each for each in NEEDED if each not in there]
    missing += [" or ".join(FIGURES)] if not set(FIGURES) & set(there) else []
    strangers = [(at, each) for at, each in enumerate(there, 1) if each and each not in HEADINGS]
    near = [f"column {at}: {mend}" for at, each in strangers if (mend := nearest(each, HEADINGS))]
    for heading in missing:
        found = f"no column {heading}"
        notices.append(Notice(Weight.REFUSE, place, found, TITLE, "; ".join(near)))
    if strangers:
        numbers = ", ".join(str(at) for at, _ in strangers)
        found = f"headings that local figures do not have (column {numbers}); not read"
        notices.append(Notice(Weight.WARN, place, found, ", ".join(HEADINGS), "; ".join(near)))
    return notices


def _period_text(cell: Cell) -> str:
    """A period as it is written: Excel turns 2023-03 into the first day of that month."""
    if isinstance(cell, date):
        day = date(cell.year, cell.month, cell.day)
        if day.day == 1 and day.month == (day.year + 1) % 100:
            return "?"  # 2011/12 typed into a cell that is no text looks like December 2011
        return str(Month(day.year, day.month)) if day.day == 1 else day.isoformat()
    return workbook_sheets.text_of(cell)
