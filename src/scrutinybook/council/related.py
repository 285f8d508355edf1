"""Which measures follow from one another, by their formulas, and what is withheld for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.figures import CouncilFigures, MeasureFigures
from scrutinybook.disclosure import (
    PublishedSeries,
    gate_totals,
    hidden_beside,
    hidden_complements,
    hidden_with,
)
from scrutinybook.measures.events import assessments, caseload

COMPLEMENTS = tuple(
    tuple(f"care_leavers_{age}_{what}" for what in ("active", "not_active", "not_known"))
    for age in ("16_to_17", "17_to_18", "19_to_21")
)
"""Formulas whose counts exclude each other, out of the same total."""

SOME_OF = {"care_starts_aged_16_to_17": "care_starts"}
"""A formula that counts some of what another counts."""

WORKED_OUT = {
    "posts_to_target": "caseload_by_service",
    "census_posts_to_target": "census_caseload",
}
"""A formula that is worked out from another's numbers, with the same parts."""

GRADES_OF = {"audits_good": "audit_grades"}
"""A measure whose parts are sums over another's parts, which are written as ``service: grade``."""

GOOD_GRADES = ("good", "outstanding")
"""Grades that the former counts."""

TWO_WAYS = ("audit_grades",)
"""Measures with parts by service and grade, whose sums by service and by grade stand elsewhere."""


@dataclass(frozen=True)
class Sides:
    """Parts that another formula's share divides in two."""

    share: str
    """Formula of the share."""
    side: tuple[str, ...]
    """Parts that lie on one of its sides."""
    counts_side: bool
    """Whether the share counts those parts; otherwise they are what it leaves over."""


def sides_of(formula: str, target_caseload: float) -> Sides | None:
    """How a formula's bands are divided by a share; None where they are not."""
    if formula == "assessment_durations":
        early = tuple(name for most, name in assessments.BANDS if most <= assessments.LONGEST)
        return Sides("assessments_in_time", early, counts_side=True)
    if formula == "caseload_distribution":
        few = tuple(name for most, name in caseload.BANDS if most <= target_caseload)
        return Sides("workers_above_target", few, counts_side=False)
    return None


def withhold_related(
    figures: CouncilFigures, measures: Mapping[str, ExtractMeasure], threshold: int
) -> CouncilFigures:
    """Withhold what the figures of other measures, as shown, would give away."""
    found = dict(figures)
    ids: dict[str, list[str]] = {}
    for name in figures:
        ids.setdefault(measures[name].formula, []).append(name)
    for family in COMPLEMENTS:
        names = [name for formula in family for name in ids.get(formula, ())]
        shares = {name: found[name].whole for name in names}
        for name, series in hidden_complements(shares, threshold=threshold).items():
            found[name] = replace(found[name], whole=series)
    for formula, other in SOME_OF.items():
        for name in ids.get(formula, ()):
            for whole in ids.get(other, ()):
                found[name] = _beside(found[name], found[whole], threshold)
    return withhold_worked_out(found, measures)


def withhold_worked_out(
    figures: CouncilFigures, measures: Mapping[str, ExtractMeasure]
) -> CouncilFigures:
    """Withhold what is worked out from a figure that is withheld."""
    found = dict(figures)
    for name in figures:
        source = WORKED_OUT.get(measures[name].formula)
        for other in figures:
            if measures[other].formula == source:
                found[name] = _with(found[name], found[other])
    return found


def _beside(part: MeasureFigures, whole: MeasureFigures, threshold: int) -> MeasureFigures:
    months = hidden_beside(part.whole, whole.whole, threshold=threshold)
    totals = part.to_date
    if totals is not None:
        totals = gate_totals(totals, months, threshold=threshold)
        if whole.to_date is not None:
            totals = hidden_beside(totals, whole.to_date, threshold=threshold)
    return replace(part, whole=months, to_date=totals)


def _with(made: MeasureFigures, source: MeasureFigures) -> MeasureFigures:
    def follow(name: str, series: PublishedSeries) -> PublishedSeries:
        other = source.parts.get(name)
        return series if other is None else hidden_with(series, other)

    return replace(
        made,
        whole=hidden_with(made.whole, source.whole),
        parts={name: follow(name, series) for name, series in made.parts.items()},
    )
