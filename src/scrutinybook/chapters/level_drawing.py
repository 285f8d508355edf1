"""The chart of a monthly count with the levels that a search found, and the list of changes."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.analysis.levels import MonthlyCounts
from scrutinybook.charts.context_marks import ContextMark
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.monthly_chart import Level, monthly_chart
from scrutinybook.commentary.levels import one_change
from scrutinybook.findings.monthly import LevelChanges, TooShortToSearch
from scrutinybook.pages import fragments
from scrutinybook.periods import Month

LATEST_CHANGES = 2
"""Lasting changes that a page shows at once; the others are history."""

CAPTION = (
    "Thick lines are levels for a month of average length; shaded months are those in which the"
    " level may have changed. Months before the thick lines were not searched; where shown, they"
    " are paler."
)


def level_drawing(
    name: str,
    title: str,
    description: str,
    *,
    data: MonthlyCounts,
    levels: LevelChanges | TooShortToSearch,
    unit: str,
    context: Sequence[ContextMark] = (),
) -> Drawing:
    """Draw the counts, the levels and the ranges of their changes; `unit` names what is counted.

    `context`: notes, of which those on `months_searched` are marked.
    """
    return monthly_chart(
        name,
        title,
        description,
        months=data.months,
        counts=list(data.counts),
        levels=_level_lines(data, levels),
        change_ranges=_change_ranges(data, levels),
        unit=unit,
        searched_from=_searched_from(data, levels),
        context=context,
    )


def months_searched(
    data: MonthlyCounts, levels: LevelChanges | TooShortToSearch
) -> tuple[Month, ...]:
    """The months that the chart shows on every screen."""
    return data.months[_searched_from(data, levels) :]


def change_list(levels: LevelChanges | TooShortToSearch) -> str:
    """The latest changes first; those further back are history, folded away."""
    if isinstance(levels, TooShortToSearch):
        return ""
    said = [one_change(c, levels) for c in reversed(levels.changes)]
    older = fragments.bullets(said[LATEST_CHANGES:])
    latest = fragments.bullets(said[:LATEST_CHANGES])
    return latest + (fragments.more("Changes before that", older) if older else "")


def _level_lines(data: MonthlyCounts, levels: LevelChanges | TooShortToSearch) -> list[Level]:
    if isinstance(levels, TooShortToSearch):
        return []
    starts = [_searched_from(data, levels), *(data.months.index(c.month) for c in levels.changes)]
    stops = [*starts[1:], len(data.months)]
    return [Level(*each) for each in zip(starts, stops, levels.levels, strict=True)]


def _searched_from(data: MonthlyCounts, levels: LevelChanges | TooShortToSearch) -> int:
    return 0 if isinstance(levels, TooShortToSearch) else data.months.index(levels.first)


def _change_ranges(
    data: MonthlyCounts, levels: LevelChanges | TooShortToSearch
) -> list[tuple[int, int]]:
    if isinstance(levels, TooShortToSearch):
        return []
    place = data.months.index
    return [(place(c.first), place(c.last)) for c in levels.changes]
