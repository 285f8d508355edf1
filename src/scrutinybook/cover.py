"""What an edition's book says of itself on every page: kind of figures, releases, licence."""

from __future__ import annotations

import csv

from scrutinybook.book.settings import BookPage
from scrutinybook.commentary import words
from scrutinybook.commentary.sources import LICENCE
from scrutinybook.edition import Edition
from scrutinybook.sources.figure_files import RELEASES
from scrutinybook.workspace import Workspace


def book_page(workspace: Workspace, edition: Edition) -> BookPage:
    """The cover words of an edition."""
    if edition.kind == "published":
        return _official(workspace, edition)
    invented = edition.kind == "demonstration"
    return BookPage(
        edition=edition.id,
        title="Children’s services scrutiny book",
        subtitle=f"{words.upper_first(edition.area)}, {edition.month.words}",
        authority=words.upper_first(edition.area),
        month=edition.month,
        banner=(
            "Demonstration: synthetic data, an invented authority."
            if invented
            else "From the council’s own records, provisional."
        ),
        footer=(
            f"No figure is for a time after {edition.month.words}. Counts of one to"
            f" {words.small(edition.small_counts)} are withheld, and what would give them away.",
            "Synthetic demonstration data: every number on this page is invented."
            if invented
            else "Source: the council’s own records. Recent months may still change.",
        ),
        built_from="synthetic demonstration data" if invented else "the council’s own records",
        is_demo=invented,
        figures="The council’s own records",
    )


def _official(workspace: Workspace, edition: Edition) -> BookPage:
    """The cover words of an edition made from official statistics."""
    path = workspace.official / edition.slug / RELEASES
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    publishers = words.listing(sorted({row["publisher"] for row in rows}))
    newest = max(row["reporting_year"] for row in rows)
    return BookPage(
        edition=edition.id,
        title="Children’s services scrutiny book",
        subtitle=f"{edition.authority}, {edition.month.words}",
        authority=edition.authority,
        month=edition.month,
        banner="Made from published statistics.",
        footer=(
            f"No figure is for a time after {edition.month.words}. Rates for each working day,"
            " levels, ranges and limits are worked out by this book from the published counts.",
            f"{LICENCE} Source: {publishers}.",
        ),
        built_from=f"published statistics, releases up to that of {newest} ({publishers})",
    )
