"""What differs between two makings of the same tables: each table, row and column, old and new."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scrutinybook.record.tables import Key, RecordTable

WHOLE_ROW, WHOLE_TABLE, COLUMNS = "the whole row", "the whole table", "its columns"
DIGITS = 10
"""Significant digits to which numbers agree on whatever system they were worked out."""
_NEXT_TO_NOTHING = 1e-12
"""What is left of a difference of two equal numbers, which has no significant digits."""


@dataclass(frozen=True)
class Difference:
    """One cell, row or table that is not the same."""

    table: str
    row: Key
    """What names the row; empty where the whole table is meant."""
    column: str
    old: str | None
    """None where there was none."""
    new: str | None
    """None where there is none now."""

    def __str__(self) -> str:
        place = " · ".join((self.table, *self.row, self.column))
        was = "nothing" if self.old is None else self.old
        now = "nothing" if self.new is None else self.new
        return f"{place}: {was} → {now}"


def differences(
    old: Sequence[RecordTable], new: Sequence[RecordTable], *, digits: int | None = None
) -> tuple[Difference, ...]:
    """All that differs, table by table as the old ones come, then tables that are new.

    Cells are compared as text; with `digits`, cells that are numbers on both sides need agree to so
    many significant digits alone.
    """
    then, now = ({each.name: each for each in tables} for tables in (old, new))
    found: list[Difference] = []
    for name, table in then.items():
        other = now.get(name)
        if other is None:
            lost = _extent(table)
            found.append(Difference(name, (), WHOLE_TABLE, lost, None))
        else:
            found += _between(table, other, digits)
    found += [
        Difference(name, (), WHOLE_TABLE, None, _extent(table))
        for name, table in now.items()
        if name not in then
    ]
    return tuple(found)


def same_cell(old: str, new: str, digits: int | None) -> bool:
    """Whether two cells hold the same: as text, or as numbers to so many significant digits."""
    if old == new:
        return True
    if digits is None:
        return False
    try:
        one, other = float(old), float(new)
    except ValueError:
        return False
    if not (math.isfinite(one) and math.isfinite(other)):
        return False
    return math.isclose(one, other, rel_tol=10.0**-digits, abs_tol=_NEXT_TO_NOTHING)


def _between(old: RecordTable, new: RecordTable, digits: int | None) -> Iterator[Difference]:
    if old.columns != new.columns:
        yield Difference(old.name, (), COLUMNS, ", ".join(old.columns), ", ".join(new.columns))
        if old.keys != new.keys:
            return
    for key, cells in old.by_key.items():
        others = new.by_key.get(key)
        if others is None:
            yield Difference(old.name, key, WHOLE_ROW, _row(cells), None)
            continue
        for column in (c for c in cells if c in others):
            if not same_cell(cells[column], others[column], digits):
                yield Difference(old.name, key, column, cells[column], others[column])
    for key, cells in new.by_key.items():
        if key not in old.by_key:
            yield Difference(new.name, key, WHOLE_ROW, None, _row(cells))


def _row(cells: Mapping[str, str]) -> str:
    return ", ".join(f"{column} {cell}" for column, cell in cells.items())


def _extent(table: RecordTable) -> str:
    return f"{len(table.rows)} {'row' if len(table.rows) == 1 else 'rows'}"
