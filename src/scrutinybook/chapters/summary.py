"""Lists of messages: one line a measure, for the top of a chapter and for the contents."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.yearly import YearlyMeasure, yearly_measure
from scrutinybook.commentary import summary, yearly
from scrutinybook.commentary.polarity import in_brief
from scrutinybook.context import Context
from scrutinybook.pages import fragments


def chapter_measures(context: Context, chapter: str) -> tuple[YearlyMeasure, ...]:
    """All measures of a chapter that the authority has a figure for."""
    found = (yearly_measure(context, m) for m in context.catalogue.of_chapter(chapter))
    return tuple(f for f in found if f is not None)


def chapter_summary(context: Context, chapter: str) -> str:
    """One line a measure: title, which way is better, message, neighbours and England.

    Nothing where no measure has a yearly figure.
    """
    lines, tests = [], edition_tests(context)
    for found in chapter_measures(context, chapter):
        said = [yearly.line(found.latest, found.among, tests, found.years)]
        said += summary.comparators(found.beside)
        title, way = escape(found.measure.title), in_brief(found.measure.polarity)
        lines.append(f"<li><strong>{title}</strong> ({way}). {fragments.sentences(said)}</li>")
    return f'<ul class="sb-findings">{"".join(lines)}</ul>' if lines else ""


def tested_measures(context: Context) -> str:
    """Which yearly measures changed, with allowance for their number."""
    tests = edition_tests(context)
    if tests is None:
        return ""
    return (
        fragments.paragraph(summary.changes_on_year(tests))
        + fragments.paragraph(summary.not_tested(tests))
        + fragments.more("How sure is this?", fragments.paragraph(summary.how_sure(tests)))
    )
