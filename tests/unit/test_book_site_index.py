"""The list of books: newest month first, nothing but what each book says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest

from scrutinybook.book.settings import BookPage
from scrutinybook.book.site_index import write_index
from scrutinybook.errors import FaultsFound
from scrutinybook.periods import Month


def draw_book(site: Path, authority: str, month: Month, *, is_demo: bool = False) -> BookPage:
    page = BookPage(
        edition=f"{authority.lower()}-{month}",
        title="Scrutiny book",
        subtitle=f"{authority}, {month.words}",
        authority=authority,
        month=month,
        banner="Drawn by hand",
        built_from="figures <drawn> by hand",
        is_demo=is_demo,
    )
    folder = site / page.edition
    (folder / "_static").mkdir(parents=True)
    (folder / "_static" / "scrutiny.css").write_text(f"/* {page.edition} */")
    (folder / "_static" / "icon.svg").write_text("<svg/>")
    page.write_card(folder)
    return page


def test_books_are_listed_newest_month_first_then_by_authority(tmp_path: Path) -> None:
    for authority, month in (
        ("Bree", Month(2022, 12)),
        ("Bree", Month(2023, 3)),
        ("Archet", Month(2022, 12)),
    ):
        draw_book(tmp_path, authority, month)

    page = lxml.html.document_fromstring(write_index(tmp_path).read_text(encoding="utf-8"))

    assert [(a.text, a.get("href")) for a in page.xpath("//main//a")] == [
        ("Bree, March 2023", "bree-2023-03/index.html"),
        ("Archet, December 2022", "archet-2022-12/index.html"),
        ("Bree, December 2022", "bree-2022-12/index.html"),
    ]
    assert page.get("lang") == "en-GB"
    assert (tmp_path / "scrutiny.css").read_text() == "/* bree-2023-03 */"


def test_made_up_figures_are_called_a_demonstration(tmp_path: Path) -> None:
    draw_book(tmp_path, "Bree", Month(2023, 3), is_demo=True)
    draw_book(tmp_path, "Archet", Month(2023, 3))

    page = lxml.html.document_fromstring(write_index(tmp_path).read_text(encoding="utf-8"))

    kinds = [p.text for p in page.xpath("//p[@class='sb-kind']")]
    assert kinds == ["Published statistics", "Demonstration"]
    assert "Made from figures <drawn> by hand" in page.text_content()


def test_a_site_without_books_says_so(tmp_path: Path) -> None:
    assert "There are no books yet." in write_index(tmp_path).read_text(encoding="utf-8")


def test_broken_cards_are_all_told_and_the_list_is_not_written(tmp_path: Path) -> None:
    for name, text in {
        "a-2023-03": "{",
        "b-2023-03": json.dumps({"edition": "b-2023-03"}),
        "c-2023-03": draw_card("c-2023-03", month="March"),
        "d-2023-03": draw_card("e-2023-03", month="2023-03"),
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "edition.json").write_text(text)

    with pytest.raises(FaultsFound) as raised:
        write_index(tmp_path)

    assert [fault.where.split("/")[0][0] for fault in raised.value.faults] == ["a", "b", "c", "d"]
    assert not (tmp_path / "index.html").exists()


def draw_card(edition: str, *, month: str) -> str:
    card = dict.fromkeys(("title", "authority", "kind", "built_from"), "x")
    return json.dumps(card | {"edition": edition, "month": month})
