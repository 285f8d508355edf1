"""The commands that read records: what differs between editions, and can one be had again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.errors import ExitCode
from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.record.compare import Difference
    from scrutinybook.record.editions import EditionsCompared, Figure
    from scrutinybook.record.signals import Signal
    from scrutinybook.verify import Verification

_PANEL = "Records of what was published"
_SHOWN = 5
"""New and gone figures of a measure that are shown one by one."""


def add_commands(
    app: typer.Typer, is_quiet: Callable[[], bool], workspace: Callable[[], Workspace]
) -> None:
    """Add the commands to the app."""

    @app.command(rich_help_panel=_PANEL)
    def diff(
        one: Annotated[str, typer.Argument(help="An edition's id, e.g. plymouth-2023-03.")],
        other: Annotated[str, typer.Argument(help="Another edition of the same authority.")],
        all_: Annotated[bool, typer.Option("--all", help="Every new figure, one a line.")] = False,
    ) -> None:
        """Say what differs between two editions of one authority, from what both published.

        Figures that are new, that changed (old and new) and that are no longer shown; signals that
        came and that are no longer held. Nothing is worked out that is not in one of the two.
        """
        from scrutinybook.record.editions import compare_editions  # noqa: PLC0415

        for line in _told(compare_editions(workspace(), one, other), every=all_):
            print(line)

    @app.command(rich_help_panel=_PANEL)
    def verify(
        edition: Annotated[str, typer.Argument(help="An edition's id, e.g. plymouth-2023-03.")],
        record: Annotated[
            Path | None,
            typer.Option(
                help="A folder with the record, from whoever made the book.",
                show_default="record/EDITION",
                exists=True,
                file_okay=False,
            ),
        ] = None,
        jobs: Annotated[
            int | None,
            typer.Option("--jobs", "-j", min=1, max=16, help="Notebooks to run at once."),
        ] = None,
    ) -> None:
        """Make an edition's results anew and say whether they are those of its record.

        Says "reproduced", or names each table, row and column that differs, old beside new, with
        what has changed since among the modules behind it. Exit codes: 0 reproduced · 7
        not · 8 extracts behind it, or rows of them, were removed since. Touches neither
        results/ nor site/. On the same packages, Python and system tables and charts are compared
        to the byte, elsewhere numbers to ten significant digits.
        """
        from scrutinybook import pipeline  # noqa: PLC0415
        from scrutinybook.checked import notebook_files  # noqa: PLC0415
        from scrutinybook.execute.warmth import warmth  # noqa: PLC0415
        from scrutinybook.progress import notebook_progress  # noqa: PLC0415
        from scrutinybook.verify import verify as verify_  # noqa: PLC0415

        here = workspace()
        names = [path.stem for path in notebook_files(here)]
        with (
            pipeline.working(here, f"verifying {edition}", datetime.now),
            warmth(here.scratch) as warm,
            notebook_progress(f"{edition} anew", names, is_quiet=is_quiet()) as on_event,
        ):
            found = verify_(here, edition, folder=record, jobs=jobs, on_event=on_event, warm=warm)
        for line in _verified(found):
            print(line)
        if not found.reproduced:
            raise typer.Exit(ExitCode.DIFFERS)


def _verified(found: Verification) -> Iterator[str]:
    edition, then = found.then.edition, found.then
    rows = sum(table.rows for table in then.tables.values())
    extent = f"{len(then.tables)} tables, {rows:,} rows"
    if found.reproduced:
        yield f"{edition}: reproduced {found.sameness} ({extent})."
    else:
        count = len(found.differences)
        yield f"{edition}: NOT reproduced {found.sameness} ({extent})."
        yield f"{count} {'difference' if count == 1 else 'differences'}, old → new:"
    yield from _differences(found)
    if not found.hashes_checked:
        yield (
            "The record's hashes were made with a key that is not here, so they were not checked;"
            " the tables were compared cell by cell."
        )
    for each in found.restored:
        yield f"Taken from git as it was, since it has changed: {each}"
    for one in found.inputs:
        yield f"Not as it was: {one.name}: {one.words}."
    if found.differences and found.packages_changed:
        yield f"Packages of other versions: {', '.join(found.packages_changed)}"
    made, here = (f"Python {run.python} on {run.platform}" for run in (then.run, found.now.run))
    if found.differences and made != here:
        yield f"Made with {made}; here {here}."


def _differences(found: Verification) -> Iterator[str]:
    """Every difference, under what has changed behind it."""
    from scrutinybook.verify import described  # noqa: PLC0415

    groups: dict[frozenset[str], list[Difference]] = {}
    for each in found.differences:
        groups.setdefault(found.behind(each), []).append(each)
    for behind, differences in groups.items():
        yield from (f"  {each}" for each in differences)
        if behind:
            yield "  Changed since, of what these are made by:"
            yield from (f"    {described(each)}" for each in sorted(behind))
            yield from _method_changes(found, behind)
        elif not found.inputs:
            yield "  No module and no notebook behind these has changed since."
        yield ""


def _method_changes(found: Verification, behind: frozenset[str]) -> Iterator[str]:
    """What was changed on purpose in modules behind a difference; that nothing was, if so."""
    from scrutinybook.method_changes import FILE, is_method  # noqa: PLC0415

    changes = found.method_changes(behind)
    if changes:
        yield "  Changes of method on record in these, since the edition was made:"
        yield from (f"    {each.words}" for each in changes)
    elif any(map(is_method, behind)):
        yield f"  No change of method in these is on record ({FILE})."


def _told(found: EditionsCompared, *, every: bool) -> Iterator[str]:
    earlier, later = (each.manifest.edition for each in (found.earlier, found.later))
    yield f"{later}, set against {earlier}:"
    yield from _listed("Signals that are new", _signals(found, found.signals_new))
    yield from _listed("Signals no longer held", _signals(found, found.signals_gone))
    unasked = _signals(found, found.signals_unasked)
    yield from _listed("Earlier signals that were not looked for again", unasked)
    changed = [
        f"{found.title(each.now.measure)}, {each.now.place}: {each.then.words} → {each.now.words}"
        for each in found.changed
    ]
    yield from _listed("Figures that changed", changed)
    yield from _listed("New figures", _figures(found, found.new, every=every))
    yield from _listed("Figures no longer shown", _figures(found, found.gone, every=every))


def _listed(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"{title}: none" if not lines else f"{title}:"
    yield from (f"  {line}" for line in lines)


def _signals(found: EditionsCompared, signals: Iterable[Signal]) -> list[str]:
    return [f"{found.title(each.measure)}: {each.words}" for each in signals]


def _figures(found: EditionsCompared, figures: Sequence[Figure], *, every: bool) -> list[str]:
    """By measure; the newest few of each, unless every one is asked for."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    lines = []
    for measure, mine in by_measure.items():
        shown = mine if every or len(mine) <= _SHOWN else mine[-1:]
        lines += [f"{found.title(measure)}, {each.place}: {each.words}" for each in shown]
        if len(shown) < len(mine):
            lines[-1] += f" (and {len(mine) - len(shown)} more)"
    return lines
