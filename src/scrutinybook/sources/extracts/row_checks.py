"""Checking the rows of one table: notices with row numbers, and which rows are set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.text_cells import Bools, Cells

SET_ASIDE = "mend it in the case system; the row is set aside until then"
LEFT_EMPTY = "mend it in the case system; the entry is left empty until then"
LATER = (
    "look whether the day given for the extract is right; if it is, nothing: the row is set aside"
)
A_DAY = "a day such as 31/12/2023"
_MOSTLY, _ENOUGH = 0.5, 5
"""A share of a needed column's entries that is no accident, and from how many rows on."""
MIXED_ORDERS = (
    "export the file again with days as 31/12/2023: where some days stand month first, others"
    " that can be read both ways may be wrong"
)


class RowChecks:
    """The rows of one table while they are read.

    Every check looks at every row, those set aside by an earlier check included: a reader sees all
    faults of a row at once.
    """

    def __init__(self, place: str, table: str, rows: npt.ArrayLike) -> None:
        """`place` is file and sheet; `rows` the rows' numbers in the file, shape (n,)."""
        self.place = place
        self.table = table
        self.rows = np.asarray(rows, np.int64)
        self.kept: Bools = np.ones(len(self.rows), np.bool_)
        self.notices: list[Notice] = []

    def note(
        self, weight: Weight, where: Any, column: str, found: str, expected: str = "",
        mend: str = "",
    ) -> None:  # fmt: skip
        """Notice rows, if any; `where` is a mask of shape (n,). All but a warning sets aside."""
        marked = text_cells.marks(where)
        if not marked.any():
            return
        if weight is not Weight.WARN:
            self.kept &= ~marked
        place = f"{self.place}, {column}" if column else self.place
        rows = tuple(sorted(self.rows[marked].tolist()))
        self.notices.append(Notice(weight, place, found, expected, mend, rows, self.table))

    def refuse(self, where: Any, column: str, found: str, expected: str, mend: str) -> None:
        """Refuse the extract for these rows."""
        self.note(Weight.REFUSE, where, column, found, expected, mend)

    def exclude(
        self, where: Any, column: str, found: str, expected: str = "", mend: str = SET_ASIDE
    ) -> None:
        """Set rows aside."""
        self.note(Weight.EXCLUDE, where, column, found, expected, mend)

    def warn(
        self, where: Any, column: str, found: str, expected: str = "", mend: str = LEFT_EMPTY
    ) -> None:
        """Say that rows need a look, and use them."""
        self.note(Weight.WARN, where, column, found, expected, mend)

    # ----------------------------------------------------------------- entries of one column

    def identity(self, text: pd.Series, column: str) -> None:
        """Set aside rows without a number of child or worker."""
        blank = ~text_cells.filled(text)
        self.exclude(blank, column, "blank", "the council's own number")
        self._refuse_mostly(blank, column)

    def needed_day(self, text: pd.Series, column: str, as_of: date) -> pd.Series:
        """Read days that rows cannot do without; set aside blank, unread and later ones."""
        cells = self._days(text, column)
        self.exclude(cells.blank, column, "blank", A_DAY)
        self.exclude(cells.unread & ~cells.month_first, column, "an entry that is no day", A_DAY)
        self._refuse_mostly(cells.blank | cells.unread, column)
        later = cells.values > pd.Timestamp(as_of)
        found = f"a day after {as_of}, the extract's"
        self.exclude(later, column, found, f"{as_of} or earlier", LATER)
        return cells.values

    def end_day(self, text: pd.Series, column: str, as_of: date) -> pd.Series:
        """Read the days on which spells end; a spell that ends later is open on the extract's day.

        Rows with an unread end are set aside: the spell may be open or not.
        """
        cells = self._days(text, column)
        self.exclude(cells.unread & ~cells.month_first, column, "an entry that is no day", A_DAY)
        later = text_cells.marks(cells.values > pd.Timestamp(as_of))
        mend = "nothing, if the end is planned; it is taken as open on the extract's day"
        self.warn(later, column, f"a day after {as_of}, the extract's", mend=mend)
        return cells.values.mask(later)

    def optional_day(self, text: pd.Series, column: str, as_of: date) -> pd.Series:
        """Read days that rows can do without; unread and later ones are left empty."""
        cells = self._days(text, column)
        self.warn(cells.unread & ~cells.month_first, column, "an entry that is no day", A_DAY)
        later = text_cells.marks(cells.values > pd.Timestamp(as_of))
        self.warn(later, column, f"a day after {as_of}, the extract's", f"{as_of} or earlier")
        return cells.values.mask(later)

    def birth_day(self, text: pd.Series, column: str, as_of: date) -> pd.Series:
        """Read dates of birth: impossible ones are left empty, so that no age follows from them."""
        cells = self._days(text, column)
        self.warn(cells.unread & ~cells.month_first, column, "an entry that is no day", A_DAY)
        later = text_cells.marks(cells.values > pd.Timestamp(as_of))
        self.warn(later, column, f"a date of birth after {as_of}, the extract's")
        return cells.values.mask(later)

    def needed_code(
        self, text: pd.Series, column: str, known: Collection[str] | Mapping[str, str]
    ) -> pd.Series:
        """Read codes that rows cannot do without; set aside blank and unknown ones."""
        cells = text_cells.codes(text, known)
        self.exclude(cells.blank, column, "blank", _listed(known))
        self.exclude(cells.unread, column, "a code that the list does not have", _listed(known))
        self._refuse_mostly(cells.blank | cells.unread, column)
        return cells.values

    def optional_code(
        self, text: pd.Series, column: str, known: Collection[str] | Mapping[str, str]
    ) -> pd.Series:
        """Read codes that rows can do without; unknown ones are left empty."""
        cells = text_cells.codes(text, known)
        self.warn(cells.unread, column, "a code that the list does not have", _listed(known))
        return cells.values

    def needed_yes_no(self, text: pd.Series, column: str) -> pd.Series:
        """Read yes or no that rows cannot do without; set aside other and blank entries."""
        cells = text_cells.yes_no(text)
        self.exclude(~cells.given, column, "neither yes nor no", "yes or no, 1 or 0")
        return cells.values

    def needed_whole(self, text: pd.Series, column: str, *, most: int) -> pd.Series:
        """Read whole numbers from 0 to `most`; set aside rows with other and blank entries."""
        cells = text_cells.whole_numbers(text)
        return self._needed(cells, column, f"a whole number from 0 to {most}", most)

    def needed_number(self, text: pd.Series, column: str, *, most: float) -> pd.Series:
        """Read numbers from 0 to `most`; set aside rows with other and blank entries."""
        return self._needed(text_cells.decimals(text), column, f"a number from 0 to {most:g}", most)

    def optional_yes_no(self, text: pd.Series, column: str) -> pd.Series:
        """Read yes or no; other entries are left empty."""
        cells = text_cells.yes_no(text)
        self.warn(cells.unread, column, "an entry that is neither yes nor no", "yes or no, 1 or 0")
        return cells.values

    def optional_whole(
        self, text: pd.Series, column: str, *, least: int = 0, most: int
    ) -> pd.Series:
        """Read whole numbers from `least` to `most`; other entries are left empty."""
        return self._within(text_cells.whole_numbers(text), column, "whole number", least, most)

    def optional_number(
        self, text: pd.Series, column: str, *, least: float = 0, most: float
    ) -> pd.Series:
        """Read numbers from `least` to `most`; other entries are left empty."""
        return self._within(text_cells.decimals(text), column, "number", least, most)

    # ----------------------------------------------------------------- entries of a row together

    def order(self, start: pd.Series, end: pd.Series, column: str, starts: str) -> None:
        """Set aside rows whose spell ends before it starts; the same day is in order."""
        self.exclude(end < start, column, f"a day before that of {starts}", "the same or later")

    def repeated(self, columns: Mapping[str, pd.Series]) -> Bools:
        """Where a row that is not set aside says the same in these columns as one before it."""
        frame = pd.DataFrame({name: each.array for name, each in columns.items()})
        repeats = np.zeros(len(frame), np.bool_)
        repeats[self.kept] = text_cells.marks(frame[self.kept].duplicated())
        return repeats

    def duplicates(self, columns: Mapping[str, pd.Series], what: str) -> None:
        """Set aside rows that repeat an earlier row that is not set aside."""
        mend = "nothing, if it is one event: it is counted once"
        found = f"{what} that stands in an earlier row too"
        self.exclude(self.repeated(columns), "", found, mend=mend)

    def overlaps(
        self, child: pd.Series, start: pd.Series, end: pd.Series, column: str, found: str
    ) -> None:
        """Warn of spells that start before an earlier spell of the same child has ended."""
        spells = pd.DataFrame({"child": child.array, "start": start.array, "end": end.array})
        spells = spells[self.kept].sort_values(["child", "start"])
        last = spells["end"].fillna(pd.Timestamp.max).groupby(spells["child"]).cummax()
        reached = last.groupby(spells["child"]).shift()
        marked = np.zeros(len(child), np.bool_)
        marked[spells.index] = text_cells.marks(spells["start"] < reached)
        self.warn(marked, column, found, mend="mend the dates; all rows are used")

    def _refuse_mostly(self, wrong: Bools, column: str) -> None:
        """Refuse a needed column most of which cannot be used: it would look like few events."""
        if len(wrong) >= _ENOUGH and wrong.mean() > _MOSTLY:
            found = f"{int(wrong.sum())} of {len(wrong)} entries cannot be used"
            place = f"{self.place}, {column}"
            mend = "export it again: the column holds something else than it should"
            self.notices.append(Notice(Weight.REFUSE, place, found, "few or none", mend))

    def _days(self, text: pd.Series, column: str) -> text_cells.DayCells:
        cells = text_cells.days(text)
        self.refuse(cells.month_first, column, "days month first", A_DAY, MIXED_ORDERS)
        return cells

    def _needed(self, cells: Cells, column: str, allowed: str, most: float) -> pd.Series:
        outside = text_cells.marks((cells.values < 0) | (cells.values > most))
        self.exclude(~cells.given | outside, column, "blank, or an entry that is not so", allowed)
        return cells.values.mask(outside)

    def _within(self, cells: Cells, column: str, kind: str, least: float, most: float) -> pd.Series:
        allowed = f"a {kind} from {least:g} to {most:g}"
        self.warn(cells.unread, column, f"an entry that is no {kind}", allowed)
        outside = text_cells.marks((cells.values < least) | (cells.values > most))
        self.warn(outside, column, f"a {kind} below {least:g} or above {most:g}", allowed)
        return cells.values.mask(outside)


def _listed(known: Collection[str]) -> str:
    shown = list(known)
    if len(shown) <= 12:
        return ", ".join(shown)
    return f"{', '.join(shown[:12])} or another code of the list"


def whole_years(born: pd.Series, on: pd.Series) -> pd.Series:
    """Age in whole years (Int32) on a day; missing where either day is, or before birth.

    A child born on 29 February is a year older on 1 March of a common year.
    """
    had = (on.dt.month * 100 + on.dt.day) >= (born.dt.month * 100 + born.dt.day)
    years = (on.dt.year - born.dt.year - (~had).astype("int64")).astype("Float64")
    unknown = text_cells.marks(born.isna() | on.isna() | (on < born))
    ages: pd.Series = years.mask(unknown).astype("Int32")
    return ages
