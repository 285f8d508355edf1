"""The page of worked examples: what a reader sees of a file, and what is said where it is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import nbformat
import pytest
from projects import ROOT

from scrutinybook.chapters import methods as methods_chapter
from scrutinybook.chapters import worked_examples
from scrutinybook.chapters.worked_examples import Answered, shown
from scrutinybook.worked_examples import Group, Method
from scrutinybook.workspace import Workspace

DRAWN = """\
method: Middle & <more>
group: charts
answers: What is the middle?
used: Nowhere.
examples:
- title: Three
  asks: Find it.
  call: run_chart
  given:
  - {name: values, words: Cases, is: [1, null, 4.5]}
  expect:
  - {name: values, words: Drawn, is: [1, null, 4.5], within: 0.01}
  - {name: centre, words: Middle, is: 2.75, within: 0.001}
  - {name: runs.crossings, words: Crossings, at_least: 1, at_most: 3}
  working: [Half-way., Done.]
  source: Worked by hand.
"""


def drawn(folder: Path, old: str = "", new: str = "") -> tuple[Answered, ...]:
    place = Workspace(folder).worked_examples
    place.mkdir(parents=True, exist_ok=True)
    (place / "middle.yml").write_text(DRAWN.replace(old, new), encoding="utf-8")
    return worked_examples.answered(Workspace(folder))


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def cells(root: ElementTree.Element) -> list[list[str]]:
    return [
        ["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")]
        for row in root.iter("tr")
    ]


def test_what_goes_in_and_what_comes_out_stand_side_by_side(tmp_path: Path) -> None:
    root = parsed(worked_examples.of_group(drawn(tmp_path), "charts"))
    assert root.findtext("details/summary") == "Middle & <more>"
    assert cells(root) == [
        ["Month", "Cases", "Drawn"],
        ["1", "1", "1"],
        ["2", "–", "–"],
        ["3", "4.5", "4.5"],
        ["Answer", "By hand", "Program"],
        ["Middle", "2.75", "2.75"],
        ["Crossings", "from 1 to 3", "1"],
    ]
    assert [item.text for item in root.iter("li")] == ["Half-way.", "Done."]
    words = [p.text for p in root.iter("p")]
    assert words == ["What is the middle?", "Used: Nowhere.", "Find it.", "Source: Worked by hand."]


def test_methods_stand_in_their_group_alone(tmp_path: Path) -> None:
    assert worked_examples.of_group(drawn(tmp_path), "late") == ""


def test_an_example_that_is_wrong_is_told_at_the_top_and_in_its_place(tmp_path: Path) -> None:
    right, wrong = drawn(tmp_path), drawn(tmp_path, "is: 2.75", "is: 2.85")
    assert "worked by hand in all of them" in worked_examples.in_brief(right)
    brief = parsed(worked_examples.in_brief(wrong))
    assert [item.text for item in brief.iter("li")] == ["Middle & <more>: Three"]
    assert "in all of them" not in "".join(brief.itertext())
    page = worked_examples.of_group(wrong, "charts")
    assert ["Middle", "2.85", "differs: 2.75"] in cells(parsed(page))


def test_a_series_that_is_wrong_is_told_in_words(tmp_path: Path) -> None:
    wrong = drawn(tmp_path, "words: Drawn, is: [1, null, 4.5]", "words: Drawn, is: [1, null, 4.6]")
    page = worked_examples.of_group(wrong, "charts")
    assert "Drawn: the program differs: 1, –, 4.5." in page


def test_a_checkout_without_examples_says_so(tmp_path: Path) -> None:
    none = worked_examples.answered(Workspace(tmp_path))
    assert none == ()
    assert "were not there when this page was made" in worked_examples.in_brief(none)
    assert methods_chapter.used_where(Workspace(tmp_path)) == ""


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        (None, "–"),
        (True, "yes"),
        (-3.5, "−3.5"),
        (10000, "10,000"),
        (float("inf"), "without end"),
        ("common_cause", "common cause"),
        ("TooShort", "too short"),
        ("p'", "p'"),
        ("net flow", "net flow"),
        ([], "none"),
        ([1, None], "1, –"),
        ([[1, 2], [3, 4]], "1, 2; 3, 4"),
        ([{"begins": 4, "reason": "new team"}], "begins 4, reason new team"),
    ],
)
def test_figures_in_words(figures: object, text: str) -> None:
    assert shown(figures) == text


@pytest.fixture(scope="module")
def own() -> tuple[Answered, ...]:
    return worked_examples.answered(Workspace(ROOT))


class TestTheProjectsOwn:
    """The files that the book shows."""

    def test_every_group_has_its_place_in_one_notebook(self) -> None:
        answered_in, shown_in = [], []
        for path in sorted((ROOT / "notebooks").glob("9?-worked-*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            source = "\n".join(cell.source for cell in notebook.cells)
            [asked] = re.findall(r"answered\(checkout\(\), \[(.*?)\]\)", source)
            answered_in += re.findall(r'"(\w+)"', asked)
            shown_in += re.findall(r'of_group\(methods, "(\w+)"\)', source)
        assert answered_in == shown_in
        assert sorted(shown_in) == sorted(get_args(Group))

    def test_a_page_answers_its_own_groups_alone(self, own: tuple[Answered, ...]) -> None:
        some = worked_examples.answered(Workspace(ROOT), ["many", "late"])
        assert {each.method.group for each in some} == {"many", "late"}
        own_groups = [each.method for each in own if each.method.group in {"many", "late"}]
        assert [each.method for each in some] == own_groups

    def test_all_agree_and_are_well_formed(self, own: tuple[Answered, ...]) -> None:
        assert "worked by hand in all of them" in worked_examples.in_brief(own)
        pages = [worked_examples.of_group(own, group) for group in get_args(Group)]
        assert sum(len(list(parsed(page).iter("details"))) for page in pages) == len(own)

    def test_no_two_tables_have_one_name(self, own: tuple[Answered, ...]) -> None:
        pages = "".join(worked_examples.of_group(own, group) for group in get_args(Group))
        names = [caption.text for caption in parsed(pages).iter("caption")]
        assert len(set(names)) == len(names)

    def test_where_each_is_used(self, own: tuple[Answered, ...]) -> None:
        told = cells(parsed(methods_chapter.used_where(Workspace(ROOT))))[1:]
        assert [row[0] for row in told] == [each.method.method for each in own]

    def test_a_method_without_examples_cannot_be(self, own: tuple[Answered, ...]) -> None:
        one = own[0]
        assert isinstance(one.method, Method)
        with pytest.raises(ValueError, match="argument 2 is shorter"):
            worked_examples.of_group([replace(one, checks=())], one.method.group)
