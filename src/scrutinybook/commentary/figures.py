"""How one published figure is said: as a count, a share of its total, or a printed value."""

from __future__ import annotations

from scrutinybook.catalogue import Measure
from scrutinybook.commentary import words
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

FINE_FROM = 100
"""Shares of fewer than this many are said in whole per cent: one child moves them by a point."""


def value_text(measure: Measure, observation: Observation) -> str:
    """A figure for tables and labels: ``70.3%``, ``2,415``, ``19.0``; a symbol in words."""
    if observation.symbol is not None:
        return observation.symbol.words
    if observation.value is None:
        return "no figure"
    if measure.kind == "proportion":
        return share_text(observation.value, observation.denominator or 0)
    if measure.kind == "value":
        return printed_text(measure, observation.value)
    return words.whole(observation.value)


def share_text(share: float, denominator: float) -> str:
    """A share in per cent, as finely as its denominator bears."""
    return words.percent(share, 1 if denominator >= FINE_FROM else 0)


def printed_text(measure: Measure, value: float) -> str:
    """A percentage, rate or average as the Department prints it."""
    if measure.unit == "percent":
        return f"{words.decimal(value)}%"
    return words.whole(value) if measure.unit == "per 10,000 children" else words.decimal(value)


def when(period: FigurePeriod) -> str:
    """``in 2022/23``, ``on 31 March 2023``, ``in the year to 30 September 2022``."""
    preposition = {
        PeriodKind.MONTH: "in",
        PeriodKind.YEAR: "in",
        PeriodKind.SNAPSHOT: "on",
        PeriodKind.WORKFORCE_YEAR: "in the",
    }[period.kind]
    return f"{preposition} {period.words}"


def since(period: FigurePeriod) -> str:
    """After ``since``: ``2012/13``, ``31 March 2013``, ``the year to 30 September 2017``."""
    article = "the " if period.kind is PeriodKind.WORKFORCE_YEAR else ""
    return f"{article}{period.words}"


def axis_label(period: FigurePeriod) -> str:
    """Under a chart: ``2022/23``, or ``Mar 2023`` for a figure on a day."""
    if period.kind is PeriodKind.YEAR:
        return period.words
    return f"{period.month.name[:3]} {period.month.year}"


def year_before(period: FigurePeriod) -> str:
    """``the year before``, or ``a year earlier`` for a figure on a day."""
    return "a year earlier" if period.kind is PeriodKind.SNAPSHOT else "the year before"


def parts_text(observation: Observation) -> str:
    """``1,903 of 2,706 (70.3%)``. Raises `ValueError` without parts."""
    if observation.parts is None or observation.value is None:
        raise ValueError(f"{observation.period} has no parts to say")
    top, bottom = observation.parts
    return f"{words.whole(top)} of {words.whole(bottom)} ({share_text(observation.value, bottom)})"


def share_of(observation: Observation, things: str, predicate: str) -> str:
    """``70.3% of assessments were completed within 45 working days (1,903 of 2,706)``.

    Raises `ValueError` without parts.
    """
    if observation.parts is None or observation.value is None:
        raise ValueError(f"{observation.period} has no parts to say")
    top, bottom = observation.parts
    share = share_text(observation.value, bottom)
    return f"{share} of {things} {predicate} ({words.whole(top)} of {words.whole(bottom)})"
