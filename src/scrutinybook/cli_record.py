"""The commands that read records: what differs between editions, and can one be had again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from scrutinybook.workspace import Workspace

if TYPE_CHECKING:
    from scrutinybook.record.editions import EditionsCompared, Figure
    from scrutinybook.record.signals import Signal

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
