"""Columns of text as days, numbers, codes and yes or no, with masks of what could not be read.

Every function takes a column of text cells (missing or empty for blank) and gives the values with
the same index. Spaces around an entry do not matter. Nothing here keeps, shows or prints an entry:
a mask says where an entry is that could not be read, never what it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.sources.extracts.events import DAY

Bools = npt.NDArray[np.bool_]

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years beyond these are a slip of the hand or a sign for "no end", not a day."""
LARGEST_WHOLE = 1_000_000_000
"""Whole numbers beyond this are no count of anything a council holds."""

_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}(\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d{1,18}\.?\d*|\.\d+)", re.ASCII)
_Kind = Literal["Int64", "Float64", "boolean", "string"]
_LONGEST = 64
"""Signs of an entry looked at; no day, number or code is longer."""
_YES_NO = {
    **dict.fromkeys(("1", "true", "yes", "y", "t"), True),
    **dict.fromkeys(("0", "false", "no", "n", "f"), False),
}


@dataclass(frozen=True, eq=False, repr=False)
class Cells:
    """A column as read."""

    values: pd.Series
    """Missing where `blank` or `unread`."""
    blank: Bools
    """Nothing stands there."""
    unread: Bools
    """Something stands there that is not of this kind."""

    @property
    def given(self) -> Bools:
        """Where a value was read."""
        return ~self.blank & ~self.unread


@dataclass(frozen=True, eq=False, repr=False)
class DayCells(Cells):
    """A column of days as read."""

    month_first: Bools
    """Unread because the day stands where the month should be: 12/31/2023. A file with such an
    entry may hold others that can be read both ways."""


def days(text: pd.Series) -> DayCells:
    """Read days written ``31/12/2023`` or ``2023-12-31``; a time of day behind is cut off.

    Days before 1900 or after 2100 are not read.
    """
    codes, distinct = _distinct(text)
    read = [_day(entry) for entry in distinct]
    swapped = np.array([each == "month first" for each in read], np.bool_)
    found = [each if isinstance(each, date) else None for each in read]
    values = pd.Series(pd.to_datetime(pd.Series(found, dtype="object")).astype(DAY))
    taken = values.to_numpy().take(codes) if len(distinct) else np.full(len(codes), "NaT", DAY)
    series = pd.Series(taken, index=text.index).mask(codes < 0)
    blank = codes < 0
    unread = ~blank & series.isna().to_numpy()
    month_first = ~blank & (swapped[codes] if len(distinct) else np.zeros(len(codes), np.bool_))
    return DayCells(series.astype(DAY), blank, unread, month_first)


def whole_numbers(text: pd.Series) -> Cells:
    """Read whole numbers (also Excel's ``3.0``) as Int64; beyond a thousand million is unread."""
    return _cells(text, _whole, "Int64")


def decimals(text: pd.Series) -> Cells:
    """Read numbers with a decimal point as Float64; a comma anywhere is unread."""
    return _cells(text, _decimal, "Float64")


def yes_no(text: pd.Series) -> Cells:
    """Read 1, true, yes or y and 0, false, no or n in any case, as nullable booleans."""
    return _cells(text, lambda entry: _YES_NO.get(entry.casefold()), "boolean")


def codes(text: pd.Series, known: Collection[str] | Mapping[str, str]) -> Cells:
    """Read codes of a list in any case, as the list writes them, or as what the list maps them to.

    Anything else is unread and left out: an unknown code may be a text about somebody.
    """
    meanings = known if isinstance(known, Mapping) else {each: each for each in known}
    by_case = {code.casefold(): meaning for code, meaning in meanings.items()}
    return _cells(text, lambda entry: by_case.get(entry.casefold()), "string")


def filled(text: pd.Series) -> Bools:
    """Where anything but spaces stands."""
    return _distinct(text)[0] >= 0


def marks(where: Any) -> Bools:
    """A mask of any type (also with missing entries, which count as no) as plain booleans."""
    if isinstance(where, np.ndarray) and where.dtype == np.bool_:
        return where
    return pd.Series(where, dtype="boolean").to_numpy(dtype=np.bool_, na_value=False)


def _cells(text: pd.Series, read: Callable[[str], object], dtype: _Kind) -> Cells:
    places, distinct = _distinct(text)
    values = pd.Series([read(entry) for entry in distinct], dtype=dtype).array
    taken = pd.Series(values.take(places, allow_fill=True), index=text.index)
    blank = places < 0
    return Cells(taken, blank, ~blank & taken.isna().to_numpy())


def _distinct(text: pd.Series) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Factorise stripped entries: few differ, so that each is looked at once. -1 for blank."""
    places, distinct = pd.factorize(text.astype("string").str.strip(), use_na_sentinel=True)
    entries = [str(entry) for entry in distinct]
    if "" in entries:
        places = np.where(places == entries.index(""), -1, places)
    return places, [entry if len(entry) <= _LONGEST else "?" for entry in entries]


def _day(entry: str) -> date | str | None:
    entry = _TIME.sub("", entry)
    if match := _ISO.fullmatch(entry):
        return _real_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(entry):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day = _real_day(year, second, first)
        if day is None and second > 12 and _real_day(year, first, second):
            return "month first"
        return day
    return None


def _real_day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _whole(entry: str) -> int | None:
    if _WHOLE.fullmatch(entry) is None:
        return None
    number = int(entry.partition(".")[0])
    return number if abs(number) <= LARGEST_WHOLE else None


def _decimal(entry: str) -> float | None:
    return float(entry) if _DECIMAL.fullmatch(entry) else None
