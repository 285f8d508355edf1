"""The chapters: each notebook with its title, the measures it shows, and whose figures it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.page_names import page_of, section_of

if TYPE_CHECKING:
    from scrutinybook.context import Context
    from scrutinybook.council_context import CouncilContext

OFFICIAL, OWN = "published", "own"


@dataclass(frozen=True)
class ChapterEntry:
    """One notebook of the book."""

    notebook: str
    """File name without ending; its number orders the chapters."""
    title: str
    """The heading of the notebook."""
    chapter: str | None
    """Chapter of the catalogue whose measures it shows; None for pages without measures."""
    figures: str | None = None
    """Whose figures it shows: official ones or a council's own; None for any."""
    file: str | None = None
    """The authority's file that it shows (`committee.files`); None for none."""

    @property
    def page(self) -> str:
        """Address of its page, beside the others."""
        return f"{page_of(self.notebook)}.html"


CHAPTERS = (
    ChapterEntry("00-contents", "The month in brief", None),
    ChapterEntry("01-at-a-glance", "At a glance", None),
    ChapterEntry("03-what-changed", "What changed since the last edition", None),
    ChapterEntry("10-front-door", "Front door", "front-door", OFFICIAL),
    ChapterEntry("11-early-help-by-month", "Early help", "early-help", OWN),
    ChapterEntry("12-front-door-by-month", "Front door, month by month", "front-door", OWN),
    ChapterEntry("13-assessments-by-month", "Assessments", "assessments", OWN),
    ChapterEntry("14-child-protection-by-month", "Child protection", "child-protection", OWN),
    ChapterEntry("20-timeliness", "Timeliness and child protection", "timeliness", OFFICIAL),
    ChapterEntry("30-children-in-care", "Children in care", "children-in-care", OFFICIAL),
    ChapterEntry(
        "31-children-in-care-by-month", "Children in care, month by month", "children-in-care", OWN
    ),
    ChapterEntry("40-care-leavers", "Care leavers", "care-leavers", OFFICIAL),
    ChapterEntry("41-care-leavers-by-month", "Care leavers, month by month", "care-leavers", OWN),
    ChapterEntry("50-workforce", "Workforce", "workforce", OFFICIAL),
    ChapterEntry("51-workforce-by-month", "Workforce, month by month", "workforce", OWN),
    ChapterEntry("52-practice-quality", "Practice quality", "practice-quality", OWN),
    ChapterEntry("60-claims", "What the committee was told", None, None, "claims"),
    ChapterEntry("62-actions", "Actions", None, None, "actions"),
    ChapterEntry("64-improvement-plan", "Improvement plan", None, OWN, "plan"),
    ChapterEntry("80-data-quality", "Data quality", None, OWN),
    ChapterEntry("82-past-figures", "Changes to past figures", None),
    ChapterEntry("84-quality-log", "Quality log", None, None, "quality"),
    ChapterEntry("90-methods", "Methods", None),
    ChapterEntry("91-worked-examples", "Methods: worked examples of charts", None),
    ChapterEntry("92-worked-rules", "Methods: worked examples of rules and chance", None),
    ChapterEntry("93-worked-changes", "Methods: worked examples of changes and comparisons", None),
    ChapterEntry("95-how-good", "Methods: how good they are", None),
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


def entry_of(notebook: str) -> ChapterEntry:
    """One chapter. Raises `KeyError` for a notebook that is not listed."""
    return {entry.notebook: entry for entry in CHAPTERS}[notebook]


def section(measure_id: str, title: str) -> str:
    """The part of an address that leads to a measure's heading; none where it has a whole page."""
    return "" if measure_id == MONTHLY_MEASURE else f"#{section_of(title)}"


def has_figures(context: Context | CouncilContext, notebook: str) -> bool:
    """Whether the edition has a figure for the notebook's chapter.

    True for pages that are in every book. Raises `KeyError` for a notebook that is not listed.
    """
    # Imported here: the list of chapters must not wait for pandas.
    from scrutinybook.analysis.yearly import has_figure  # noqa: PLC0415
    from scrutinybook.council_context import CouncilContext  # noqa: PLC0415

    entry = entry_of(notebook)
    own = isinstance(context, CouncilContext)
    if entry.figures is not None and entry.figures != (OWN if own else OFFICIAL):
        return False
    if entry.file is not None and not context.committee.has(entry.file, context.edition.month):
        return False
    if entry.chapter is None:
        return True
    if isinstance(context, CouncilContext):
        return bool(context.of_chapter(entry.chapter))
    measures = context.catalogue.of_chapter(entry.chapter)
    if MONTHLY_MEASURE in measures and len(context.monthly(MONTHLY_MEASURE)):
        return True
    return any(has_figure(context, measure_id) for measure_id in measures)
