"""A notebook is read as its author wrote it: cells, headings, parameter names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scrutinybook.errors import FaultsFound
from scrutinybook.execute.source import Cell, Source


def words(text: str) -> Cell:
    return Cell(is_code=False, text=text, tags=frozenset())


def code(text: str, *tags: str) -> Cell:
    return Cell(is_code=True, text=text, tags=frozenset(tags))


def source(*cells: Cell) -> Source:
    return Source(Path("notebooks/02-front-door.ipynb"), cells)


NOTEBOOK = source(
    code("import this"),
    words("# Front door #\n\nWords."),
    code("# not a heading\n1"),
    words("## Contacts\n\nWords, then\n\n### By source"),
    code("2"),
    words("#no space, no heading"),
)


@pytest.mark.parametrize(
    ("index", "place"),
    [
        (None, "before its first cell"),
        (0, "cell 1 of 6"),
        (1, "cell 2 of 6, under 'Front door'"),
        (2, "cell 3 of 6, under 'Front door'"),
        (4, "cell 5 of 6, under 'By source'"),
        (5, "cell 6 of 6, under 'By source'"),
    ],
)
def test_a_cell_is_placed_by_its_number_and_the_heading_above(
    index: int | None, place: str
) -> None:
    assert NOTEBOOK.place(index) == place


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        ([code("a = 1")], None),
        ([code("", "parameters")], set()),
        (
            [code("# for people\nmonth = '2023-03'  # as YYYY-MM\nn: int = 3", "parameters")],
            {"month", "n"},
        ),
        ([code("a = b = 1\nx.y = 2\nimport z", "parameters")], {"a", "b"}),
        ([code("a = [\n    1,\n]", "parameters", "hide")], {"a"}),
        ([code("a = 1", "parameters"), code("b = 1", "parameters")], {"a"}),
    ],
)
def test_parameters_are_the_names_that_the_tagged_cell_assigns(
    cells: list[Cell], names: set[str] | None
) -> None:
    assert source(*cells).parameters() == names


def test_a_parameters_cell_that_is_not_python_is_a_fault_with_its_place() -> None:
    with pytest.raises(
        FaultsFound, match=r"cell 1 of 1: the cell tagged 'parameters' is not plain"
    ):
        source(code("%load_ext nonsense", "parameters")).parameters()


GOOD = {"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": ["a\n", "b"]}]}


def test_a_cell_may_be_one_text_or_a_list_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert Source.read(path).cells == (code("a\nb"),)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "it is not valid JSON: Expecting value at line 1"),
        (b'{\n"cells": [', "at line 2"),
        (b"\xff\xfe", "it cannot be read"),
        (b"[]", "it is JSON, but not a notebook"),
        (b"3", "it is JSON, but not a notebook"),
        (b"{}", "it is JSON, but not a notebook"),
        (b'{"nbformat": 3, "worksheets": []}', "it is in notebook format 3"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "it is JSON, but not a notebook"),
        (b'{"nbformat": 4, "cells": null}', "it is JSON, but not a notebook"),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": [], "source": ""}]}',
            "not a",
        ),
        (
            b'{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": {}, "source": 3}]}',
            "not a",
        ),
    ],
)
def test_what_is_no_notebook_is_a_fault_that_names_the_file(
    tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    with pytest.raises(FaultsFound) as caught:
        Source.read(path)
    (fault,) = caught.value.faults
    assert fault.where == str(path)
    assert found in fault.found


def test_a_folder_in_a_notebooks_place_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="it cannot be read"):
        Source.read(tmp_path)
