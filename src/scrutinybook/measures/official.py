"""Series from a table of official figures, up to an edition's month and no further."""

from __future__ import annotations

import math

from scrutinybook.catalogue import Measure
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.figures import Figure, FiguresTable
from scrutinybook.sources.items import ITEMS
from scrutinybook.sources.symbols import Symbol


def yearly_kind(measure: Measure) -> PeriodKind:
    """The kind of period that a measure has once a year: a year, or a day in it."""
    kinds = ITEMS[measure.numerator].kinds - {PeriodKind.MONTH}
    if measure.denominator is not None:
        kinds &= ITEMS[measure.denominator].kinds
    if len(kinds) != 1:
        raise ValueError(f"{measure.numerator} is counted over {len(kinds)} kinds of year, not one")
    return next(iter(kinds))


def official_series(
    figures: FiguresTable,
    measure_id: str,
    measure: Measure,
    area_code: str,
    kind: PeriodKind,
    until: Month,
) -> Series:
    """One measure of one area, with a place for every period from its first to its last.

    Periods that end after `until` are left out. A figure with a symbol in either part has no
    parts; the numerator's symbol speaks first. Empty where the table has nothing for the area.
    """
    tops = _rows(figures, area_code, measure.numerator, kind, until)
    bottoms = (
        _rows(figures, area_code, measure.denominator, kind, until) if measure.denominator else {}
    )
    periods = _every_period(sorted({*tops, *bottoms}, key=lambda period: period.end))
    observations = tuple(
        _observation(period, tops.get(period), bottoms.get(period), measure.denominator is not None)
        for period in periods
    )
    return Series(measure_id, figures.name(area_code), observations)


def _rows(
    figures: FiguresTable, area_code: str, item: str, kind: PeriodKind, until: Month
) -> dict[FigurePeriod, Figure]:
    found = figures.listed(area_code, item, kind)
    return {FigurePeriod(kind, row.end): row for row in found if row.end <= until.last_day}


def _every_period(found: list[FigurePeriod]) -> list[FigurePeriod]:
    """Fill the gaps between the first and the last, so that a missing one is seen."""
    if not found:
        return []
    step = 1 if found[0].kind is PeriodKind.MONTH else 12
    first, last = found[0].month, found[-1].month
    return [
        FigurePeriod(found[0].kind, (first + k).last_day)
        for k in range(0, last.index - first.index + 1, step)
    ]


def _observation(
    period: FigurePeriod, top: Figure | None, bottom: Figure | None, needs_bottom: bool
) -> Observation:
    # A numerator without its denominator is no figure, and neither is the reverse.
    if top is None or (needs_bottom and bottom is None):
        return Observation(period, None, None, Symbol.NOT_AVAILABLE, "")
    release = top.release
    symbols = [row.symbol for row in (top, bottom) if row is not None and row.symbol]
    if symbols:
        return Observation(period, None, None, Symbol(symbols[0]), release)
    return Observation(
        period, _number(top), None if bottom is None else _number(bottom), None, release
    )


def _number(row: Figure) -> float | None:
    return None if math.isnan(row.value) else row.value
