"""The section of one yearly measure: message, chart, words, how it is counted, numbers."""

from __future__ import annotations

import math

from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.yearly import (
    FEWEST_NEIGHBOURS,
    YearlyMeasure,
    neighbours_together,
    yearly_measure,
)
from scrutinybook.catalogue import Measure
from scrutinybook.chapters.context_notes import context_notes
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.funnel_chart import funnel_chart
from scrutinybook.charts.yearly_chart import Line, yearly_chart
from scrutinybook.commentary import comparisons, words, yearly
from scrutinybook.commentary.figures import axis_label, printed_text, share_text, value_text, when
from scrutinybook.commentary.polarity import rule
from scrutinybook.commentary.sources import LICENCE, source_text
from scrutinybook.commentary.yearly_charts import funnel_description, yearly_description
from scrutinybook.context import Context
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.measures.series import Observation
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import HOW_TO_READ_FUNNELS, figure
from scrutinybook.pages.tables import Column, table
from scrutinybook.sources.figure_periods import FigurePeriod


def yearly_section(context: Context, measure_id: str) -> str:
    """Everything below a measure's heading, as HTML."""
    measure = context.catalogue.measure(measure_id)
    found = yearly_measure(context, measure_id)
    if found is None:
        until = context.edition.month.words
        none = f"There is no figure for {context.authority} up to {until}."
        return (
            fragments.text(none) + context_notes(context.edition, measure_id) + _definition(measure)
        )
    tests = edition_tests(context)
    pieces = [
        fragments.headline(yearly.headline(found.latest, found.among, tests)),
        _definition(measure),
        fragments.paragraph(yearly.latest_figure(found.latest, tests)),
        figure(_line_drawing(context, found), _line_caption(context, found)),
        fragments.paragraph(comparisons.beside_others(found.beside)),
        _funnel_piece(context, found),
        fragments.paragraph(yearly.over_years(found.years)),
        context_notes(context.edition, measure_id),
        fragments.more("Target and sources", _sources(context, found)),
        fragments.more("The numbers behind the chart", _numbers(context, found)),
        fragments.download(measure_id),
    ]
    return "".join(pieces)


def _definition(measure: Measure) -> str:
    return fragments.text(f"{rule(measure.polarity)} {measure.definition}", "definition")


def _shown(found: YearlyMeasure) -> tuple[Observation, ...]:
    """The years of the line chart: from the authority's own first figure."""
    first = next(k for k, o in enumerate(found.own) if o.value is not None)
    return found.own.observations[first:]


def _line_drawing(context: Context, found: YearlyMeasure) -> Drawing:
    shown = _shown(found)
    periods = [o.period for o in shown]
    others = []
    if found.measure.kind in ("proportion", "value"):
        together = [found.neighbours_at(p) for p in periods]
        others = [
            Line("Neighbours", [math.nan if v is None else v for v in together]),
            Line("England", [_value(found.england, p) for p in periods]),
        ]
    return yearly_chart(
        f"{context.edition.id}-{found.measure_id}",
        f"{found.measure.title}, {context.authority}",
        yearly_description(found, context.authority),
        periods=[axis_label(p).replace(" ", "\n") for p in periods],
        authority=Line(context.authority, list(found.own.values[-len(shown) :])),
        others=others,
        percent=found.measure.kind == "proportion",
        unit_percent=found.measure.unit == "percent",
    )


def _value(series: PublishedSeries, period: FigurePeriod) -> float:
    observation = series.at(period)
    value = None if observation is None else observation.value
    return math.nan if value is None else value


def _line_caption(context: Context, found: YearlyMeasure) -> str:
    caption = f"{found.measure.title}, {context.authority}, by year."
    fewest = words.small(FEWEST_NEIGHBOURS)
    those = "those of its ten statistical neighbours (2025 model) that have a figure in that year"
    blank = ""
    if any(found.neighbours_at(o.period) is None for o in _shown(found)):
        blank = f" Their line is left blank where fewer than {fewest} have one."
    if found.measure.kind == "proportion":
        caption += f" Neighbours: {those}, taken together.{blank}"
    elif found.measure.kind == "value":
        caption += f" Neighbours: the middle value of {those}.{blank}"
    return caption


def _funnel_piece(context: Context, found: YearlyMeasure) -> str:
    if found.funnel is None or found.among is None:
        return ""
    at = when(found.own.latest.period)
    drawing = funnel_chart(
        f"{context.edition.id}-{found.measure_id}-funnel",
        f"{found.measure.title}: {context.authority} among all authorities {at}",
        funnel_description(found.among, context.authority),
        funnel=found.funnel,
        highlighted=0,
        highlighted_name=context.authority,
        size_label=f"Number of {found.measure.things}",
    )
    caption = (
        f"All authorities of England {at}, one dot each. By chance and the usual differences"
        " between authorities alone, about 19 in 20 would lie between the dashed lines and all but"
        " 2 in 1,000 between the solid ones."
    )
    if found.among.n_left_out:
        caption += f" No figure: {words.count_of(found.among.n_left_out, 'authorities')}."
    said = comparisons.among_authorities(found.among, context.authority)
    return figure(drawing, caption, HOW_TO_READ_FUNNELS) + fragments.paragraph(said)


def _sources(context: Context, found: YearlyMeasure) -> str:
    measure = found.measure
    target = f"Target: {measure.target:g}%." if measure.target is not None else "No target set."
    period = found.own.latest.period
    return (
        fragments.text(f"{target} {measure.no_target or ''}".strip())
        + fragments.text(f"{source_text(context.sources(found.own), period)} {LICENCE}")
        + fragments.text(f"In the catalogue of measures: {found.measure_id}.")
    )


def _numbers(context: Context, found: YearlyMeasure) -> str:
    measure = found.measure
    caption = f"{measure.title}, {context.authority}"
    is_share = measure.kind == "proportion"
    comparable = measure.kind in ("proportion", "value")
    columns = [Column("Year" if axis_label(found.own.latest.period)[0].isdigit() else "At", False)]
    columns += [Column("Number"), Column("Out of")] if is_share else []
    columns += [Column(context.authority)]
    columns += [Column("Neighbours"), Column("England")] if comparable else []
    rows = []
    for observation in found.own:
        row = [observation.period.words]
        if is_share:
            parts = observation.parts
            row += [words.whole(p) for p in parts] if parts else ["–", "–"]
        row.append(value_text(measure, observation))
        if comparable:
            row += [
                _neighbours_text(found, observation.period),
                _comparison_text(found, _value(found.england, observation.period)),
            ]
        rows.append(row)
    return table(caption, columns, rows)


def _neighbours_text(found: YearlyMeasure, period: FigurePeriod) -> str:
    together, n = neighbours_together(found.measure, found.neighbours, period)
    if 0 < n < FEWEST_NEIGHBOURS:
        return f"only {words.small(n)} with a figure"
    return _comparison_text(found, math.nan if together is None else together)


def _comparison_text(found: YearlyMeasure, value: float) -> str:
    if math.isnan(value):
        return "no figure"
    if found.measure.kind == "proportion":
        return share_text(value, 1000)
    return printed_text(found.measure, value)
