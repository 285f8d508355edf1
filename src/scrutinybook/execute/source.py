"""Read a notebook's source: its cells, its headings and the names of its parameters."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound

PARAMETERS_TAG = "parameters"


@dataclass(frozen=True)
class Cell:
    """One cell as its author wrote it."""

    is_code: bool
    text: str
    tags: frozenset[str]


@dataclass(frozen=True)
class Source:
    """A notebook as its author wrote it. Cells are counted from 0 here and from 1 for people."""

    path: Path
    cells: tuple[Cell, ...]

    @classmethod
    def read(cls, path: Path) -> Source:
        """Read a notebook of format 4 without the weight of a notebook library.

        Raises `FaultsFound` for a missing file, bad JSON and anything that is not a notebook.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise _unreadable(path, "there is no such notebook") from None
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path, f"it cannot be read: {error}") from error
        except json.JSONDecodeError as error:
            found = f"it is not valid JSON: {error.msg} at line {error.lineno}"
            raise _unreadable(path, found) from error
        try:
            if content["nbformat"] != 4:
                raise _unreadable(path, f"it is in notebook format {content['nbformat']}")
            cells = tuple(_cell(raw) for raw in content["cells"])
        except (KeyError, TypeError, AttributeError) as error:
            raise _unreadable(path, "it is JSON, but not a notebook") from error
        return cls(path, cells)

    def place(self, index: int | None) -> str:
        """Say where a cell is: ``cell 5 of 12, under 'Front door'``."""
        if index is None:
            return "before its first cell"
        above = (h for cell in reversed(self.cells[: index + 1]) for h in _headings(cell))
        heading = next(above, "")
        under = f", under '{heading}'" if heading else ""
        return f"cell {index + 1} of {len(self.cells)}{under}"

    def parameters(self) -> frozenset[str] | None:
        """Names assigned in the cell tagged ``parameters``; None where there is no such cell.

        Raises `FaultsFound` where that cell is not plain Python.
        """
        tagged = [(k, c) for k, c in enumerate(self.cells) if PARAMETERS_TAG in c.tags]
        if not tagged:
            return None
        index, cell = tagged[0]  # papermill looks at the first one alone
        try:
            body = ast.parse(cell.text).body
        except SyntaxError as error:
            fault = Fault(
                where=f"{self.path}: {self.place(index)}",
                found=f"the cell tagged 'parameters' is not plain Python: {error.msg}",
                allowed="one assignment a line, such as month = '2023-03'",
            )
            raise FaultsFound([fault]) from error
        return frozenset(name for statement in body for name in _assigned(statement))


def _cell(raw: dict[str, object]) -> Cell:
    source, metadata = raw["source"], raw["metadata"]
    text = source if isinstance(source, str) else "".join(source)  # type: ignore[arg-type]
    tags = metadata.get("tags", [])  # type: ignore[attr-defined]
    return Cell(raw["cell_type"] == "code", text, frozenset(tags))


def _headings(cell: Cell) -> list[str]:
    """List a cell's headings, last first."""
    found = [] if cell.is_code else re.findall(r"^#{1,6}\s+(.+?)\s*#*\s*$", cell.text, re.MULTILINE)
    return found[::-1]


def _assigned(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _unreadable(path: Path, found: str) -> FaultsFound:
    allowed = "a Jupyter notebook in format 4 (.ipynb)"
    mend = "restore the file from version control"
    return FaultsFound([Fault(where=str(path), found=found, allowed=allowed, mend=mend)])
