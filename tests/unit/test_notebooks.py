"""The notebooks are thin, bare of outputs, and each is the chapter that the registry names."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters.registry import CHAPTERS, OWN, ChapterEntry
from scrutinybook.workspace import Workspace

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 12


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)


def test_there_is_one_notebook_for_each_chapter() -> None:
    assert [path.stem for path in NOTEBOOKS] == [entry.notebook for entry in CHAPTERS]


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.notebook)
def test_the_first_heading_is_the_title_that_the_registry_has(entry: ChapterEntry) -> None:
    assert headings(ROOT / f"notebooks/{entry.notebook}.ipynb")[0] == entry.title


@pytest.mark.parametrize(
    "entry", [each for each in CHAPTERS if each.chapter], ids=lambda entry: entry.notebook
)
def test_each_measure_of_a_chapter_has_its_section_under_its_title(entry: ChapterEntry) -> None:
    path = ROOT / f"notebooks/{entry.notebook}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    shown: dict[str, str] = {}
    for before, cell in pairwise(cells):
        if match := re.search(r'(?:yearly|council)_section\(book, "(\w+)"\)', cell.source):
            shown[match[1]] = before.source.removeprefix("## ")
    catalogue = read_catalogue(Workspace(ROOT))
    own = entry.figures == OWN
    wanted = (catalogue.extracts_of_chapter if own else catalogue.of_chapter)(entry.chapter)
    titles = {name: each.title for name, each in wanted.items() if name != "referrals"}
    assert shown == titles


def test_no_outputs_and_no_counts(notebook: nbformat.NotebookNode) -> None:
    for cell in code(notebook):
        assert (cell.outputs, cell.execution_count) == ([], None)


def test_one_cell_takes_the_parameters(notebook: nbformat.NotebookNode) -> None:
    tagged = [c for c in code(notebook) if "parameters" in c.metadata.get("tags", ())]
    assert len(tagged) == 1
    assert tagged[0] is code(notebook)[0]


def test_cells_are_thin(notebook: nbformat.NotebookNode) -> None:
    for cell in code(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= MOST_LINES, cell.source
        # Logic lives in the package, where tests reach it.
        assert not re.search(r"^\s*(def|class|for|while|if|try) ", cell.source, re.MULTILINE)


def test_cells_have_lasting_ids(notebook: nbformat.NotebookNode) -> None:
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z-]+-\d\d", each) for each in ids)
