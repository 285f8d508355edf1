"""Notebooks that go wrong in one way each, and a look at the processes that they leave."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil

from scrutinybook.execute import NotebookTask
from scrutinybook.execute.starting import Kernels

KERNELS = [each for each in Kernels if each is Kernels.PLAIN or hasattr(os, "fork")]
"""The ways to start kernels that this system has."""


def make_task_in(place: Path, name: str, *cells: str, **parameters: object) -> NotebookTask:
    """Write a notebook: a title, a parameters cell, a second heading, and one cell a text."""
    v4 = nbformat.v4
    defaults = "\n".join(f"{key} = None" for key in parameters)
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell(f"# {name}"),
            v4.new_code_cell(defaults, metadata={"tags": ["parameters"]}),
            v4.new_markdown_cell("Some words.\n\n## Front door\n\nMore words."),
            *map(v4.new_code_cell, cells),
        ]
    )
    source = place / "notebooks" / f"{name}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, source)
    return NotebookTask(name, source, place / "out" / source.name, parameters, place)


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Fail with `what` unless `is_so` within a time that no machine should need."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.02)


def named(folder: Path) -> list[list[str]]:
    """List the command lines of living processes that name `folder`.

    Workers and kernels do: so this finds them without a word from the code under test.
    """
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        line = process.info["cmdline"] or []
        is_alive = process.info["status"] != psutil.STATUS_ZOMBIE
        if is_alive and any(str(folder) in part for part in line):
            found.append(line)
    return found
