"""The single numbers of a publication: what is counted, what it is out of, what is left over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scrutinybook.council.figures import TO_DATE, WHOLE, CouncilFigures
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod

TOP, BOTTOM, REST = "numerator", "denominator", "left over"


class Cell(NamedTuple):
    """One number of a publication."""

    measure: str
    part: str
    """Empty for the whole."""
    span: str
    """`WHOLE` (the period itself) or `TO_DATE`."""
    period: str
    side: str
    """`TOP`, `BOTTOM`, or `REST`: what is in the second and not in the first."""


def runs(figures: CouncilFigures) -> Iterator[tuple[str, str, str, PublishedSeries]]:
    """Every series: measure, part, span."""
    for name, each in figures.items():
        yield name, "", WHOLE, each.whole
        if each.to_date is not None:
            yield name, "", TO_DATE, each.to_date
        for part, series in each.parts.items():
            yield name, part, WHOLE, series


@cache
def text_of(period: FigurePeriod) -> str:
    """A period as files have it, made once."""
    return str(period)


def period_text(observation: Observation) -> str:
    """A period as files have it."""
    return text_of(observation.period)


def value_of(observation: Observation, side: str) -> float | None:
    """A cell's number where it is shown."""
    top, bottom = observation.numerator, observation.denominator
    if side == TOP:
        return top
    if side == BOTTOM:
        return bottom
    return None if top is None or bottom is None else bottom - top
