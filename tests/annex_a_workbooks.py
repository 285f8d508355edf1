"""Small Annex A workbooks drawn by hand: invented children under the official headings.

    lists = good_lists()                        # lists 1 to 9, about which nothing is to be noticed
    lists[3].put(4, "Date of referral", "soon") # Excel's row 4
    path = save(tmp_path / "extract.xlsx", lists)

Each `Drawn` list can also be renamed, shuffled, put below a title, merged, hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter

from scrutinybook.sources.extracts.annex_a import read_annex_a
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

AS_OF = date(2023, 3, 31)
FIRST = date(2022, 10, 1)
"""First of the six months."""
KEY = Pseudonyms(b"a key for tests only")
ABOUT = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
DISABILITY = "Does the Child have a Disability"
ALLOCATED = ["Allocated Team", "Allocated Worker"]
HEADINGS: Mapping[int, list[str]] = {
    1: [*ABOUT, "Date of Contact", "Contact Source"],
    2: [
        *ABOUT,
        "Assessment start date",
        "Assessment completion date",
        "Organisation completing assessment",
    ],
    3: [
        *ABOUT,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *ALLOCATED,
    ],
    4: [
        *ABOUT,
        DISABILITY,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support?",
        *ALLOCATED,
    ],
    5: [
        *ABOUT,
        DISABILITY,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *ALLOCATED,
    ],
    6: [
        *ABOUT,
        DISABILITY,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case Status",
        *ALLOCATED,
    ],
    7: [
        *ABOUT,
        DISABILITY,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Number of Previous Child Protection Plans",
        *ALLOCATED,
    ],
    8: [
        *ABOUT,
        DISABILITY,
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Date of Latest Statutory Review",
        "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After",
        "Placement postcode",
        *ALLOCATED,
    ],
    9: [
        *ABOUT,
        DISABILITY,
        *ALLOCATED,
        "Eligibility Category",
        "LA in Touch",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ],
}


@dataclass(frozen=True)
class Formula:
    """A cell with a formula. A value of "" is one that no program has calculated."""

    text: str = "=1+1"
    value: object = ""


NOT_AVAILABLE = Formula("=NA()", "#N/A")
"""A cell that shows an error."""


@dataclass
class Drawn:
    """One list: headings and rows as cells, and how its sheet looks."""

    headings: list[object]
    rows: list[list[object]]
    sheet: str
    above: list[list[object]] = field(default_factory=list)
    """Rows above the headings."""
    merged: list[str] = field(default_factory=list)
    """Ranges such as A3:A4."""
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    """Excel's row numbers."""

    def at(self, heading: str) -> int:
        return self.headings.index(heading)

    def put(self, row: int, heading: str, cell: object) -> None:
        """Put a cell, by Excel's row number and its heading."""
        self.rows[row - 2 - len(self.above)][self.at(heading)] = cell

    def put_all(self, heading: str, cells: Sequence[object]) -> None:
        """Put a whole column."""
        for row, cell in zip(self.rows, cells, strict=True):
            row[self.at(heading)] = cell

    def rename(self, heading: str, new: object) -> None:
        self.headings[self.at(heading)] = new

    def drop(self, heading: str) -> None:
        at = self.at(heading)
        for row in [self.headings, *self.rows]:
            del row[at]

    def add_row(self, **cells: object) -> None:
        """Add a row: the last one with other cells; `child_unique_id` stands for the heading."""
        row = list(self.rows[-1])
        for name, cell in cells.items():
            row[[_name(each) for each in self.headings].index(name)] = cell
        self.rows.append(row)


def _name(heading: object) -> str:
    return "".join(c if c.isalnum() else "_" for c in str(heading).lower()).strip("_")


def drawn(number: int, rows: Sequence[Mapping[str, object]]) -> Drawn:
    """Draw a list from rows by heading; columns not named are blank."""
    headings = HEADINGS[number]
    cells: list[list[object]] = [[row.get(each) for each in headings] for row in rows]
    return Drawn(list(headings), cells, f"List {number}")


def who(child: object, born: date = date(2012, 5, 20)) -> dict[str, object]:
    """Who a row is about."""
    birthday = (AS_OF.month, AS_OF.day) >= (born.month, born.day)
    age = AS_OF.year - born.year - (not birthday)
    return dict(
        zip(ABOUT, (child, "b) Female", "a) WBRI", born, age), strict=True),
    )


def good_lists() -> dict[int, Drawn]:
    """Lists 1 to 9 as they should be: each reaches from October 2022 to March 2023."""
    days = [date(2022, 10, 3), date(2022, 11, 20), date(2023, 1, 9), date(2023, 3, 27)]
    yes_no = ["a) Yes", "b) No", "Yes", "N"]
    ids = [1001, 1002, 1003, 1004]
    team = dict(zip(ALLOCATED, ("North", "A worker"), strict=True))
    every = list(zip(ids, days, yes_no, strict=True))
    later = [day.replace(day=min(28, day.day + 20)) for day in days]
    ends: list[date | None] = [*later[:3], None]
    return {
        1: drawn(
            1,
            [
                {**who(child), "Date of Contact": day, "Contact Source": "q) 6: Police"}
                for child, day, _ in every
            ],
        ),
        2: drawn(
            2,
            [
                {
                    **who(child),
                    "Assessment start date": day,
                    "Assessment completion date": end,
                    "Organisation completing assessment": "A school",
                }
                for (child, day, _), end in zip(every, ends, strict=True)
            ],
        ),
        3: drawn(
            3,
            [
                {
                    **who(child),
                    "Date of referral": day,
                    "Referral Source": "b) Schools",
                    "Referral NFA?": yes,
                    "Number of Referrals in Last 12 Months": 0,
                    **team,
                }
                for child, day, yes in every
            ],
        ),
        4: drawn(
            4,
            [
                {
                    **who(child),
                    DISABILITY: "b) No",
                    "Continuous Assessment Start Date": day,
                    "Continuous Assessment Date of Authorisation": end,
                    HEADINGS[4][9]: yes if end else None,
                    **team,
                }
                for (child, day, yes), end in zip(every, ends, strict=True)
            ],
        ),
        5: drawn(
            5,
            [
                {
                    **who(child),
                    HEADINGS[5][6]: day,
                    HEADINGS[5][7]: "b) No" if end else "a) Yes",
                    HEADINGS[5][8]: end,
                    HEADINGS[5][9]: "a) Yes" if end else None,
                    **team,
                }
                for (child, day, _), end in zip(every, ends, strict=True)
            ],
        ),
        6: drawn(
            6,
            [
                {
                    **who(child),
                    "CIN Start Date": date(2020, 2, 3),
                    "CIN Closure Date": end,
                    "Case Status": "e) Closed episode" if end else "c) Child in need plan",
                    **team,
                }
                for (child, _, _), end in zip(every, ends, strict=True)
            ],
        ),
        7: drawn(
            7,
            [
                {
                    **who(child),
                    "Child Protection Plan Start Date": date(2022, 1, 5),
                    "Date of latest review conference": date(2022, 9, 8),
                    "Child Protection Plan End Date": end,
                    "Number of Previous Child Protection Plans": 1,
                    **team,
                }
                for (child, _, _), end in zip(every, ends, strict=True)
            ],
        ),
        8: drawn(
            8,
            [
                {
                    **who(child, date(2010, 2, 28)),
                    "Date Started to be Looked After": date(2021, 2, 27),
                    "Date of Latest Statutory Review": date(2022, 9, 8),
                    "Number of Placements in the Last 12 months": 2,
                    "Date Ceased to be Looked After": end,
                    "Placement postcode": "XX1 1XX",
                    **team,
                }
                for (child, _, _), end in zip(every, ends, strict=True)
            ],
        ),
        9: drawn(
            9,
            [
                {
                    **who(child, date(2003, 4, 1)),
                    **team,
                    "Eligibility Category": "b) Former relevant child",
                    "LA in Touch": "a) Yes",
                    "Type of Accommodation": "U: Independent living",
                    "Suitability of Accommodation": "a) Suitable",
                    "Activity Status": "F2: Full time in education other than higher",
                }
                for child in ids
            ],
        ),
    }


def save(
    path: Path,
    lists: Mapping[int, Drawn] | Sequence[Drawn],
    *,
    date_1904: bool = False,
    others: Mapping[str, Sequence[Sequence[object]]] | None = None,
) -> Path:
    """Write lists, and other sheets before them, as an Excel workbook."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for name, rows in (others or {}).items():
        _write(book.add_worksheet(name), rows, formats)
    for each in lists.values() if isinstance(lists, Mapping) else lists:
        sheet = book.add_worksheet(each.sheet)
        _write(sheet, [*each.above, each.headings, *each.rows], formats)
        for cells in each.merged:
            sheet.merge_range(cells, "merged")
        for row in each.hidden_rows:
            sheet.set_row(row - 1, options={"hidden": True})
        if each.is_hidden:
            sheet.hide()
    if not book.worksheets_objs:
        book.add_worksheet("Sheet1")
    if all(each.hidden for each in book.worksheets_objs):
        book.add_worksheet("Front_Sheet").activate()
    book.close()
    return path


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: Sequence[Sequence[object]],
    formats: Mapping[type, object],
) -> None:
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, Formula):
                sheet.write_formula(at, place, cell.text, None, cell.value)
            elif isinstance(cell, date | time):
                sheet.write_datetime(at, place, cell, formats[type(cell)])
            elif isinstance(cell, bool):
                sheet.write_boolean(at, place, cell)
            elif isinstance(cell, str):
                sheet.write_string(at, place, cell)
            elif cell is not None:
                sheet.write_number(at, place, cell)


def read(path: Path, as_of: date = AS_OF) -> Extract:
    """Read with the tests' key."""
    return read_annex_a(path, as_of=as_of, pseudonyms=KEY)
