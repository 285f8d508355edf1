"""Early help: assessments by schools and other partners, more of them in the last year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scrutinybook.demo import recording, story
from scrutinybook.demo.chance import Chance, happens, picked, unsteady_counts
from scrutinybook.demo.days import NEVER, WorkingDays, month_places, number
from scrutinybook.demo.people import People
from scrutinybook.demo.recording import Correction
from scrutinybook.demo.story import MonthlyRates

ORGANISATIONS = ("Early help, north", "Early help, east", "Early help, west", "School", "Nursery",
                 "Health visiting", "Voluntary organisation")  # fmt: skip
ALSO_REFERRED = 0.25
"""Share of children who stand among the contacts too."""


def make_early_help(
    chance: Chance,
    rates: MonthlyRates,
    calendar: WorkingDays,
    people: People,
    contacts: pd.DataFrame,
) -> tuple[pd.DataFrame, tuple[Correction, ...]]:
    """Draw early help assessments: child, started, completed, organisation, recorded, ..."""
    rng = chance.stream("early help")
    first, last = number(rates.months[0].first_day), number(rates.months[-1].last_day)
    days = np.arange(first, last + 1)
    place = month_places(days, rates.months)
    weight = calendar.share(days, 0.0)
    season = np.where(rates.season < 0.9, 0.8, 1.0)
    typical = np.bincount(place, weight) * season * rates.early_help * story.EARLY_HELP_A_DAY
    counts = unsteady_counts(rng, typical, rho=0.2, spread=0.04, extra=0.002)
    drawn = [
        days[place == at][np.sort(picked(rng, weight[place == at], int(many)))]
        for at, many in enumerate(counts)
    ]
    started = np.concatenate(drawn)
    many = started.size
    completed = calendar.on_or_after(started + 10 + rng.gamma(1.8, 62, many).astype(np.int64))
    child = people.add(started - (rng.uniform(0.3, 16.5, many) * 365.25).astype(np.int64))
    seen = np.flatnonzero(happens(rng, ALSO_REFERRED, many))
    at = np.searchsorted(contacts["day"].to_numpy(), started[seen] - 3, side="right") - 1
    child[seen[at >= 0]] = contacts["child"].to_numpy()[at[at >= 0]]
    recorded = recording.EARLY_HELP.after(rng, started)
    table = pd.DataFrame(
        {
            "child": child,
            "started": started,
            "completed": completed,
            "organisation": picked(rng, np.array([4.0, 4, 4, 5, 2, 3, 2]), many),
            "recorded": recorded,
            "completed_recorded": np.maximum(recording.EARLY_HELP.after(rng, completed), recorded),
            "removed": NEVER,
        }
    ).drop_duplicates(["child", "started"], ignore_index=True)
    known = table["completed_recorded"].to_numpy()
    rows, until = recording.put_right(rng, known, 0.006)
    wrong = table["completed"].to_numpy()[rows] - rng.integers(1, 8, rows.size)
    return table, (Correction("early_help", "completed", rows, wrong, until),)
