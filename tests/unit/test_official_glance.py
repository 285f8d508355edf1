"""At a glance in a book of official figures: a row for each measure, in order, with links."""

from __future__ import annotations

import re

import lxml.html
import pytest
from projects import ROOT

from scrutinybook.chapters import at_a_glance, contents, what_changed
from scrutinybook.context import Context, open_context
from scrutinybook.workspace import Workspace

BEFORE = {"authority": "Plymouth", "month": "2023-03"}
AFTER = {"authority": "Plymouth", "month": "2024-03", "previous": "plymouth-2023-03"}


@pytest.fixture(scope="module")
def book() -> Context:
    return open_context(Workspace(ROOT), AFTER, BEFORE)


@pytest.fixture(scope="module")
def page(book: Context) -> lxml.html.HtmlElement:
    last = what_changed.since_last(Workspace(ROOT), book)
    return lxml.html.fromstring(
        f"<main>{at_a_glance.month_in_five(book)}{at_a_glance.every_measure(book, last)}"
        f"{at_a_glance.to_put(book)}</main>"
    )


def words_of(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_every_measure_with_a_figure_has_a_row_with_every_cell(
    book: Context, page: lxml.html.HtmlElement
) -> None:
    rows = page.xpath(".//tbody/tr")
    titles = {words_of(row.xpath("./th/a")[0]) for row in rows}
    assert titles == {measure.title for measure in book.catalogue.measures.values()}
    for row in rows:
        labels = [cell.get("data-label") for cell in row.xpath("./td")]
        assert labels == [
            *("Latest", "Year before", "Recent past", "Against its past"),
            "Neighbours, England, target",
        ]
        assert all(words_of(cell) or cell.xpath(".//svg") for cell in row.xpath("./td"))
        assert "better" in words_of(row.xpath("./th")[0])


def test_what_changed_for_the_worse_comes_first(page: lxml.html.HtmlElement) -> None:
    said = [words_of(cell) for cell in page.xpath(".//td[@data-label='Against its past']")]
    kinds = [
        0 if "worse" in each else 1 if "better" in each or "usual spread" in each else 2
        for each in said
    ]
    assert kinds == sorted(kinds)
    assert kinds[0] == 0
    assert "Lower than the year before, which is worse." in said[0]
    assert "It stood out then too, the other way." in said[0]


def test_a_figure_has_what_it_is_out_of_and_no_icon_is_made_up(page: lxml.html.HtmlElement) -> None:
    row = next(row for row in page.xpath(".//tbody/tr") if "45 working days" in words_of(row))
    latest = words_of(row.xpath("./td")[0])
    assert re.fullmatch(r"66\.5% 2,474 of 3,718 2023/24", latest)
    assert not page.xpath(".//*[contains(@class, 'sb-icon')]")


def test_questions_lead_to_their_evidence(page: lxml.html.HtmlElement) -> None:
    entries = page.xpath(".//ol[@class='sb-questions']/li")
    assert 1 <= len(entries) <= 7
    for entry in entries:
        (link,) = entry.xpath(".//a")
        assert re.fullmatch(r"[a-z-]+\.html(#[a-z0-9-]+)?", link.get("href"))
        assert "?" in words_of(entry)


def test_the_first_page_has_one_line_a_chapter(book: Context) -> None:
    piece = lxml.html.fromstring(f"<div>{contents.chapters(book)}</div>")
    lines = [words_of(each) for each in piece.xpath(".//li")]
    assert "Timeliness and child protection. Four measures, two of which stand out." in lines
    assert len(lines) == len(set(lines)) == 5
