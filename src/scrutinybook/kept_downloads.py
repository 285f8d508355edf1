"""An edition's downloads beside its results: made anew only where anything behind them changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scrutinybook.execute.keeper import Keeper
from scrutinybook.execute.warmth import Warmth
from scrutinybook.page_names import DOWNLOADS, HANDED_OVER, STATISTICS
from scrutinybook.workspace import Workspace

MAKERS = "import scrutinybook.downloads.edition"
CONTENTS = "00-contents"
"""The notebook that needs all statistics and hands them over."""
_MADE_FROM = "downloads-made-from.txt"
_LIMIT_SECONDS = 300


def add_downloads(
    workspace: Workspace,
    parameters: Mapping[str, Any],
    inputs: Mapping[str, str],
    keeper: Keeper,
    warm: Warmth,
    *,
    current: Path,
    fresh: Path,
) -> None:
    """Put the downloads of an edition into its `fresh` results.

    They are those of the `current` results where parameters, `inputs` (hashes of the files that
    numbers come from) and the program are as they were. Raises `FaultsFound` where the figures
    cannot be opened.
    """
    modules = keeper.package.states(keeper.package.needed([MAKERS]))
    made_from = [dict(keeper.facts), dict(parameters), dict(inputs), dict(modules)]
    stamp = hashlib.sha256(json.dumps(made_from, sort_keys=True, default=str).encode()).hexdigest()
    fresh.mkdir(parents=True, exist_ok=True)
    if _read(current / _MADE_FROM) == stamp and (current / DOWNLOADS).is_dir():
        shutil.copytree(current / DOWNLOADS, fresh / DOWNLOADS)
    else:
        words = [str(workspace.root), dict(parameters), str(fresh / DOWNLOADS)]
        warm.call(f"{__name__}:make", words, folder=workspace.root, limit_seconds=_LIMIT_SECONDS)
    (fresh / _MADE_FROM).write_text(stamp, encoding="utf-8")
    _place_statistics(fresh)


def make(root: str, parameters: Mapping[str, Any], folder: str) -> None:
    """Make the downloads of an edition of the checkout `root` in a folder. Raises `FaultsFound`."""
    # Imported here: only a run that makes them anew needs to read figures and write workbooks.
    from scrutinybook.context import open_context  # noqa: PLC0415
    from scrutinybook.council_context import open_council_context  # noqa: PLC0415
    from scrutinybook.downloads.edition import write_downloads  # noqa: PLC0415

    own = parameters["edition"]["kind"] != "published"
    open_ = open_council_context if own else open_context
    context = open_(Workspace(Path(root)), parameters["edition"], parameters["previous"])
    write_downloads(context, Path(folder))


def _place_statistics(fresh: Path) -> None:
    """Put the table of all statistics, which the first page's notebook handed over, beside them."""
    notebook = fresh / "notebooks" / f"{CONTENTS}.ipynb"
    (fresh / DOWNLOADS / STATISTICS).unlink(missing_ok=True)
    if not notebook.is_file():
        return
    for cell in json.loads(notebook.read_bytes())["cells"]:
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get(HANDED_OVER)
            if text is not None:
                whole = text if isinstance(text, str) else "".join(text)
                (fresh / DOWNLOADS / STATISTICS).write_bytes(whole.encode("utf-8-sig"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
