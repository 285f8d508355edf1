"""The symbols that stand in official statistics where a number does not.

Suppressed is not missing is not zero: a symbol never turns into a number here or anywhere else.
Source: the symbols that the Department for Education explains in the data guidance of each
release; ``:`` and ``low`` are the older forms of ``x`` and ``k``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import NamedTuple


class Symbol(Enum):
    """Why a cell of an official table holds no number."""

    SUPPRESSED = "suppressed"
    """A small number, or one from which a small number would follow, withheld (``c``)."""
    UNRELIABLE = "unreliable"
    """The Department does not publish it for its quality (``u``)."""
    NOT_AVAILABLE = "not_available"
    """Not collected or not returned (``x``, formerly ``:``)."""
    NOT_APPLICABLE = "not_applicable"
    """The question does not arise: a percentage of nobody, a former authority (``z``)."""
    ROUNDS_TO_ZERO = "rounds_to_zero"
    """More than zero and too small to show at the published rounding (``k``, formerly ``low``)."""

    @property
    def words(self) -> str:
        """For pages."""
        return _WORDS[self]


_WORDS = {
    Symbol.SUPPRESSED: "withheld to protect people where numbers are small",
    Symbol.UNRELIABLE: "not published, as it is not reliable",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.ROUNDS_TO_ZERO: "more than zero, but rounds to zero",
}

MARKS = {
    "c": Symbol.SUPPRESSED,
    "u": Symbol.UNRELIABLE,
    "x": Symbol.NOT_AVAILABLE,
    ":": Symbol.NOT_AVAILABLE,
    "z": Symbol.NOT_APPLICABLE,
    "k": Symbol.ROUNDS_TO_ZERO,
    "low": Symbol.ROUNDS_TO_ZERO,
}
"""Every mark that may stand in a cell. Newer tables may put it in square brackets."""

# The order in which one symbol of several speaks for a sum: the most protective first.
_STRENGTH = {symbol: place for place, symbol in enumerate(Symbol)}

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BRACKETED = re.compile(r"\[([a-z]+)\]")


class Cell(NamedTuple):
    """One cell: a number or a symbol, never both and never neither."""

    value: Decimal | None
    symbol: Symbol | None

    @property
    def text(self) -> str:
        """The number without noise (``41``, ``71.2``), or nothing."""
        return "" if self.value is None else number_text(self.value)


def parse_cell(text: str) -> Cell:
    """Read one cell as published.

    Raises `ValueError` for anything that is neither a plain number nor a known mark, an empty cell
    included: the Department always says why a number is not there.
    """
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return Cell(Decimal(stripped), None)
    bracketed = _BRACKETED.fullmatch(stripped)
    symbol = MARKS.get(bracketed[1] if bracketed else stripped)
    if symbol is None:
        raise ValueError("an empty cell" if not stripped else f"{stripped!r}")
    return Cell(None, symbol)


def add_cells(cells: Iterable[Cell]) -> Cell:
    """Add numbers; where any of them is a symbol the sum is that symbol and no number.

    A withheld part is never recovered from a total, and a part that rounds to zero is not zero.
    Where parts carry different symbols the most protective one speaks for the sum.
    """
    parts = list(cells)
    symbols = [cell.symbol for cell in parts if cell.symbol is not None]
    if symbols:
        return Cell(None, min(symbols, key=_STRENGTH.__getitem__))
    return Cell(sum((cell.value for cell in parts if cell.value is not None), Decimal(0)), None)


def number_text(value: Decimal) -> str:
    """Write a number in one way only: no exponent, no trailing zeros, no minus zero."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
