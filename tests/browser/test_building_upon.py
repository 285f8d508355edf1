"""Pages built upon the last build are those of a build from nothing, to the byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from sample_results import PAGE, write_sample

from scrutinybook.book import BookPage, built, make_book
from scrutinybook.book.built import Bench, Built
from scrutinybook.errors import BookFailed
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import warmth

pytestmark = pytest.mark.book

SOURCE = Path(__file__).resolve().parents[2] / "book"
FACTS = {"version": 1}
Change = Callable[[NotebookNode], None]


def everything(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def differing(one: Path, other: Path) -> list[str]:
    first, second = everything(one), everything(other)
    return sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]


def another_figure(notebook: NotebookNode) -> None:
    for cell in code_cells(notebook):
        for output in cell.outputs:
            for kind, text in output.get("data", {}).items():
                output.data[kind] = text.replace("255", "256")


def another_word(notebook: NotebookNode) -> None:
    html = "<p>Zebras were <strong>not</strong> counted.</p>"
    code_cells(notebook)[-1].outputs = [new_output("display_data", {"text/html": html})]


def another_heading(notebook: NotebookNode) -> None:
    notebook.cells.append(new_markdown_cell("## A heading more", id="more"))


def another_title(notebook: NotebookNode) -> None:
    first = next(cell for cell in notebook.cells if cell.cell_type == "markdown")
    first.source = first.source.replace("# ", "# New: ", 1)


def markdown_shown(notebook: NotebookNode) -> None:
    markdown = {"text/markdown": "(new-target)=\n\n**Strong**", "text/plain": "x"}
    code_cells(notebook)[-1].outputs = [new_output("display_data", markdown)]


def change(results: Path, what: Change) -> None:
    path = results / "notebooks" / "20-front-door.ipynb"
    notebook = nbformat.read(path, as_version=4)
    what(notebook)
    nbformat.write(notebook, path)


class Place:
    """A sample's results, and the bench on which its book is built."""

    def __init__(self, folder: Path) -> None:
        self.results = write_sample(folder)
        self.bench = Bench(folder / "bench", FACTS)

    def make(self, page: BookPage = PAGE) -> Built:
        return self.bench.make(SOURCE, self.results, page, limit_seconds=300)

    def glossary_built_at(self) -> int:
        """When the page that no change is about was written last."""
        page = self.bench.sources / "_build" / "html" / "glossary.html"
        return page.stat().st_mtime_ns


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.make()
    return made


@pytest.mark.parametrize("what", [another_figure, another_word])
def test_a_chapter_with_other_outputs_is_built_alone_and_the_book_is_as_from_nothing(
    place: Place, tmp_path: Path, what: Change
) -> None:
    before, at = everything(place.bench.pages), place.glossary_built_at()
    change(place.results, what)
    made = place.make()
    assert place.glossary_built_at() == at
    assert everything(made.html) != before
    assert differing(made.html, make_book(SOURCE, place.results, tmp_path / "clean", PAGE)) == []


@pytest.mark.parametrize("what", [another_heading, another_title, markdown_shown])
def test_what_may_show_on_other_pages_has_the_book_built_from_nothing(
    place: Place, tmp_path: Path, what: Change
) -> None:
    at = place.glossary_built_at()
    change(place.results, what)
    made = place.make()
    assert place.glossary_built_at() != at
    assert differing(made.html, make_book(SOURCE, place.results, tmp_path / "clean", PAGE)) == []


def test_other_words_on_every_page_have_the_book_built_from_nothing(
    place: Place, tmp_path: Path
) -> None:
    page = replace(PAGE, subtitle="Sampleton, April 2023")
    made = place.make(page)
    assert differing(made.html, make_book(SOURCE, place.results, tmp_path / "clean", page)) == []


def test_another_version_of_what_makes_pages_has_the_book_built_from_nothing(
    place: Place,
) -> None:
    at = place.glossary_built_at()
    Bench(place.bench.folder, {"version": 2}).make(SOURCE, place.results, PAGE, limit_seconds=300)
    assert place.glossary_built_at() != at


def test_where_nothing_changed_nothing_is_built(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object, **kwargs: object) -> Path:
        raise AssertionError("built without need")

    monkeypatch.setattr(built, "build_book", never)
    made = place.make()
    assert made.is_as_before
    assert made.html == place.bench.pages


@pytest.mark.parametrize("how", ["changed", "removed", "added"])
def test_pages_that_are_not_as_they_were_left_are_made_again(place: Place, how: str) -> None:
    before, page = everything(place.bench.pages), place.bench.pages / "front-door.html"
    if how == "changed":
        page.write_text("255", encoding="utf-8")
    elif how == "removed":
        page.unlink()
    else:
        page.with_name("more.html").write_text("255", encoding="utf-8")
    made = place.make()
    assert not made.is_as_before
    assert everything(made.html) == before


def test_after_a_warning_nothing_is_built_upon(place: Place, tmp_path: Path) -> None:
    change(place.results, another_figure)
    change(place.results, lambda n: n.cells.append(new_markdown_cell("[a](lost.md)", id="lost")))
    with pytest.raises(BookFailed, match="lost"):
        place.make()
    change(place.results, lambda n: n.cells.pop())
    made = place.make()
    assert differing(made.html, make_book(SOURCE, place.results, tmp_path / "clean", PAGE)) == []


def test_after_a_kill_in_the_middle_nothing_is_built_upon(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object, **kwargs: object) -> Path:
        (place.bench.sources / "_build" / "html" / "glossary.html").write_text("half")
        raise KeyboardInterrupt

    change(place.results, another_figure)
    with monkeypatch.context() as patch:
        patch.setattr(built, "build_book", killed)
        with pytest.raises(KeyboardInterrupt):
            place.make()
    made = place.make()
    assert differing(made.html, make_book(SOURCE, place.results, tmp_path / "clean", PAGE)) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_build_forked_from_a_warm_parent_gives_the_same_and_fails_in_the_same_words(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path)
    with warmth(tmp_path / "s", Kernels.FORKED) as warm:
        warm.starter([])
        settings = {"limit_seconds": 300, "parent": warm.parent}
        made = place.bench.make(SOURCE, place.results, PAGE, **settings)
        clean = make_book(SOURCE, place.results, tmp_path / "clean", PAGE)
        assert differing(made.html, clean) == []

        change(place.results, lambda n: n.cells.append(new_markdown_cell("[a](lost.md)")))
        told = []
        for parent in (warm.parent, None):
            with pytest.raises(BookFailed) as caught:
                place.bench.make(SOURCE, place.results, PAGE, limit_seconds=300, parent=parent)
            told.append(str(caught.value))
        assert told[0] == told[1]
        with pytest.raises(BookFailed, match=r"within 0\.01 seconds"):
            place.bench.make(SOURCE, place.results, PAGE, limit_seconds=0.01, parent=warm.parent)
