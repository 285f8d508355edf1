"""Links from other chapters to the section of a measure."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters.registry import CHAPTERS, OFFICIAL, OWN, has_figures
from scrutinybook.council_context import CouncilContext
from scrutinybook.page_names import section_of


def measure_link(context: AnyContext, measure_id: str) -> str:
    """A link with the measure's title, or the title alone where no chapter shows it."""
    own = isinstance(context, CouncilContext)
    catalogue = context.catalogue
    measure = catalogue.extract_measure(measure_id) if own else catalogue.measure(measure_id)
    whose = OWN if own else OFFICIAL
    for entry in CHAPTERS:
        is_its_chapter = entry.chapter == measure.chapter and entry.figures == whose
        # A chapter without figures is left out of the book.
        if is_its_chapter and has_figures(context, entry.notebook):
            address = f"{entry.page}{section(measure_id, measure.title)}"
            return f'<a href="{address}">{escape(measure.title)}</a>'
    return escape(measure.title)


def section(measure_id: str, title: str) -> str:
    """The part of an address that leads to a measure's heading; none where it has a whole page."""
    return "" if measure_id == MONTHLY_MEASURE else f"#{section_of(title)}"
