"""What every page of an edition says of whose figures it shows."""

from __future__ import annotations

from typing import Any

import pytest
from projects import ROOT

from scrutinybook.book.settings import BookPage
from scrutinybook.cover import book_page
from scrutinybook.edition import Edition
from scrutinybook.workspace import Workspace


def cover(**values: Any) -> BookPage:
    return book_page(Workspace(ROOT), Edition.model_validate({"month": "2023-03", **values}))


def test_invented_figures_cannot_be_overlooked() -> None:
    page = cover(authority="Demo", kind="demonstration")
    assert (page.kind, page.is_demo) == ("Demonstration", True)
    assert "synthetic" in page.banner and "invented" in " ".join(page.footer)


def test_a_council_s_own_figures_are_provisional_and_not_invented() -> None:
    page = cover(authority="Plymouth", kind="council")
    assert (page.kind, page.is_demo) == ("The council’s own records", False)
    assert "provisional" in page.banner
    assert "invented" not in " ".join([page.banner, *page.footer, page.built_from])


def test_published_figures_name_their_source() -> None:
    page = cover(authority="Plymouth")
    assert (page.kind, page.is_demo) == ("Published statistics", False)
    assert "Department for Education" in " ".join(page.footer)


@pytest.mark.parametrize("threshold", [5, 10])
def test_what_is_withheld_is_said_on_every_page(threshold: int) -> None:
    page = cover(authority="Demo", kind="demonstration", small_counts=threshold)
    said = {5: "one to five", 10: "one to ten"}[threshold]
    assert f"Counts of {said} are withheld" in page.footer[0]
