"""What could not run is refused before anything runs, with every fault at once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrutinybook.errors import FaultsFound
from scrutinybook.execute import NotebookTask, check_tasks
from scrutinybook.execute.check import _not_json


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "chapter.ipynb"
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": "edition = ''\nresults = ''",
    }
    path.write_text(json.dumps({"nbformat": 4, "cells": [cell]}), encoding="utf-8")
    return path


def task(notebook: Path, name: str = "chapter", **parameters: object) -> NotebookTask:
    target = notebook.parent / "out" / f"{name}.ipynb"
    return NotebookTask(name, notebook, target, parameters, notebook.parent)


def faults(*tasks: NotebookTask) -> list[str]:
    with pytest.raises(FaultsFound) as caught:
        check_tasks(tasks)
    return [str(fault) for fault in caught.value.faults]


def test_what_can_run_is_returned_read(notebook: Path) -> None:
    sources = check_tasks([task(notebook, edition="demo-2023-03"), task(notebook, "other")])
    assert {name: len(source.cells) for name, source in sources.items()} == {
        "chapter": 1,
        "other": 1,
    }


def test_an_unknown_parameter_is_told_with_those_known_and_the_nearest(notebook: Path) -> None:
    (text,) = faults(task(notebook, Edtion="demo-2023-03"))
    assert text.splitlines() == [
        f"{notebook}: parameter Edtion: not known",
        "    allowed: edition, results",
        "    to mend: did you mean 'edition'?",
    ]


def test_a_notebook_without_a_parameters_cell_takes_none(notebook: Path) -> None:
    notebook.write_text(json.dumps({"nbformat": 4, "cells": []}), encoding="utf-8")
    check_tasks([task(notebook)])
    (text,) = faults(task(notebook, edition="demo"))
    assert "no cell tagged 'parameters'" in text


def test_all_faults_of_all_tasks_come_at_once_and_each_but_once(notebook: Path) -> None:
    nowhere = notebook.with_name("none.ipynb")
    texts = faults(
        task(notebook, edition=date(2023, 3, 1), moth=1),
        task(nowhere, "second"),
        task(nowhere, "third"),
        NotebookTask("fourth", notebook, nowhere, {}, notebook.with_name("no folder")),
    )
    assert [text.splitlines()[0].rpartition("/")[2] for text in texts] == [
        "chapter.ipynb: parameter edition: a value of type date",
        "chapter.ipynb: parameter moth: not known",
        "none.ipynb: there is no such notebook",
        "no folder: there is no such working folder",
    ]


PLAIN = st.none() | st.booleans() | st.integers() | st.text() | st.floats()
ODD = st.dates() | st.binary() | st.tuples(st.integers()) | st.sets(st.integers())
VALUES = st.recursive(
    PLAIN | ODD,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=3)
        | st.tuples(inner)
    ),
    max_leaves=6,
)


@given(VALUES)
@example(float("nan"))
@example([float("-inf")])
@example({"a": {1: "a key that is not text"}})
@example([{"a": ("a tuple",)}])
@example(1e308)
def test_a_value_is_taken_just_when_json_brings_it_back_as_it_was(value: object) -> None:
    try:
        # repr: for Python (1,) == (1,), 1 == True and 1 == 1.0.
        comes_back = repr(json.loads(json.dumps(value, allow_nan=False))) == repr(value)
    except (TypeError, ValueError):
        comes_back = False
    assert (_not_json(value) == "") == comes_back


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"name": "a"}, {"name": "a"}, "share a name: a"),
        ({"target": "x"}, {"target": "x"}, "share a target"),
        ({"name": "a/b"}, {}, "cannot be file names"),
        ({"name": "~"}, {}, "cannot be file names"),
        ({"name": ""}, {}, "cannot be file names"),
    ],
)
def test_tasks_that_would_overwrite_each_other_are_a_defect_of_the_program(
    notebook: Path, one: dict[str, str], other: dict[str, str], said: str
) -> None:
    def made(default: str, given: dict[str, str]) -> NotebookTask:
        target = notebook.with_name(given.get("target", f"{default}-out"))
        return NotebookTask(given.get("name", default), notebook, target)

    with pytest.raises(ValueError, match=said):
        check_tasks([made("first", one), made("second", other)])
