"""What a reader noticed in an extract: refused, set aside or worth knowing, never a row's content.

Refused: the extract cannot be used. Excluded: a row is set aside, counted and reported. Warned: the
row is used, and somebody should look. A notice names file, sheet, column and rows, and says of what
kind the entry is ("a text that is no date"), not what it says: that could name a child.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.errors import Fault, FaultsFound

ROWS_NAMED = 8
"""Rows that a notice names; the others are counted."""


class Weight(StrEnum):
    """How much a notice matters."""

    REFUSE = "refuse"
    """The extract cannot be used."""
    EXCLUDE = "exclude"
    """The rows are set aside."""
    WARN = "warn"
    """The rows are used."""


@dataclass(frozen=True)
class Notice:
    """One kind of thing noticed in one column or sheet."""

    weight: Weight
    place: str
    """File, sheet and column: ``extract.xlsx, List 3, Date of referral``."""
    found: str
    """Of what kind it is, without the entry itself."""
    expected: str = ""
    mend: str = ""
    rows: tuple[int, ...] = ()
    """Rows as the file counts them (Excel's row numbers; lines of a text file), in order; empty for
    a notice on the whole sheet or file."""
    table: str = ""
    """Event table that the rows were meant for; empty for the whole file."""

    @property
    def fault(self) -> Fault:
        """For people."""
        where = self.place if not self.rows else f"{self.place}, {named(self.rows)}"
        return Fault(where, self.found, self.expected, self.mend)


def named(rows: tuple[int, ...]) -> str:
    """Rows for a notice: ``rows 3, 8 and 21``, or the first of many and how many more."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) <= ROWS_NAMED:
        return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
    shown = ", ".join(map(str, rows[:ROWS_NAMED]))
    return f"rows {shown} and {len(rows) - ROWS_NAMED} more"


def raise_refusals(notices: Iterable[Notice]) -> None:
    """Raise `FaultsFound` with every refusal among the notices, if there is one."""
    refused = [each.fault for each in notices if each.weight is Weight.REFUSE]
    if refused:
        raise FaultsFound(refused)
