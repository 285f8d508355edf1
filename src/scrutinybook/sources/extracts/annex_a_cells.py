"""Typed cells of a workbook as the text that every reader of extracts takes: days, numbers, ids.

A column of a workbook mixes kinds: real dates, dates as text, serial numbers of Excel in text,
numbers with a decimal point that are whole. Each is brought into one way of writing (a day as
``2023-12-31``); what is of no known kind is passed on as it is, for the checks of rows to notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.sources.extracts.annex_a_codes import UNREAD
from scrutinybook.sources.extracts.annex_a_workbook import Cell
from scrutinybook.sources.extracts.text_cells import Bools

FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000
"""Numbers that are read as Excel's count of days: October 1954 to April 2064."""
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
MOST_DIGITS = 15
"""Digits that Excel keeps of a number; further ones are turned into noughts."""
_LONGEST = 64
_SEEN_EACH_WAY = (6, 3)
"""Different real dates and different texts from which on a swap of day and month is no accident."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?", re.ASCII)
_TIME = re.compile(
    r"(?:[ T]+|,\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?(?:Z|[+-]\d{2}:?\d{2})?$",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d{2,}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, eq=False, repr=False)
class DayText:
    """A column of days in one way of writing."""

    text: pd.Series
    """``2023-12-31``; entries of no known kind as they are; empty for blank."""
    short_year: Bools
    """The year had two digits."""
    swapped: bool
    """A program that writes the month first has read some of the column: every real date lies in
    the first twelve days of a month, every text after the twelfth."""


def text_of(cells: Sequence[Cell]) -> pd.Series:
    """Cells as text without spaces around it; whole numbers without a decimal point."""
    return pd.Series([_AS_TEXT.get(type(each), _unread)(each) for each in cells], dtype="string")


def day_text(cells: Sequence[Cell], as_of: date, *, from_1904: bool = False) -> DayText:
    """Bring a column of days into one way of writing.

    Real dates, texts such as 31/12/2023, 31-Dec-2023, 31 December 23 or 2023-12-31 with or without
    a time of day, eight digits, and Excel's count of days (from 1904 on where the workbook does).
    Years of two digits lie in the hundred years up to the year after the extract's.
    """
    text = text_of(cells)
    places, distinct = pd.factorize(text, use_na_sentinel=True)
    read = [_day(entry, as_of, from_1904) for entry in map(str, distinct)]
    days = pd.Series([day for day, _ in read], dtype="string").array
    short = np.array([two for _, two in read], np.bool_)
    real = {each for each in cells if isinstance(each, date)}
    return DayText(
        text=pd.Series(days.take(places, allow_fill=True), dtype="string"),
        short_year=(places >= 0) & short[places] if len(short) else np.zeros(len(text), np.bool_),
        swapped=_is_swapped(real, {str(each) for each in cells if isinstance(each, str)}),
    )


def rounded(text: pd.Series, cells: Sequence[Cell]) -> Bools:
    """Where a number has more digits than Excel keeps, so that different ones look the same."""
    numbers = [isinstance(each, float) for each in cells]
    is_long = text.str.fullmatch(rf"-?\d{{{MOST_DIGITS + 1},}}") & pd.Series(numbers, dtype=bool)
    is_short_form = text.str.fullmatch(_ROUNDED)
    return (is_long | is_short_form).to_numpy(dtype=np.bool_, na_value=False)


def _clean(text: str) -> str:
    return text.strip() if text.isascii() else _INVISIBLE.sub("", text).strip()


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _unread(cell: object) -> str:
    return UNREAD


_AS_TEXT: Mapping[type, Callable[[Any], str]] = {
    str: _clean,
    bool: lambda cell: "true" if cell else "false",
    float: _number,
    int: str,
    datetime: lambda cell: cell.date().isoformat(),
    date: date.isoformat,
}
"""By type; a time of day or a length of time is of no known kind."""


def _day(entry: str, as_of: date, from_1904: bool) -> tuple[str, bool]:
    """One entry in the one way of writing, and whether its year had two digits."""
    if len(entry) > _LONGEST:
        return UNREAD, False
    if match := _SERIAL.fullmatch(entry):
        return _from_serial(int(match[1]), from_1904), False
    if match := _EIGHT.fullmatch(entry):
        return f"{match[1]}-{match[2]}-{match[3]}", False
    return _written(_WEEKDAY.sub("", _TIME.sub("", entry)), as_of)


def _written(text: str, as_of: date) -> tuple[str, bool]:
    if match := _YEAR_FIRST.fullmatch(text):
        return f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}", False
    if match := _NUMBERS.fullmatch(text):
        year, short = _year(match[4], as_of)
        return f"{match[1]}/{match[3]}/{year}", short
    if match := _NAMED.fullmatch(text):
        year, short = _year(match[3], as_of)
        return f"{match[1]}/{_month(match[2].lower())}/{year}", short
    return text, False


def _from_serial(number: int, from_1904: bool) -> str:
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        return UNREAD
    zero = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
    return (zero + timedelta(days=number)).isoformat()


def _month(name: str) -> int:
    if name == "sept":
        return 9
    fits = [each for each, month in enumerate(_MONTHS, 1) if month == name or month[:3] == name]
    return fits[0] if fits else 0


def _year(digits: str, as_of: date) -> tuple[int, bool]:
    if len(digits) == 4:
        return int(digits), False
    year = as_of.year // 100 * 100 + int(digits)
    return (year - 100 if year > as_of.year + 1 else year), True


def _is_swapped(real: set[date], texts: set[str]) -> bool:
    first = [
        int(match[1])
        for match in (_NUMBERS.fullmatch(_TIME.sub("", each.strip())) for each in texts)
        if match
    ]
    enough_real, enough_texts = _SEEN_EACH_WAY
    return (
        len(real) >= enough_real
        and len(first) >= enough_texts
        and all(each.day <= 12 for each in real)
        and all(day > 12 for day in first)
    )
