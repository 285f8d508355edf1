"""Days as whole numbers (days since 1970), and working days by table: sums over many events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.periods import Month
from scrutinybook.working_days import working_days_between

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NEVER = 10_000_000
"""Stands for a day that does not come: later than every day, and no day itself."""


def number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def as_date(day: int) -> date:
    """The calendar day of a number."""
    return date.fromordinal(day + date(1970, 1, 1).toordinal())


def as_days(numbers: Ints) -> pd.Series:
    """Numbers as midnights; `NEVER` and later as missing."""
    known = numbers < NEVER
    days = np.where(known, numbers, 0).astype("datetime64[D]").astype("datetime64[ns]")
    days[~known] = np.datetime64("NaT")
    return pd.Series(days)


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """All months from the first to the last."""
    return tuple(first + k for k in range(last.index - first.index + 1))


def months_after(days: Ints, months: int) -> Ints:
    """The same day of the month some months later, or that month's last where it is shorter."""
    whole = days.astype("datetime64[D]")
    month = whole.astype("datetime64[M]")
    in_month = _numbers(whole - month.astype("datetime64[D]"))
    then = (month + months).astype("datetime64[D]")
    length = _numbers((month + months + 1).astype("datetime64[D]") - then)
    return _numbers(then) + np.minimum(in_month, length - 1)


def _numbers(days: npt.NDArray[Any]) -> Ints:
    return np.asarray(days.astype(np.int64), np.int64)


def whole_years(born: Ints, on: Ints | int) -> Ints:
    """Age in whole years; a child born on 29 February is a year older on 1 March."""
    birth = born.astype("datetime64[D]")
    then = np.asarray(on, np.int64).astype("datetime64[D]")
    born_month, then_month = birth.astype("datetime64[M]"), then.astype("datetime64[M]")
    months = (then_month - born_month).astype(np.int64)
    born_day = (birth - born_month.astype("datetime64[D]")).astype(np.int64)
    then_day = (then - then_month.astype("datetime64[D]")).astype(np.int64)
    return np.asarray((months - (then_day < born_day)) // 12, np.int64)


def month_places(days: Ints, months: Sequence[Month]) -> Ints:
    """Which of consecutive months each day lies in, those before and after taken to the ends."""
    index = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.clip(index - months[0].index, 0, len(months) - 1)


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """England's working days from one year to another."""

    begins: int
    """The first day of the table."""
    passed: Ints
    """For each day, how many working days there were up to it, itself included."""
    at: Ints
    """The days themselves, working days alone."""

    def add(self, days: Ints, many: Ints | int) -> Ints:
        """The day so many working days later; a day that is none counts as the one before it."""
        return np.asarray(self.at[self.passed[days - self.begins] - 1 + many])

    def on_or_after(self, days: Ints) -> Ints:
        """The day itself, or the next that is a working day."""
        return np.asarray(self.at[self.passed[days - 1 - self.begins]])

    def share(self, days: Ints, other: float) -> Floats:
        """1 for a working day, `other` for weekends and bank holidays."""
        works = self.passed[days - self.begins] > self.passed[days - 1 - self.begins]
        return np.where(works, 1.0, other)


@cache
def working_days_of(first_year: int, last_year: int) -> WorkingDays:
    """The table for whole years."""
    begins, ends = number(date(first_year, 1, 1)), number(date(last_year + 1, 1, 1))
    days = np.arange(begins, ends)
    before = np.datetime64(begins - 1, "D")
    passed = working_days_between(before, days.astype("datetime64[D]")).astype(np.int64)
    return WorkingDays(begins, passed, days[np.diff(passed, prepend=0) > 0])
