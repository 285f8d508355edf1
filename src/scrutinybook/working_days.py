"""Working days: Monday to Friday less England's bank holidays, for whole columns at once.

The count from one day to another leaves out the first and counts the last, so that what begins and
ends on the same day took 0 working days, and what ends on the next working day took 1. One table
holds how many working days there were up to each day; every answer is read from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]

_DAY = "datetime64[D]"

FIRST_YEAR, LAST_YEAR = 1970, 2110
"""Years of the calendar; what a case system holds lies well within."""


@dataclass(frozen=True, eq=False)
class _Calendar:
    """`first` is day 0 of `until`; arrays are never written to."""

    first: np.datetime64
    until: npt.NDArray[np.int32]
    """Working days up to and including each day; shape (days of the calendar,)."""
    working: Days
    """All working days, in order."""

    def places(self, days: Days) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Places of days in `until`, and which are no day. Raises `ValueError` outside the years.

        Where a day is missing the place is that of the first day, which stands for nothing.
        """
        missing = np.isnat(days)
        places = np.where(missing, 0, (days - self.first).astype(np.int64))
        if places.size and (places.min() < 0 or places.max() >= self.until.size):
            raise ValueError(f"working days are known from {FIRST_YEAR} to {LAST_YEAR} alone")
        return places, missing


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays of all years of the calendar."""
    # Imported here: `scrutiny check` must stay quick and needs no calendar.
    import holidays  # noqa: PLC0415

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    # Without the subdivision two of England's bank holidays are missing.
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


@cache
def _calendar() -> _Calendar:
    first, end = np.datetime64(f"{FIRST_YEAR}-01-01"), np.datetime64(f"{LAST_YEAR + 1}-01-01")
    days = np.arange(first, end)
    closed = np.array(sorted(bank_holidays()), dtype=_DAY)
    works = np.is_busday(days, holidays=closed)
    return _Calendar(first, np.cumsum(works, dtype=np.int32), days[works])


def as_days(values: npt.ArrayLike) -> Days:
    """Dates as whole days, shape (n,); missing ones as NaT."""
    return np.asarray(values, dtype=_DAY)


def working_days_between(start: npt.ArrayLike, end: npt.ArrayLike) -> Floats:
    """Working days after each start up to and including each end; NaN where one is missing.

    Shapes broadcast. Negative where the end comes first. Raises `ValueError` for days outside the
    calendar's years.
    """
    calendar = _calendar()
    begun, no_start = calendar.places(as_days(start))
    ended, no_end = calendar.places(as_days(end))
    taken = (calendar.until[ended] - calendar.until[begun]).astype(np.float64)
    return np.where(no_start | no_end, np.nan, taken)


def working_day_after(start: npt.ArrayLike, count: int) -> Days:
    """The working day on which `count` (at least 1) working days since each start have passed.

    What is due within 45 working days of a start is due on that day. NaT where the start is
    missing. Raises `ValueError` for days outside the calendar's years.
    """
    if count < 1:
        raise ValueError(f"count is {count}; it is 1 at the least")
    calendar = _calendar()
    begun, missing = calendar.places(as_days(start))
    place = calendar.until[begun] + count - 1
    if place.size and place.max() >= calendar.working.size:
        raise ValueError(f"working days are known from {FIRST_YEAR} to {LAST_YEAR} alone")
    return np.where(missing, np.datetime64("NaT", "D"), calendar.working[place])


def first_start_due_from(day: date, count: int) -> date:
    """The earliest start of which the `count`-th working day after it falls on `day` or later.

    Raises `ValueError` for days outside the calendar's years.
    """
    calendar = _calendar()
    places, _ = calendar.places(np.array([day], _DAY))
    before = int(calendar.until[places[0] - 1]) if places[0] else 0
    if before < count:
        raise ValueError(f"working days are known from {FIRST_YEAR} to {LAST_YEAR} alone")
    found: date = calendar.working[before - count].item()
    return found


def working_days_from_to(first: date, last: date) -> int:
    """Working days of a run of days, both ends counted: of a month, say."""
    calendar = _calendar()
    places, _ = calendar.places(np.array([first, last], _DAY))
    works = calendar.until[places[0]] - (calendar.until[places[0] - 1] if places[0] else 0)
    return int(calendar.until[places[1]] - calendar.until[places[0]] + works)
