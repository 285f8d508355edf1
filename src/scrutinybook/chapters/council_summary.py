"""The messages of a council's own measures together: a chapter's, and the month in brief."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from scrutinybook.analysis.council import charts_judged
from scrutinybook.chapters.council_section import CouncilMeasure, council_measure
from scrutinybook.chapters.registry import CHAPTERS, OWN
from scrutinybook.commentary import council as said
from scrutinybook.commentary.polarity import in_brief
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.council import Judged
from scrutinybook.pages import fragments


def council_chapter_summary(context: CouncilContext, chapter: str) -> str:
    """One line a measure: title, which way is better, message."""
    return _lines(_measures(context, chapter))


def month_in_brief(context: CouncilContext) -> str:
    """What stands out this month, how much of that chance would give, and what does not."""
    found = [m for name in context.figures if (m := council_measure(context, name)) is not None]
    judged = [(m, m.judged.finding) for m in found if isinstance(m.judged.finding, Judged)]
    charts = charts_judged([finding for _, finding in judged])
    pieces = [] if charts is None else [fragments.paragraph(said.many_charts(charts))]
    signals = [m for m, finding in judged if finding.signal]
    if signals:
        pieces += [fragments.heading("What stands out"), _lines(signals)]
    return "".join(pieces)


def council_chapters(context: CouncilContext) -> str:
    """Each chapter with a link and one line a measure."""
    pieces = []
    for entry in CHAPTERS:
        if entry.figures != OWN or entry.chapter is None:
            continue
        lines = council_chapter_summary(context, entry.chapter)
        if lines:
            link = f'<a href="{entry.page}">{escape(entry.title)}</a>'
            pieces.append(f"<h3>{link}</h3>{lines}")
    return "".join(pieces)


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
