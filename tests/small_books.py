"""A project whose editions have few notebooks: quick to run, with all that a record holds."""

from __future__ import annotations

from pathlib import Path

import nbformat
from projects import copy_project

KEPT = ("00-contents", "40-care-leavers")
"""The first page, which hands over all statistics, and a chapter with charts."""


def small_project(into: Path) -> Path:
    """Copy the project, with nothing but headings on most of its chapters."""
    project = copy_project(into)
    for path in (project / "notebooks").glob("*.ipynb"):
        if path.stem in KEPT:
            continue
        notebook = nbformat.read(path, as_version=4)
        # Other pages lead to the headings.
        headings = [cell for cell in notebook.cells[2:] if cell.cell_type == "markdown"]
        shown = nbformat.v4.new_code_cell(
            "from scrutinybook.notebook import show\n\nshow('<p>Left out here.</p>')", id="shown"
        )
        notebook.cells = [*notebook.cells[:2], *headings, shown]
        nbformat.write(notebook, path)
    return project
