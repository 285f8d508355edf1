"""Which chapters an edition has figures for: opens the figures, which takes their libraries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrutinybook.workspace import Workspace


def official_chapters(
    root: str, parameters: Mapping[str, Any], notebooks: Sequence[str]
) -> list[str]:
    """Of some notebooks' names, those whose chapter an edition of official figures can fill.

    `root` is the checkout, `parameters` what papermill passes. Raises `FaultsFound` where the
    figures cannot serve the edition.
    """
    # Imported here: where nothing has changed the answer is kept, and nothing has to be opened.
    from scrutinybook.chapters.registry import has_figures  # noqa: PLC0415
    from scrutinybook.context import open_context  # noqa: PLC0415

    context = open_context(Workspace(Path(root)), parameters["edition"], parameters["previous"])
    return [name for name in notebooks if has_figures(context, name)]
