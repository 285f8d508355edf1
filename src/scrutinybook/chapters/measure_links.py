"""Links from other chapters to the section of a measure."""

from __future__ import annotations

from html import escape

from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.chapters.registry import CHAPTERS, OFFICIAL, OWN, has_figures, section
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.claims import AnyMeasure


def measure_link(context: AnyContext, measure_id: str) -> str:
    """A link with the measure's title, or the title alone where no chapter shows it."""
    title, address = _measure(context, measure_id).title, measure_address(context, measure_id)
    return f'<a href="{address}">{escape(title)}</a>' if address else escape(title)


def measure_address(context: AnyContext, measure_id: str) -> str:
    """Where a measure has its section; empty where no chapter of the book shows it."""
    measure = _measure(context, measure_id)
    whose = OWN if isinstance(context, CouncilContext) else OFFICIAL
    for entry in CHAPTERS:
        is_its_chapter = entry.chapter == measure.chapter and entry.figures == whose
        # A chapter without figures is left out of the book.
        if is_its_chapter and has_figures(context, entry.notebook):
            return f"{entry.page}{section(measure_id, measure.title)}"
    return ""


def _measure(context: AnyContext, measure_id: str) -> AnyMeasure:
    if isinstance(context, CouncilContext):
        return context.catalogue.extract_measure(measure_id)
    return context.catalogue.measure(measure_id)
