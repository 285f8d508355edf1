"""Contacts and the referrals some of them lead to. A contact is not a referral."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo import recording, story
from scrutinybook.demo.chance import Chance, happens, picked, unsteady_counts, unsteady_shares
from scrutinybook.demo.days import NEVER, Bools, Ints, WorkingDays, month_places, number
from scrutinybook.demo.people import People
from scrutinybook.demo.recording import Correction
from scrutinybook.demo.story import MonthlyRates

SOURCE_SHARES = np.array([9, 22, 2.5, 14, 1.3, 16, 24, 4.5, 3.7, 2.7, 0.3])
"""By the vocabulary's order of sources, individual to unknown."""
NEED_FOUND = 0.52
"""Of assessed referrals. Decided before the assessment, so that only closed cases return."""
RETURNING = 0.215
"""Of referrals: the child was referred before, nearly always within the year."""
KNOWN_TO_HUB = 0.45
"""Of contacts that lead to nothing: about a child of an earlier contact."""


@dataclass(frozen=True, eq=False)
class FrontDoor:
    """Contacts and referrals as they were."""

    contacts: pd.DataFrame
    """child, day, source, recorded, removed, refers."""
    referrals: pd.DataFrame
    """child, day, source, no_action, will_need, recorded, removed."""
    corrections: tuple[Correction, ...]


def make_front_door(
    chance: Chance, rates: MonthlyRates, calendar: WorkingDays, people: People
) -> FrontDoor:
    """Draw contacts day by day and the referrals that follow."""
    rng = chance.stream("front door")
    day = _contact_days(rng, rates, calendar)
    at = month_places(day, rates.months)
    typical = np.full(len(rates.months), story.LEADING_TO_REFERRAL)
    leading = unsteady_shares(rng, typical, spread=0.05)
    refers = happens(rng, leading[at], day.size)
    nothing = unsteady_shares(rng, rates.no_action, spread=0.08)
    no_action = refers & happens(rng, nothing[at], day.size)
    need = refers & ~no_action & happens(rng, NEED_FOUND, day.size)
    child = people_of(rng, day, refers, refers & ~need, people)
    source = picked(rng, SOURCE_SHARES, day.size)
    contacts = pd.DataFrame({"child": child, "day": day, "source": source})
    contacts["recorded"] = recording.CONTACTS.after(rng, day)
    contacts["removed"] = NEVER
    contacts["refers"] = refers
    first = contacts.loc[refers, ["child", "source"]].reset_index(drop=True)
    waits = picked(rng, np.array([0.6, 0.3, 0.1]), int(refers.sum()))
    referred = calendar.add(calendar.on_or_after(day[refers]), waits)
    referrals = first.assign(
        day=referred,
        no_action=no_action[refers].astype(np.int64),
        will_need=need[refers],
        recorded=recording.REFERRALS.after(rng, referred),
        removed=NEVER,
    ).drop_duplicates(["child", "day"], ignore_index=True)
    contacts = contacts.drop_duplicates(["child", "day"], ignore_index=True)
    contacts, alias = _entered_twice(chance.stream("contacts twice"), contacts, people)
    referrals = _referrals_twice(chance.stream("referrals twice"), referrals)
    wrong = _corrections(chance.stream("front door put right"), contacts, referrals)
    return FrontDoor(contacts, referrals, (alias, *wrong))


def _contact_days(rng: np.random.Generator, rates: MonthlyRates, calendar: WorkingDays) -> Ints:
    first, last = number(rates.months[0].first_day), number(rates.months[-1].last_day)
    days = np.arange(first, last + 1)
    weight = calendar.share(days, 0.21) * rates.season[month_places(days, rates.months)]
    place = month_places(days, rates.months)
    typical = np.bincount(place, weight).astype(np.float64) * story.CONTACTS_A_DAY * 0.92
    counts = unsteady_counts(rng, typical, rho=0.3, spread=0.05, extra=0.004)
    drawn = [
        days[place == at][np.sort(picked(rng, weight[place == at], int(many)))]
        for at, many in enumerate(counts)
    ]
    return np.concatenate(drawn)


def people_of(
    rng: np.random.Generator, day: Ints, refers: Bools, may_return: Bools, people: People
) -> Ints:
    """Who each contact is about: a new child, or the child of an earlier contact.

    A referral points back to one whose case has been closed since, and that no other points to, so
    that a child has one case at a time; any other contact points to any.
    Pointers lead back in time only; following them to the end gives the first contact of a child.
    """
    many = day.size
    back = np.where(
        rng.random(many) < 0.93, rng.integers(135, 355, many), rng.integers(370, 700, many)
    )
    back = np.where(refers, back, rng.integers(1, 400, many))
    returns = happens(rng, np.where(refers, RETURNING, KNOWN_TO_HUB), many)
    parent = np.arange(many)
    for ours, theirs in ((refers, may_return), (~refers, np.ones(many, np.bool_))):
        pool = np.flatnonzero(theirs)
        asking = np.flatnonzero(ours & returns)
        found = np.searchsorted(day[pool], day[asking] - back[asking], side="right") - 1
        if ours is refers:
            found = _each_once(found)
        parent[asking[found >= 0]] = pool[found[found >= 0]]
    while (parent[parent] != parent).any():
        parent = parent[parent]
    born = day - _ages_in_days(rng, many)
    is_first = parent == np.arange(many)
    grown_up = day - born[parent] >= 17.9 * 365.25
    parent[grown_up] = np.flatnonzero(grown_up)
    is_first |= grown_up
    child = np.full(many, -1)
    child[is_first] = people.add(born[is_first])
    return child[parent]


def _each_once(wanted: Ints) -> Ints:
    """Places wanted, or the next lower one that nobody has taken; -1 where there is none."""
    taken: set[int] = set()
    given = np.full(wanted.size, -1)
    for at, place in enumerate(wanted.tolist()):
        free = place
        while free >= 0 and free in taken:
            free -= 1
        taken.add(free)
        given[at] = free
    return given


def _ages_in_days(rng: np.random.Generator, many: int) -> Ints:
    """Up to 16: the young are referred a little more often."""
    return np.asarray(16.5 * 365.25 * rng.beta(0.95, 1.1, many), np.int64) + 1


def _entered_twice(
    rng: np.random.Generator, contacts: pd.DataFrame, people: People
) -> tuple[pd.DataFrame, Correction]:
    """A few contacts are entered twice or in error and taken out; a few stand under a second number
    of the child until the two are merged."""
    day, recorded = contacts["day"].to_numpy(), contacts["recorded"].to_numpy()
    removed = contacts["removed"].to_numpy().copy()
    rows, until = recording.put_right(rng, recorded, 0.0015)
    removed[rows] = until
    twice, merged = recording.put_right(rng, recorded, 0.002)
    copies = contacts.iloc[twice].assign(day=day[twice] + 1, removed=merged, refers=False)
    copies["recorded"] = np.maximum(recorded[twice], day[twice] + 1)
    both = pd.concat([contacts.assign(removed=removed), copies], ignore_index=True)
    both = both.drop_duplicates(["child", "day"], ignore_index=True)
    recorded = both["recorded"].to_numpy()
    rows, until = recording.put_right(rng, recorded, 0.0012)
    second = people.add(both["day"].to_numpy()[rows] - _ages_in_days(rng, rows.size))
    return both, Correction("contacts", "child", rows, second, until)


def _referrals_twice(rng: np.random.Generator, referrals: pd.DataFrame) -> pd.DataFrame:
    """A few are recorded a second time without a case; a few without further action in error."""
    recorded = referrals["recorded"].to_numpy()
    rows, until = recording.put_right(rng, recorded, 0.01)
    ends = referrals["no_action"].to_numpy()[rows] == 1
    removed = referrals["removed"].to_numpy().copy()
    removed[rows[ends]] = until[ends]
    rows, until = recording.put_right(rng, recorded, 0.005)
    day = referrals["day"].to_numpy()[rows] + 1
    copies = referrals.iloc[rows].assign(
        day=day,
        no_action=1,
        will_need=False,
        recorded=np.maximum(recorded[rows], day),
        removed=until,
    )
    both = pd.concat([referrals.assign(removed=removed), copies], ignore_index=True)
    return both.drop_duplicates(["child", "day"], ignore_index=True)


def _corrections(
    rng: np.random.Generator, contacts: pd.DataFrame, referrals: pd.DataFrame
) -> list[Correction]:
    """Sources and outcomes that were first entered wrongly."""
    made = []
    for name, table in (("contacts", contacts), ("referrals", referrals)):
        rows, until = recording.put_right(rng, table["recorded"].to_numpy(), 0.006)
        made.append(Correction(name, "source", rows, picked(rng, SOURCE_SHARES, rows.size), until))
    ends = referrals["no_action"].to_numpy() == 1
    kept = referrals["removed"].to_numpy() >= NEVER
    recorded = np.where(ends & kept, referrals["recorded"].to_numpy(), NEVER)
    rows, until = recording.put_right(rng, recorded, 0.06)
    made.append(Correction("referrals", "no_action", rows, np.zeros(rows.size, np.int64), until))
    return made
