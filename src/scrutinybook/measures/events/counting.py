"""From events with a day to figures by month, by year and for the year to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.measures.events.asked import (
    Asked,
    Figures,
    Measured,
    month_period,
    year_period,
)
from scrutinybook.measures.events.columns import Ints
from scrutinybook.measures.events.coverage import Coverage, NeedsFrom
from scrutinybook.measures.parts import Parts
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import FinancialYear, Month
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol
from scrutinybook.working_days import Days, Floats


@dataclass(frozen=True, eq=False)
class Happened:
    """What a flow counts: one row an event, shape (n,)."""

    day: Days
    """The day that puts it in a month; NaT where it has none."""
    counted: npt.NDArray[np.bool_]
    """Whether it is in the numerator."""
    is_share: bool = True
    """Whether all rows are the denominator; otherwise the numerator is a count of its own."""
    part: pd.Categorical[str] | None = None
    """Source, band and so on of each; None where they are not told apart."""
    rows: Ints | None = None
    """Positions of the events in the table they are from; None for all rows in order."""


def every(day: Days, part: pd.Categorical[str] | None = None) -> Happened:
    """A count of all rows by their day."""
    return Happened(day, np.ones(day.shape, np.bool_), is_share=False, part=part)


@dataclass(frozen=True, eq=False)
class MonthCounts:
    """Counts by group and month; shapes (groups, months)."""

    counted: Floats
    all: Floats


def month_counts(
    happened: Happened,
    first: Month,
    last: Month,
    groups: npt.NDArray[np.integer] | None = None,
    n_groups: int = 1,
) -> MonthCounts:
    """Count events by month, for each group.

    `groups`: for each row of the table that the events are from the number of its group (of its
    authority, say), from 0 to `n_groups` - 1; None for one group. Events of other months, or
    without a day, are in no count.
    """
    n = last.index - first.index + 1
    months = happened.day.astype("datetime64[M]")
    start = np.datetime64(str(first), "M")
    column = np.where(np.isnat(months), -1, (months - start).astype(np.int64))
    inside = (column >= 0) & (column < n)
    place = column
    if groups is not None:
        group = groups if happened.rows is None else groups[happened.rows]
        place = group.astype(np.int64) * n + column

    def count(which: npt.NDArray[np.bool_]) -> Floats:
        found = np.bincount(place[which], minlength=n_groups * n)
        return found.astype(np.float64).reshape(n_groups, n)

    return MonthCounts(count(inside & happened.counted), count(inside))


def flow(
    measure_id: str,
    asked: Asked,
    happened: Happened,
    held: Coverage,
    *,
    needs_from: NeedsFrom | None = None,
    yearly: bool = False,
    release: str = "",
) -> Measured:
    """Figures of a flow: by month with the year to date, or by year from 1 April.

    A month is known where every day of it is held, and every day from `needs_from` of its first day
    on. A year, or a year to date, is known where each of its months is.
    """
    if not asked.months:
        raise ValueError(f"{asked.last} comes before {asked.first}")
    first = asked.first.financial_year.months[0]
    needed = needs_from or (lambda day: day)

    def is_known(month: Month) -> bool:
        return held.holds(min(month.first_day, needed(month.first_day)), month.last_day)

    known = {first + k: is_known(first + k) for k in range(asked.last.index - first.index + 1)}

    def figures(counts: MonthCounts, row: int) -> Figures:
        months = {
            month: Parts(counts.counted[row, k], counts.all[row, k] if happened.is_share else None)
            for k, month in enumerate(known)
            if known[month]
        }
        return _figures(measure_id, asked, months, yearly, release)

    whole = figures(month_counts(happened, first, asked.last), 0)
    parts = {}
    if happened.part is not None:
        names = [str(name) for name in happened.part.categories]
        divided = Happened(happened.day, happened.counted, happened.is_share)
        counts = month_counts(divided, first, asked.last, happened.part.codes, len(names))
        parts = {name: figures(counts, k) for k, name in enumerate(names)}
    return Measured(whole, parts)


def _figures(
    measure_id: str, asked: Asked, months: dict[Month, Parts], yearly: bool, release: str
) -> Figures:
    if yearly:
        years = [_pooled(months, year.months) for year in asked.years]
        periods = [year_period(year) for year in asked.years]
        return Figures(series_of(measure_id, asked.area, periods, years, release))
    periods = [month_period(month) for month in asked.months]
    single = [months.get(month) for month in asked.months]
    pooled = [_pooled(months, since_april(month)) for month in asked.months]
    return Figures(
        series_of(measure_id, asked.area, periods, single, release),
        series_of(measure_id, asked.area, periods, pooled, release),
    )


def since_april(month: Month) -> tuple[Month, ...]:
    """The months of its year up to a month."""
    year: FinancialYear = month.financial_year
    return tuple(each for each in year.months if each <= month)


def _pooled(months: dict[Month, Parts], wanted: Sequence[Month]) -> Parts | None:
    return pool([months.get(month) for month in wanted])


def pool(found: Sequence[Parts | None]) -> Parts | None:
    """Sum of numerators over sum of denominators; None where one period is not known."""
    known = [each for each in found if each is not None]
    if len(known) < len(found) or not known:
        return None
    bottoms = [each.denominator for each in known if each.denominator is not None]
    if 0 < len(bottoms) < len(known):
        return None
    return Parts(sum(each.numerator for each in known), sum(bottoms) if bottoms else None)


def series_of(
    measure_id: str,
    area: str,
    periods: Sequence[FigurePeriod],
    found: Sequence[Parts | None],
    release: str,
) -> Series:
    """A series from parts, one a period; not available where there are none."""
    observations = tuple(
        Observation(period, None, None, Symbol.NOT_AVAILABLE, "")
        if parts is None
        else Observation(period, parts.numerator, parts.denominator, None, release)
        for period, parts in zip(periods, found, strict=True)
    )
    return Series(measure_id, area, observations)
