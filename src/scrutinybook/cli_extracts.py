"""The commands for a council's own extracts: ingest, history and purge. They print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.policy import KEEP_YEARS
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.history.place import Place
    from scrutinybook.history_steps import ReadExtract

PANEL = "A council's own extracts"

AuthorityOption = Annotated[str, typer.Option(help="Whose extracts: name or code.")]
HistoryOption = Annotated[
    Path | None,
    typer.Option(
        "--history",
        envvar="SCRUTINY_HISTORY",
        help="Folder of this authority's history.",
        show_default="your data folder, outside every checkout",
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key",
        envvar="SCRUTINY_KEY_FILE",
        help="File with the key of the pseudonyms. Back it up apart from the history.",
        show_default="your settings folder",
    ),
]
RoleOption = Annotated[str, typer.Option(help="Who purges, by role and without a name.")]


def add_commands(
    app: typer.Typer, is_quiet: Callable[[], bool], workspace: Callable[[], Workspace]
) -> None:
    """Add the three commands to the app; `workspace` finds the checkout, for authorities' names."""

    def place(authority: str, history: Path | None, key: Path | None) -> Place:
        from scrutinybook.history.place import place_of  # noqa: PLC0415

        return place_of(_slug(authority, workspace), history, key)

    def say(lines: Iterable[str]) -> None:
        if not is_quiet():
            for line in lines:
                print(line)

    @app.command(rich_help_panel=PANEL)
    def ingest(
        paths: Annotated[
            list[Path], typer.Argument(help="Files or folders; each is known by its content.")
        ],
        authority: AuthorityOption,
        as_of: Annotated[
            datetime | None,
            typer.Option(
                "--as-of",
                formats=["%Y-%m-%d"],
                help="The day that the extract shows, where it does not say itself.",
            ),
        ] = None,
        correct: Annotated[
            str,
            typer.Option(
                help="Why this extract corrects the one held of its day. No names.", metavar="WHY"
            ),
        ] = "",
        again: Annotated[
            str,
            typer.Option(
                help="Why an extract that was purged may be held again. No names.", metavar="WHY"
            ),
        ] = "",
        skip_refused: Annotated[
            bool, typer.Option("--skip-refused", help="Store the others where some are refused.")
        ] = False,
        history: HistoryOption = None,
        key: KeyOption = None,
    ) -> None:
        """Read extracts into the history: Annex A, SSDA903, censuses, local figures.

        All are read before the first is stored; where one is refused, none is. The same content
        again changes nothing. Children's numbers are replaced by keyed hashes.
        """
        from scrutinybook import history_steps as steps  # noqa: PLC0415
        from scrutinybook.history import listing  # noqa: PLC0415

        where = place(authority, history, key)
        done = steps.ingest(
            paths,
            where,
            read=_reader(workspace),
            as_of=None if as_of is None else as_of.date(),
            clock=_clock,
            reasons=steps.Reasons(correct.strip(), again.strip()),
            skip_refused=skip_refused,
        )
        for tomb in done.resumed:
            say([f"Finished a purge that was stopped: {tomb.words}"])
        for each in done.ingested:
            say(
                listing.source_lines(str(each.path), each.extract, each.admitted, each.stored),
            )
        if done.is_first:
            say(listing.beginning_lines(where))
        say(listing.expired_lines(steps.listed(where)[0], _clock().date()))
        for fault in done.refused:
            print(f"Skipped, as asked: {fault}", file=sys.stderr)

    @app.command(name="history", rich_help_panel=PANEL)
    def history_(
        authority: AuthorityOption, history: HistoryOption = None, key: KeyOption = None
    ) -> None:
        """List the extracts that the history holds, and what was purged from it."""
        from scrutinybook import history_steps as steps  # noqa: PLC0415
        from scrutinybook.history import listing  # noqa: PLC0415

        where = place(authority, history, key)
        for line in listing.history_lines(where.authority, *steps.listed(where), _clock().date()):
            print(line)

    _add_purge(app, place)


def _add_purge(app: typer.Typer, place: Callable[[str, Path | None, Path | None], Place]) -> None:
    @app.command(rich_help_panel=PANEL)
    def purge(
        authority: AuthorityOption,
        role: RoleOption,
        reason: Annotated[
            str, typer.Option(help="Why. No names.", show_default="the retention period")
        ] = "",
        expired: Annotated[
            bool, typer.Option("--expired", help="Extracts older than they are kept.")
        ] = False,
        keep_years: Annotated[
            int | None,
            typer.Option(
                "--keep-years",
                min=1,
                max=99,
                help="With --expired or by itself: how many years are kept.",
                show_default=str(KEEP_YEARS),
            ),
        ] = None,
        older_than: Annotated[
            datetime | None,
            typer.Option("--older-than", formats=["%Y-%m-%d"], help="Extracts of before a day."),
        ] = None,
        extract: Annotated[
            str | None, typer.Option("--extract", help="One extract, by its id.", metavar="ID")
        ] = None,
        child: Annotated[
            bool,
            typer.Option(
                "--child",
                help="A child's rows everywhere; the number is asked for, never typed here.",
            ),
        ] = False,
        child_file: Annotated[
            Path | None,
            typer.Option(
                "--child-file",
                exists=True,
                dir_okay=False,
                help="As --child, with the number in a file; one a line.",
            ),
        ] = None,
        history: HistoryOption = None,
        key: KeyOption = None,
    ) -> None:
        """Remove old extracts, one extract, or a child's rows from the history.

        Every version is searched, superseded ones too. What was done, when, by which role and why
        is noted; not whose rows. To rectify a child's rows, purge them and read a mended extract.
        """
        from scrutinybook import history_steps as steps  # noqa: PLC0415
        from scrutinybook.history import listing  # noqa: PLC0415
        from scrutinybook.history.purge import kept_since  # noqa: PLC0415

        is_old = expired or keep_years is not None
        chosen = [
            is_old,
            older_than is not None,
            extract is not None,
            child,
            child_file is not None,
        ]
        if sum(chosen) != 1:
            raise typer.BadParameter(
                "name one thing to purge: --expired, --older-than, --extract, --child or"
                " --child-file"
            )
        if not role.strip():
            raise typer.BadParameter("say by which role", param_hint="--role")
        by_age = is_old or older_than is not None
        if not by_age and not reason.strip():
            raise typer.BadParameter("say why", param_hint="--reason")
        where = place(authority, history, key)
        role, reason = role.strip(), reason.strip() or "retention period"
        if by_age:
            today = _clock().date()
            before = (
                kept_since(today, keep_years or KEEP_YEARS)
                if older_than is None
                else older_than.date()
            )
            done = steps.purge_old(where, before, role, reason, _clock)
            print(
                f"No extract is of before {before}." if done is None else listing.purge_line(done)
            )
            return
        if extract is not None:
            done = steps.purge_one(where, extract, role, reason, _clock)
        else:
            done = steps.purge_number(where, _numbers(child_file), role, reason, _clock)
        print(listing.purge_line(done))


def _clock() -> datetime:
    return datetime.now().astimezone()


def _reader(workspace: Callable[[], Workspace]) -> ReadExtract:
    """Read extracts; local figures by the measures of the catalogue, where there is a checkout."""
    from scrutinybook.catalogue import read_catalogue  # noqa: PLC0415
    from scrutinybook.sources.extracts.recognise import read_extract  # noqa: PLC0415

    try:
        checkout = workspace()
    except FaultsFound:  # outside a checkout any measure's id will do
        return read_extract
    measures = read_catalogue(checkout).extract_measures
    local = {name: each for name, each in measures.items() if each.source == "local"}
    rates = [name for name, each in local.items() if each.kind == "value"]
    return partial(read_extract, known_measures=list(local), rates=rates)


def _slug(authority: str, workspace: Callable[[], Workspace]) -> str:
    from scrutinybook.at_hand import authorities  # noqa: PLC0415
    from scrutinybook.history.authority import authority_slug  # noqa: PLC0415

    try:
        found = workspace()
    except FaultsFound:  # an extract can be read outside a checkout; then any name will do
        return authority_slug(authority, (), ())
    own = [path.name for path in found.params.iterdir() if path.is_dir()]
    return authority_slug(authority, authorities(found), own)


def _numbers(file: Path | None) -> list[str]:
    """The council's own number of a child, from anywhere but the command line."""
    try:
        if file is not None:
            return file.read_text(encoding="utf-8-sig").splitlines()
        if sys.stdin.isatty():
            return [typer.prompt("The council's own number of the child", hide_input=True)]
        return sys.stdin.read().splitlines()
    except UnicodeDecodeError:
        where = "the child's number" if file is None else str(file)
        mend = "save it as plain text in UTF-8, one number a line"
        raise FaultsFound([Fault(where, "not UTF-8 text", mend=mend)]) from None
