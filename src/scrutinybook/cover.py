"""What an edition's book says of itself on every page: kind of figures, releases, licence."""

from __future__ import annotations

import csv

from scrutinybook.book.settings import BookPage
from scrutinybook.edition import Edition
from scrutinybook.sources.figure_files import RELEASES
from scrutinybook.workspace import Workspace


def book_page(workspace: Workspace, edition: Edition) -> BookPage:
    """The cover words of an edition made from official statistics."""
    path = workspace.official / edition.slug / RELEASES
    with path.open(encoding="utf-8", newline="") as lines:
        titles = sorted({row["title"] for row in csv.DictReader(lines)})
    return BookPage(
        edition=edition.id,
        title="Children’s services scrutiny book",
        subtitle=f"{edition.authority}, {edition.month.words}",
        authority=edition.authority,
        month=edition.month,
        banner="Published statistics. Every figure was published by the Department for Education.",
        footer=(
            f"Edition {edition.id}. No figure is later than {edition.month.words}.",
            "Contains public sector information licensed under the Open Government Licence v3.0."
            " Source: Department for Education.",
        ),
        built_from=f"official statistics: {'; '.join(titles)}",
    )
