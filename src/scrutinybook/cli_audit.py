"""The command that audits what an edition's figures would give away. It prints none of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.council.audited import Audit

_SHOWN = 20
"""Figures of a kind that are listed one by one."""


def add_commands(app: typer.Typer, workspace: Callable[[], Workspace]) -> None:
    """Add the command to the app."""

    @app.command(rich_help_panel="A council's own extracts")
    def audit(
        edition: Annotated[str, typer.Argument(help="An edition's id, e.g. demo-2023-03.")],
        all_: Annotated[bool, typer.Option("--all", help="List every figure.")] = False,
    ) -> None:
        """Attack an edition's figures as a reader could who has all editions and official releases.

        Works out, by linear programmes, how far each withheld number can be narrowed down, and
        lists shares of nobody or of everybody for a person to look at. Run on its own and before
        each book from a council's own figures. Exit codes: 0 no small count can be ruled out;
        3 the edition has faults; 9 one can, and no book is made.
        """
        from scrutinybook.checked import check  # noqa: PLC0415
        from scrutinybook.council.audited import refuse_exposed  # noqa: PLC0415
        from scrutinybook.council_edition import audit_own  # noqa: PLC0415

        checked = check(workspace(), edition)
        found = audit_own(workspace(), checked.edition)
        for line in _told(found, every=all_):
            print(line)
        if found is not None:
            refuse_exposed(found)


def _told(found: Audit | None, *, every: bool) -> Iterator[str]:
    if found is None:
        yield "These figures are published officially already: there is nothing to withhold."
        return
    yield (
        f"{found.edition}: {found.shown} figures of {found.measures} measures are shown,"
        f" {found.withheld} are withheld."
    )
    held = f"{found.editions} earlier {'edition' if found.editions == 1 else 'editions'}"
    if found.was_published:
        held = f"what was published of this edition before, {held}"
    yield (
        f"Attacked: {found.numbers} withheld numbers, with {held} and {found.official} official"
        " numbers in hand."
    )
    if found.is_sound:
        yield "No small count can be ruled out for any of them."
    if found.restated:
        n = len(found.restated)
        yield f"Withheld now, but shown by an earlier edition, which cannot be called back: {n}"
        yield from _some(found.restated, every)
    if found.by_hand:
        yield f"Withheld by hand, as params says, with what would tell of it: {found.by_hand}"
    if found.reviewed:
        yield f"Shares of nobody or of everybody that somebody looked at: {found.reviewed}"
    if found.group_shares:
        n = len(found.group_shares)
        yield (
            f"Shares of nobody or of everybody, to be looked at by a person: {n}. Each is to be"
            " put under reviewed or withhold in disclosure.yml, beside the edition's file:"
        )
        yield from _some([each.words for each in found.group_shares], every)


def _some(lines: list[str] | tuple[str, ...], every: bool) -> Iterator[str]:
    shown = lines if every else lines[-_SHOWN:]
    if len(shown) < len(lines):
        yield f"    the latest {_SHOWN}; all with --all"
    yield from (f"    {each}" for each in shown)
