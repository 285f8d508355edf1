"""Pieces of HTML: what they escape, what they name, what they refuse."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from scrutinybook.charts.drawing import Drawing
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import figure
from scrutinybook.pages.tables import Column, table

NASTY = 'a < b & "c" <script>alert(1)</script>'
COLUMNS = [Column("Month", numeric=False), Column("Referrals"), Column("Note", numeric=False)]


def parsed(html: str) -> ElementTree.Element:
    """Our pieces are XML too, so that nothing in them is left open."""
    return ElementTree.fromstring(f"<div>{html}</div>")


def test_a_table_names_its_rows_and_columns() -> None:
    root = parsed(table("Referrals by month", COLUMNS, [["March 2023", "255", "–"]]))
    assert [th.get("scope") for th in root.iter("th")] == ["col", "col", "col", "row"]
    assert [c.text for c in root.iter("caption")] == ["Referrals by month"]
    region = root[0]
    assert (region.get("role"), region.get("aria-label"), region.get("tabindex")) == (
        "region", "Referrals by month", "0",
    )  # fmt: skip
    assert [td.get("class") for td in root.iter("td")] == ["sb-number", None]
    assert [th.get("class") for th in root.iter("th")] == [None, "sb-number", None, None]


def test_a_table_of_numbered_rows_is_told_to_the_style() -> None:
    numbered = parsed(table("Months", COLUMNS, [["1", "255", "–"]], numbered=True))
    assert numbered[0].get("class") == "sb-table sb-numbered"
    assert parsed(table("Months", COLUMNS, []))[0].get("class") == "sb-table"


def test_a_table_escapes_everything() -> None:
    html = table(NASTY, [Column(NASTY), Column(NASTY)], [[NASTY, NASTY]])
    assert "<script" not in html
    root = parsed(html)
    assert [e.text for tag in ("caption", "th", "td") for e in root.iter(tag)] == [NASTY] * 5
    assert root[0].get("aria-label") == NASTY


@pytest.mark.parametrize("row", [["March 2023", "255"], ["March 2023", "255", "–", "more"]])
def test_a_row_of_another_length_is_refused(row: list[str]) -> None:
    with pytest.raises(ValueError, match=rf"row 2 has {len(row)} cells for 3 columns"):
        table("Referrals", COLUMNS, [["a", "b", "c"], row])


def test_every_sentence_carries_its_finding() -> None:
    said = [Sentence("One.", "referrals/latest-month"), Sentence(NASTY, NASTY)]
    root = parsed(fragments.paragraph(said, "context"))
    spans = list(root.iter("span"))
    assert [s.get("data-finding") for s in spans] == ["referrals/latest-month", NASTY]
    assert [s.text for s in spans] == ["One.", NASTY]
    assert root[0].get("class") == "sb-context"
    assert spans[0].tail == " "  # two sentences never run together


@pytest.mark.parametrize(
    ("piece", "tag", "css"),
    [
        (fragments.text(NASTY), "p", None),
        (fragments.text(NASTY, "definition"), "p", "sb-definition"),
        (fragments.note(NASTY, ""), "p", "sb-note-title"),
        (fragments.more(NASTY, ""), "summary", None),
        (fragments.headline(Sentence(NASTY, "f")), "span", None),
        (fragments.bullets([[Sentence(NASTY, "f")], []]), "span", None),
    ],
)
def test_fragments_escape_words(piece: str, tag: str, css: str | None) -> None:
    (element,) = list(parsed(piece).iter(tag))
    assert element.text == NASTY
    assert element.get("class") == css


def test_nothing_to_say_makes_nothing() -> None:
    assert fragments.paragraph([]) == ""
    assert fragments.bullets([]) == ""
    assert fragments.bullets([[], []]) == ""


def test_a_list_has_an_entry_for_each_item() -> None:
    one, two = Sentence("One.", "a"), Sentence("Two.", "b")
    root = parsed(fragments.bullets([[one, two], [two]]))
    assert [len(list(li.iter("span"))) for li in root.iter("li")] == [2, 1]


def test_a_figure_holds_both_sizes_and_one_caption() -> None:
    drawing = Drawing("n", "d", "<svg>wide</svg>", "<svg>narrow</svg>")
    root = parsed(figure(drawing, NASTY))
    assert [d.get("class") for d in root.iter("div") if d.get("class")] == ["sb-wide", "sb-narrow"]
    assert [c.text for c in root.iter("figcaption")] == [NASTY]
