"""The first page of an edition made from a council's own records."""

from __future__ import annotations

from scrutinybook.chapters.committee_brief import committee_in_brief
from scrutinybook.chapters.council_summary import month_in_brief
from scrutinybook.chapters.registry import CHAPTERS, OWN, entry_of
from scrutinybook.commentary import words
from scrutinybook.council_context import CouncilContext
from scrutinybook.pages import fragments

DEMONSTRATION = (
    "Everything here is invented: the authority, its children, its workers and every number. The"
    " records were drawn by a computer, in the formats that every authority in England uses, to"
    " show what a book made from such records looks like. Nothing here is about a real place."
)


def about(context: CouncilContext) -> str:
    """What this edition is made from, and what is withheld."""
    edition, month = context.edition, context.edition.month.words
    whose = "invented records" if edition.kind == "demonstration" else "the council’s own records"
    text = (
        f"This book reports on children’s services in {context.authority} as at {month}, from"
        f" {whose} as they stood at the end of that month. Records arrive late, so that the newest"
        " months are provisional and move a little; the page on data quality says how much. Counts"
        f" of one to {words.small(edition.small_counts)} are withheld, and what would give them"
        " away."
    )
    note = ""
    if edition.kind == "demonstration":
        note = fragments.note("Demonstration", fragments.text(DEMONSTRATION))
    return note + fragments.text(text)


def in_brief(context: CouncilContext) -> str:
    """What stands out this month, beside what chance alone would give."""
    page = entry_of("01-at-a-glance").page
    link = f'<p><a href="{page}">Every measure at a glance, and questions to put</a></p>'
    return month_in_brief(context) + link + committee_in_brief(context)


def left_out(context: CouncilContext) -> str:
    """Measures of the catalogue that the records hold no figure of."""
    shown = {entry.chapter for entry in CHAPTERS if entry.figures == OWN}
    shown |= {"improvement-plan"} if context.committee.plan is not None else set()
    missing = [
        measure.noun
        for name, measure in context.catalogue.extract_measures.items()
        if name not in context.figures or measure.chapter not in shown
    ]
    text = "This book uses no official statistics. Figures that are invented, or may still change,"
    text += " never stand beside published ones."
    if missing:
        text += f" The records hold no figures on {words.listing(missing, 'or')}."
    return fragments.text(text)
