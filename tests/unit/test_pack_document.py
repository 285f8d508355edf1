"""The committee pack before it is printed: one document out of a published book's pages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from published_pages import EDITION, write_published

from scrutinybook.book.settings import read_parts
from scrutinybook.errors import FaultsFound
from scrutinybook.pack.document import Document, assemble_pack
from scrutinybook.pack.published import THE_MONTH, read_published

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_published(tmp_path)
    return tmp_path


def assembled(site: Path, *, is_whole: bool, marks: tuple[str, ...] = ()) -> Document:
    return assemble_pack(read_published(site, EDITION), is_whole=is_whole, marks=marks)


def read(document: Document, numbers: dict[str, int] | None = None) -> Any:
    return lxml.html.document_fromstring(document.as_html(numbers or {}))


@pytest.mark.parametrize(
    ("is_whole", "pages"),
    [(False, ["index", "glance"]), (True, ["index", "glance", "care"])],
)
def test_the_summary_is_the_month_and_the_whole_is_all(
    site: Path, is_whole: bool, pages: list[str]
) -> None:
    page = read(assembled(site, is_whole=is_whole))
    assert page.xpath("//article/@id") == pages


def test_the_part_that_makes_the_summary_is_one_of_the_books_own() -> None:
    assert THE_MONTH in {part.caption for part in read_parts(ROOT / "book")}


def test_headings_go_down_step_by_step_from_one_title(site: Path) -> None:
    page = read(assembled(site, is_whole=True))
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert [each.text for each in page.xpath("//h2")] == [
        *("Contents", "In brief", "At a glance", "Children in care"),
    ]


@pytest.mark.parametrize("is_whole", [False, True])
def test_every_address_is_one_things_and_every_link_inside_leads_to_it(
    site: Path, is_whole: bool
) -> None:
    document = assembled(site, is_whole=is_whole)
    page, text = read(document), document.as_html({})
    places = Counter(page.xpath("//@id"))
    assert max(places.values()) == 1
    links = [link for link in page.xpath("//a/@href") if not link.startswith("https://")]
    wanted = [link.removeprefix("#") for link in [*links, *page.xpath("//use/@href")]]
    wanted += re.findall(r"url\(#([^)]+)\)", text) + page.xpath("//@aria-labelledby")
    assert len(wanted) >= 8
    assert [each for each in wanted if each not in places] == []
    assert page.xpath("//article[@id='index']//a/@href")[0] == "#glance--every"


def test_a_link_to_what_is_not_printed_says_where_it_led(site: Path) -> None:
    words = read(assembled(site, is_whole=False)).text_content()
    assert "More on that (in the book, “Children in care”). See Children in care." in words
    assert "More on that. See" in read(assembled(site, is_whole=True)).text_content()
    table = read(assembled(site, is_whole=False)).xpath("//table")[0]
    assert table.text_content().strip() == "Care"


def test_nothing_is_left_to_press_and_what_was_folded_is_open(site: Path) -> None:
    page = read(assembled(site, is_whole=True))
    assert (
        page.xpath("//button|//form|//input|//script|//details|//a[@download]|//*[@tabindex]") == []
    )
    words = page.text_content()
    assert not re.search(r"Download|Search|Code|Narrow", words)
    for kept in ("How it is counted", "By hand.", "Wide", "outside"):
        assert kept in words
    assert all(p.text_content().strip() for p in page.xpath("//article//p"))


def test_a_column_that_leads_to_files_alone_is_left_out_and_other_links_stay(site: Path) -> None:
    table = read(assembled(site, is_whole=True)).xpath("//article[@id='care']//table")[0]
    rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    assert rows == [["Measure", "More"], ["Care", "glance"]]
    assert table.xpath(".//a/@href") == ["#glance"]


def test_cover_and_margins_say_what_the_figures_are_and_that_nobody_signed(site: Path) -> None:
    document = assembled(site, is_whole=False, marks=('Draft: not "signed" off',))
    page = read(document)
    cover = page.find_class("sb-pack-cover")[0].text_content()
    for words in (
        "The book",
        "Sampleton, March 2023",
        "Demonstration: all is invented.",
        "Draft: not",
    ):
        assert words in cover
    assert "No figure is later." in cover
    head = r'"Demonstration: all is invented." "\A" "Draft: not \22 signed\22  off"'
    assert f"@top-left {{ white-space: pre; content: {head}; }}" in document.as_html({})
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "The book, Sampleton, March 2023: summary"


def test_contents_name_pages_and_their_sections_with_numbers(site: Path) -> None:
    numbers = {"index": 2, "index--top": 2, "index--end": 3, "glance": 4, "care": 6}
    page = read(assembled(site, is_whole=True), numbers)
    lines = [
        " ".join(each.text_content().split("\n"))
        for each in page.find_class("sb-pack-contents")[0].xpath("./p")
    ]
    assert lines == [
        *("In brief2", "Top2", "End3", "The month", "At a glance4", "Measures"),
        "Children in care6",
    ]


def test_there_is_no_such_book(site: Path) -> None:
    for name in ("sampleton-2023-04", "../params", ""):
        with pytest.raises(FaultsFound) as found:
            read_published(site, name)
        assert "there is no such book" in str(found.value)
    with pytest.raises(FaultsFound, match=f"did you mean '{EDITION}'"):
        read_published(site, "sampletown-2023-03")


@pytest.mark.parametrize("lost", ["care.html", "_static/scrutiny.css", "index.html"])
def test_a_book_with_a_part_missing_is_not_printed_in_part(site: Path, lost: str) -> None:
    (site / EDITION / lost).unlink()
    with pytest.raises(FaultsFound, match=f"scrutiny build {EDITION}"):
        read_published(site, EDITION)
