"""The rows of one list: its columns as days, codes and numbers, with a check on every entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.annex_a_cells import day_text, rounded, text_of
from scrutinybook.sources.extracts.annex_a_codes import YES_NO, CodeList, read_codes
from scrutinybook.sources.extracts.annex_a_headings import Headings
from scrutinybook.sources.extracts.annex_a_layouts import ListLayout, heading_key
from scrutinybook.sources.extracts.annex_a_parts import Place, column_letters
from scrutinybook.sources.extracts.annex_a_workbook import Cell, Sheet
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.row_checks import A_DAY, LEFT_EMPTY, SET_ASIDE, RowChecks
from scrutinybook.sources.extracts.text_cells import Bools

CALCULATE = "open the workbook in Excel, let it calculate (F9), save it"
UNMERGE = "select the cells, switch off Merge & Centre, fill in what each row should hold"
EXPORT_DAY_FIRST = (
    "export the list again on a computer set to English (United Kingdom) dates, or with days as"
    " 31/12/2023: the days on which this cannot be seen are wrong too"
)
_TOO_MANY_LATER = 0.25
"""Share of rows after the extract's day which says that the day is wrong."""
_NO_ROWS = (
    "none", "nil", "nilreturn", "nodata", "norecords", "norecordsfound", "noentries", "nochildren",
    "nothingtoreport", "noreturn", "zero", "0",
)  # fmt: skip


class ListRows(RowChecks):
    """The rows of one list while they are read; rows without any entry are left out."""

    def __init__(
        self, sheet: Sheet, layout: ListLayout, headings: Headings, place: str, as_of: date,
        pseudonyms: Pseudonyms, *, from_1904: bool = False,
    ) -> None:  # fmt: skip
        self.sheet, self.layout, self.headings = sheet, layout, headings
        self.as_of, self.pseudonyms, self.from_1904 = as_of, pseudonyms, from_1904
        first = headings.row + 1
        below = enumerate(sheet.rows[first:], first)
        # Errors and formulas without a value look blank; a row of them is a row all the same.
        behind = {*sheet.parts.errors, *sheet.parts.without_value}
        used = set(headings.places.values())
        more = {row for row, column in behind if column in used}
        filled = [(at, row) for at, row in below if at in more or any(map(_is_filled, row))]
        self.says_none = len(filled) == 1 and _says_none(filled[0][1])
        self.cells = [] if self.says_none else [row for _, row in filled]
        places = [] if self.says_none else [at for at, _ in filled]
        super().__init__(place, layout.table, np.array(places, np.int64) + 1)
        self.at = {row: position for position, row in enumerate(places)}
        self._explained: dict[str, Bools] = {}
        self._check_merged()
        self._check_headings_again()
        for name in headings.places:
            self._check_formulas(name)

    def __len__(self) -> int:
        return len(self.cells)

    def note(
        self, weight: Weight, where: Any, column: str, found: str, expected: str = "",
        mend: str = "",
    ) -> None:  # fmt: skip
        """Notice rows, but for those of which a better reason has been told for this column."""
        marked = text_cells.marks(where)
        if column in self._explained:
            marked = marked & ~self._explained[column]
        if weight is Weight.REFUSE:
            self.kept &= ~marked
        super().note(weight, marked, column, found, expected, mend)

    def explain(
        self, weight: Weight, where: Bools, name: str, found: str, expected: str, mend: str
    ) -> None:
        """Notice rows, and take it for the only reason to be told of these entries."""
        self.note(weight, where, self.label(name), found, expected, mend)
        self._take_as_explained(name, where)

    def _take_as_explained(self, name: str, where: Bools) -> None:
        column = self.label(name)
        self._explained[column] = self._explained.get(column, self._nowhere()) | where

    def label(self, name: str) -> str:
        """A column for notices: its official heading and its letter."""
        heading = next(each.heading for each in self.layout.columns if each.name == name)
        at = self.headings.places.get(name)
        return heading if at is None else f"{heading} (column {column_letters(at)})"

    def column(self, name: str) -> list[Cell]:
        """The cells of a column; blank where the list does not have it."""
        at = self.headings.places.get(name)
        return [""] * len(self) if at is None else [row[at] for row in self.cells]

    # ------------------------------------------------------------------------------- columns

    def child(self) -> pd.Series:
        """Read the numbers of children, hashed; rows without one are set aside."""
        text = self.identifiers()
        self.identity(text, self.label("child"))
        return self.pseudonyms.of(text.mask(~self.kept), "child")

    def identifiers(self) -> pd.Series:
        """Read the numbers of children as text; what cannot be a number is empty."""
        cells = self.column("child")
        text = self._text("child", needed=True)
        dates = self._mask(isinstance(each, date) for each in cells)
        mend = "format the column as text and export again"
        self.explain(Weight.EXCLUDE, dates, "child", "a date in place of a number of a child",
                     "the council's own number", mend)  # fmt: skip
        long = rounded(text, cells)
        self.explain(Weight.REFUSE, long, "child", "a number too long for Excel, which rounds it",
                     "numbers of 15 digits or fewer, or text",
                     "format the column as text before the list is put into it")  # fmt: skip
        again = self._explained.get(self.label("child"), self._nowhere())
        return text.mask(again, "")

    def day(self, name: str) -> pd.Series:
        """Read days that rows cannot do without."""
        days = self.needed_day(self.days_as_text(name, needed=True), self.label(name), self.as_of)
        later = int(text_cells.marks(days > pd.Timestamp(self.as_of)).sum())
        if later > 1 and later > _TOO_MANY_LATER * len(self):
            found = f"more than a quarter of the rows are after {self.as_of}, the extract's day"
            mend = "give the day on which the extract was taken"
            self.refuse(days > pd.Timestamp(self.as_of), self.label(name), found, "none", mend)
        return days

    def end(self, name: str) -> pd.Series:
        """Read the days on which spells end."""
        return self.end_day(self.days_as_text(name, needed=True), self.label(name), self.as_of)

    def other_day(self, name: str) -> pd.Series:
        """Read days that rows can do without."""
        return self.optional_day(self.days_as_text(name), self.label(name), self.as_of)

    def code(self, name: str, known: CodeList) -> pd.Series:
        """Read codes that rows can do without."""
        text = read_codes(self._text(name), known)
        return self.optional_code(text, self.label(name), known.meanings)

    def needed(self, name: str, known: CodeList) -> pd.Series:
        """Read codes that rows cannot do without."""
        text = read_codes(self._text(name, needed=True), known)
        return self.needed_code(text, self.label(name), known.meanings)

    def yes_no(self, name: str) -> pd.Series:
        """Read yes or no; unknown is empty."""
        return self.optional_yes_no(read_codes(self._text(name), YES_NO), self.label(name))

    def whole(self, name: str, *, most: int) -> pd.Series:
        """Read whole numbers from 0."""
        return self.optional_whole(self._text(name), self.label(name), most=most)

    def words(self, name: str) -> pd.Series:
        """Take text over as it is, single spaces within; empty where blank."""
        text = self._text(name).str.replace(r"\s+", " ", regex=True)
        return text.mask(text == "", pd.NA)

    def days_as_text(self, name: str, *, needed: bool = False) -> pd.Series:
        """Bring a column of days into one way of writing; errors and doubtful days are noticed."""
        read = day_text(self.column(name), self.as_of, from_1904=self.from_1904)
        self._explain_errors(name, needed)
        self.warn(read.short_year, self.label(name), "a year of two digits", A_DAY,
                  "look whether the century is right")  # fmt: skip
        if read.swapped:
            found = "real dates, all of the first twelve days of a month, beside days as text"
            self.refuse(np.ones(len(self), np.bool_), self.label(name), found, A_DAY,
                        EXPORT_DAY_FIRST)  # fmt: skip
        return read.text

    def age_text(self) -> pd.Series:
        """The column of ages as text."""
        return self._text("age")

    def _text(self, name: str, *, needed: bool = False) -> pd.Series:
        self._explain_errors(name, needed)
        return text_of(self.column(name))

    # ----------------------------------------------------------------- what a sheet can do to rows

    def _explain_errors(self, name: str, needed: bool) -> None:
        where = self._cells_at(self.sheet.parts.errors, name)
        weight, mend = (Weight.EXCLUDE, SET_ASIDE) if needed else (Weight.WARN, LEFT_EMPTY)
        if where.any():
            self.explain(weight, where, name, "an Excel error such as #N/A", "a value", mend)

    def _check_formulas(self, name: str) -> None:
        where = self._cells_at(self.sheet.parts.without_value, name)
        if where.any():
            found = "a formula without a stored value"
            self.explain(Weight.REFUSE, where, name, found, "values", CALCULATE)

    def _check_merged(self) -> None:
        used = set(self.headings.places.values())
        unused_rows: Bools = self._nowhere()
        for (top, left), (bottom, right) in self.sheet.merged:
            if top <= self.headings.row:
                continue
            rows = self._mask(top <= row <= bottom for row in self.at)
            columns = used & set(range(left, min(right, 20_000) + 1))
            if not columns:
                unused_rows |= rows
            for name, at in self.headings.places.items():
                if at in columns:
                    self.explain(Weight.REFUSE, rows, name, "merged cells among the rows",
                                 "one cell a row", UNMERGE)  # fmt: skip
        self.warn(unused_rows, "", "merged cells in columns that are not read", "one cell a row",
                  UNMERGE)  # fmt: skip

    def _check_headings_again(self) -> None:
        keys = next(each.keys for each in self.layout.columns if each.name == "child")
        again = self._mask(
            isinstance(each, str) and heading_key(each) in keys for each in self.column("child")
        )
        self.exclude(again, self.label("child"), "the headings once more", "a row of the list",
                     "nothing, if lists were put one under the other")  # fmt: skip
        for name in self.headings.places:
            self._take_as_explained(name, again)

    def _cells_at(self, cells: Sequence[Place], name: str) -> Bools:
        wanted = self.headings.places.get(name, -1)
        where = self._nowhere()
        for row, column in cells:
            if column == wanted and row in self.at:
                where[self.at[row]] = True
        return where

    def _mask(self, marks: Any) -> Bools:
        return np.fromiter(marks, np.bool_, count=len(self))

    def _nowhere(self) -> Bools:
        return np.zeros(len(self), np.bool_)


def _is_filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _says_none(row: Sequence[Cell]) -> bool:
    filled = [each for each in row if _is_filled(each)]
    return len(filled) == 1 and isinstance(filled[0], str) and heading_key(filled[0]) in _NO_ROWS
