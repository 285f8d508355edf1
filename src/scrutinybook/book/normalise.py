"""Take out of an executed notebook whatever differs between two runs of the same thing.

Times, counters, cell ids, object addresses and this machine's folders say nothing about the
figures, and with them no two books would be the same to the byte.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from scrutinybook.page_names import HANDED_OVER

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_KEPT_CELL_METADATA = ("tags", "mystnb")
_KEPT_OUTPUT_METADATA = ("mystnb",)

PARAMETER_TAGS = frozenset({"parameters", "injected-parameters"})


def machine_folders(root: Path, results: Path, edition: str) -> dict[str, str]:
    """Give this machine's folders and what to say instead; longer ones are tried first.

    `root` is the checkout; `results` is where this run's results lie, which may be elsewhere while
    they are not yet published, and is called by the name it will have.
    """
    return {
        results.resolve().as_posix(): f"results/{edition}",
        f"{root.resolve().as_posix()}/": "",
        root.resolve().as_posix(): ".",
        Path(sys.prefix).as_posix(): "<python>",
        Path.home().as_posix(): "~",
    }


def normalise(notebook: NotebookNode, folders: Mapping[str, str] | None = None) -> NotebookNode:
    """Return a copy with nothing in it that two runs on the same inputs would not share.

    `folders` maps absolute folders to what is written instead. Applying it twice gives the
    same as applying it once.
    """
    clean = copy.deepcopy(notebook)
    clean.nbformat, clean.nbformat_minor = 4, 5
    clean.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    scrub = _scrubber(folders or {})
    for position, cell in enumerate(clean.cells, start=1):
        cell.id = f"cell-{position:02d}"
        cell.metadata = _only(cell.get("metadata", {}), _KEPT_CELL_METADATA)
        cell.source = scrub(cell.source)
        if cell.cell_type != "code":
            cell.pop("attachments", None)
            continue
        cell.execution_count = None
        # A table that was handed over lies beside the pages as a file.
        cell.outputs = [o for o in cell.outputs if list(o.get("data", {})) != [HANDED_OVER]]
        for output in cell.outputs:
            _normalise_output(output, scrub)
    return clean


def tags(cell: NotebookNode) -> frozenset[str]:
    """Give the tags of a cell."""
    return frozenset(cell.get("metadata", {}).get("tags", ()))


def is_parameters(cell: NotebookNode) -> bool:
    """Say whether a cell holds parameters: the notebook's own or those of this run."""
    return bool(tags(cell) & PARAMETER_TAGS)


def _normalise_output(output: NotebookNode, scrub: Callable[[str], str]) -> None:
    if "execution_count" in output:
        output.execution_count = None
    if "metadata" in output:
        output.metadata = _only(output.metadata, _KEPT_OUTPUT_METADATA)
    if "text" in output:
        output.text = scrub(output.text)
    for kind, value in output.get("data", {}).items():
        if isinstance(value, str) and not kind.startswith("image/p"):
            output.data[kind] = scrub(value)


def _only(metadata: Mapping[str, Any], keys: tuple[str, ...]) -> NotebookNode:
    return NotebookNode({key: metadata[key] for key in keys if key in metadata})


def _scrubber(folders: Mapping[str, str]) -> Callable[[str], str]:
    # Longest first, so that a checkout below the home folder is known as the checkout.
    ordered = sorted(folders.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def scrub(text: str) -> str:
        for folder, instead in ordered:
            text = text.replace(folder, instead)
        # What stands around an address may be one once it is gone.
        while (rest := _ADDRESS.sub("", text)) != text:
            text = rest
        return text

    return scrub
