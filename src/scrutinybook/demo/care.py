"""Children in care: periods, placements, reviews, and what came before and after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo import recording, story
from scrutinybook.demo.chance import Chance, happens, picked, unsteady_counts, unsteady_shares
from scrutinybook.demo.days import (
    NEVER,
    Bools,
    Ints,
    WorkingDays,
    month_places,
    months_after,
    months_between,
    number,
    whole_years,
)
from scrutinybook.demo.people import People
from scrutinybook.demo.story import MonthlyRates, monthly_rates
from scrutinybook.periods import Month

YEARS_BEFORE = 12
"""Periods of care begin so many years before the first month: the number in care is level then."""
OLDER_ENTRANTS = 0.19
"""Of those who come into care: aged 16 or 17."""
HOME, GUARDIANSHIP, ADOPTED, GROWN_UP, OTHER_END = range(5)
END_CODES = (("E4A", "E4B"), ("E45", "E46", "E47", "E48"), ("E11", "E12"), ("E5", "E6", "E7"),
             ("E3", "E8", "E13"))  # fmt: skip
FOSTER = ("U1", "U3", "U4", "U6")
PLACES = (*FOSTER, "K2", "P1", "H5", "P2", "R1")
_PLACE_WEIGHTS = np.array([10, 9, 22, 30, 11, 6, 6, 4, 2], dtype=float)
_OLDER_PLACE_WEIGHTS = np.array([3, 3, 10, 14, 18, 4, 28, 16, 4], dtype=float)
LEGAL = ("V2", "C1", "C2", "E1")
PERMANENCE = ("Z1", "P1", "P2", "P3")


@dataclass(frozen=True, eq=False)
class Care:
    """Care as it was."""

    periods: pd.DataFrame
    """child, started, ended, how (one of the five ends), end_code, recorded, ended_recorded,
    permanence, permanence_day."""
    episodes: pd.DataFrame
    """period, started, ended, reason, legal, place, placement (one number until the child moves),
    recorded, ended_recorded; by period and start."""
    reviews: pd.DataFrame
    """period, day, participation, recorded."""


def make_care(chance: Chance, rates: MonthlyRates, calendar: WorkingDays, people: People) -> Care:
    """Draw everybody who came into care, what happened there, and every review."""
    periods = _periods(chance, rates, people)
    episodes = _episodes(chance.stream("placements"), periods)
    # The end of care is known when the end of its last episode is.
    last = ~episodes.duplicated("period", keep="last")
    periods["ended_recorded"] = episodes.loc[last, "ended_recorded"].to_numpy()
    reviews = _reviews(chance, periods, rates, calendar)
    return Care(periods, episodes, reviews)


def _periods(chance: Chance, rates: MonthlyRates, people: People) -> pd.DataFrame:
    rng = chance.stream("care")
    first, last = rates.months[0], rates.months[-1]
    months = months_between(Month(first.year - YEARS_BEFORE, 1), last)
    typical = np.full(len(months), story.CHILDREN_IN_CARE_A_MONTH)
    counts = unsteady_counts(rng, typical, rho=0.1, spread=0.03, extra=0.01)
    begins = np.array([number(month.first_day) for month in months])
    lengths = np.array([(month.last_day - month.first_day).days + 1 for month in months])
    month_of = np.repeat(np.arange(len(months)), counts)
    started = begins[month_of] + (rng.random(month_of.size) * lengths[month_of]).astype(np.int64)
    started = np.sort(started)
    many = started.size
    older = happens(rng, OLDER_ENTRANTS, many)
    guarded = ~older & happens(rng, story.FROM_GUARDIANSHIP / (1 - OLDER_ENTRANTS), many)
    young = rng.beta(0.62, 0.95, many) * 15.9
    age = np.where(
        older, rng.uniform(16.02, 17.8, many), np.where(guarded, rng.uniform(9, 15.5, many), young)
    )
    born = started - (age * 365.25).astype(np.int64) - 1
    how = picked(rng, np.array([0.49, 0.13, 0.11, 0.19, 0.08]), many)
    how = np.where((how == ADOPTED) & (age > 6), HOME, how)
    how = np.where(older & (rng.random(many) < 0.72), GROWN_UP, how)
    stay = np.select(
        [how == HOME, how == GUARDIANSHIP, how == ADOPTED, how == OTHER_END],
        [rng.gamma(0.9, 490, many), rng.gamma(2.5, 230, many), rng.gamma(4.0, 170, many),
         rng.gamma(1.0, 560, many)],
        20_000,
    )  # fmt: skip
    birthday = months_after(born, 12 * 18)
    ended = np.minimum(started + 2 + stay.astype(np.int64), birthday)
    how = np.where(ended == birthday, GROWN_UP, how)
    kind = np.where(guarded, 2, picked(rng, np.array([0.975, 0.012, 0.0, 0.013]), many))
    back = rng.integers(200, 2500, many)
    day = np.where(kind == 0, NEVER, np.maximum(started - back, born + 60))
    recorded = recording.CARE.after(rng, started)
    known_end = np.maximum(recording.CARE.after(rng, ended), recorded)
    codes = [
        END_CODES[each][int(u * len(END_CODES[each]))]
        for each, u in zip(how, rng.random(many), strict=True)
    ]
    return pd.DataFrame(
        {
            "child": people.add(born),
            "born": born,
            "started": started,
            "ended": ended,
            "how": how,
            "end_code": codes,
            "recorded": recorded,
            "ended_recorded": known_end,
            "permanence": np.array(PERMANENCE, dtype=object)[kind],
            "permanence_day": np.minimum(day, np.where(kind == 0, NEVER, started - 1)),
            "older": older,
        }
    )


def _episodes(rng: np.random.Generator, periods: pd.DataFrame) -> pd.DataFrame:
    """One row a placement or legal status; consecutive rows of a period meet on the same day."""
    started, ended = periods["started"].to_numpy(), periods["ended"].to_numpy()
    many = started.size
    period, day, moves = [np.arange(many)], [started], [np.ones(many, np.bool_)]
    at = started.astype(float)
    for _ in range(14):
        # Moves are frequent in the first year and rare later.
        rate = np.where(at - started < 365, 1 / 360, 1 / 1150)
        at = at + 7 + rng.exponential(1 / rate)
        going = np.flatnonzero(at < ended - 7)
        period.append(going)
        day.append(at[going].astype(np.int64))
        moves.append(np.ones(going.size, np.bool_))
    courts = np.flatnonzero(happens(rng, 0.55, many))
    for low, high in ((20, 80), (190, 330)):
        when = started[courts] + rng.integers(low, high, courts.size)
        in_time = when < ended[courts] - 7
        period.append(courts[in_time])
        day.append(when[in_time])
        moves.append(np.zeros(int(in_time.sum()), np.bool_))
    cuts = pd.DataFrame(
        {
            "period": np.concatenate(period),
            "started": np.concatenate(day),
            "moves": np.concatenate(moves),
        }
    ).sort_values(["period", "started", "moves"], ascending=[True, True, False], ignore_index=True)
    cuts = cuts.drop_duplicates(["period", "started"], ignore_index=True)
    return _described(rng, cuts, periods)


def _described(rng: np.random.Generator, cuts: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    period, starts = cuts["period"].to_numpy(), cuts["started"].to_numpy()
    moves = cuts["moves"].to_numpy()
    first = np.append(True, period[1:] != period[:-1])
    last = np.append(first[1:], True)
    ends = np.where(last, periods["ended"].to_numpy()[period], np.append(starts[1:], 0))
    # The number of court orders so far says the legal status; placements hold until the next move.
    orders = pd.Series((~moves).astype(np.int64)).groupby(period).cumsum().to_numpy()
    older = periods["older"].to_numpy()[period]
    drawn = np.where(
        older,
        picked(rng, _OLDER_PLACE_WEIGHTS, period.size),
        picked(rng, _PLACE_WEIGHTS, period.size),
    )
    placement = np.maximum.accumulate(np.where(moves, np.arange(period.size), 0))
    recorded = recording.PLACEMENTS.after(rng, starts)
    recorded = np.where(first, periods["recorded"].to_numpy()[period], recorded)
    recorded = _not_before(recorded, first)
    return pd.DataFrame(
        {
            "period": period,
            "started": starts,
            "ended": ends,
            "reason": np.where(first, "S", np.where(moves, "P", "L")),
            "legal": np.array(LEGAL, dtype=object)[np.minimum(orders, 2)],
            "place": np.array(PLACES, dtype=object)[drawn[placement]],
            "placement": placement,
            "recorded": recorded,
            # An episode is known to have ended when the next is recorded, or the end of care.
            "ended_recorded": np.where(
                last,
                np.maximum(periods["ended_recorded"].to_numpy()[period], recorded),
                np.append(recorded[1:], 0),
            ),
        }
    )


def _not_before(recorded: Ints, first: Bools) -> Ints:
    """Within each period, nothing is recorded before what came before it."""
    period = np.cumsum(first)
    return pd.Series(recorded).groupby(period).cummax().to_numpy()


def _reviews(
    chance: Chance, periods: pd.DataFrame, rates: MonthlyRates, calendar: WorkingDays
) -> pd.DataFrame:
    """First within 20 working days, second within 3 months of it, then within 6 months each."""
    rng = chance.stream("reviews")
    months = months_between(Month(rates.months[0].year - YEARS_BEFORE, 1), rates.months[-1])
    on_time = unsteady_shares(rng, monthly_rates(months).reviews_on_time, spread=0.07)
    started, ended = periods["started"].to_numpy(), periods["ended"].to_numpy()
    due = calendar.add(started, 20)
    period, day = [], []
    going = np.arange(started.size)
    last = number(rates.months[-1].last_day)
    for turn in range(40):
        due_now = due[going]
        punctual = happens(rng, on_time[month_places(due_now, months)], going.size)
        early = (rng.beta(1.0, 2.6, going.size) * (8 if turn == 0 else 35)).astype(np.int64)
        late = 4 + rng.exponential(24, going.size).astype(np.int64)
        held = calendar.on_or_after(np.where(punctual, due_now - early, due_now + late))
        # What moves to a working day stays within what is due, where it is on time.
        held = np.where(punctual & (held > due_now), calendar.add(due_now, 0), held)
        happened = (held < ended[going]) & (held > started[going])
        going, held = going[happened], held[happened]
        period.append(going)
        day.append(held)
        months_on = 3 if turn == 0 else 6
        due[going] = months_after(held, months_on)
        going = going[due[going] <= last + 200]
        if going.size == 0:
            break
    table = pd.DataFrame({"period": np.concatenate(period), "day": np.concatenate(day)})
    table = table.sort_values(["period", "day"], ignore_index=True)
    age = whole_years(periods["born"].to_numpy()[table["period"]], table["day"].to_numpy())
    spoken = picked(rng, np.array([0.55, 0.12, 0.18, 0.08, 0.04, 0.02, 0.01]), len(table)) + 1
    table["participation"] = [f"PN{each}" for each in np.where(age < 4, 0, spoken)]
    recorded = recording.REVIEWS.after(rng, table["day"].to_numpy())
    table["recorded"] = np.maximum(recorded, periods["recorded"].to_numpy()[table["period"]])
    return table
