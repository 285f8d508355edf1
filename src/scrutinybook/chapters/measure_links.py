"""Links from other chapters to the section of a measure."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.chapters.registry import CHAPTERS, OFFICIAL, OWN
from scrutinybook.council_context import CouncilContext
from scrutinybook.page_names import section_of


def measure_link(context: AnyContext, measure_id: str) -> str:
    """A link with the measure's title, or the title alone where no chapter shows it."""
    own = isinstance(context, CouncilContext)
    catalogue = context.catalogue
    measure = catalogue.extract_measure(measure_id) if own else catalogue.measure(measure_id)
    whose = OWN if own else OFFICIAL
    for entry in CHAPTERS:
        if entry.chapter == measure.chapter and entry.figures == whose:
            return f'<a href="{entry.page}#{section_of(measure.title)}">{escape(measure.title)}</a>'
    return escape(measure.title)
