"""Figures that no return holds, as the council's own table gives them: a row a period and part.

A period without a row is not known; nothing here makes it zero. Where the table has no row for the
whole, its parts are added up, so parts of one measure must not overlap.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.history.known import Known
from scrutinybook.measures.events.asked import (
    Asked,
    Figures,
    Measured,
    day_period,
    month_period,
    year_period,
)
from scrutinybook.measures.events.counting import pool, series_of, since_april
from scrutinybook.measures.events.standing import WHOLE
from scrutinybook.measures.parts import Parts
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

AS_THE_PLAN = "as the plan"
"""Unit of figures that have nothing in common, so that they are not added up."""

_Key = tuple[str, FigurePeriod]


def local(known: Known, asked: Asked, measure_id: str, entry: ExtractMeasure) -> Measured:
    """One measure of the table of local figures."""
    table = known.tables["local_figures"]
    rows = table[(table["measure"] == measure_id).fillna(False)]
    flow = entry.formula_facts.timing == "flow"
    given = {key: parts for key, parts in _rows(rows, entry) if parts is not None}
    if not flow:
        given = {(part, _as_day(period)): parts for (part, period), parts in given.items()}
    names = sorted({part for part, _ in given} - {WHOLE})
    if entry.unit != AS_THE_PLAN:
        given |= _wholes(given, names)
    release = str(known.origin.get("local_figures", ""))

    def figures(name: str) -> Figures:
        own = {period: parts for (part, period), parts in given.items() if part == name}
        if not flow:
            return _on_days(measure_id, asked, own, entry.frequency == "year", release)
        return _in_periods(measure_id, asked, own, entry.frequency == "year", release)

    return Measured(figures(WHOLE), {name: figures(name) for name in names})


def _rows(rows: pd.DataFrame, entry: ExtractMeasure) -> Iterable[tuple[_Key, Parts | None]]:
    for row in rows.to_dict("records"):
        part = WHOLE if pd.isna(row["part"]) else str(row["part"])
        yield (part, FigurePeriod.parse(str(row["period"]))), _parts(row, entry)


def _parts(row: dict[Hashable, Any], entry: ExtractMeasure) -> Parts | None:
    top, bottom, value = (
        None if pd.isna(row[key]) else float(row[key])
        for key in ("numerator", "denominator", "value")
    )
    shares = entry.denominator is not None
    if top is not None and (bottom is not None or not shares):
        return Parts(top, bottom if shares else None)
    # A printed percentage has no parts: it is brought to the scale of those that have.
    return None if value is None else Parts(value / entry.scale)


def _as_day(period: FigurePeriod) -> FigurePeriod:
    """A figure for a month, of how things stand, is as at its end."""
    return day_period(period.end) if period.kind is PeriodKind.MONTH else period


def _wholes(given: dict[_Key, Parts], names: list[str]) -> dict[_Key, Parts]:
    """Sums over the parts of periods that have no row for the whole. Printed figures do not add."""
    found: dict[_Key, Parts] = {}
    for period in {each for _, each in given} - {each for part, each in given if part == WHOLE}:
        here = [given[name, period] for name in names if (name, period) in given]
        with_parts = {each.denominator is not None for each in here}
        whole = pool(here) if len(with_parts) == 1 else None
        if whole is not None:
            found[WHOLE, period] = whole
    return found


def _in_periods(
    measure_id: str, asked: Asked, own: dict[FigurePeriod, Parts], yearly: bool, release: str
) -> Figures:
    if yearly:
        years = [year_period(year) for year in asked.years]
        # Where the table has months alone, a year is known where each of its months is.
        found = [
            own.get(year_period(year)) or _pooled(own, year.months[-1]) for year in asked.years
        ]
        return Figures(series_of(measure_id, asked.area, years, found, release))
    periods = [month_period(month) for month in asked.months]
    found = [own.get(period) for period in periods]
    pooled = [_pooled(own, month) for month in asked.months]
    return Figures(
        series_of(measure_id, asked.area, periods, found, release),
        series_of(measure_id, asked.area, periods, pooled, release),
    )


def _pooled(own: dict[FigurePeriod, Parts], month: Month) -> Parts | None:
    return pool([own.get(month_period(each)) for each in since_april(month)])


def _on_days(
    measure_id: str, asked: Asked, own: dict[FigurePeriod, Parts], yearly: bool, release: str
) -> Figures:
    by_month = {period.month: period for period in sorted(own, key=lambda each: each.end)}
    months = [month for month in asked.months if not yearly or month.month == 3]
    periods = [by_month.get(month, day_period(month.last_day)) for month in months]
    return Figures(
        series_of(measure_id, asked.area, periods, [own.get(each) for each in periods], release)
    )
