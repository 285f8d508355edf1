"""One lasting change of a monthly level, and whether it is found in other ways too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.findings.base import Direction
from scrutinybook.periods import Month
from scrutinybook.statistics import Interval
from scrutinybook.statistics.first_sight import State

NEAR = 2
"""Date ranges nearly coincide if each lies within the other widened by so many months."""


@dataclass(frozen=True)
class LevelChange:
    """One lasting change in the monthly level."""

    month: Month
    """Most likely first month of the new level."""
    first: Month
    last: Month
    """Range of months that holds it, at the confidence below."""
    before: float
    after: float
    """Events a month of average length, before and after."""
    difference: Interval
    """After less before, in events a month; estimated after a search."""
    p_value: float
    state: State
    """Confirmed by months that had no part in finding it, or still provisional."""
    first_seen: Month
    """Last month of the figures in which it was first seen."""
    seen_longer: bool
    """It may have been seen even before: no earlier figures were looked at."""
    n_later: int
    """Months with a figure since first sight, up to the next change."""

    @property
    def confirmed(self) -> bool:
        """Later months confirm it; otherwise it is provisional."""
        return self.state is State.CONFIRMED

    @property
    def direction(self) -> Direction:
        """Whether the level went up or down."""
        return Direction.of(self.after - self.before)

    @property
    def sure_of_size(self) -> bool:
        """Whether the interval of its size leaves out no change at all."""
        return not self.difference.lower <= 0 <= self.difference.upper


class DaysTaken(StrEnum):
    """How a repeat of the search took working days."""

    FREE = "with the weight of working days left open"
    NONE = "without regard to working days"


@dataclass(frozen=True)
class DatedChange:
    """A change as a repeat of the search dates it."""

    month: Month
    """Most likely first month of the new level."""
    first: Month
    last: Month
    """Range of months that holds it."""
    direction: Direction


@dataclass(frozen=True)
class OtherWay:
    """The same search with working days taken in another way."""

    days: DaysTaken
    changes: tuple[DatedChange, ...]


class Agreement(StrEnum):
    """What the search finds however working days are taken into account."""

    ALIKE = "the same changes, at much the same dates"
    DATES_DIFFER = "the same changes, at dates that are less sure"
    FURTHER = "the same changes, and some way further ones"
    DIFFER = "not the same changes"


def agreement(changes: Sequence[LevelChange], ways: Sequence[OtherWay]) -> Agreement:
    """Say how far other ways of taking working days find the same changes."""
    if not all(_all_found(changes, way) for way in ways):
        return Agreement.DIFFER
    if any(further(changes, way) for way in ways):
        # Where nothing was found, something found in another way is no further change.
        return Agreement.FURTHER if changes else Agreement.DIFFER
    if any(dated_apart(changes, way) for way in ways):
        return Agreement.DATES_DIFFER
    return Agreement.ALIKE


def further(changes: Sequence[LevelChange], way: OtherWay) -> tuple[DatedChange, ...]:
    """Changes that only the other way finds."""
    mine = [_match(change, way) for change in changes]
    return tuple(each for each in way.changes if each not in mine)


def dated_apart(
    changes: Sequence[LevelChange], way: OtherWay
) -> tuple[tuple[LevelChange, DatedChange], ...]:
    """Changes that both find, at dates that do not nearly coincide."""
    pairs = [(change, _match(change, way)) for change in changes]
    return tuple(
        (one, other) for one, other in pairs if other is not None and not _near(one, other)
    )


def overlap(one: LevelChange, other: LevelChange | DatedChange) -> bool:
    """Whether two changes may be one: the same direction, in ranges of dates that meet."""
    ranges_meet = one.first <= other.last and other.first <= one.last
    return ranges_meet and one.direction == other.direction


def _all_found(changes: Sequence[LevelChange], way: OtherWay) -> bool:
    matched = [_match(change, way) for change in changes]
    return None not in matched and len(set(matched)) == len(matched)


def _match(change: LevelChange, way: OtherWay) -> DatedChange | None:
    """The other way's change that is this one: of those that may be, the nearest."""
    may_be = [each for each in way.changes if overlap(change, each)]
    return min(may_be, key=lambda c: abs(c.month.index - change.month.index), default=None)


def _near(one: LevelChange, other: DatedChange) -> bool:
    apart = (
        one.first.index - other.first.index,
        one.last.index - other.last.index,
    )
    return all(abs(months) <= NEAR for months in apart)
