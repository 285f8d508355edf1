"""Columns of event tables as arrays, and calendar arithmetic on whole columns."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.working_days import Days

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
NO_DAY = np.datetime64("NaT", "D")
NOT_RECORDED = "not recorded"


def days(column: pd.Series) -> Days:
    """A column of dates as whole days, NaT where empty; shape (n,)."""
    return column.to_numpy("datetime64[ns]").astype("datetime64[D]")


def yes(column: pd.Series) -> Bools:
    """Where a yes-or-no column says yes; an empty entry is no yes."""
    return column.fillna(False).to_numpy(np.bool_)


def codes(column: pd.Series) -> Ints:
    """The same number for the same child; shape (n,). Raises `ValueError` for an empty entry."""
    found, _ = pd.factorize(column)
    if (found < 0).any():
        raise ValueError(f"column {column.name} has an empty entry")
    return found.astype(np.int64)


def words(column: pd.Series, instead: str = NOT_RECORDED) -> pd.Categorical[str]:
    """A column of text as categories, with words for an empty entry."""
    return pd.Categorical(column.astype("string").fillna(instead))


def open_on(started: Days, ended: Days, day: date) -> Bools:
    """Which spells go on at the end of a day: begun by then, and not ended on it or before."""
    at = np.datetime64(day, "D")
    return (started <= at) & (np.isnat(ended) | (ended > at))


def add_months(start: Days, months: int) -> Days:
    """The same day of the month so many months later, or the month's last where it has none."""
    month = start.astype("datetime64[M]")
    place = start - month.astype("datetime64[D]")
    moved = month + np.timedelta64(months, "M")
    length = (moved + np.timedelta64(1, "M")).astype("datetime64[D]") - moved.astype(
        "datetime64[D]"
    )
    last = length - np.timedelta64(1, "D")
    found: Days = moved.astype("datetime64[D]") + np.minimum(place, last)
    return found


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or the month's last where it has none."""
    found: date = add_months(np.array([day], "datetime64[D]"), -months)[0].item()
    return found
