"""How things stand on a day: at each month's end from spells, or on the day of an extract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

from scrutinybook.history.known import Known
from scrutinybook.measures.events.asked import Asked, Figures, Measured, day_period
from scrutinybook.measures.events.counting import series_of
from scrutinybook.measures.events.coverage import (
    Coverage,
    NeedsFrom,
    snapshot_in,
    snapshots,
)
from scrutinybook.measures.parts import Parts
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod

WHOLE = ""
"""Key of the whole among the parts of a reading."""

Reading = Mapping[str, Parts]
"""Parts of one day: of the whole under `WHOLE`, and of each part under its name."""

MARCH, SEPTEMBER = 3, 9


def months_of(asked: Asked, yearly_in: int | None) -> tuple[Month, ...]:
    """The months whose days are wanted: all, or those of one month of the year."""
    return tuple(m for m in asked.months if yearly_in is None or m.month == yearly_in)


def at_month_ends(
    measure_id: str,
    asked: Asked,
    reading: Callable[[date], Reading | None],
    held: Coverage,
    *,
    needs_from: NeedsFrom | None = None,
    yearly_in: int | None = None,
    release: str = "",
) -> Measured:
    """Read spells at the end of each month that is held, with what must be held before it."""
    months = months_of(asked, yearly_in)
    found: list[tuple[date, Reading | None]] = []
    for day in (month.last_day for month in months):
        needed = min(day, needs_from(day)) if needs_from else day
        found.append((day, reading(day) if held.holds(needed, day) else None))
    return standing(measure_id, asked.area, found, release)


def from_snapshots(
    measure_id: str,
    asked: Asked,
    known: Known,
    tables: Sequence[str],
    reading: Callable[[Sequence[pd.DataFrame], date], Reading | None],
    *,
    yearly_in: int | None = None,
    period_of: Callable[[date], FigurePeriod] = day_period,
    release: str = "",
) -> Measured:
    """Read tables that say how things stood, on the day of each month's latest extract.

    A month is known where one extract of it has every table; its figure is dated by that day.
    """
    held = [snapshots(known, table) for table in tables]
    together = {day: held[0][day] for day in held[0] if all(day in each for each in held)}
    found: list[tuple[date, Reading | None]] = []
    for month in months_of(asked, yearly_in):
        day = snapshot_in(together, month)
        if day is None:
            found.append((month.last_day, None))
        else:
            found.append((day, reading([each[day] for each in held], day)))
    return standing(measure_id, asked.area, found, release, period_of)


def standing(
    measure_id: str,
    area: str,
    found: Sequence[tuple[date, Reading | None]],
    release: str,
    period_of: Callable[[date], FigurePeriod] = day_period,
) -> Measured:
    """Readings as figures. A part that one day has and another known day has not is nothing there:
    zero, or zero of zero."""
    periods = [period_of(day) for day, _ in found]
    names = {name: parts for _, reading in found if reading for name, parts in reading.items()}

    def figures(name: str) -> Figures:
        nothing = Parts(0.0, None if names[name].denominator is None else 0.0)
        readings = [
            None if each is None else each.get(name, None if name == WHOLE else nothing)
            for _, each in found
        ]
        return Figures(series_of(measure_id, area, periods, readings, release))

    if WHOLE not in names:
        return Measured(
            Figures(series_of(measure_id, area, periods, [None] * len(periods), "")),
            {name: figures(name) for name in names},
        )
    return Measured(figures(WHOLE), {name: figures(name) for name in names if name != WHOLE})
