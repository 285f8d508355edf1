"""The messages of a council's own measures together: a chapter's, and the month in brief."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scrutinybook.analysis.council import charts_judged, counted_once
from scrutinybook.chapters.council_section import CouncilMeasure, council_measure, levels_of
from scrutinybook.commentary import council as said
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary.council_figures import counted
from scrutinybook.commentary.polarity import in_brief
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.council import Judged
from scrutinybook.findings.monthly import LevelChanges
from scrutinybook.pages import fragments

YEAR = 12
"""Months for which a change of level that was first seen is news."""


def council_chapter_summary(context: CouncilContext, chapter: str) -> str:
    """One line a measure: title, which way is better, message."""
    return _lines(_measures(context, chapter))


def month_in_brief(context: CouncilContext) -> str:
    """What stands out this month, how much of that chance would give, and what does not."""
    found = [m for name in context.figures if (m := council_measure(context, name)) is not None]
    judged = [(m, m.judged.finding) for m in found if isinstance(m.judged.finding, Judged)]
    charts = charts_judged([finding for _, finding in judged])
    pieces = [] if charts is None else [fragments.paragraph(said.many_charts(charts))]
    once = {each.measure_id for each in counted_once([finding for _, finding in judged])}
    signals = [m for m, finding in judged if finding.signal and m.measure_id in once]
    if signals:
        pieces += [fragments.heading("What stands out"), _lines(signals)]
    changed = [m for m in found if _changed_lately(context, m)]
    if changed:
        pieces += [fragments.heading("Whose level changed"), _level_lines(changed)]
    return "".join(pieces)


def _changed_lately(context: CouncilContext, each: CouncilMeasure) -> bool:
    """Whether a lasting change stands that was first seen within the last year."""
    levels = each.levels
    if not isinstance(levels, LevelChanges) or not levels.changes:
        return False
    lately = levels.changes[-1].first_seen > context.edition.month - YEAR
    return lately and levels_of(context).stands(each.measure_id)


def _level_lines(found: Sequence[CouncilMeasure]) -> str:
    lines = []
    for each in found:
        assert each.levels is not None  # only measures with a change come here
        title, way = escape(each.measure.title), in_brief(each.measure.polarity)
        message = fragments.sentences([level_words.headline(each.levels, counted(each.measure))])
        lines.append(f"<li><strong>{title}</strong> ({way}). {message}</li>")
    return f'<ul class="sb-findings">{"".join(lines)}</ul>'


def _measures(context: CouncilContext, chapter: str) -> list[CouncilMeasure]:
    found = (council_measure(context, name) for name in context.of_chapter(chapter))
    return [each for each in found if each is not None]


def _lines(found: Sequence[CouncilMeasure]) -> str:
    lines = []
    for each in found:
        title, way = escape(each.measure.title), in_brief(each.measure.polarity)
        message = fragments.sentences([said.headline(each.latest, each.judged.finding)])
        lines.append(f"<li><strong>{title}</strong> ({way}). {message}</li>")
    return f'<ul class="sb-findings">{"".join(lines)}</ul>' if lines else ""
