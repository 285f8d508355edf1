"""Finding a list's row of headings, under a title or not, and which column holds what."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scrutinybook.sources.extracts.annex_a_layouts import Column, ListLayout, heading_key
from scrutinybook.sources.extracts.annex_a_parts import column_letters
from scrutinybook.sources.extracts.annex_a_workbook import Cell
from scrutinybook.sources.extracts.noticed import Notice, Weight

ROWS_LOOKED_AT = 20
"""Headings stand in one of the first rows: below a title, a date, a note."""
_FEWEST = 2
"""Known headings that make a row of headings."""


@dataclass(frozen=True, eq=False, repr=False)
class Headings:
    """Where a list's columns are."""

    row: int
    """Row of the headings, from 0; -1 where there is none."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Column of each that is there, from 0, by our name."""
    notices: list[Notice] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        """Whether every needed column is there once."""
        return not any(each.weight is Weight.REFUSE for each in self.notices)


def find_headings(rows: Sequence[Sequence[Cell]], layout: ListLayout, place: str) -> Headings:
    """Find the headings of a list.

    Notices are refusals for a needed column that is missing or there twice, and warnings for others
    and for columns that the list does not have. They name columns by letter: what stands in the
    row of headings may be anything.
    """
    row = _row_of_headings(rows, layout)
    if row < 0:
        expected = ", ".join(each.heading for each in layout.columns if each.needed)
        mend = f"put the headings into one of the first {ROWS_LOOKED_AT} rows, one a cell"
        found = "no row of headings"
        return Headings(-1, {}, [_notice(Weight.REFUSE, place, layout, found, expected, mend)])
    keys = [heading_key(each) if isinstance(each, str) else "" for each in rows[row]]
    finding = _Finding(layout, place, row, keys)
    for column in layout.columns:
        finding.take(column)
    for column in layout.columns:
        finding.say_missing(column)
    finding.say_unknown()
    return Headings(row, finding.places, finding.notices)


def _row_of_headings(rows: Sequence[Sequence[Cell]], layout: ListLayout) -> int:
    known = set(map(heading_key, layout.unused)).union(*(each.keys for each in layout.columns))
    counts = [
        len({heading_key(each) for each in row if isinstance(each, str)} & known)
        for row in rows[:ROWS_LOOKED_AT]
    ]
    most = max(counts, default=0)
    return counts.index(most) if most >= _FEWEST else -1


class _Finding:
    """One pass over a row of headings."""

    def __init__(self, layout: ListLayout, place: str, row: int, keys: list[str]) -> None:
        self.layout, self.place, self.row, self.keys = layout, place, row, keys
        self.places: dict[str, int] = {}
        self.notices: list[Notice] = []
        self.taken: set[int] = set()

    def take(self, column: Column) -> None:
        """Take a column by the first of its wordings that is there."""
        for wording in (column.heading, *column.also):
            key = heading_key(wording)
            found = [at for at, each in enumerate(self.keys) if each == key]
            if not found:
                continue
            self.places[column.name] = found[0]
            self.taken.update(found)
            if len(found) > 1:
                letters = " and ".join(map(column_letters, found))
                mend = "delete or rename all but one" + (
                    "" if column.needed else "; the first is used"
                )
                self._note(column.needed, f"the heading {column.heading!r} in columns {letters}",
                           "once", mend)  # fmt: skip
            return

    def say_missing(self, column: Column) -> None:
        if column.name in self.places:
            return
        near = self._nearest(column)
        mend = f"the nearest heading is that of column {near}: is it this one?" if near else ""
        if column.needed:
            mend = f"{mend} Write the heading as expected".strip()
        self._note(column.needed, "a column is missing", column.heading, mend)

    def say_unknown(self) -> None:
        unknown = self._unknown()
        if unknown:
            letters = ", ".join(map(column_letters, unknown))
            many = "s" if len(unknown) > 1 else ""
            found = f"heading{many} that the list does not have, in column{many} {letters}"
            mend = "nothing, if the council added them; they are not read"
            self._note(False, found, "the list's columns", mend)

    def _unknown(self) -> list[int]:
        known = set(map(heading_key, self.layout.unused))
        return [
            at
            for at, key in enumerate(self.keys)
            if key and at not in self.taken and key not in known
        ]

    def _nearest(self, column: Column) -> str:
        free = {self.keys[at]: at for at in self._unknown()}
        for wording in (column.heading, *column.also):
            close = difflib.get_close_matches(heading_key(wording), free, n=1, cutoff=0.6)
            if close:
                return column_letters(free[close[0]])
        return ""

    def _note(self, is_refused: bool, found: str, expected: str, mend: str) -> None:
        weight = Weight.REFUSE if is_refused else Weight.WARN
        rows = (self.row + 1,)
        self.notices.append(_notice(weight, self.place, self.layout, found, expected, mend, rows))


def _notice(
    weight: Weight, place: str, layout: ListLayout, found: str, expected: str, mend: str,
    rows: tuple[int, ...] = (),
) -> Notice:  # fmt: skip
    return Notice(weight, place, found, expected, mend, rows, layout.table)
