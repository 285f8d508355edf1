"""The chapters: each notebook with its title and the measures it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.page_names import page_of

if TYPE_CHECKING:
    from scrutinybook.context import Context


@dataclass(frozen=True)
class ChapterEntry:
    """One notebook of the book."""

    notebook: str
    """File name without ending; its number orders the chapters."""
    title: str
    """The heading of the notebook."""
    chapter: str | None
    """Chapter of the catalogue whose measures it shows; None for pages without measures."""

    @property
    def page(self) -> str:
        """Address of its page, beside the others."""
        return f"{page_of(self.notebook)}.html"


CHAPTERS = (
    ChapterEntry("00-contents", "The month in brief", None),
    ChapterEntry("10-front-door", "Front door", "front-door"),
    ChapterEntry("20-timeliness", "Timeliness and child protection", "timeliness"),
    ChapterEntry("30-children-in-care", "Children in care", "children-in-care"),
    ChapterEntry("40-care-leavers", "Care leavers", "care-leavers"),
    ChapterEntry("50-workforce", "Workforce", "workforce"),
    ChapterEntry("90-methods", "Methods", None),
    ChapterEntry("91-worked-examples", "Methods: worked examples", None),
    ChapterEntry("92-how-good", "Methods: how good they are", None),
)

NOT_PUBLISHED = (
    "early help",
    "contacts",
    "referrals into a multi-agency safeguarding hub",
    "monthly timeliness",
    "reviews of children in care",
    "caseload by team",
    "supervision",
    "audits",
    "the improvement plan",
)
"""What a book of published statistics leaves out, as no official table holds it."""


def has_figures(context: Context, notebook: str) -> bool:
    """Whether the edition has a figure for the notebook's chapter.

    True for pages without measures. Raises `KeyError` for a notebook that is not listed.
    """
    # Imported here: the list of chapters must not wait for pandas.
    from scrutinybook.analysis.yearly import has_figure  # noqa: PLC0415

    entries = {entry.notebook: entry for entry in CHAPTERS}
    chapter = entries[notebook].chapter
    if chapter is None:
        return True
    measures = context.catalogue.of_chapter(chapter)
    if MONTHLY_MEASURE in measures and len(context.monthly(MONTHLY_MEASURE)):
        return True
    return any(has_figure(context, measure_id) for measure_id in measures)
