"""The command that makes many authorities' books. It prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scrutinybook.errors import ExitCode
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.fleet.maker import Outcome


def add_commands(
    app: typer.Typer, is_quiet: Callable[[], bool], workspace: Callable[[], Workspace]
) -> None:
    """Add the command to the app; `is_quiet` says whether progress is wanted."""

    @app.command(rich_help_panel="Many authorities")
    def fleet(
        folder: Annotated[Path, typer.Argument(help="A folder of official files as downloaded.")],
        to: Annotated[
            str, typer.Option(help="A folder or an fsspec address such as s3://bucket/books.")
        ],
        editions: Annotated[
            str, typer.Option(help="Months: 2023-04..2024-03, or single ones with commas.")
        ],
        authorities: Annotated[
            str, typer.Option(help="all, or names or codes with semicolons between.")
        ] = "all",
        scheduler: Annotated[
            str | None,
            typer.Option(
                help="A running dask scheduler, tcp://...; else processes of this machine."
            ),
        ] = None,
        workers: Annotated[
            int | None,
            typer.Option(min=1, help="Processes on this machine (default: one a processor)."),
        ] = None,
    ) -> None:
        """Make the books of many authorities, on this machine or on a cluster.

        What lies at the address already, made of the very same, is not made again: stop it and
        start it again as you like. What fails is listed at the end; the rest is delivered.
        """
        from scrutinybook.fleet import run as fleet_run  # noqa: PLC0415
        from scrutinybook.fleet.cluster import where_to_look  # noqa: PLC0415
        from scrutinybook.fleet.maker import Result  # noqa: PLC0415
        from scrutinybook.progress import counted_progress  # noqa: PLC0415

        address = to if "://" in to else str(Path(to).resolve())
        planned = fleet_run.plan(workspace(), folder, authorities, editions, address)
        with counted_progress("books", planned.size, is_quiet=is_quiet()) as advance:

            def on_start(client: Any) -> None:
                if not is_quiet():
                    print(where_to_look(client), flush=True)

            def on_outcome(outcome: Outcome) -> None:
                seconds = f" in {outcome.seconds:.0f} s" if outcome.seconds else ""
                advance(f"{outcome.id}: {outcome.result}{seconds}")

            outcomes = fleet_run.run(
                planned,
                scheduler=scheduler,
                workers=workers,
                on_start=on_start,
                on_outcome=on_outcome,
            )
        for line in fleet_run.told(outcomes):
            print(line)
        print(f"All authorities: {address}/index.html")
        if any(outcome.result is Result.FAILED for outcome in outcomes):
            raise typer.Exit(ExitCode.NOTEBOOK)
