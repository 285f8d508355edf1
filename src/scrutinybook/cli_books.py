"""The commands that run notebooks, build pages, and do both. They print."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.execute.starting import Kernels
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.checked import Checked
    from scrutinybook.execute.warmth import Warmth

EditionArgument = Annotated[str, typer.Argument(help="Authority and month, e.g. plymouth-2023-03.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, max=16, help="Notebooks to run at once (default: 2)."),
]

KernelsOption = Annotated[
    Kernels | None,
    typer.Option(
        help="forked: from one parent that has imported everything; plain: each started anew."
        " Results are the same.",
        show_default="forked on Linux, plain elsewhere",
    ),
]


def add_commands(
    app: typer.Typer, is_quiet: Callable[[], bool], workspace: Callable[[], Workspace]
) -> None:
    """Add the commands to the app."""

    @app.command()
    def run(
        edition: EditionArgument, jobs: JobsOption = None, kernels: KernelsOption = None
    ) -> None:
        """Run an edition's notebooks into results/, those whose inputs have changed."""
        from scrutinybook.checked import check  # noqa: PLC0415

        making = _Making(workspace(), is_quiet())
        checked = check(making.workspace, edition)
        with making.working(f"running {edition}", kernels) as warm:
            making.run(checked, jobs, warm)

    @app.command()
    def build(edition: EditionArgument) -> None:
        """Build an edition's pages into site/ from its results."""
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.checked import check  # noqa: PLC0415

        making = _Making(workspace(), is_quiet())
        checked = check(making.workspace, edition)
        with pipeline.working(making.workspace, f"building {edition}", datetime.now):
            making.build(checked)

    @app.command()
    def book(
        editions: Annotated[
            list[str] | None, typer.Argument(help="Ids, e.g. plymouth-2023-03.")
        ] = None,
        all_: Annotated[bool, typer.Option("--all", help="Every edition in params/.")] = False,
        jobs: JobsOption = None,
        kernels: KernelsOption = None,
    ) -> None:
        """Check, run and build: make an edition's book, or several, into site/.

        Only what has changed since the last run is made anew.
        """
        if bool(editions) == all_:
            message = "name one edition or more, or write --all"
            raise typer.BadParameter(message, param_hint="EDITIONS")
        making = _Making(workspace(), is_quiet())
        # All are checked before the first is run: a fault in the last costs no waiting.
        checked = making.check_all(editions)
        named = checked[0].edition.id
        more = f" and {len(checked) - 1} more" if len(checked) > 1 else ""
        with making.working(f"making {named}{more}", kernels, builds=True) as warm:
            for each in checked:
                making.run(each, jobs, warm)
                making.build(each, warm)
        print(f"Done. Open {making.workspace.site / 'index.html'}")


@dataclass(frozen=True)
class _Making:
    """Makes books in one checkout and says how far it is."""

    workspace: Workspace
    is_quiet: bool

    def check_all(self, named: Sequence[str] | None) -> list[Checked]:
        """Check the named editions, or all there are; raise the faults of all together."""
        from scrutinybook.checked import check  # noqa: PLC0415
        from scrutinybook.edition import list_editions, misnamed_files  # noqa: PLC0415

        faults = Faults()
        if not named:
            faults.add(misnamed_files(self.workspace))
            named = list(list_editions(self.workspace))
            if not named:
                faults.add([Fault("params/", "there is no edition", mend="make one: scrutiny new")])
        checked = [faults.gather(check, self.workspace, each) for each in dict.fromkeys(named)]
        if faults.found:
            # Editions share the catalogue and the notebooks: what is wrong there is said once.
            raise FaultsFound(dict.fromkeys(faults.found))
        return [each for each in checked if each is not None]

    @contextmanager
    def working(
        self, doing: str, kernels: Kernels | None, *, builds: bool = False
    ) -> Iterator[Warmth]:
        """Hold the lock of the checkout, with a parent for kernels that is kept warm meanwhile."""
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.execute.warmth import warmth  # noqa: PLC0415

        if kernels is Kernels.FORKED and not hasattr(os, "fork"):
            message = "this system cannot fork; leave --kernels out, or write --kernels plain"
            raise typer.BadParameter(message, param_hint="--kernels")
        next_modules = pipeline.modules_after(builds=builds)
        with (
            pipeline.working(self.workspace, doing, datetime.now),
            warmth(self.workspace.scratch, kernels, next_modules=next_modules) as warm,
        ):
            yield warm

    def run(self, checked: Checked, jobs: int | None, warm: Warmth) -> None:
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.checked import notebook_files  # noqa: PLC0415
        from scrutinybook.progress import notebook_progress  # noqa: PLC0415

        names = [path.stem for path in notebook_files(self.workspace)]
        with notebook_progress(checked.edition.id, names, is_quiet=self.is_quiet) as on_event:
            made = datetime.now(UTC)
            pipeline.run(
                self.workspace, checked, jobs=jobs, on_event=on_event, warm=warm, made=made
            )

    def build(self, checked: Checked, warm: Warmth | None = None) -> None:
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.progress import step_progress  # noqa: PLC0415

        began = time.monotonic()
        with step_progress(f"{checked.edition.id}: building pages", is_quiet=self.is_quiet):
            page = pipeline.build(self.workspace, checked, warm=warm)
        took = time.monotonic() - began
        if not self.is_quiet:
            print(f"{checked.edition.id}: pages built in {took:.0f} s: {page}", flush=True)
