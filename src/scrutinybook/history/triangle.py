"""How each month's count grew from extract to extract.

A month is first counted by the extract made at its end, and again by every later one whose window
still holds it. From these counts come the growth of months still being recorded (see
`statistics.completion`) and what a later extract restates.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.history.known import Known
from scrutinybook.history.months import last_whole_month
from scrutinybook.history.read import holders, known_at, window_of
from scrutinybook.history.store import History
from scrutinybook.history.tables import as_frame
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Format

Floats = npt.NDArray[np.float64]
Where = Callable[[pd.DataFrame], "pd.Series[bool]"]
"""Which rows of an event table to count."""
Count = Callable[[Known], Mapping[Month, float]]
"""A numerator or denominator by month, from what was known at an extract."""


@dataclass(frozen=True)
class Restated:
    """One month in two extracts."""

    month: Month
    before: float
    after: float


@dataclass(frozen=True, eq=False)
class Triangle:
    """n months by age, in months since the first extract that can hold all of each."""

    months: tuple[Month, ...]
    """In order, none left out."""
    counts: Floats
    """Shape (n, k), k 2 or more; column 0 is the count of the extract made between the month's end
    and the next month's. NaN where there is no extract of that age, or not yet, or it no longer
    holds the whole month. As `statistics.complete` and `same_maturity` take it."""

    @property
    def first(self) -> Floats:
        """Shape (n,): each month as it first looked; NaN where no extract was made then."""
        return self.counts[:, 0].copy()

    @property
    def current(self) -> Floats:
        """Shape (n,): each month as the newest extract that holds it says; NaN where none does."""
        known = ~np.isnan(self.counts)
        last = self.counts.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
        return np.where(known.any(axis=1), self.counts[np.arange(last.size), last], np.nan)


@dataclass(frozen=True, eq=False)
class Reports:
    """Counts of n months as each of e extracts gives them."""

    months: tuple[Month, ...]
    """In order, none left out."""
    days: tuple[date, ...]
    """The extracts, by day."""
    counts: Floats
    """Shape (n, e); NaN where an extract does not hold the whole month."""

    @property
    def triangle(self) -> Triangle:
        """By age. Where a month has two extracts, its later one counts."""
        ages = np.array(
            [
                [last_whole_month(day).index - month.index for day in self.days]
                for month in self.months
            ]
        )
        held = ~np.isnan(self.counts)
        width = max(int(ages[held].max(initial=0)) + 1, 2)
        by_age = np.full((len(self.months), width), np.nan)
        for place in range(len(self.days)):
            rows = np.flatnonzero(held[:, place])
            by_age[rows, ages[rows, place]] = self.counts[rows, place]
        return Triangle(self.months, by_age)

    def restated(self, before: date, after: date) -> tuple[Restated, ...]:
        """Months that two extracts both hold in whole, and what each says; changed or not.

        Raises `ValueError` for a day without an extract.
        """
        for day in (before, after):
            if day not in self.days:
                raise ValueError(f"there is no extract as at {day}")
        one, other = (self.counts[:, self.days.index(day)] for day in (before, after))
        return tuple(
            Restated(month, float(a), float(b))
            for month, a, b in zip(self.months, one, other, strict=True)
            if not (np.isnan(a) or np.isnan(b))
        )


def reports(
    history: History,
    table: str,
    *,
    where: Where | None = None,
    as_of: date | None = None,
    fmt: Format | None = None,
) -> Reports | None:
    """Events of a table by the month of their day, or of their spell's first day.

    `where`: which of them to count; None for all. `as_of`: extracts up to this day. `fmt`: another
    format than `read.PREFERENCE` says. None where no extract holds a whole month. Raises
    `ValueError` for a table without days, `FaultsFound` for damaged files.
    """
    begins = EVENT_TABLES[table].begins
    if begins is None:
        raise ValueError(f"{table} has no day to count by")
    held = holders(history, table, as_of, fmt)
    found = []
    for partition in held:
        frame = as_frame(table, history.rows(partition, table))
        days = (frame if where is None else frame[where(frame).fillna(False).astype(bool)])[begins]
        months = days.dt.year * 12 + days.dt.month - 1
        counted = months.value_counts()
        found.append({_month(int(index)): float(n) for index, n in counted.items()})
    windows = [window for p in held if (window := window_of(p, table)) is not None]
    return _reports([(w.first, w.last) for w in windows], found, empty=0.0)


def reports_by(
    history: History,
    tables: Collection[str],
    count: Count,
    *,
    as_of: date | None = None,
) -> Reports | None:
    """Any numerator or denominator by month, computed from what was known at each extract.

    `tables`: the event tables that `count` reads; an extract speaks for a month only where its own
    windows of all of them hold it. A month that `count` leaves out is unknown, not 0. Other
    arguments and errors as for `reports`.
    """
    by_day: dict[date, list[date]] = {}
    for table in tables:
        for partition in holders(history, table, as_of):
            window = window_of(partition, table)
            if window is None:
                raise ValueError(f"{table} has no day to count by")
            by_day.setdefault(window.last, []).append(window.first)
    shared = sorted(
        (day, max(firsts)) for day, firsts in by_day.items() if len(firsts) == len(tables)
    )
    found = [count(known_at(history, day, tables=tables)) for day, _ in shared]
    return _reports([(first, day) for day, first in shared], found, empty=np.nan)


def _reports(
    windows: list[tuple[date, date]], found: Sequence[Mapping[Month, float]], *, empty: float
) -> Reports | None:
    spans = [(_first_whole_month(first), last_whole_month(last)) for first, last in windows]
    some = [(first, last) for first, last in spans if first <= last]
    if not some:
        return None
    begin, end = min(first for first, _ in some), max(last for _, last in some)
    months = tuple(begin + k for k in range(end.index - begin.index + 1))
    counts = np.full((len(months), len(windows)), np.nan)
    for place, ((first, last), by_month) in enumerate(zip(spans, found, strict=True)):
        for row, month in enumerate(months):
            if first <= month <= last:
                counts[row, place] = by_month.get(month, empty)
    return Reports(months, tuple(last for _, last in windows), counts)


def _first_whole_month(day: date) -> Month:
    month = Month(day.year, day.month)
    return month if day == month.first_day else month + 1


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)
