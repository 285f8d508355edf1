"""Working days of England, on calendars small enough to count with a finger."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.periods import Month, working_days
from scrutinybook.working_days import (
    bank_holidays,
    first_start_due_from,
    working_day_after,
    working_days_between,
    working_days_from_to,
)

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))

SPECIAL = {
    # year: what differs from the eight usual bank holidays, typed from the proclamations
    2012: {"2012-06-04", "2012-06-05"},  # spring bank holiday moved; diamond jubilee
    2020: {"2020-05-08"},  # early May bank holiday moved to the day of VE
    2022: {"2022-06-02", "2022-06-03", "2022-09-19"},  # moved; platinum jubilee; funeral
    2023: {"2023-05-08"},  # coronation
}
NOT_THEN = {"2012-05-28", "2020-05-04", "2022-05-30"}
"""Where a moved bank holiday would have been."""
EASTER_SUNDAYS = [
    "2012-04-08",
    "2013-03-31",
    "2014-04-20",
    "2015-04-05",
    "2016-03-27",
    "2017-04-16",
    "2018-04-01",
    "2019-04-21",
    "2020-04-12",
    "2021-04-04",
    "2022-04-17",
    "2023-04-09",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
]


def monday(year: int, month: int, *, last: bool = False) -> date:
    days = [date(year, month, day) for day in range(1, Month(year, month).last_day.day + 1)]
    mondays = [day for day in days if day.weekday() == 0]
    return mondays[-1 if last else 0]


def usual(easter: date) -> set[date]:
    """The eight of a year, each moved on to the next free weekday where it falls on a weekend."""
    year = easter.year
    found = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        monday(year, 5),
        monday(year, 5, last=True),
        monday(year, 8, last=True),
    }
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() > 4 or day in found:
            day += timedelta(days=1)
        found.add(day)
    return found


def test_bank_holidays_of_2012_to_2027() -> None:
    """| year  | beside the usual eight                                             |
    | 2012  | 4 June for 28 May, 5 June (diamond jubilee)                        |
    | 2020  | 8 May for 4 May (VE day)                                           |
    | 2022  | 2 June for 30 May, 3 June (platinum jubilee), 19 September (funeral)|
    | 2023  | 8 May (coronation)                                                 |
    """
    expected = {day for text in EASTER_SUNDAYS for day in usual(date.fromisoformat(text))}
    expected |= {date.fromisoformat(text) for days in SPECIAL.values() for text in days}
    expected -= {date.fromisoformat(text) for text in NOT_THEN}
    on_weekdays = {d for d in bank_holidays() if 2012 <= d.year <= 2027 and d.weekday() < 5}
    assert on_weekdays == expected
    assert len(expected) == 16 * 8 + 4


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [
        ("2023-03-06", "2023-03-06", 0),  # Monday, the same day
        ("2023-03-06", "2023-03-07", 1),
        ("2023-03-10", "2023-03-13", 1),  # over a weekend
        ("2023-03-11", "2023-03-13", 1),  # from a Saturday
        ("2023-03-10", "2023-03-11", 0),  # to a Saturday
        ("2023-04-06", "2023-04-11", 1),  # Good Friday and Easter Monday between
        ("2023-05-05", "2023-05-09", 1),  # coronation
        ("2024-02-28", "2024-03-01", 2),  # over a leap day
        ("2023-12-22", "2024-01-02", 4),  # Christmas, Boxing Day and New Year's Day
        ("2023-03-07", "2023-03-06", -1),
    ],
)
def test_days_between(start: str, end: str, taken: int) -> None:
    """The first day is left out and the last is counted.

    | Thu 6 April | Fri 7, Good Friday | Sat | Sun | Mon 10, Easter | Tue 11 |
    | begun       |         -          |  -  |  -  |       -        |   1    |
    """
    assert working_days_between([start], [end]).tolist() == [taken]


def test_a_day_that_is_missing_gives_no_number() -> None:
    found = working_days_between(
        np.array(["2023-03-06", "NaT"], "datetime64[D]"), np.array(["NaT", "2023-03-06"], "M8[D]")
    )
    assert np.isnan(found).all()
    assert np.isnat(working_day_after(np.array(["NaT"], "M8[D]"), 45)).all()


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2023-03-06", 1, "2023-03-07"),
        ("2023-03-10", 1, "2023-03-13"),
        ("2023-03-11", 1, "2023-03-13"),
        ("2023-04-06", 1, "2023-04-11"),
        ("2023-01-03", 45, "2023-03-07"),  # nine weeks without a bank holiday
        ("2023-03-06", 45, "2023-05-12"),  # and with four of them: Easter, 1 May, coronation
        ("2023-03-06", 15, "2023-03-27"),
    ],
)
def test_the_day_on_which_something_is_due(start: str, count: int, due: str) -> None:
    assert working_day_after([start], count).tolist() == [date.fromisoformat(due)]


@given(start=DAYS, end=DAYS)
def test_days_between_are_those_that_numpy_counts(start: date, end: date) -> None:
    """numpy counts the first day and leaves out the last: so both are moved on by a day."""
    closed = np.array(sorted(bank_holidays()), "M8[D]")
    first, last = sorted((start, end))
    one = np.timedelta64(1, "D")
    expected = np.busday_count(
        np.datetime64(first) + one, np.datetime64(last) + one, holidays=closed
    )
    assert working_days_between([first], [last]).tolist() == [expected]
    assert working_days_between([last], [first]).tolist() == [-expected]


@given(start=DAYS, count=st.integers(1, 60))
def test_the_due_day_is_the_first_on_which_the_count_is_reached(start: date, count: int) -> None:
    due = working_day_after([start], count)
    assert working_days_between([start], due).tolist() == [count]
    assert working_days_between([start], due - np.timedelta64(1, "D")).tolist() == [count - 1]


@given(day=DAYS, count=st.integers(1, 60))
def test_the_earliest_start_that_is_due_from_a_day(day: date, count: int) -> None:
    first = first_start_due_from(day, count)
    assert working_day_after([first], count)[0] >= np.datetime64(day)
    assert working_day_after([first - timedelta(days=1)], count)[0] < np.datetime64(day)


@given(st.builds(Month, st.integers(1970, 2110), st.integers(1, 12)))
def test_a_month_has_the_working_days_of_its_days(month: Month) -> None:
    days = (month.first_day + timedelta(days=k) for k in range(month.last_day.day))
    counted = sum(day.weekday() < 5 and day not in bank_holidays() for day in days)
    assert working_days(month) == counted
    assert working_days_from_to(month.first_day, month.last_day) == counted


def test_days_outside_the_calendar_are_refused() -> None:
    for refused in (["1969-12-31"], ["2111-01-01"]):
        with pytest.raises(ValueError, match="from 1970 to 2110"):
            working_days_between(refused, refused)
    with pytest.raises(ValueError, match="from 1970 to 2110"):
        working_day_after(["2110-12-31"], 1)
    with pytest.raises(ValueError, match="from 1970 to 2110"):
        first_start_due_from(date(1970, 1, 5), 45)
    with pytest.raises(ValueError, match="at the least"):
        working_day_after(["2023-03-06"], 0)
