"""Since when a change of level has been seen, and whether the months since then confirm it.

A change is provisional on first sight. It is confirmed when months that had no part in finding it
lie at the new level (`confirmation`). First sight is found by looking again as it was month by
month before, back to where the change was not seen for a while. A short while does not count: a
further change that comes up can hide it for a few looks. A change that was only ever seen together
with a later one has no months of its own to speak for it, and stays provisional.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.confirmation import FEWEST_LATER, Confirmation, confirm
from scrutinybook.statistics.level_change import LevelChange, LevelChanges, TooShortForChanges

LOOKS_BACK = 24
"""Months that are looked back at the most: a change seen for longer has had its time to show."""

HIDDEN = 6
"""Looks in a row that may miss a change without ending the way back: as many months as a further
change needs before the search can place it."""

Search = Callable[[int, int], LevelChanges | TooShortForChanges]
"""Searches the months from one place of the series up to another, which is left out."""


class State(StrEnum):
    """How a change stands."""

    CONFIRMED = "confirmed by later months"
    TOO_EARLY = "provisional: too few months since it was first seen"
    OPEN = "provisional: the months since it was first seen do not settle it"
    TOGETHER = "provisional: only ever seen together with the change after it"


@dataclass(frozen=True)
class Standing:
    """How one change stands."""

    state: State
    first_seen: int
    """Place of the last month of the look that first saw it."""
    seen_longer: bool
    """It was seen at the furthest look back too, so that it may have been seen before."""
    n_later: int
    """Months with a figure since then, up to the next change."""
    confirmation: Confirmation | None
    """What these months say; None where they are too few."""


@dataclass(frozen=True)
class _Look:
    begins: int
    ends: int
    answer: LevelChanges | TooShortForChanges

    @property
    def changes(self) -> tuple[LevelChange, ...]:
        return self.answer.changes if isinstance(self.answer, LevelChanges) else ()

    def place_of(self, change: LevelChange, at: int) -> int | None:
        """Which of this look's changes is `change`, dated by a look that begins `at`."""
        shift = at - self.begins
        same = [
            place
            for place, mine in enumerate(self.changes)
            if may_be_one(change, mine, shift=shift)
        ]
        here = change.first_month + shift
        return min(same, key=lambda k: abs(self.changes[k].first_month - here), default=None)


def may_be_one(one: LevelChange, other: LevelChange, *, shift: int = 0) -> bool:
    """Whether two changes may be one: the same direction, in ranges of dates that meet.

    `shift`: how many months later the series of `other` begins to count, negative for earlier:
    place p of the one is place p + shift of the other.
    """
    meet = one.earliest + shift <= other.latest and other.earliest <= one.latest + shift
    return meet and (one.after > one.before) == (other.after > other.before)


def standings(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None,
    *,
    first_month: int,
    window: int,
    search: Search,
    looks: int = LOOKS_BACK,
) -> tuple[Standing, ...]:
    """Say how each change found in the latest `window` months stands, oldest first.

    `counts`, `working_days`: shape (n,), the whole series, as for `find_level_changes`.
    `first_month`: calendar month of its first. `search`: a search of some of these months, the one
    that found the changes included; the same months must give the same answer. Empty where the
    latest look found nothing. Raises `ValueError` for other input.
    """
    found = checks.counts("counts", counts)
    days = None
    if working_days is not None:
        days = checks.exposures("working_days", working_days, length=found.size)
    checks.at_least("window", window, 1)
    checks.at_least("looks", looks, 1)
    n = found.size

    def look(back: int) -> _Look:
        begins, ends = max(0, n - back - window), n - back
        return _Look(begins, ends, search(begins, ends))

    latest = look(0)
    back = [latest]

    def look_back(k: int) -> _Look:
        while len(back) <= k:
            back.append(look(len(back)))
        return back[k]

    furthest = min(looks, n - 1)
    told: list[Standing] = []
    for place in reversed(range(len(latest.changes))):
        sight, seen, longer = _first_sight(latest, place, look_back, furthest)
        if sight is None:
            told.append(Standing(State.TOGETHER, seen.ends - 1, longer, 0, None))
            continue
        until = n
        if place + 1 < len(latest.changes):
            until = latest.begins + latest.changes[place + 1].earliest
        told.append(_judged(sight, longer, found[sight.ends : until], days, first_month))
    return tuple(reversed(told))


def _first_sight(
    latest: _Look, place: int, look_back: Callable[[int], _Look], furthest: int
) -> tuple[_Look | None, _Look, bool]:
    """The earliest look that saw a change as its latest, the earliest that saw it at all, and
    whether that was the furthest look there is."""
    change, seen = latest.changes[place], latest
    sight = latest if place == len(latest.changes) - 1 else None
    missed = 0
    for k in range(1, furthest + 1):
        earlier = look_back(k)
        mine = earlier.place_of(change, seen.begins)
        missed = missed + 1 if mine is None else 0
        if missed > HIDDEN:
            break
        if mine is not None:
            change, seen = earlier.changes[mine], earlier
            if mine == len(earlier.changes) - 1:
                sight = earlier
    return sight, seen, seen is look_back(furthest) and furthest > 0


def _judged(
    sight: _Look, longer: bool, later: checks.Floats, days: checks.Floats | None, first_month: int
) -> Standing:
    assert isinstance(sight.answer, LevelChanges)
    n_later = int((~np.isnan(later)).sum())
    told: Confirmation | None = None
    state = State.TOO_EARLY
    if n_later >= FEWEST_LATER:
        said = confirm(
            sight.answer,
            later,
            None if days is None else days[sight.begins : sight.ends + later.size],
            first_month=(first_month - 1 + sight.begins) % 12 + 1,
        )
        assert isinstance(said, Confirmation)  # as there are months enough
        told, state = said, State.CONFIRMED if said.holds else State.OPEN
    return Standing(state, sight.ends - 1, longer, n_later, told)
