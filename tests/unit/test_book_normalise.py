"""Two runs of the same notebook on the same inputs give the same notebook."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from scrutinybook.book.normalise import machine_folders, normalise

FOLDERS = {"/home/a/project/": "", "/home/a/project": ".", "/home/a": "~"}


def run(*, when: str, home: str, address: str, cell_id: str, count: int) -> NotebookNode:
    """Draw one run; only the arguments differ between two runs of the same thing."""
    output = new_output(
        "execute_result",
        data={"text/html": "<p>255</p>", "text/plain": f"<Figure object at {address}>"},
        metadata={"started": when},
        execution_count=count,
    )
    cell = new_code_cell(
        f'results = "{home}/results"',
        id=cell_id,
        outputs=[
            output,
            new_output("stream", name="stdout", text=f"read {home}/data.csv"),
        ],
        execution_count=count,
        metadata={"papermill": {"start_time": when}, "tags": ["injected-parameters"]},
    )
    notebook = new_notebook(cells=[new_markdown_cell("# One", id=f"{cell_id}-m"), cell])
    notebook.metadata["papermill"] = {"start_time": when, "input_path": f"{home}/one.ipynb"}
    notebook.metadata["language_info"] = {"name": "python", "version": when}
    return notebook


def test_what_differs_between_two_runs_is_gone_and_the_rest_stays() -> None:
    first = run(when="10:01", home="/home/a", address="0x7f01", cell_id="abc", count=3)
    second = run(when="11:59", home="/srv/b", address="0x55FF", cell_id="xyz", count=17)

    one = normalise(first, {"/home/a/": ""})
    two = normalise(second, {"/srv/b/": ""})

    assert nbformat.writes(one) == nbformat.writes(two)
    assert one.cells[1].outputs[0].data["text/html"] == "<p>255</p>"
    assert one.cells[1].outputs[0].data["text/plain"] == "<Figure object>"
    assert one.cells[1].source == 'results = "results"'
    assert one.cells[1].metadata.tags == ["injected-parameters"]


def test_the_input_is_left_as_it_was() -> None:
    notebook = run(when="10:01", home="/home/a", address="0x7f01", cell_id="abc", count=3)
    before = copy.deepcopy(notebook)

    normalise(notebook, FOLDERS)

    assert notebook == before


_PIECES = st.lists(
    st.sampled_from(["/home/a/project/x", "/home/a/", " at 0x1f", "<p>", "255", " at 0", "x"]),
    max_size=6,
).map("".join)


@given(source=_PIECES, text=_PIECES)
def test_normalising_twice_is_normalising_once(source: str, text: str) -> None:
    cell = new_code_cell(source, outputs=[new_output("stream", name="stdout", text=text)])
    once = normalise(new_notebook(cells=[cell]), FOLDERS)

    assert normalise(once, FOLDERS) == once
    assert "/home/a/" not in once.cells[0].source


def test_a_checkout_below_the_home_folder_is_known_as_the_checkout(tmp_path: Path) -> None:
    folders = machine_folders(tmp_path, tmp_path / "staged" / "results", "drawn-2023-03")
    cell = new_markdown_cell(
        f"{tmp_path.as_posix()}/params/a.yml and {tmp_path.as_posix()}/staged/results/data and "
        f"{Path.home().as_posix()}/else"
    )

    clean = normalise(new_notebook(cells=[cell]), folders)

    assert clean.cells[0].source == "params/a.yml and results/drawn-2023-03/data and ~/else"
