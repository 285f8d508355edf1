"""The chapters of one edition: which there are, what they are called, where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from scrutinybook.book.normalise import is_parameters
from scrutinybook.book.settings import Part
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.page_names import NOTEBOOK_NAME, page_of

_HEADING = re.compile(r"^# +(?P<title>\S.*?)\s*$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Chapter:
    """One executed notebook and the page it becomes."""

    path: Path
    number: int
    slug: str
    title: str
    notebook: NotebookNode

    @property
    def page(self) -> str:
        """The page's name without ending: the contents are ``index``, the rest their slug."""
        return page_of(self.path.stem)

    @property
    def code_page(self) -> str:
        """The name of the page with this chapter's code."""
        return f"code-{self.slug}"


def read_chapters(folder: Path) -> tuple[Chapter, ...]:
    """Read the executed notebooks in `folder`, in the order of their numbers.

    Raises `FaultsFound` for a name that is not ``NN-name.ipynb``, a number or name used twice,
    no contents (number 00), no single title, or a notebook that failed or wrote a warning.
    """
    chapters: list[Chapter] = []
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.ipynb")):
        match = NOTEBOOK_NAME.fullmatch(path.stem)
        if match is None:
            allowed = "two digits and lower-case words, e.g. 03-front-door.ipynb"
            faults.append(Fault(path.name, "not a chapter's name", allowed))
            continue
        notebook = nbformat.read(path, as_version=4)
        faults += _notebook_faults(path.name, notebook)
        found = _titles(notebook)
        if len(found) != 1:
            faults.append(
                Fault(
                    where=path.name,
                    found=f"{len(found)} first-level headings in its Markdown cells",
                    allowed="exactly one line that starts with '# '",
                )
            )
        title = found[0] if found else path.stem
        chapters.append(Chapter(path, int(match["number"]), match["slug"], title, notebook))
    faults += _repeats(chapters)
    if not any(each.number == 0 for each in chapters):
        faults.append(Fault(folder.name, "no contents", "one notebook named 00-contents.ipynb"))
    if faults:
        raise FaultsFound(faults)
    return tuple(chapters)


def table_of_contents(
    chapters: Sequence[Chapter], parts: Sequence[Part], last: Sequence[str] = ()
) -> dict[str, Any]:
    """Make the contents of the book: only chapters and pages that there are, part by part.

    `last` are pages that stand at the end of the last part.

    Raises `FaultsFound` where a chapter's number falls in no part.
    """
    placed = [c for c in chapters if any(p.first <= c.number <= p.last for p in parts)]
    lost = [c for c in chapters if c.number != 0 and c not in placed]
    if lost:
        allowed = ", ".join(f"{p.first:02d} to {p.last:02d} ({p.caption})" for p in parts)
        raise FaultsFound([Fault(c.path.name, "its number is in no part", allowed) for c in lost])
    listed = []
    for part in parts:
        pages = [c.page for c in placed if part.first <= c.number <= part.last]
        pages += [*part.pages, *(last if part is parts[-1] else ())]
        if pages:
            files = [{"file": page} for page in pages]
            listed.append({"caption": part.caption, "chapters": files})
    return {"format": "jb-book", "root": "index", "parts": listed}


def _titles(notebook: NotebookNode) -> list[str]:
    prose = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [m["title"] for text in prose for m in _HEADING.finditer(_FENCED.sub("", text))]


def _notebook_faults(name: str, notebook: NotebookNode) -> list[Fault]:
    faults = []
    code = [c for c in notebook.cells if c.cell_type == "code" and not is_parameters(c)]
    if code and not any(cell.outputs for cell in code):
        faults.append(Fault(name, "no outputs", "a notebook that has been run", "run it first"))
    for position, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", ()):
            where = f"{name}: cell {position}"
            if output.output_type == "error":
                faults.append(Fault(where, f"failed with {output.ename}: {output.evalue}"))
            elif output.get("name") == "stderr":
                last = output.text.strip().splitlines()[-1:] or [""]
                faults.append(Fault(where, f"wrote a warning: {last[0]}", "no warnings on a page"))
    return faults


def _repeats(chapters: Sequence[Chapter]) -> list[Fault]:
    faults = []
    for first, second in ((a, b) for k, a in enumerate(chapters) for b in chapters[k + 1 :]):
        if first.number == second.number:
            faults.append(Fault(second.path.name, f"has the number of {first.path.name}"))
        if first.page == second.page:
            faults.append(Fault(second.path.name, f"makes the same page as {first.path.name}"))
    return faults
