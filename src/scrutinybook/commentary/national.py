"""Words for a page of all authorities: what a funnel of them shows, and why there are no ranks."""

from __future__ import annotations

from scrutinybook.catalogue import Measure
from scrutinybook.commentary import words
from scrutinybook.commentary.figures import when
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.statistics import Funnel

NO_LEAGUE_TABLE = (
    "This page gives no ranks. Most differences between authorities are of the size that chance and"
    " the usual differences between places give; a place in a list would make much of them."
    " Authorities stand in the order of the alphabet."
)
HOW_TO_READ = (
    "Each dot is an authority. The further right, the more it counted; small ones vary more by"
    " chance alone, so the limits are wider for them. By chance and the usual differences between"
    " authorities alone, about 19 in 20 would lie between the dashed lines and all but 2 in 1,000"
    " between the solid ones. Outside the solid lines is a reason to ask, not a verdict."
)


def all_authorities(measure: Measure, funnel: Funnel, period: FigurePeriod) -> str:
    """How many authorities lie where, in a sentence or two."""
    n = funnel.values.size - funnel.n_left_out
    outer = int(funnel.outside_outer.sum())
    said = (
        f"{words.count_of(n, 'authorities')} have a figure {when(period)}; together"
        f" {words.percent(funnel.centre, 1)}. "
    )
    verb = "lies" if outer == 1 else "lie"
    which = words.whole(outer) if outer else "None"
    said += f"{which} of them {verb} outside the solid lines."
    if funnel.n_left_out:
        said += f" No figure: {words.count_of(funnel.n_left_out, 'authorities')}."
    return said


def described(measure: Measure, funnel: Funnel, period: FigurePeriod) -> str:
    """The funnel for those who do not see it."""
    return (
        f"Funnel plot of {measure.noun} {when(period)}: every authority of England as a dot about a"
        f" centre line at {words.percent(funnel.centre, 1)}, with limits that are wider for smaller"
        f" authorities. {all_authorities(measure, funnel, period)}"
    )


def place_of(funnel: Funnel, number: int) -> str:
    """Where one authority lies."""
    if funnel.left_out[number]:
        return "no figure"
    side = "above" if funnel.z[number] > 0 else "below"
    if funnel.outside_outer[number]:
        return f"{side} the solid line"
    return f"{side} the dashed line" if funnel.outside_inner[number] else "inside"
