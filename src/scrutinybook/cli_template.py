"""The command that writes an empty workbook for local figures. It prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from scrutinybook.cli_extracts import PANEL
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.workspace import Workspace


def add_command(app: typer.Typer, workspace: Callable[[], Workspace]) -> None:
    """Add ``template`` to the app; `workspace` finds the checkout, for the catalogue."""

    @app.command(rich_help_panel=PANEL)
    def template(
        out: Annotated[Path, typer.Argument(help="The workbook to write, OUT.xlsx.")],
        overwrite: Annotated[
            bool, typer.Option("--overwrite", help="Replace a workbook that is there.")
        ] = False,
    ) -> None:
        """Write an empty workbook for local figures: drop-downs, checks, and how to fill it in.

        Local figures are measures that no official return holds, as totals. Fill it in and read it
        with `scrutiny ingest`.
        """
        from scrutinybook.catalogue import read_catalogue  # noqa: PLC0415
        from scrutinybook.outside.options import output_faults  # noqa: PLC0415
        from scrutinybook.sources.extracts.local_template import (  # noqa: PLC0415
            LocalMeasure,
            template_bytes,
        )
        from scrutinybook.whole_file import write_whole  # noqa: PLC0415

        faults = list(output_faults(out.parent, [("OUT", out)]))
        if out.suffix.lower() != ".xlsx":
            mend = f"write {out.with_suffix('.xlsx').name}" if out.name else ""
            faults.append(Fault(f"OUT {out}", "no name of a workbook", "OUT.xlsx", mend))
        if out.is_file() and not overwrite:
            mend = "choose another name, or add --overwrite: what was filled in is lost"
            faults.append(Fault(f"OUT {out}", "there is such a file", "a new one", mend))
        if faults:
            raise FaultsFound(faults)
        measures = [
            LocalMeasure(
                id=name,
                title=each.title,
                numerator=each.numerator,
                denominator=each.denominator or "",
                unit=each.unit or ("percent" if each.kind == "proportion" else ""),
            )
            for name, each in read_catalogue(workspace()).extract_measures.items()
            if each.source == "local"
        ]
        write_whole(out, template_bytes(measures))
        print(f"Wrote {out}: {len(measures)} measures to fill in")
