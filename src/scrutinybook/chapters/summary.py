"""Lists of messages: one line a measure, for the top of a chapter and for the contents."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.many import many_tested
from scrutinybook.analysis.yearly import YearlyMeasure, yearly_measure
from scrutinybook.commentary import summary, yearly
from scrutinybook.context import Context
from scrutinybook.findings.yearly import ChangeOnYear
from scrutinybook.pages import fragments


def chapter_measures(context: Context, chapter: str) -> tuple[YearlyMeasure, ...]:
    """All measures of a chapter that the authority has a figure for."""
    found = (yearly_measure(context, m) for m in context.catalogue.of_chapter(chapter))
    return tuple(f for f in found if f is not None)


def chapter_summary(context: Context, chapter: str) -> str:
    """One line a measure: its title and its message."""
    lines = []
    for found in chapter_measures(context, chapter):
        said = yearly.headline(found.latest, found.among)
        title = escape(found.measure.title)
        lines.append(f"<li><strong>{title}.</strong> {fragments.sentences([said])}</li>")
    return f'<ul class="sb-findings">{"".join(lines)}</ul>'


def tested_measures(context: Context) -> str:
    """Which yearly measures changed, with allowance for their number."""
    found = (yearly_measure(context, m) for m in context.catalogue.measures)
    changes = [f.latest for f in found if f and isinstance(f.latest, ChangeOnYear)]
    if not changes:
        return ""
    return fragments.paragraph(summary.changes_on_year(many_tested(changes)))
