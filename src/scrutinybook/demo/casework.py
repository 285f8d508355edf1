"""What follows a referral: assessment, section 47 enquiry, conference, plan, and the case's end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo import recording
from scrutinybook.demo.chance import Chance, happens, picked, unsteady_shares
from scrutinybook.demo.days import NEVER, Bools, Ints, WorkingDays, month_places, months_after
from scrutinybook.demo.recording import Correction
from scrutinybook.demo.story import MonthlyRates

ASSESSED = 0.965
ASSESSED_AGAIN = 0.17
ENQUIRED, ENQUIRED_NO_NEED = 0.44, 0.145
"""Of assessed referrals with and without need: a section 47 enquiry."""
CONFERENCE = 0.59
"""Of enquiries about children in need; 45% of all."""
IN_15_DAYS = 0.82
PLAN = 0.86
REPEAT_PLANS = 0.245
PLAN_REVIEWS = 0.93
NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N8")
_NEED_SHARES = np.array([56, 9, 4, 11, 14, 3, 3], dtype=float)
ABUSE = ("NEG", "PHY", "SAB", "EMO", "MUL")
_ABUSE_SHARES = np.array([47, 8, 4, 36, 5], dtype=float)


@dataclass(frozen=True, eq=False)
class Casework:
    """Work on cases as it was. `case` is the position of the referral that opened it."""

    cases: pd.DataFrame
    """case, child, started, closed, need, recorded, closed_recorded; in the order of referrals."""
    assessments: pd.DataFrame
    enquiries: pd.DataFrame
    plans: pd.DataFrame
    plan_reviews: pd.DataFrame
    corrections: tuple[Correction, ...]


def make_casework(
    chance: Chance,
    rates: MonthlyRates,
    calendar: WorkingDays,
    referrals: pd.DataFrame,
    care: pd.DataFrame,
) -> Casework:
    """Follow every referral with a case. `care` has case, started, ended of children in care."""
    rng = chance.stream("casework")
    opened = np.flatnonzero(referrals["no_action"].to_numpy() == 0)
    started = referrals["day"].to_numpy()[opened]
    recorded = referrals["recorded"].to_numpy()[opened]
    in_care = np.isin(opened, care["case"].to_numpy())
    assessed = happens(rng, ASSESSED, opened.size) | in_care
    need = referrals["will_need"].to_numpy()[opened] & assessed
    begins = calendar.add(
        calendar.on_or_after(started), picked(rng, np.array([0.55, 0.35, 0.1]), opened.size)
    )
    took = _durations(chance.stream("assessments"), begins, rates)
    authorised = calendar.add(begins, took)

    enquiries = _enquiries(chance.stream("enquiries"), calendar, started, assessed, need)
    enquired = enquiries["place"].to_numpy()
    planned = enquiries["followed"].to_numpy() == 1
    plan_place, plan_start = enquired[planned], enquiries["conference"].to_numpy()[planned]
    plan_length = 15 + rng.gamma(1.7, 165, plan_place.size).astype(np.int64)
    ends = np.where(
        assessed, authorised + picked(rng, np.array([0.5, 0.3, 0.2]), opened.size), started + 10
    )
    supported = authorised + 20 + rng.gamma(1.15, 158, opened.size).astype(np.int64)
    ends = np.where(need, np.maximum(ends, supported), ends)
    plan_end = plan_start + plan_length
    stepped = np.where(happens(rng, 0.6, plan_place.size), rng.gamma(1.3, 75, plan_place.size), 3)
    ends[plan_place] = np.maximum(authorised[plan_place], plan_end + stepped.astype(np.int64))
    where = np.searchsorted(opened, care["case"].to_numpy())
    ends[where] = np.maximum(ends[where], care["ended"].to_numpy() + 14)
    born = referrals["born"].to_numpy()[opened]
    ends = np.maximum(np.minimum(ends, months_after(born, 12 * 18)), authorised)

    known_end = np.maximum(recording.CASES_CLOSED.after(rng, ends), recorded)
    cases = pd.DataFrame(
        {
            "case": opened,
            "child": referrals["child"].to_numpy()[opened],
            "started": started,
            "closed": ends,
            "needs": need,
            "need": np.array(NEEDS, dtype=object)[picked(rng, _NEED_SHARES, opened.size)],
            "recorded": recorded,
            "closed_recorded": known_end,
        }
    )
    assessments = _assessments(chance, rates, calendar, cases, begins, authorised, assessed)
    # Nothing of a case is recorded before its referral.
    enquiries = _recorded(chance.stream("enquiries recorded"), enquiries, cases)
    plans = _plans(
        chance.stream("plans"), cases, plan_place, plan_start, plan_end, enquiries[planned]
    )
    reviews = _plan_reviews(chance.stream("plan reviews"), calendar, plans)
    return Casework(
        cases,
        assessments,
        enquiries,
        plans,
        reviews,
        _corrections(chance.stream("casework put right"), assessments),
    )


def _durations(rng: np.random.Generator, begins: Ints, rates: MonthlyRates) -> Ints:
    """Working days that assessments take: most are finished shortly before 45 are over."""
    share = unsteady_shares(rng, rates.on_time, spread=0.08)
    on_time = happens(rng, share[month_places(begins, rates.months)], begins.size)
    within = np.minimum(46 * rng.beta(2.3, 1.25, begins.size), 45).astype(np.int64)
    beyond = 46 + rng.gamma(1.1, 13, begins.size).astype(np.int64)
    return np.where(on_time, within, beyond)


def _assessments(
    chance: Chance,
    rates: MonthlyRates,
    calendar: WorkingDays,
    cases: pd.DataFrame,
    begins: Ints,
    authorised: Ints,
    assessed: Bools,
) -> pd.DataFrame:
    rng = chance.stream("assessed again")
    again = np.flatnonzero(cases["needs"].to_numpy() & happens(rng, ASSESSED_AGAIN, len(cases)))
    later = calendar.on_or_after(authorised[again] + rng.integers(60, 200, again.size))
    open_still = later < cases["closed"].to_numpy()[again] - 30
    again, later = again[open_still], later[open_still]
    took = _durations(chance.stream("assessments again"), later, rates)
    place = np.concatenate([np.flatnonzero(assessed), again])
    table = pd.DataFrame(
        {
            "place": place,
            "case": cases["case"].to_numpy()[place],
            "child": cases["child"].to_numpy()[place],
            "started": np.concatenate([begins[assessed], later]),
            "authorised": np.concatenate([authorised[assessed], calendar.add(later, took)]),
            "need_found": np.concatenate(
                [cases["needs"].to_numpy()[assessed], np.ones(again.size, np.bool_)]
            ).astype(np.int64),
        }
    ).sort_values("started", kind="stable", ignore_index=True)
    first = recording.ASSESSMENTS.after(rng, table["started"].to_numpy())
    table["recorded"] = np.maximum(first, cases["recorded"].to_numpy()[table["place"]])
    end = recording.AUTHORISED.after(rng, table["authorised"].to_numpy())
    table["authorised_recorded"] = np.maximum(end, table["recorded"].to_numpy())
    return table


def _enquiries(
    rng: np.random.Generator, calendar: WorkingDays, started: Ints, assessed: Bools, need: Bools
) -> pd.DataFrame:
    likely = np.where(need, ENQUIRED, ENQUIRED_NO_NEED)
    place = np.flatnonzero(assessed & happens(rng, likely, started.size))
    begins = calendar.add(
        calendar.on_or_after(started[place]),
        picked(rng, np.array([5, 4, 3, 2, 1, 1, 1, 1, 1]), place.size),
    )
    conference = need[place] & happens(rng, CONFERENCE, place.size)
    prompt = happens(rng, IN_15_DAYS, place.size)
    wait = np.where(
        prompt,
        15 - (9 * rng.beta(0.7, 2.0, place.size)).astype(np.int64),
        16 + rng.geometric(0.16, place.size),
    )
    day = np.where(conference, calendar.add(begins, wait), NEVER)
    followed = np.where(conference, happens(rng, PLAN, place.size), False)
    return pd.DataFrame(
        {
            "place": place,
            "started": begins,
            "unneeded": (~conference).astype(np.int64),
            "conference": day,
            "followed": followed.astype(np.int64),
        }
    )


def _recorded(
    rng: np.random.Generator, enquiries: pd.DataFrame, cases: pd.DataFrame
) -> pd.DataFrame:
    place = enquiries["place"].to_numpy()
    first = recording.ENQUIRIES.after(rng, enquiries["started"].to_numpy())
    first = np.maximum(first, cases["recorded"].to_numpy()[place])
    met = np.maximum(recording.CONFERENCES.after(rng, enquiries["conference"].to_numpy()), first)
    return enquiries.assign(
        case=cases["case"].to_numpy()[place],
        child=cases["child"].to_numpy()[place],
        recorded=first,
        conference_recorded=met,
    )


def _plans(
    rng: np.random.Generator,
    cases: pd.DataFrame,
    place: Ints,
    started: Ints,
    ended: Ints,
    enquiries: pd.DataFrame,
) -> pd.DataFrame:
    many = place.size
    closed = cases["closed"].to_numpy()[place]
    ended = np.minimum(ended, np.maximum(closed, started + 1))
    # A plan is never in the system before the conference that made it.
    first = np.maximum(
        recording.PLANS.after(rng, started), enquiries["conference_recorded"].to_numpy()
    )
    end = np.maximum(recording.PLANS.after(rng, ended), first)
    category = picked(rng, _ABUSE_SHARES, many)
    table = pd.DataFrame(
        {
            "case": cases["case"].to_numpy()[place],
            "child": cases["child"].to_numpy()[place],
            "started": started,
            "ended": ended,
            "category": np.array(ABUSE, dtype=object)[category],
            "drawn": np.where(happens(rng, REPEAT_PLANS, many), rng.geometric(0.72, many), 0),
            "recorded": first,
            "ended_recorded": end,
        }
    ).sort_values("started", kind="stable", ignore_index=True)
    earlier = table.groupby("child").cumcount().to_numpy()
    before = table.groupby("child")["drawn"].transform("first").to_numpy() + earlier
    table["previous"] = np.where(earlier == 0, table["drawn"], np.maximum(before, earlier))
    return table.drop(columns="drawn")


def _plan_reviews(
    rng: np.random.Generator, calendar: WorkingDays, plans: pd.DataFrame
) -> pd.DataFrame:
    """First within three months of the conference, then within six months each."""
    before, ended = plans["started"].to_numpy(), plans["ended"].to_numpy()
    plan, day, going = [], [], np.arange(len(plans))
    for limit in (91, 182, 182, 182, 182, 182):
        early = (rng.beta(1.0, 2.4, going.size) * 28).astype(np.int64)
        late = 2 + rng.geometric(0.06, going.size)
        is_late = ~happens(rng, PLAN_REVIEWS, going.size)
        held = calendar.add(before + limit - 2 + np.where(is_late, late, -early), 0)
        happened = held < ended[going]
        going, before = going[happened], held[happened]
        plan.append(going)
        day.append(before)
    table = pd.DataFrame({"plan": np.concatenate(plan), "day": np.concatenate(day)})
    table = table.sort_values(["plan", "day"], ignore_index=True)
    recorded = recording.REVIEWS.after(rng, table["day"].to_numpy())
    table["recorded"] = np.maximum(recorded, plans["recorded"].to_numpy()[table["plan"]])
    return table


def _corrections(rng: np.random.Generator, assessments: pd.DataFrame) -> tuple[Correction, ...]:
    """Outcomes and days that were first entered wrongly: the day of the month before, mostly."""
    known = assessments["authorised_recorded"].to_numpy()
    rows, until = recording.put_right(rng, known, 0.004)
    day = assessments["authorised"].to_numpy()[rows]
    wrong = np.maximum(day - rng.integers(1, 8, rows.size), assessments["started"].to_numpy()[rows])
    days = Correction("assessments", "authorised", rows, wrong, until)
    rows, until = recording.put_right(rng, known, 0.006)
    other = 1 - assessments["need_found"].to_numpy()[rows]
    return days, Correction("assessments", "need_found", rows, other, until)
