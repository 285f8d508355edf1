"""The `scrutiny` command. The only module that prints and that reads the clock."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scrutinybook import (
    cli_audit,
    cli_books,
    cli_demo,
    cli_extracts,
    cli_fleet,
    cli_outside,
    cli_pack,
    cli_record,
    cli_signoff,
    cli_template,
)
from scrutinybook.defects import note_defect, place_of
from scrutinybook.errors import ExitCode, Fault, FaultsFound, ScrutinyError, nearest
from scrutinybook.visible import visible
from scrutinybook.workspace import Workspace

EXIT_CODES = """
Exit codes: 0 done · 2 wrong command line · 3 parameters or data have faults, nothing was run ·
4 a notebook failed · 5 the pages could not be built without a warning · 6 another run is at work ·
7 made anew, an edition is not as its record has it (verify) · 8 extracts behind a record were
removed since (verify) · 9 a withheld figure could be narrowed down (audit) · 70 a defect in the
program · 74 the system refused a file · 130 stopped from the keyboard.
After 3 to 130 the last good book stands as it was.
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


class Session:
    """Options that stand before the command."""

    project = Path()
    is_quiet = False

    @cached_property
    def workspace(self) -> Workspace:
        """The checkout, looked for when a command needs it: help needs none."""
        return Workspace.find(self.project)

    def say(self, line: str) -> None:
        """Print a line unless asked to be quiet."""
        if not self.is_quiet:
            print(line, flush=True)


session = Session()
cli_outside.add_commands(app, lambda: session.is_quiet)
cli_extracts.add_commands(app, lambda: session.is_quiet, lambda: session.workspace)
cli_fleet.add_commands(app, lambda: session.is_quiet, lambda: session.workspace)
cli_audit.add_commands(app, lambda: session.workspace)
cli_record.add_commands(app, lambda: session.is_quiet, lambda: session.workspace)
cli_signoff.add_commands(app, lambda: session.workspace)
cli_template.add_command(app, lambda: session.workspace)
cli_demo.add_commands(app, lambda: session.is_quiet)


@app.callback()
def options(
    project: Annotated[
        Path,
        typer.Option(
            help="A checkout of the project.",
            show_default="this folder",
            exists=True,
            file_okay=False,
        ),
    ] = Path(),
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but faults and results.")
    ] = False,
) -> None:
    """Read the options that every command has."""
    session.project = project
    session.is_quiet = quiet


@app.command("list")
def list_() -> None:
    """List the editions there are, one id a line, and whether each has a book."""
    from scrutinybook.edition import list_editions, misnamed_files  # noqa: PLC0415

    workspace = session.workspace
    for edition_id in list_editions(workspace):
        has_book = (workspace.site / edition_id / "index.html").is_file()
        print(f"{edition_id}{'' if has_book else '  (no book yet)'}")
    for fault in misnamed_files(workspace):
        print(fault, file=sys.stderr)


@app.command()
def check(edition: cli_books.EditionArgument) -> None:
    """Check an edition's parameters and that its files are there, in a second, running nothing."""
    from scrutinybook.checked import check as check_  # noqa: PLC0415

    found = check_(session.workspace, edition)
    session.say(f"{edition}: parameters and files are in order ({found.edition.title}).")


@app.command()
def new(
    month: Annotated[str, typer.Option(help="The month to report, e.g. 2024-03.")],
    authority: Annotated[
        str | None, typer.Option(help="Name or code of an authority, e.g. Torbay or 880.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", help="Copy an earlier edition, with its notes, as the one before."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="Where the figures come from: published (official statistics), council (its own"
            " extracts), demonstration (invented).",
            show_default="published",
        ),
    ] = None,
) -> None:
    """Write the parameter file of a new edition, for an authority or after an earlier edition."""
    from scrutinybook.new_edition import new_edition  # noqa: PLC0415

    made = new_edition(session.workspace, month=month, authority=authority, copied=from_, kind=kind)
    print(f"Wrote {made.file}")
    for line in made.next_steps:
        print(line)


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
    from scrutinybook import pipeline  # noqa: PLC0415
    from scrutinybook.official_report import read_official  # noqa: PLC0415

    with pipeline.working(session.workspace, f"reading files on {authority}", datetime.now):
        for line in read_official(session.workspace, folder, authority):
            print(line)


cli_books.add_commands(app, lambda: session.is_quiet, lambda: session.workspace)
cli_pack.add_command(app, lambda: session.is_quiet, lambda: session.workspace)


@app.command("open")
def open_(
    edition: Annotated[str | None, typer.Argument(help="An edition's id.")] = None,
) -> None:
    """Open a book, or the list of books, in the browser."""
    from scrutinybook.edition import split_id  # noqa: PLC0415

    site = session.workspace.site
    place = site / "index.html" if edition is None else site / edition / "index.html"
    if edition is not None and not (split_id(edition) and place.is_file()):
        books = sorted(path.parent.name for path in site.glob("*/index.html"))
        mend = nearest(edition, books) or f"scrutiny book {edition}"
        there = f"the books there are: {', '.join(books) or 'none yet'}"
        raise FaultsFound([Fault(f"site/{edition}", "there is no such book", there, mend)])
    if not place.is_file():
        raise FaultsFound([Fault("site/", "there is no book yet", mend="scrutiny book --all")])
    print(place)
    webbrowser.open(place.as_uri())


def main() -> NoReturn:
    """Run the command; turn failures that people can mend into plain words and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name of a file may hold what the screen's encoding has no sign for.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(standalone_mode=True, prog_name="scrutiny")
    except ScrutinyError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except SystemExit as stop:
        if stop.code == ExitCode.INTERRUPTED:
            _complain("Stopped. The last good book stands as it was.")
        raise
    except OSError as error:
        log = _noted(error)
        name, why = _refused(error)
        _complain(
            f"{name}: {why}\n"
            "    to mend: see that the folder may be written to and that the disk has room;"
            f" the last good book stands as it was ({log})"
        )
        sys.exit(ExitCode.FILES)
    except Exception as error:
        _complain(f"A defect in the program stopped it ({type(error).__name__}): {_noted(error)}")
        sys.exit(ExitCode.UNEXPECTED)
    sys.exit(0)


def _refused(error: OSError) -> tuple[str, str]:
    """Which file the system refused, and why."""
    if isinstance(error, shutil.Error) and error.args and error.args[0]:
        _, name, why = error.args[0][0]  # the first of all files of a folder that was copied
        return str(name), str(why)
    return str(error.filename or "a file"), error.strerror or type(error).__name__


def _complain(text: str) -> None:
    """Print to the error stream, with paths as they stand in the project."""
    with suppress(ScrutinyError):
        text = text.replace(f"{session.workspace.root}{os.sep}", "")
    print(visible(text), file=sys.stderr)


def _noted(error: Exception) -> str:
    try:
        scratch = session.workspace.scratch
    except ScrutinyError:
        return place_of(error)
    doing = f"scrutiny {' '.join(sys.argv[1:])}"
    log = note_defect(scratch, error, datetime.now(), doing)
    return f"noted in {log}" if log else place_of(error)
