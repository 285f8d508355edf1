"""Reading columns of numbers from a user's file, with every fault of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.outside.text_rows import read_rows

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LARGEST, SMALLEST = 1e15, 1e-15
"""Numbers beyond these are no figures of a council, and would lose digits in reckoning."""

_SHOWN = 12
"""Faults of one kind listed for one column; the rest are counted."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_IN_RANGE = "0, or a number from 1e-15 to 1e15 in size"
_BLANK = "leave the cell blank where there is no figure"
_NOT_A_NUMBER = ("a number, or blank where there is no figure", "write a number, or nothing")
_SLIPS = (
    (re.compile(r"[+-]?inf(inity)?", re.IGNORECASE), ("a finite number", _BLANK)),
    (
        re.compile(r"[+-]?[\d.,\s]+"),
        ("a number", "write a point for decimals and nothing for thousands: 1234.5"),
    ),
    (
        re.compile(r"[£$€]?\s*[\d.,]+\s*%?"),
        ("a number", "write the number alone, without a sign before or behind it"),
    ),
)
"""Texts that are nearly numbers, with what is allowed and how to mend them."""

_NO_FIGURE = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "-", "–", ".", "..", ":"})


@dataclass(frozen=True)
class Rule:
    """What a column may hold."""

    words: str
    """As a fault says it."""
    mend: str
    holds: Callable[[Floats], Bools]
    """Says of each number whether it may stand there; NaN is looked at by nobody."""


@dataclass(eq=False)
class Table:
    """The columns of one file; arrays have shape (n,), NaN for a blank cell."""

    path: Path
    x: tuple[str, ...]
    """The label of each point, as it stands in the file."""
    numbers: dict[str, Floats]
    """Columns of numbers by heading."""
    texts: dict[str, tuple[str, ...]]
    """The same cells as they stand in the file."""
    unread: dict[str, Bools]
    """Where a cell could not be read, which is a fault already."""
    unused: tuple[str, ...]
    """Headings of other columns, which are not read."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def n_points(self) -> int:
        """Rows below the headings."""
        return len(self.x)

    def notes(self) -> Iterator[str]:
        """What of the file was left aside."""
        if self.unused:
            columns = "column" if len(self.unused) == 1 else "columns"
            yield f"the {columns} {', '.join(self.unused)} in the file: not used"

    def has(self, name: str) -> bool:
        """Whether the file has a column."""
        return name in self.numbers

    def where(self, place: int, name: str) -> str:
        """A cell as faults name it; `place` counts points from 0, the headings are row 1."""
        return f"{self.path}: row {place + 2}, column {name}"

    def check(self, name: str, rule: Rule) -> None:
        """Note a fault for each number that the rule refuses."""
        numbers = self.numbers[name]
        refused = ~np.isnan(numbers) & ~rule.holds(np.nan_to_num(numbers))
        self.refuse(name, refused & ~self.unread[name], rule.words, rule.mend)

    def refuse(self, name: str, refused: Bools, allowed: str, mend: str = "") -> None:
        """Note a fault for each marked cell of a column."""
        places = np.flatnonzero(refused)
        for place in places[:_SHOWN]:
            text = self.texts[name][place]
            found = repr(text) if text else "blank"
            self.faults.append(Fault(self.where(int(place), name), found, allowed, mend))
        if places.size > _SHOWN:
            more = f"{places.size - _SHOWN} more cells like these"
            self.faults.append(Fault(f"{self.path}: column {name}", more, allowed))


def read_table(path: Path, columns: Sequence[str], *, optional: Sequence[str] = ()) -> Table:
    """Read the file; a cell that is no number is noted in the table's faults.

    `columns` must be there, x first; `optional` ones may; others are named as unused, unless their
    heading looks like a slip for one that is missing. Raises `FaultsFound` where there are no
    columns to look into: as `read_rows` does, for wrong headings, or for headings alone.
    """
    rows = read_rows(path)
    headings = [cell.strip() for cell in rows[0]]
    faults = list(_heading_faults(path, headings, columns, optional))
    if len(rows) == 1:
        faults.append(Fault(str(path), "headings only", "a row for each point below them"))
    if faults:
        raise FaultsFound(faults)
    faults = list(_row_faults(path, rows[1:], len(headings)))
    if faults:
        raise FaultsFound(faults)
    known = {*columns, *optional}
    cells = {
        name: tuple(row[at].strip() for row in rows[1:])
        for at, name in enumerate(headings)
        if name in known
    }
    x = cells.pop("x")
    table = Table(
        path=path,
        x=x,
        numbers={name: np.full(len(x), np.nan) for name in cells},
        texts=cells,
        unread={name: np.zeros(len(x), np.bool_) for name in cells},
        unused=tuple(name for name in headings if name not in known),
    )
    table.faults += _blank_labels(table)
    for name in cells:
        _read_column(table, name)
    return table


def _heading_faults(
    path: Path, headings: list[str], columns: Sequence[str], optional: Sequence[str]
) -> Iterator[Fault]:
    known = [*columns, *optional]
    allowed = f"columns {', '.join(columns)}"
    allowed += f" and, where wanted, {', '.join(optional)}" if optional else ""
    for at, name in enumerate(headings, start=1):
        if not name:
            yield Fault(f"{path}: row 1", f"column {at} has no heading", allowed, "take it out")
    for name in dict.fromkeys(headings):
        if not name:
            continue
        if headings.count(name) > 1:
            yield Fault(f"{path}: row 1", f"the heading {name!r} stands twice", allowed)
        if name not in known and (mend := nearest(name, set(known) - set(headings))):
            yield Fault(f"{path}: row 1", f"unknown column {name!r}", allowed, mend)
    for name in columns:
        if name not in headings:
            there = ", ".join(filter(None, headings)) or "none"
            yield Fault(f"{path}: row 1", f"no column {name}; headings there: {there}", allowed)


def _row_faults(path: Path, rows: list[list[str]], width: int) -> Iterator[Fault]:
    wrong = [(at, row) for at, row in enumerate(rows, start=2) if len(row) != width]
    for at, row in wrong[:_SHOWN]:
        many = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        found = f"{many} under {width} headings" if row else "an empty row"
        mend = "write the missing ones" if row else "take it out; a missing figure is a blank cell"
        if len(row) > width:
            mend = "a comma inside a number splits it: write 1234.5 for 1,234.5 and for 1234,5"
        yield Fault(f"{path}: row {at}", found, "one cell under each heading", mend)
    if len(wrong) > _SHOWN:
        yield Fault(str(path), f"{len(wrong) - _SHOWN} more rows like these")


def _blank_labels(table: Table) -> Iterator[Fault]:
    blank = [at for at, label in enumerate(table.x) if not label]
    for place in blank[:_SHOWN]:
        yield Fault(table.where(place, "x"), "blank", "a label for each point, such as 2023-04")
    if len(blank) > _SHOWN:
        yield Fault(f"{table.path}: column x", f"{len(blank) - _SHOWN} more blank cells")


def _read_column(table: Table, name: str) -> None:
    kinds: dict[tuple[str, str], Bools] = {}
    for place, text in enumerate(table.texts[name]):
        if not text:
            continue
        wrong = _what_is_wrong(text)
        if wrong is None:
            table.numbers[name][place] = float(text)
        else:
            table.unread[name][place] = True
            kinds.setdefault(wrong, np.zeros(table.n_points, np.bool_))[place] = True
    for (allowed, mend), places in kinds.items():
        table.refuse(name, places, allowed, mend)


def _what_is_wrong(text: str) -> tuple[str, str] | None:
    """What is allowed and how to mend it, for a text that is no number; None for a number."""
    if _NUMBER.fullmatch(text):
        size = abs(float(text))
        usable = size == 0 or SMALLEST <= size <= LARGEST
        return None if usable else (_IN_RANGE, "write it in a larger or smaller unit")
    if text.lower() in _NO_FIGURE:
        return "a number", _BLANK
    return next((said for slip, said in _SLIPS if slip.fullmatch(text)), _NOT_A_NUMBER)


def below(limit: Floats) -> Callable[[Floats], Bools]:
    """Make a test for numbers that are no higher than those of another column."""
    return lambda numbers: ~(numbers > limit)


ANY = Rule("a number, or blank for no figure", "", lambda v: np.ones(v.size, np.bool_))
COUNT = Rule(
    "a whole number, zero or more, or blank for no figure",
    "write the count itself; other numbers can be charted by: scrutiny chart --kind i",
    lambda v: (v >= 0) & (v == np.round(v)),
)
ABOVE_ZERO = Rule("above zero, or blank for no figure", "", lambda v: v > 0)
