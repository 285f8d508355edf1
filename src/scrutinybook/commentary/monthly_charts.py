"""What monthly charts show, in words, for readers who do not see them."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LevelChanges,
    MonthCount,
    NoLimits,
    TooShortToSearch,
)


def levels_description(
    levels: LevelChanges | TooShortToSearch, latest: MonthCount, noun: str, area: str
) -> str:
    """The chart of all months with their levels."""
    ends = f"The last point, {latest.month.words}, is {words.whole(latest.count)}."
    if isinstance(levels, TooShortToSearch):
        return f"Line chart of {noun} in {area} by month. {ends}"
    steps = [words.whole(level) for level in levels.levels]
    spans = [words.month_range(c.first, c.last) for c in levels.changes]
    path = f"The level is about {steps[0]} a month throughout."
    if spans:
        moves = [
            f"about {step} after a change {span}"
            for step, span in zip(steps[1:], spans, strict=True)
        ]
        path = f"The level starts at about {steps[0]} a month, then {words.listing(moves)}."
    return (
        f"Line chart of {noun} in {area} by month, {levels.first.words} to {levels.last.words}."
        f" {path} {ends}"
    )


def control_description(found: ControlVerdict | NoLimits, noun: str, area: str) -> str:
    """The control chart or run chart of the latest months."""
    now = found.latest
    own = f"{words.decimal(now.per_day)} ({now.month.words})"
    if isinstance(found, NoLimits):
        return (
            f"Run chart of {noun} in {area} for each working day since {found.first.words}, without"
            f" limits. The middle month is at {words.decimal(found.median)}; the last point is"
            f" {own}."
        )
    where = "outside" if found.beyond else "inside"
    return (
        f"Control chart of {noun} in {area} for each working day since {found.first.words}. The"
        f" centre line is at {words.decimal(found.centre)}, the limits at"
        f" {words.decimal(found.lower)} and {words.decimal(found.upper)}. The last point, {own},"
        f" lies {where} the limits."
    )
