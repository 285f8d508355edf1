"""The section of one measure from the council's own records: message, chart, words, numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scrutinybook.analysis.council import (
    SAY_AGAIN,
    JudgedChart,
    judge,
    latest_figure,
    levels_searched,
    many_withheld,
)
from scrutinybook.analysis.council_parts import parts_found
from scrutinybook.analysis.levels import MonthlyCounts, level_changes, level_p_value
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.chapters.context_notes import context_marks, context_notes, list_of
from scrutinybook.chapters.council_parts import parts_headline, parts_in_bars
from scrutinybook.chapters.level_drawing import (
    CAPTION,
    change_list,
    level_drawing,
    months_searched,
)
from scrutinybook.charts.context_marks import ContextMark
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.measure_chart import Limits, measure_chart
from scrutinybook.commentary import council as said
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary import recording as recording_words
from scrutinybook.commentary.council_charts import axis_unit, chart_description
from scrutinybook.commentary.council_figures import counted, number_text
from scrutinybook.commentary.council_target import against_target
from scrutinybook.commentary.monthly_charts import levels_description
from scrutinybook.commentary.polarity import rule
from scrutinybook.commentary.words import upper_first
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.council import Judged, LatestFigure, LevelsSearched
from scrutinybook.findings.monthly import LevelChanges, TooShortToSearch
from scrutinybook.pages import fragments
from scrutinybook.pages.council_numbers import numbers, parts_table
from scrutinybook.pages.figures import HOW_TO_READ_LIMITS, figure
from scrutinybook.periods import Month
from scrutinybook.statistics import point_signals

FEWEST_POINTS = 3
"""Fewest figures that a line chart is drawn of; a table says fewer better."""


@dataclass(frozen=True)
class CouncilMeasure:
    """Everything found of one measure."""

    measure_id: str
    measure: ExtractMeasure
    figures: MeasureFigures
    latest: LatestFigure
    judged: JudgedChart
    levels: LevelChanges | TooShortToSearch | None
    """Lasting changes of level; None for what is no count of events by month."""


@lru_cache(maxsize=8)
def levels_of(context: CouncilContext) -> LevelsSearched:
    """The searches of all monthly counts, each allowed for beside the others."""
    p_values: dict[str, float] = {}
    for measure_id, measure in context.catalogue.extract_measures.items():
        held = context.of(measure_id)
        if held is not None and _is_searched(measure, held):
            data = MonthlyCounts.of(held.whole)
            p_value = level_p_value(data, context.edition.slug, context.kept)
            p_values |= {} if p_value is None else {measure_id: p_value}
    return levels_searched(p_values)


@lru_cache(maxsize=256)
def council_measure(context: CouncilContext, measure_id: str) -> CouncilMeasure | None:
    """Analyse one measure; None where the records hold no figure of it."""
    measure, held = context.measure(measure_id), context.of(measure_id)
    if held is None or not len(held.whole):
        return None
    levels = None
    if _is_searched(measure, held):
        levels = level_changes(MonthlyCounts.of(held.whole), context.edition.slug, context.kept)
    judged = judge(
        measure_id,
        measure,
        held.whole,
        phase=context.edition.phase(measure_id),
        level_changed=isinstance(levels, LevelChanges)
        and bool(levels.changes)
        and levels_of(context).stands(measure_id),
    )
    latest = latest_figure(measure_id, measure, held.whole, held.to_date)
    return CouncilMeasure(measure_id, measure, held, latest, judged, levels)


def _is_searched(measure: ExtractMeasure, held: MeasureFigures) -> bool:
    counts = measure.formula_facts.charted_as == "count" and measure.frequency == "month"
    return counts and not many_withheld(held.whole)


def twin(context: CouncilContext, measure_id: str) -> CouncilMeasure | None:
    """A measure whose figures for all are the same, shown before; None where there is none."""
    measure, held = context.measure(measure_id), context.of(measure_id)
    other = SAY_AGAIN.get(measure.formula)
    for name, each in context.of_chapter(measure.chapter).items():
        before = context.of(name)
        if each.formula != other or held is None or before is None:
            continue
        if before.whole.observations == held.whole.observations:
            return council_measure(context, name)
    return None


def council_section(context: CouncilContext, measure_id: str) -> str:
    """Everything below a measure's heading, as HTML."""
    measure = context.measure(measure_id)
    found = council_measure(context, measure_id)
    definition = fragments.text(f"{rule(measure.polarity)} {measure.definition}", "definition")
    if found is None:
        none = f"The records hold no figure up to {context.edition.month.words}."
        return fragments.text(none) + context_notes(context.edition, measure_id) + definition
    finding = found.judged.finding
    first = twin(context, measure_id)
    parts = parts_found(measure_id, measure, found.figures)
    if first is not None:
        # The figure for all is told under the other measure; here its parts are the message.
        headline = parts_headline(parts)
        return "".join(
            [
                *(headline or [fragments.headline(said.headline(found.latest, finding))]),
                definition,
                fragments.text(
                    "The figures for all, their chart and their limits are those of"
                    f" ‘{first.measure.title}’."
                ),
                parts_in_bars(context, parts, spoken=len(headline) > 0),
                context_notes(context.edition, measure_id),
                fragments.more("Target, owner and how it is counted", _about(measure_id, measure)),
                _parts(context, found),
                fragments.download(measure_id),
            ]
        )
    pieces = [
        fragments.headline(said.headline(found.latest, finding)),
        definition,
        _chart(context, found),
        fragments.paragraph(said.over_time(found.latest)),
        fragments.paragraph(said.against_limits(finding)),
        fragments.paragraph(against_target(found.latest, finding)),
        fragments.paragraph(
            recording_words.provisional(found.latest, context.recording), "provisional"
        ),
        _levels(context, found),
        parts_in_bars(context, parts),
        context_notes(context.edition, measure_id, _charted(found)),
        fragments.more("Target, owner and how it is counted", _about(measure_id, measure)),
        _parts(context, found),
        fragments.more(
            "The numbers behind the chart",
            numbers(measure.title, measure, found.figures, context.authority),
        ),
        fragments.download(measure_id),
    ]
    return "".join(pieces)


def _has_chart(found: CouncilMeasure) -> bool:
    n_figures = np.sum(~np.isnan(found.judged.values))
    return bool(n_figures >= FEWEST_POINTS) and found.measure.frequency != "year"


def _charted(found: CouncilMeasure) -> frozenset[Month]:
    """Months that the section's charts show."""
    months = frozenset(found.judged.months if _has_chart(found) else ())
    levels = found.levels
    if isinstance(levels, LevelChanges) and levels.changes:
        months |= frozenset(months_searched(MonthlyCounts.of(found.figures.whole), levels))
    return months


def _marks(context: CouncilContext, found: CouncilMeasure) -> tuple[ContextMark, ...]:
    return context_marks(context.edition, found.measure_id, _charted(found))


def _chart(context: CouncilContext, found: CouncilMeasure) -> str:
    judged, measure = found.judged, found.measure
    if not _has_chart(found):
        return ""
    marks = _marks(context, found)
    drawing = _drawing(context, found, marks)
    caption = f"{measure.title}, {context.authority}, by month. The diamond is the latest figure."
    how = ""
    if judged.chart is not None and not judged.shows_changes:
        caption += " Squares are signals; dashed lines are the limits of expected variation."
        how = HOW_TO_READ_LIMITS
    elif isinstance(judged.finding, Judged) and judged.finding.signal:
        caption += " It stands out by its change from the month before."
    return figure(drawing, caption, how, notes=list_of(marks, judged.months, found.measure_id))


def _drawing(
    context: CouncilContext, found: CouncilMeasure, marks: Sequence[ContextMark]
) -> Drawing:
    judged, measure = found.judged, found.measure
    chart = judged.chart
    limits = None
    if chart is not None and not judged.shows_changes:
        limits = Limits(chart.lower, chart.centre, chart.upper, point_signals(chart).any)
    percent = measure.kind == "proportion"
    target = measure.target
    if target is not None and percent:
        target /= 100
    return measure_chart(
        f"{context.edition.id}-{found.measure_id}",
        f"{measure.title}, {context.authority}",
        chart_description(found.latest, judged.finding, judged.months, context.authority),
        months=judged.months,
        values=judged.values,
        limits=limits,
        target=target,
        unit=axis_unit(measure),
        percent=percent,
        unit_sign="%" if measure.unit == "percent" else "",
        latest_is_signal=isinstance(judged.finding, Judged) and judged.finding.signal,
        context=marks,
    )


def _levels(context: CouncilContext, found: CouncilMeasure) -> str:
    """The search for lasting changes: a chart where it found one, else one sentence."""
    levels, measure = found.levels, found.measure
    if levels is None:
        return ""
    headline = fragments.paragraph([level_words.headline(levels, counted(measure))])
    if not isinstance(levels, LevelChanges) or not levels.changes:
        return headline
    marks = _marks(context, found)
    data = MonthlyCounts.of(found.figures.whole)
    drawing = level_drawing(
        f"{context.edition.id}-{found.measure_id}-levels",
        f"{measure.title} by month, {context.authority}: level",
        levels_description(levels, data.month(-1), counted(measure), context.authority),
        data=data,
        levels=levels,
        unit=f"{upper_first(measure.things)} a month",
        context=marks,
    )
    caption = f"{measure.title}, {context.authority}, by month. {CAPTION}"
    notes = list_of(marks, months_searched(data, levels), found.measure_id)
    among = fragments.paragraph(said.level_among_many(levels_of(context), found.measure_id))
    return headline + among + figure(drawing, caption, notes=notes) + change_list(levels)


def _parts(context: CouncilContext, found: CouncilMeasure) -> str:
    body = parts_table(found.measure.title, found.measure, found.figures, context.authority)
    latest = "months" if found.measure.frequency == "month" else "years"
    return fragments.more(f"The latest {latest} in parts", body) if body else ""


def _about(measure_id: str, measure: ExtractMeasure) -> str:
    target = f"No target set. {measure.no_target}"
    if measure.target is not None:
        value = measure.target / 100 if measure.kind == "proportion" else measure.target
        target = f"Target: {number_text(measure, value)}."
    counted = f"Counted: {measure.numerator}"
    if measure.denominator:
        counted += f", out of: {measure.denominator}"
    owner = f"Owner: {measure.owner}"
    # A text of the catalogue may end with a full stop of its own.
    counted, owner = (f"{each.removesuffix('.')}." for each in (counted, owner))
    lines = [target, counted, f"Why it is here: {measure.why}", owner]
    if measure.plan_data_point is not None:
        lines.append(f"Data point {measure.plan_data_point} of the improvement plan.")
    lines.append(f"In the catalogue of measures: {measure_id}.")
    return "".join(map(fragments.text, lines))
