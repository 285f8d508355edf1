"""The whole truth about the demonstration authority, made once from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo.care import Care, make_care
from scrutinybook.demo.casework import Casework, make_casework
from scrutinybook.demo.chance import Chance, picked
from scrutinybook.demo.days import NEVER, Ints, WorkingDays, months_between, working_days_of
from scrutinybook.demo.early_help import make_early_help
from scrutinybook.demo.front_door import SOURCE_SHARES, make_front_door
from scrutinybook.demo.local import make_local
from scrutinybook.demo.people import People
from scrutinybook.demo.recording import Correction
from scrutinybook.demo.story import MonthlyRates, monthly_rates
from scrutinybook.demo.workforce import Workforce, make_workforce
from scrutinybook.periods import Month

SEED = 45
MONTHS = 36
UNTIL = Month(2023, 3)
MONTHS_BEFORE = 24
"""Months of events before the first extract, so that cases, plans and re-referrals are level."""


@dataclass(frozen=True, eq=False)
class Truth:
    """Everything that happened, and when it was recorded. Days are numbers (`days`)."""

    seed: int
    months: tuple[Month, ...]
    """Months with an extract, the first to the last."""
    rates: MonthlyRates
    calendar: WorkingDays
    people: pd.DataFrame
    contacts: pd.DataFrame
    referrals: pd.DataFrame
    casework: Casework
    care: Care
    """Its periods have a `case`: the position of the referral that led to care."""
    early_help: pd.DataFrame
    workforce: Workforce
    local: pd.DataFrame
    """Local figures (`local`)."""
    corrections: tuple[Correction, ...]


def simulate(seed: int = SEED, months: int = MONTHS, until: Month = UNTIL) -> Truth:
    """Make the truth up to the end of a month, with extracts in so many months up to it.

    The same arguments give the same truth on every machine.
    """
    shown = months_between(until - (months - 1), until)
    first = shown[0] - MONTHS_BEFORE
    rates = monthly_rates(months_between(first, until))
    calendar = working_days_of(first.year - 13, until.year + 5)
    chance = Chance(seed)
    people = People(chance.stream("people"))
    front = make_front_door(chance, rates, calendar, people)
    care = make_care(chance, rates, calendar, people)
    referrals, periods, born = _lead_to_care(chance, front.referrals, front.contacts, care.periods)
    early_help, later = make_early_help(chance, rates, calendar, people, front.contacts)
    everybody = people.table(born)
    referrals["born"] = everybody["born"].to_numpy()[referrals["child"].to_numpy()]
    casework = make_casework(chance, rates, calendar, referrals, periods)
    workforce = make_workforce(chance, rates)
    return Truth(
        seed=seed,
        months=shown,
        rates=rates,
        calendar=calendar,
        people=everybody,
        contacts=front.contacts,
        referrals=referrals,
        casework=casework,
        care=Care(periods, care.episodes, care.reviews),
        early_help=early_help,
        workforce=workforce,
        local=make_local(chance, rates, front.contacts, workforce),
        corrections=(*front.corrections, *casework.corrections, *later),
    )


def _lead_to_care(
    chance: Chance, referrals: pd.DataFrame, contacts: pd.DataFrame, periods: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[Ints, Ints]]]:
    """Give each period of care the referral that led to it; older ones a referral of their own."""
    rng = chance.stream("into care")
    first_contact = contacts.groupby("child")["day"].min()
    free = referrals["will_need"].to_numpy().copy()
    day = referrals["day"].to_numpy()
    begins = int(day[0]) + 260
    started = periods["started"].to_numpy()
    wanted = started - np.minimum(14 + rng.gamma(1.4, 60, started.size), 250).astype(np.int64)
    case = np.full(started.size, -1)
    at = np.searchsorted(day, wanted)
    referred = referrals["child"].to_numpy()
    taken: set[int] = set()
    for period in np.flatnonzero(started >= begins):
        place = min(int(at[period]), day.size - 1)
        # One child, one period of care.
        while place > 0 and not (free[place] and int(referred[place]) not in taken):
            place -= 1
        case[period], free[place] = place, False
        taken.add(int(referred[place]))
    found = np.flatnonzero(case >= 0)
    child = periods["child"].to_numpy().copy()
    child[found] = referrals["child"].to_numpy()[case[found]]
    born = periods["born"].to_numpy().copy()
    born[found] = np.minimum(born[found], first_contact.loc[child[found]].to_numpy() - 1)
    older = np.flatnonzero(case < 0)
    early = pd.DataFrame(
        {
            "child": child[older],
            "day": wanted[older],
            "source": picked(rng, SOURCE_SHARES, older.size),
            "no_action": 0,
            "will_need": True,
            "recorded": wanted[older] + 1,
            "removed": NEVER,
        }
    )
    case[older] = len(referrals) + np.arange(older.size)
    both = pd.concat([referrals, early], ignore_index=True)
    return both, periods.assign(case=case, child=child, born=born), [(child[found], born[found])]
