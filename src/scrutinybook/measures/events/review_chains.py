"""When reviews were due, of plans and of care: each due day follows from the review before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.measures.events.columns import NO_DAY, Bools, Ints, add_months, days
from scrutinybook.working_days import Days

LATER_MONTHS = 6
"""Every later review is due so many months after the one before it."""


@dataclass(frozen=True, eq=False)
class Dues:
    """Due days, shape (n,), each of one spell; a review counts for one of them."""

    spell: Ints
    """Position of the spell in its table."""
    due: Days
    held: Days
    """The day of the review that answers it, NaT where none is held."""
    assumed: Bools
    """Whether nothing is known but that a review was due by then: reviews before the events held
    are not, and six months after the first day held the latest of them no longer will do."""

    @property
    def in_time(self) -> Bools:
        """Whether a review was held on or before the due day."""
        return self.held <= self.due

    def where(self, kept: Bools) -> Dues:
        """Some of them."""
        return Dues(self.spell[kept], self.due[kept], self.held[kept], self.assumed[kept])


def spells_of_reviews(spells: pd.DataFrame, child: pd.Series, day: Days) -> Ints:
    """For each review the child's latest spell that began by then and was not over; -1 for none."""
    reviews = pd.DataFrame({"child": child.array, "day": day.astype("datetime64[ns]")})
    reviews["at"] = np.arange(len(reviews))
    begun = pd.DataFrame(
        {
            "child": spells["child"].array,
            "started": spells["started"].array,
            "ended": spells["ended"].array,
            "spell": np.arange(len(spells)),
        }
    )
    begun["child"] = begun["child"].astype(reviews["child"].dtype)
    found = pd.merge_asof(
        reviews.sort_values("day"),
        begun.sort_values("started"),
        left_on="day",
        right_on="started",
        by="child",
    ).sort_values("at")
    over = (found["ended"] < found["day"]).to_numpy(np.bool_)
    spell = found["spell"].fillna(-1).to_numpy(np.int64)
    return np.where(over, -1, spell)


def due_days(
    started: Days,
    first_due: Days,
    second_months: int,
    spell: Ints,
    held_on: Days,
    covers_from: date,
) -> Dues:
    """Due days of spells, from their starts and the reviews that were held.

    `started`, `first_due`: shape (spells,). `spell`, `held_on`: shape (reviews,), which spell each
    review is of (-1 for none). The second review is due `second_months` after the first, later ones
    six months after the one before. A spell that began before `covers_from` may have had reviews
    that are not held: all that is known is that one was due within six months of that day, and the
    review after the first that is held is due six months after it.
    """
    spell, held_on = _in_order(spell, held_on)
    n_spells, n = started.size, spell.size
    whole = started >= np.datetime64(covers_from, "D")
    counts = np.bincount(spell, minlength=n_spells)
    place = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    # What falls due next after each review, and what falls due first in each spell.
    months = np.where((place == 0) & whole[spell], second_months, LATER_MONTHS)
    following = _add_each(held_on, months)
    last = np.append(spell[1:] != spell[:-1], True) if n else np.zeros(0, np.bool_)
    answered = np.where(last, NO_DAY, np.roll(held_on, -1))
    firsts = np.full(n_spells, NO_DAY)
    firsts[spell[place == 0]] = held_on[place == 0]
    unseen = np.flatnonzero(~whole)
    latest = add_months(np.full(unseen.size, np.datetime64(covers_from, "D")), LATER_MONTHS)
    seen = np.flatnonzero(whole)
    return Dues(
        np.concatenate([seen, spell, unseen]),
        np.concatenate([first_due[seen], following, latest]),
        np.concatenate([firsts[seen], answered, firsts[unseen]]),
        np.arange(seen.size + n + unseen.size) >= seen.size + n,
    )


def _in_order(spell: Ints, held_on: Days) -> tuple[Ints, Days]:
    """Reviews of spells in order, two of one day taken as one."""
    held = spell >= 0
    frame = pd.DataFrame({"spell": spell[held], "day": held_on[held].astype("datetime64[ns]")})
    frame = frame.drop_duplicates().sort_values(["spell", "day"])
    return frame["spell"].to_numpy(np.int64), days(frame["day"])


def _add_each(start: Days, months: npt.NDArray[np.int64]) -> Days:
    moved = add_months(start, LATER_MONTHS)
    for other in np.unique(months[months != LATER_MONTHS]):
        moved = np.where(months == other, add_months(start, int(other)), moved)
    return moved
