"""Notebooks that run: what they are given arrives, and what they leave is whole and clean."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import nbformat
import pytest

from scrutinybook.execute import NotebookResult, NotebookTask, run_notebooks

HARD = {
    "words": 'It\'s "quoted",\n\\n is not a line, {braces}, £, é, \u2028 and \x00',
    "numbers": [0, -1, 2**70, 0.1, 1e-300, -0.0],
    "yes": True,
    "nothing": None,
    "deep": {"a key with 'quotes'": [{"x": []}, {}]},
}
SHOW = """
import json, os, pathlib, sys
print(json.dumps({
    "values": {name: globals()[name] for name in NAMES},
    "folder": os.getcwd(),
    "environment": dict(os.environ),
    "python": sys.executable,
    "history": get_ipython().history_manager.enabled,
}))
"""


def task(folder: Path, name: str, code: str, **parameters: object) -> NotebookTask:
    v4 = nbformat.v4
    defaults = "\n".join(f"{key} = None" for key in parameters)
    cells = [v4.new_code_cell(defaults, metadata={"tags": ["parameters"]}), v4.new_code_cell(code)]
    source = folder / f"{name}.ipynb"
    nbformat.write(v4.new_notebook(cells=cells), source)
    return NotebookTask(name, source, folder / "out" / name / "it.ipynb", parameters, folder)


def run(scratch: Path, *tasks: NotebookTask, **settings: int) -> tuple[NotebookResult, ...]:
    limits = {"cell_timeout": 60, "wall_timeout": 120, **settings}
    return run_notebooks(tasks, scratch=scratch, on_event=lambda event: None, **limits)


def printed(target: Path) -> Any:
    notebook = json.loads(target.read_text(encoding="utf-8"))
    return json.loads("".join(notebook["cells"][-1]["outputs"][0]["text"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Papermill would take the braces for something to fill in.
    made = tmp_path_factory.mktemp("a {month} folder, ä")
    (made / "work").mkdir()
    return made / "work"


@pytest.fixture(scope="module")
def results(folder: Path) -> tuple[NotebookResult, ...]:
    hard = task(folder, "hard", SHOW.replace("NAMES", repr(list(HARD))), **HARD)
    return run(folder / "scratch", hard, task(folder, "none", "print(1)"))


def test_parameters_arrive_as_they_were(results: tuple[NotebookResult, ...]) -> None:
    assert repr(printed(results[0].target)["values"]) == repr(HARD)


def test_results_come_in_the_order_of_the_tasks(results: tuple[NotebookResult, ...]) -> None:
    assert [(each.name, each.target.parent.name) for each in results] == [
        ("hard", "hard"),
        ("none", "none"),
    ]
    assert all(each.seconds > 0 for each in results)


def test_the_kernel_is_this_interpreter_in_fixed_surroundings(
    folder: Path, results: tuple[NotebookResult, ...]
) -> None:
    seen = printed(results[0].target)
    assert (seen["folder"], seen["python"]) == (str(folder), sys.executable)
    assert seen["history"] is False
    fixed = {"TZ": "UTC", "PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"}
    assert fixed.items() <= seen["environment"].items()


def test_nothing_is_left_but_the_targets(folder: Path, results: tuple[NotebookResult, ...]) -> None:
    assert list((folder / "scratch").iterdir()) == []
    left = {path.name for path in (folder / "out").rglob("*") if path.is_file()}
    assert left == {"it.ipynb"}


def test_the_executed_notebook_does_not_tell_where_the_checkout_lies(
    folder: Path, results: tuple[NotebookResult, ...]
) -> None:
    assert str(folder.parent) not in results[1].target.read_text(encoding="utf-8")
    metadata = json.loads(results[1].target.read_text(encoding="utf-8"))["metadata"]
    assert metadata["papermill"]["input_path"] == "none.ipynb"


def test_a_target_can_be_read_by_others_as_its_folder_allows(
    folder: Path, results: tuple[NotebookResult, ...]
) -> None:
    plain = folder / "plain"
    plain.touch()
    assert results[0].target.stat().st_mode == plain.stat().st_mode


def test_where_sockets_cannot_have_so_long_a_path_ports_serve(tmp_path: Path) -> None:
    code = """
        import json, ipykernel.connect
        print(json.dumps([month, json.loads(ipykernel.connect.get_connection_info())["transport"]]))
    """
    chapter = task(tmp_path, "chapter", dedent(code), month="2023-03")
    (result,) = run(tmp_path / ("x" * 100), chapter)
    assert printed(result.target) == ["2023-03", "tcp"]


def test_no_tasks_are_no_work(tmp_path: Path) -> None:
    assert run(tmp_path / "scratch") == ()


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_workers_are_refused_at_once(tmp_path: Path, jobs: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        run(tmp_path, jobs=jobs)
