"""What stands in a cell of a download: a number, words, or a mark for why there is no number."""

from __future__ import annotations

import math

from scrutinybook.measures.series import Observation
from scrutinybook.sources.symbols import Symbol

Cell = float | str
"""Numbers are numbers, so that they can be added up; everything else is text. Never empty."""

MARKS = {
    Symbol.SUPPRESSED: "[c]",
    Symbol.UNRELIABLE: "[u]",
    Symbol.NOT_AVAILABLE: "[x]",
    Symbol.NOT_APPLICABLE: "[z]",
    Symbol.ROUNDS_TO_ZERO: "[low]",
}
"""Marks as the guidance for statistics in spreadsheets in government has them."""

MEANINGS = {mark: symbol.words for symbol, mark in MARKS.items()}
"""What each mark says, in words."""

NONE = "none"
"""Stands where there is nothing to say, so that no cell is empty."""

_FORMULA = ("=", "+", "-", "@")


def mark_of(observation: Observation) -> str:
    """The mark of a period without a figure."""
    if observation.symbol is not None:
        return MARKS[observation.symbol]
    # No row for the period, or a share of nobody.
    asked = observation.numerator is not None
    return MARKS[Symbol.NOT_APPLICABLE if asked else Symbol.NOT_AVAILABLE]


def number(value: float, places: int | None = None) -> float:
    """A number for a cell, whole where it is whole, rounded half up to so many places.

    Raises `ValueError` for what is no number.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number for a cell")
    if places is not None:
        scale = 10**places
        value = math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value)
    return int(value) if float(value).is_integer() else value


def harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, with its lines in one.

    An apostrophe goes before what could be one, as the guidance against such injection has it.
    """
    line = " ".join(text.split())  # first of all: it takes away what could hide a formula's sign
    return f"'{line}" if line.startswith(_FORMULA) else line
