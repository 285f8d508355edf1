"""Which chapters a book has, in which part, at which address; and what stops it before a build."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from scrutinybook.book.assemble import assemble
from scrutinybook.book.chapters import read_chapters, table_of_contents
from scrutinybook.book.settings import BookPage, Part, read_parts
from scrutinybook.errors import FaultsFound
from scrutinybook.page_names import page_of
from scrutinybook.periods import Month

ROOT = Path(__file__).resolve().parents[2]

PARTS = (
    Part("The month", 1, 19),
    Part("Measures", 20, 69),
    Part("Methods and reference", 70, 99, ("how-to-read", "glossary")),
)

PAGE = BookPage(
    edition="drawn-2023-03",
    title="Scrutiny book",
    subtitle="Drawn, March 2023",
    authority="Drawn",
    month=Month(2023, 3),
    banner="Drawn by hand",
)


def prose(text: str) -> NotebookNode:
    return new_markdown_cell(text)


def shown(source: str, text: str = "shown", name: str = "stdout") -> NotebookNode:
    return new_code_cell(source, outputs=[new_output("stream", name=name, text=text)])


def tagged(source: str, tag: str) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": [tag]})


def draw(folder: Path, **notebooks: list[NotebookNode]) -> Path:
    """Write notebooks; `n20_front_door` becomes ``20-front-door.ipynb``."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, cells in notebooks.items():
        name = key.removeprefix("n").replace("_", "-")
        nbformat.write(new_notebook(cells=cells), folder / f"{name}.ipynb")
    return folder


CONTENTS = [prose("# Contents")]


def test_contents_list_only_what_there_is_in_the_order_of_the_numbers(tmp_path: Path) -> None:
    folder = draw(
        tmp_path,
        n00_contents=CONTENTS,
        n70_methods=[prose("# Methods")],
        n30_assessments=[prose("# Assessments")],
        n20_front_door=[prose("# Front door")],
    )

    contents = table_of_contents(read_chapters(folder), PARTS)

    assert yaml.safe_dump(contents, sort_keys=False) == (
        "format: jb-book\n"
        "root: index\n"
        "parts:\n"
        "- caption: Measures\n"
        "  chapters:\n"
        "  - file: front-door\n"
        "  - file: assessments\n"
        "- caption: Methods and reference\n"
        "  chapters:\n"
        "  - file: methods\n"
        "  - file: how-to-read\n"
        "  - file: glossary\n"
    )


@pytest.mark.parametrize(
    ("notebook", "page"),
    [
        ("00-contents", "index"),
        ("20-front-door", "front-door"),
        ("25-front-door.ipynb", "front-door"),
    ],
)
def test_a_page_keeps_its_address_when_chapters_are_renumbered(notebook: str, page: str) -> None:
    assert page_of(notebook) == page


@pytest.mark.parametrize("name", ["front-door", "2-front-door", "20_front_door", "20-Front-Door"])
def test_a_name_that_is_no_chapter_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name it like"):
        page_of(name)


def test_every_fault_of_every_notebook_is_told_at_once(tmp_path: Path) -> None:
    failed = new_output("error", ename="KeyError", evalue="'referrals'", traceback=[])
    folder = draw(
        tmp_path,
        n20_front_door=[prose("# Front door"), new_code_cell("1/0", outputs=[failed])],
        n21_front_door=[prose("## No title")],
        n30_assessments=[prose("# Assessments"), shown("go()", "Odd: careful\n", "stderr")],
        n30_plans=[prose("# One\n\n# Two")],
        n40_idle=[prose("# Idle"), new_code_cell("show()")],
        chapter=[prose("# Stray")],
    )

    with pytest.raises(FaultsFound) as raised:
        read_chapters(folder)

    told = [f"{fault.where}: {fault.found}" for fault in raised.value.faults]
    assert told == [
        "20-front-door.ipynb: cell 2: failed with KeyError: 'referrals'",
        "21-front-door.ipynb: 0 first-level headings in its Markdown cells",
        "30-assessments.ipynb: cell 2: wrote a warning: Odd: careful",
        "30-plans.ipynb: 2 first-level headings in its Markdown cells",
        "40-idle.ipynb: no outputs",
        "chapter.ipynb: not a chapter's name",
        "21-front-door.ipynb: makes the same page as 20-front-door.ipynb",
        "30-plans.ipynb: has the number of 30-assessments.ipynb",
        f"{tmp_path.name}: no contents",
    ]


def test_a_comment_in_a_code_block_is_no_heading(tmp_path: Path) -> None:
    text = "# Methods\n\n```python\n# not a heading\n```\n"
    folder = draw(tmp_path, n00_contents=CONTENTS, n70_methods=[prose(text)])

    assert read_chapters(folder)[1].title == "Methods"


def test_a_chapter_outside_every_part_is_not_dropped_in_silence(tmp_path: Path) -> None:
    chapters = read_chapters(draw(tmp_path, n00_contents=CONTENTS, n50_care=[prose("# Care")]))

    with pytest.raises(FaultsFound, match=r"50-care\.ipynb: its number is in no part"):
        table_of_contents(chapters, PARTS[:1])


def test_the_projects_own_parts_and_pages_are_in_order() -> None:
    parts = read_parts(ROOT / "book")

    captions = ["The month", "Measures", "The committee", "Methods and reference"]
    assert [part.caption for part in parts] == captions


def test_a_part_that_names_a_missing_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parts.yml").write_text(
        "parts:\n- {caption: One, chapters: [1, 9], pages: [lost]}\n- {caption: Two, colour: red}\n"
    )

    with pytest.raises(FaultsFound) as raised:
        read_parts(tmp_path)

    assert [fault.where for fault in raised.value.faults] == [
        "parts.yml: part 1",
        "parts.yml: part 2",
    ]
    assert "no page lost.md" in str(raised.value)


def assembled(tmp_path: Path) -> Path:
    cells = [
        tagged('edition = ""', "parameters"),
        tagged(f'edition = "{tmp_path.as_posix()}/results/month"', "injected-parameters"),
        prose("# Front door"),
        shown("text = '```'\nshow(text)"),
    ]
    results = tmp_path / "results"
    draw(results / "notebooks", n00_contents=CONTENTS, n20_front_door=cells)
    (results / "data").mkdir()
    (results / "data" / "measures.csv").write_text("measure,value\n")
    return assemble(ROOT / "book", results, tmp_path / "build", PAGE)


def test_readers_see_no_code_and_no_parameters(tmp_path: Path) -> None:
    page = nbformat.read(assembled(tmp_path) / "front-door.ipynb", as_version=4)

    code = [cell for cell in page.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == ["text = '```'\nshow(text)"]
    assert all("remove-input" in cell.metadata.tags for cell in code)
    assert 'href="code-front-door.html"' in page.cells[-1].source


def test_the_code_page_has_every_cell_in_order_and_the_parameters_of_this_run(
    tmp_path: Path,
) -> None:
    text = (assembled(tmp_path) / "code-front-door.md").read_text(encoding="utf-8")

    own, ran, code = (
        text.index('edition = ""'),
        text.index('edition = "results/drawn-2023-03/month"'),
        text.index("text = '```'"),
    )
    assert own < ran < code
    # The code holds three backticks, so its fence has four.
    assert "````ipython3\ntext = '```'\nshow(text)\n````" in text
    assert "nosearch: true" in text
    assert "orphan: true" in text
    assert str(tmp_path) not in text


def test_the_notebook_as_run_and_the_data_lie_beside_the_pages(tmp_path: Path) -> None:
    build = assembled(tmp_path)

    download = nbformat.read(build / "extra/notebooks/20-front-door.ipynb", as_version=4)
    assert [cell.source for cell in download.cells][2:] == [
        "# Front door",
        "text = '```'\nshow(text)",
    ]
    assert download.cells[3].outputs[0].text == "shown"
    assert (build / "extra/data/measures.csv").read_text() == "measure,value\n"


def test_assembling_again_leaves_nothing_of_the_last_time(tmp_path: Path) -> None:
    build = assembled(tmp_path)
    (build / "stale.md").write_text("# Stale\n")
    (tmp_path / "results" / "data" / "measures.csv").unlink()
    (tmp_path / "results" / "data").rmdir()

    assemble(ROOT / "book", tmp_path / "results", build, PAGE)

    assert not (build / "stale.md").exists()
    assert not (build / "extra" / "data").exists()
