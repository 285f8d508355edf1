"""What is said of a target: where the latest figure lies, and what the limits bear."""

from __future__ import annotations

from scrutinybook.commentary.council_figures import number_text
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.council import Judged, LatestFigure, Unjudged, on_page
from scrutinybook.statistics import Assurance, Withheld


def against_target(figure: LatestFigure, found: Judged | Unjudged) -> list[Sentence]:
    """On which side of the target the figure lies, and what the limits say of later months.

    Nothing where there is no target.
    """
    measure, value = figure.measure, on_page(figure.measure, figure.latest)
    if measure.target is None:
        return []
    unit = "%" if measure.kind == "proportion" or measure.unit == "percent" else ""
    target = measure.target / 100 if measure.kind == "proportion" else measure.target
    text = [f"The target is {measure.target:g}{unit}."]
    if value is not None:
        number = number_text(measure, value, figure.latest.denominator or 100)
        side = "is above" if value > target else "is below" if value < target else "meets"
        text[0] = f"The target is {measure.target:g}{unit}; the latest figure, {number}, {side} it."
    if isinstance(found, Judged):
        text.append(_assurance(found))
    return [Sentence(each, found.id) for each in text]


def _assurance(found: Judged) -> str:
    match found.assurance:
        case Assurance.CONSISTENT_PASS:
            return "Going on as in the earlier months, it would be met in nearly every month."
        case Assurance.CONSISTENT_FAIL:
            return "Going on as in the earlier months, it would be missed in nearly every month."
        case Assurance.INCONSISTENT:
            return (
                "Going on as in the earlier months, single months would meet or miss it by chance."
            )
        case None:
            why = {
                Withheld.UNSTEADY: "a recent month is a signal",
                Withheld.JUST_REBASED: "the limits begin too recently",
                Withheld.NEUTRAL: "neither higher nor lower is better",
            }.get(found.assurance_withheld or Withheld.NO_TARGET, "the figures cannot bear it")
            if found.change is not None:
                why = "the limits are of changes and not of the figure itself"
            return f"Whether later months would meet it is not said, as {why}."
