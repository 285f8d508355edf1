"""One figure of either kind of edition in a few words, with what it is out of and when."""

from __future__ import annotations

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import council_figures, figures, words
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.measures.series import Observation


def figure_text(measure: AnyMeasure, observation: Observation) -> str:
    """``57.2% (162 of 283)``, ``1,033``; a symbol in words."""
    own = isinstance(measure, ExtractMeasure)
    if isinstance(measure, ExtractMeasure):
        text = council_figures.table_text(measure, observation)
    else:
        text = figures.value_text(measure, observation)
    if measure.kind == "proportion" and observation.parts is not None and (own or text):
        top, bottom = observation.parts
        text += f" ({words.whole(top)} of {words.whole(bottom)})"
    return text


def when_text(measure: AnyMeasure, observation: Observation) -> str:
    """``in March 2023``, ``at the end of March 2023``, ``in 2022/23``."""
    if isinstance(measure, ExtractMeasure):
        return council_figures.when(observation)
    return figures.when(observation.period)


_NOT_JUDGED = {
    "the latest period has no figure": "the latest figure is not shown",
    "the level changed and no new limits are set": (
        "its level seems to have changed and no new limits are set"
    ),
    "too few cases to tell": "there are too few cases to tell",
    "too few earlier months": "there are too few earlier months",
    "only years are counted": "it is counted by the year",
    "each figure shares most of its months with the one before": (
        "each figure looks back over a year"
    ),
}


def why_not_judged(why: str) -> str:
    """Why a figure is not judged by limits, as the end of a sentence."""
    return _NOT_JUDGED.get(why, why)
