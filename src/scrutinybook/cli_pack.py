"""The command that prints a published book. It prints words too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from scrutinybook.errors import FaultsFound
from scrutinybook.workspace import Workspace


def add_command(
    app: typer.Typer, is_quiet: Callable[[], bool], workspace: Callable[[], Workspace]
) -> None:
    """Add ``pack`` to the app; `workspace` finds the checkout."""

    @app.command()
    def pack(
        edition: Annotated[str, typer.Argument(help="Authority and month, e.g. plymouth-2023-03.")],
        whole: Annotated[
            bool, typer.Option("--whole", help="The whole book, not the summary alone.")
        ] = False,
        to: Annotated[
            Path | None,
            typer.Option(
                "--to", help="The PDF to write.", show_default="EDITION-summary.pdf or -book.pdf"
            ),
        ] = None,
        browser: Annotated[
            Path | None,
            typer.Option(help="Chromium, Chrome or Edge to print with.", show_default="found"),
        ] = None,
    ) -> None:
        """Print a published edition to one PDF for the committee: its summary, or the whole book.

        It holds what the pages in site/ say: tagged, with contents, bookmarks and page numbers.
        """
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.outside.options import output_faults  # noqa: PLC0415
        from scrutinybook.pack import make_pack  # noqa: PLC0415
        from scrutinybook.progress import step_progress  # noqa: PLC0415
        from scrutinybook.signoff.marks import marks_of  # noqa: PLC0415
        from scrutinybook.whole_file import write_whole  # noqa: PLC0415

        place = workspace()
        out = to or Path(f"{edition}-{'book' if whole else 'summary'}.pdf")
        if faults := list(output_faults(place.site / "index.html", [("--to", out)])):
            raise FaultsFound(faults)
        doing = f"printing {edition}"
        # The lock: a book must not be exchanged for another while its pages are read.
        with (
            pipeline.working(place, doing, datetime.now),
            step_progress(doing, is_quiet=is_quiet()),
        ):
            made = make_pack(
                place.site,
                edition,
                is_whole=whole,
                scratch=place.scratch / "stage-pack",
                marks=marks_of(place, edition),
                browser=browser,
            )
        write_whole(out, made.data)
        print(f"Wrote {out}: {made.pages} pages")
