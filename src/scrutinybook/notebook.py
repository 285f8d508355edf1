"""What notebooks call: open the edition that papermill passed, and show pieces of a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.display import HTML, display

from scrutinybook.context import Context, open_context
from scrutinybook.council_context import CouncilContext, open_council_context
from scrutinybook.edition import read_edition
from scrutinybook.page_names import HANDED_OVER
from scrutinybook.workspace import Workspace


def open_edition(
    edition: str | Mapping[str, Any], previous: Mapping[str, Any] | None = None
) -> Context | CouncilContext:
    """Open an edition: by id when a notebook is tried by hand, by its parameters in a run.

    Raises `FaultsFound` where parameters or figures cannot be used.
    """
    workspace = Workspace.find(Path.cwd())
    if isinstance(edition, str):
        asked = read_edition(workspace, edition)
        edition = asked.as_parameters()
        if asked.previous is not None:
            previous = read_edition(workspace, asked.previous).as_parameters()
    if edition.get("kind", "published") != "published":
        return open_council_context(workspace, edition, previous)
    return open_context(workspace, edition, previous)


def checkout() -> Workspace:
    """The folders of the checkout that the notebook lies in, for what hangs on no edition."""
    return Workspace.find(Path.cwd())


def show(*pieces: str) -> None:
    """Show pieces of HTML as one output of the cell."""
    display(HTML("".join(pieces)))  # type: ignore[no-untyped-call]


def hand_over(table: str) -> None:
    """Hand a table over to lie beside the pages as a file; the page shows nothing of it.

    `table` is text as CSV. What a notebook computed for its page is not computed again for a file.
    """
    display({HANDED_OVER: table}, raw=True)  # type: ignore[no-untyped-call]
