"""Figures that stand beside a claim which cannot be tested; they settle nothing."""

from __future__ import annotations

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.commentary import council_figures, figures, words
from scrutinybook.committee.claims import Claim
from scrutinybook.findings.claims import AnyMeasure
from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import working_days
from scrutinybook.sources.figure_periods import PeriodKind

LATEST = 4
"""Most periods that are told."""


def context_text(measure: AnyMeasure, series: Series, claim: Claim) -> str:
    """The figures of `context_periods`, in a sentence."""
    told = [_told(measure, each) for each in context_periods(series, claim)]
    if not told:
        return f"There is no figure of {measure.noun} to set beside it."
    return f"For context, {measure.noun}: {words.listing(told)}."


def context_periods(series: Series, claim: Claim) -> tuple[Observation, ...]:
    """The periods that the claim is about, or the latest ones up to them; `LATEST` at most."""
    seen = list(series) if claim.periods is None else list(claim.periods.of(series))
    if len(seen) < 2 and claim.periods is not None:
        seen = [o for o in series if o.period.end <= claim.periods.last.end]
    return tuple(seen[-LATEST:])


def _told(measure: AnyMeasure, observation: Observation) -> str:
    if isinstance(measure, ExtractMeasure):
        text = council_figures.cell_text(measure, observation)
        return f"{text} {council_figures.when(observation)}"
    text = f"{figures.value_text(measure, observation)} {figures.when(observation.period)}"
    if observation.period.kind is PeriodKind.MONTH:
        days = words.count_of(working_days(observation.period.month), "working days")
        text += f" ({days})"
    elif measure.kind == "proportion" and observation.parts is not None:
        top, bottom = observation.parts
        text += f" ({words.whole(top)} of {words.whole(bottom)})"
    return text
