"""What the chart of a council's own measure shows, for readers who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import words
from scrutinybook.commentary.council_figures import cell_text, number_text, when
from scrutinybook.commentary.council_limits import limits
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.findings.council import Judged, LatestFigure, Unjudged
from scrutinybook.periods import Month

_UNITS = {
    "percent": "Per cent",
    "cases a worker": "Cases for each worker",
    "people a manager": "Direct reports for each manager",
    "per 10,000 children": "For every 10,000 children",
    "posts": "Posts",
    "as the plan": "As the plan counts it",
}


def chart_description(
    figure: LatestFigure, judged: Judged | Unjudged, months: Sequence[Month], area: str
) -> str:
    """The chart of one measure by month."""
    measure = figure.measure
    text = (
        f"Line chart of {measure.noun}, {area}, {months[0].words} to {months[-1].words}."
        f" The latest figure, {when(figure.latest)}, is {cell_text(measure, figure.latest)}."
    )
    if isinstance(judged, Judged) and judged.change is None:
        size = judged.latest.denominator or 100
        centre = number_text(measure, judged.centre, size)
        low, high = limits(judged)
        text += f" It is {'a' if judged.signal else 'no'} signal: the centre line is at {centre},"
        text += f" and {low} to {high} is within the limits."
    elif isinstance(judged, Judged):
        text += f" Its change from the month before is {'a' if judged.signal else 'no'} signal."
    if measure.target is not None:
        target = measure.target / 100 if measure.kind == "proportion" else measure.target
        text += f" The target is {number_text(measure, target)}."
    return words.upper_first(text)


def axis_unit(measure: AnyMeasure) -> str:
    """What stands above a chart: what its vertical axis, or its bars, count."""
    if measure.kind == "proportion":
        return f"Share of {measure.things}"
    return (
        words.upper_first(measure.things) if measure.kind != "value" else _UNITS[measure.unit or ""]
    )
