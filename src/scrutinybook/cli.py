"""The `scrutiny` command. The only module that prints and that reads the clock."""

from __future__ import annotations

import sys
import time
import webbrowser
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scrutinybook import pipeline
from scrutinybook.edition import list_editions
from scrutinybook.errors import ExitCode, Fault, Faults, FaultsFound, ScrutinyError
from scrutinybook.workspace import Workspace

EXIT_CODES = """
Exit codes: 0 done · 2 wrong command line · 3 parameters or data have faults, nothing was run ·
4 a notebook failed · 5 the pages could not be built without a warning · 6 another run is at work ·
70 a defect in the program · 130 stopped from the keyboard. After 3 to 130 the last good book
stands as it was.
"""

app = typer.Typer(
    name="scrutiny",
    help="Make the scrutiny book on a council's children's services, month by month.\n\n"
    "A new month: `scrutiny new --from ID --month 2024-03`, look at the new file in params/, "
    "then `scrutiny book ID`.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)

EditionArgument = Annotated[str, typer.Argument(help="Authority and month, e.g. plymouth-2023-03.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, max=16, help="Notebooks to run at once (default: 2)."),
]


class Session:
    """Options that stand before the command."""

    workspace: Workspace
    is_quiet = False

    def say(self, line: str) -> None:
        """Print a line unless asked to be quiet."""
        if not self.is_quiet:
            print(line, flush=True)


session = Session()


@app.callback()
def options(
    project: Annotated[
        Path, typer.Option(help="A checkout of the project.", show_default="this folder")
    ] = Path(),
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but faults and results.")
    ] = False,
) -> None:
    """Read the options that every command has."""
    session.workspace = Workspace.find(project)
    session.is_quiet = quiet


@app.command("list")
def list_() -> None:
    """List the editions there are, one id a line, and whether each has a book."""
    workspace = session.workspace
    for edition_id in list_editions(workspace):
        has_book = (workspace.site / edition_id / "index.html").is_file()
        print(f"{edition_id}{'' if has_book else '  (no book yet)'}")


@app.command()
def check(edition: EditionArgument) -> None:
    """Check an edition's parameters and that its files are there, in a second, running nothing."""
    found = pipeline.check(session.workspace, edition)
    session.say(f"{edition}: parameters and files are in order ({found.edition.title}).")


@app.command()
def new(
    month: Annotated[str, typer.Option(help="The month to report, e.g. 2024-03.")],
    authority: Annotated[
        str | None, typer.Option(help="As the Department names it, e.g. Torbay.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", help="Copy an earlier edition, with its notes, as the one before."),
    ] = None,
) -> None:
    """Write the parameter file of a new edition, for an authority or after an earlier edition."""
    from scrutinybook.new_edition import new_edition  # noqa: PLC0415

    made = new_edition(session.workspace, month=month, authority=authority, copied=from_)
    print(f"Wrote {made.file}. Look at it, then: scrutiny book {made.edition.id}")
    for advice in made.advice:
        print(advice)


@app.command()
def official(
    folder: Annotated[Path, typer.Argument(help="A folder of files as downloaded.")],
    authority: Annotated[str, typer.Option(help="Name or code of one of the 153 authorities.")],
) -> None:
    """Read downloaded official files into the figures table of one authority.

    The files may have any name; each is known by its headings. Download them from the
    Department's releases Children in need, Children looked after and Children's social work
    workforce; data/README.md lists which.
    """
    from scrutinybook.official_report import read_official  # noqa: PLC0415

    for line in read_official(session.workspace, folder, authority):
        print(line)


@app.command()
def run(edition: EditionArgument, jobs: JobsOption = None) -> None:
    """Run an edition's notebooks into results/."""
    checked = pipeline.check(session.workspace, edition)
    with pipeline.working(session.workspace, f"running {edition}", datetime.now):
        _run(checked, jobs)


@app.command()
def build(edition: EditionArgument) -> None:
    """Build an edition's pages into site/ from its results."""
    checked = pipeline.check(session.workspace, edition)
    with pipeline.working(session.workspace, f"building {edition}", datetime.now):
        _build(checked)


@app.command()
def book(
    editions: Annotated[
        list[str] | None, typer.Argument(help="Ids, e.g. plymouth-2023-03.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every edition in params/.")] = False,
    jobs: JobsOption = None,
) -> None:
    """Check, run and build: make an edition's book, or several, into site/."""
    if bool(editions) == all_:
        raise typer.BadParameter("name one edition or more, or write --all", param_hint="EDITIONS")
    ids = list(list_editions(session.workspace)) if all_ else list(dict.fromkeys(editions or ()))
    # All are checked before the first is run: a fault in the last costs no waiting.
    checked = _check_all(ids)
    for each in checked:
        with pipeline.working(session.workspace, f"making {each.edition.id}", datetime.now):
            _run(each, jobs)
            _build(each)
    print(f"Done. Open {session.workspace.site / 'index.html'}")


@app.command("open")
def open_(
    edition: Annotated[str | None, typer.Argument(help="An edition's id.")] = None,
) -> None:
    """Open a book, or the list of books, in the browser."""
    place = session.workspace.site / (edition or "") / "index.html"
    if not place.is_file():
        mend = f"scrutiny book {edition}" if edition else "scrutiny book --all"
        raise FaultsFound([Fault(str(place), "there is no such book yet", mend=mend)])
    print(place)
    webbrowser.open(place.as_uri())


def _check_all(ids: list[str]) -> list[pipeline.Checked]:
    faults = Faults()
    checked = [faults.gather(pipeline.check, session.workspace, each) for each in ids]
    if faults.found:
        raise FaultsFound(faults.found)
    return [each for each in checked if each is not None]


def _run(checked: pipeline.Checked, jobs: int | None) -> None:
    from scrutinybook.progress import notebook_progress  # noqa: PLC0415

    names = [path.stem for path in pipeline.notebook_files(session.workspace)]
    with notebook_progress(checked.edition.id, names, is_quiet=session.is_quiet) as on_event:
        pipeline.run(session.workspace, checked, jobs=jobs, on_event=on_event)


def _build(checked: pipeline.Checked) -> None:
    from scrutinybook.progress import step_progress  # noqa: PLC0415

    began = time.monotonic()
    with step_progress(f"{checked.edition.id}: building pages", is_quiet=session.is_quiet):
        page = pipeline.build(session.workspace, checked)
    took = time.monotonic() - began
    session.say(f"{checked.edition.id}: pages built in {took:.0f} s: {page}")


def main() -> NoReturn:
    """Run the command; turn failures that people can mend into plain words and an exit code."""
    try:
        app(standalone_mode=True)
    except ScrutinyError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("Stopped. The last good book stands as it was.", file=sys.stderr)
        sys.exit(ExitCode.INTERRUPTED)
    sys.exit(0)
