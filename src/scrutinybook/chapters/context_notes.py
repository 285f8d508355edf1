"""The dated notes of an edition beside a measure: context, never a cause."""

from __future__ import annotations

from scrutinybook.context import Context
from scrutinybook.edition import Edition
from scrutinybook.pages import fragments


def context_notes(context: Context, measure_id: str) -> str:
    """The notes on one measure, oldest first; nothing where there are none."""
    return notes_of(context.edition, measure_id)


def notes_of(edition: Edition, measure_id: str) -> str:
    """The same for an edition of any kind."""
    notes = edition.notes_on(measure_id)
    if not notes:
        return ""
    body = "".join(
        fragments.text(f"{n.month.words}: {n.text} (Source: {n.source}.)") for n in notes
    )
    return fragments.note("Context on record", body, "context")
