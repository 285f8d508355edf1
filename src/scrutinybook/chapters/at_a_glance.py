"""Every measure on one page: the month, the table, what to ask."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.analysis.glance import (
    MOST_QUESTIONS,
    before_of,
    glance,
    in_order,
    month_at_glance,
    to_ask,
)
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.chapters import official_glance
from scrutinybook.chapters.council_section import council_measure
from scrutinybook.chapters.measure_links import measure_address
from scrutinybook.charts.sparkline import sparkline
from scrutinybook.commentary import council as said
from scrutinybook.commentary import glance as words_of
from scrutinybook.commentary import questions
from scrutinybook.commentary.council_figures import when
from scrutinybook.commentary.polarity import in_brief
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.commentary.words import upper_first
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.changes import EditionChanges, MeasureChange
from scrutinybook.findings.glance import Before, Glance, MonthAtGlance
from scrutinybook.measures.series import Observation
from scrutinybook.pages import fragments
from scrutinybook.pages.glance_table import GlanceRow, glance_table
from scrutinybook.pages.icons import assurance_icon, icon, key, sprite, variation_icon
from scrutinybook.periods import Month
from scrutinybook.sources.symbols import Symbol

QUESTIONS = "questions-a-member-could-put"
"""The address of the questions' heading on the page."""

TABLE = "every-measure"
"""The address of the table's heading."""

_NOT_ADDED = (
    '<span class="sb-none" aria-hidden="true">–</span><span class="sb-hidden">not added up</span>'
)

_HOW = (
    "What needs asking comes first: what stands out for the worse, then all else that stands out,"
    " then missed targets, then the rest. Each small line has a scale of its own, and a gap where"
    " there is no figure. A square ends a line that stands out; a diamond ends any other."
)


@lru_cache(maxsize=4)
def glances(context: CouncilContext) -> tuple[Glance, ...]:
    """A row for each measure that has figures, in the order of the catalogue."""
    earlier = context.as_earlier()
    rows = []
    for measure_id in context.catalogue.extract_measures:
        found = council_measure(context, measure_id)
        # The data points of the plan are many figures under one name; they have their own page.
        if found is None or found.measure.unit == "as the plan":
            continue
        rows.append(
            glance(
                found.latest,
                found.judged.finding,
                found.figures.whole,
                levels=found.levels,
                before=None if earlier is None else _before(earlier, measure_id),
            )
        )
    return tuple(rows)


def month_in_five(context: AnyContext) -> str:
    """The month in five sentences, and where on the page the rest stands."""
    jump = f'<p><a href="#{QUESTIONS}">Questions a member could put</a></p>'
    if isinstance(context, CouncilContext):
        five = fragments.bullets([[each] for each in words_of.in_five(_month(context))])
    else:
        five = official_glance.month_in_five(context)
    return five + jump + fragments.download_all(context.edition.id)


def every_measure(
    context: AnyContext, last: EditionChanges | None = None, met: EditionChanges | None = None
) -> str:
    """The table, with what its signs mean.

    `last` and `met`: what changed since the edition before, and since the committee last met; None
    where the edition does not say which ones those are. A council's own figures take the first
    from the records of the edition before.
    """
    if not isinstance(context, CouncilContext):
        return official_glance.every_measure(context, last)
    rows = in_order(glances(context))
    how = _HOW
    if context.earlier is not None and context.as_earlier() is not None:
        how += f" “Then” is the edition of {context.earlier.month.words}."
    since: dict[str, MeasureChange] = {}
    # The edition before has its own column of marks.
    if met is not None and (context.earlier is None or met.then != context.earlier.month):
        how += f" The committee last met on the edition for {met.then.words}."
        since = {each.measure_id: each for each in met.measures}
    caption = f"{upper_first(context.authority)}: every measure as at {context.edition.month.words}"
    return (
        sprite()
        + fragments.text(how)
        + fragments.more("What the signs mean", key())
        + glance_table(caption, [_row(context, row, since.get(row.measure_id)) for row in rows])
    )


def to_put(context: AnyContext) -> str:
    """Up to seven questions, each with its evidence and a link to it."""
    if not isinstance(context, CouncilContext):
        return _listed(official_glance.questions(context), "No measure changed or lies far out.")
    entries = [
        f"<li><p><strong>{fragments.sentences([questions.question(row)])}</strong></p>"
        f"<p>{fragments.sentences([said.headline(row.figure, row.judged)])}"
        f' <a href="{measure_address(context, row.measure_id)}">The evidence'
        f'<span class="sb-hidden"> on {escape(row.measure.noun)}</span></a></p></li>'
        for row in to_ask(glances(context))
    ]
    targets = questions.about_targets(_month(context))
    if targets is not None and len(entries) < MOST_QUESTIONS:
        link = f'<a href="#{TABLE}">The table</a>'
        entries.append(
            f"<li><p><strong>{fragments.sentences([targets])}</strong></p><p>{link}</p></li>"
        )
    return _listed(entries, "Nothing stands out this month, and no target is missed.")


def _listed(entries: list[str], nothing: str) -> str:
    if not entries:
        return fragments.text(nothing)
    return f'<ol class="sb-questions">{"".join(entries)}</ol>'


def _month(context: CouncilContext) -> MonthAtGlance:
    return month_at_glance(context.edition.month, glances(context))


def _before(earlier: CouncilContext, measure_id: str) -> Before:
    found = council_measure(earlier, measure_id)
    return before_of(earlier.edition.month, None if found is None else found.judged.finding)


def _row(context: CouncilContext, row: Glance, met: MeasureChange | None) -> GlanceRow:
    measure, total = row.measure, row.figure.to_date
    past = [words_of.against_past(row), *words_of.since_last(row)]
    if met is not None:
        past += words_of.since_met(row, met)
    trend = sparkline(row.trend.values, words_of.trend_description(row.trend), signal=row.is_signal)
    return GlanceRow(
        title=measure.title,
        address=measure_address(context, row.measure_id),
        way=upper_first(in_brief(measure.polarity)),
        cells={
            "Latest": _figure(measure, row.figure.latest, context.edition.month),
            "Year so far": _NOT_ADDED if total is None else _figure(measure, total),
            "Recent past": trend or "too few figures to draw",
            "Against its past": _signed(variation_icon(row), past),
            "Target": _target(row),
        },
    )


def _figure(measure: ExtractMeasure, observation: Observation, now: Month | None = None) -> str:
    """A figure with what it is out of; of another month than `now`, with its period."""
    figure, out_of = words_of.figure_text(measure, observation)
    if observation.symbol is Symbol.SUPPRESSED:
        return f'<span class="sb-small">{escape(figure)}</span>'
    pieces = [] if now in (None, observation.period.month) else [when(observation)]
    small = "".join(
        f' <span class="sb-small">{escape(each)}</span>' for each in [out_of, *pieces] if each
    )
    return f"<strong>{escape(figure)}</strong>{small}"


def _target(row: Glance) -> str:
    name, text = assurance_icon(row), escape(words_of.target_text(row))
    if name is None:
        return text
    return f"<strong>{text}</strong> {_signed(name, words_of.against_target(row))}"


def _signed(name: str, sentences: list[Sentence]) -> str:
    return (
        f'<span class="sb-signed">{icon(name)}<span>{fragments.sentences(sentences)}</span></span>'
    )
