"""The page behind each chapter: its code and parameters, for the reader who checks.

Councillors see no code. A reviewer is one click away from all of it, and code pages stay out of
the search index so that a search for a word finds what the book says, not how it was computed.
"""

from __future__ import annotations

import copy
import re

from nbformat import NotebookNode

from scrutinybook.book.chapters import Chapter
from scrutinybook.book.normalise import is_parameters, tags

NOTEBOOK_FOLDER = "notebooks"
"""Where a book keeps its executed notebooks for download."""


def reader_notebook(chapter: Chapter, clean: NotebookNode) -> NotebookNode:
    """Return the notebook as readers see it: no parameters, no code, one quiet link at the end.

    `clean` is the chapter's normalised notebook.
    """
    page = copy.deepcopy(clean)
    page.cells = [cell for cell in page.cells if not is_parameters(cell)]
    for cell in page.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = sorted(tags(cell) | {"remove-input"})
    page.cells.append(_link_cell(chapter))
    return page


def code_page(chapter: Chapter, clean: NotebookNode) -> str:
    """Write the MyST source of a chapter's code page: every code cell, in the order it ran."""
    file = f"{NOTEBOOK_FOLDER}/{chapter.path.name}"
    lines = [
        "---",
        "orphan: true",
        "nosearch: true",
        "---",
        "",
        f"# Code behind “{chapter.title}”",
        "",
        "This is the notebook’s code, in the order in which it ran, with the parameters of this"
        " edition. It calls the project’s package by name, where each step is computed.",
        "",
        f"[Back to “{chapter.title}”]({chapter.page})",
        "",
        f'<p><a href="{file}" download>Download the notebook as it was run (.ipynb)</a></p>',
        "",
    ]
    blocks = [cell for cell in clean.cells if cell.cell_type == "code" and cell.source.strip()]
    settings = [cell for cell in blocks if is_parameters(cell)]
    if settings:
        lines += ["## Parameters", ""]
        for cell in settings:
            ran = "injected-parameters" in tags(cell)
            lines += ["The values of this edition:" if ran else "The notebook’s own values:", ""]
            lines += [_fence(cell.source), ""]
    if len(blocks) > len(settings):
        lines += ["## Code", ""]
        for cell in blocks:
            if not is_parameters(cell):
                lines += [_fence(cell.source), ""]
    return "\n".join(lines)


def _link_cell(chapter: Chapter) -> NotebookNode:
    # Raw HTML, since a class on a paragraph would need a directive that only some tools know.
    link = f'<a href="{chapter.code_page}.html">Code behind this page</a>'
    return NotebookNode(
        cell_type="markdown",
        id="cell-code-link",
        metadata=NotebookNode(),
        source=f'<p class="sb-code-link">{link}</p>',
    )


def _fence(code: str) -> str:
    # A fence must be longer than any run of backticks inside.
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}ipython3\n{code.strip()}\n{fence}"
