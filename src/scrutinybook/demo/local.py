"""Local figures: what no return holds, month by month, and what was first reported of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.demo import story
from scrutinybook.demo.chance import Chance, unsteady_shares
from scrutinybook.demo.days import NEVER, Floats, Ints, month_places, number
from scrutinybook.demo.story import MonthlyRates
from scrutinybook.demo.workforce import (
    INITIAL,
    LOCALITIES,
    MANAGERS,
    PERMANENCE,
    SERVICES,
    SOCIAL_WORK,
    Workforce,
)
from scrutinybook.periods import Month, working_days

NOTE = "SYNTHETIC DEMONSTRATION DATA"
COLUMNS = ("measure", "period", "part", "numerator", "denominator", "value", "note")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
_GRADE_SHARES = {
    INITIAL: (0.03, 0.41, 0.44, 0.12),
    SOCIAL_WORK: (0.03, 0.42, 0.44, 0.11),
    PERMANENCE: (0.09, 0.66, 0.22, 0.03),
}
"""Better in Permanence than at the front door, in every month."""
_AUDITS = {INITIAL: 9, SOCIAL_WORK: 9, PERMANENCE: 9}
SUPERVISION = 0.85
CONSENT_MISSING = 0.12
ACADEMY_PLACES = 24
ASSISTANT_POSTS = 20
PLAN_POINTS = tuple(range(31, 51))
"""Data points of the fictional plan that no other measure gives."""

Row = tuple[str, Month, str, float, float, float, float]
"""measure, month, part, numerator, denominator, value, numerator as first reported; or NaN."""
_NONE = float("nan")


def make_local(
    chance: Chance, rates: MonthlyRates, contacts: pd.DataFrame, workforce: Workforce
) -> pd.DataFrame:
    """Every local figure of every month."""
    months = rates.months
    rows = [
        *_hub(chance.stream("hub"), rates, contacts),
        *_sickness(chance.stream("sickness"), rates, workforce),
        *_moves(months, workforce),
        *_direct_reports(chance.stream("direct reports"), months),
        *_audits(chance.stream("audits"), months),
        *_shares(chance.stream("local shares"), months),
        *_plan_points(chance.stream("plan points"), months),
    ]
    names = ["measure", "month", "part", "numerator", "denominator", "value", "first"]
    table = pd.DataFrame(rows, columns=names).sort_values(
        ["measure", "month", "part"], kind="stable", ignore_index=True
    )
    periods = {month: str(month) for month in months}
    return table.assign(
        period=table["month"].map(periods),
        month=[month.index for month in table["month"]],
        part=table["part"].where(table["part"] != "", pd.NA),
    )


def rows_up_to(local: pd.DataFrame, months: tuple[Month, ...], as_of: date) -> pd.DataFrame:
    """The table as given out at the end of a month: its last month as first reported."""
    last = Month(as_of.year, as_of.month).index
    shown = local[(local["month"] >= months[0].index) & (local["month"] <= last)]
    newest = (shown["month"] == last) & shown["first"].notna()
    numerator = shown["numerator"].where(~newest, shown["first"])
    return pd.DataFrame(
        {
            "measure": shown["measure"],
            "period": shown["period"],
            "part": shown["part"],
            "numerator": numerator.astype("Float64"),
            "denominator": shown["denominator"].astype("Float64"),
            "value": shown["value"].astype("Float64"),
            "note": NOTE,
        }
    ).reset_index(drop=True)


def _hub(rng: np.random.Generator, rates: MonthlyRates, contacts: pd.DataFrame) -> Iterator[Row]:
    month_of = month_places(contacts["day"].to_numpy(), rates.months)
    ends = np.array([number(month.last_day) for month in rates.months])
    stands = contacts["removed"].to_numpy() >= NEVER
    at_once = contacts["recorded"].to_numpy() <= ends[month_of]
    refers = contacts["refers"].to_numpy()
    hub = unsteady_shares(rng, rates.through_hub, spread=0.05)
    no_consent = unsteady_shares(rng, np.full(len(ends), CONSENT_MISSING), spread=0.06)
    drawn = rng.random((2, len(contacts)))
    kinds = {
        "hub_referrals": drawn[0] < hub[month_of],
        "contacts_leading_to_referral": refers,
        "contacts_without_consent": drawn[1] < no_consent[month_of],
    }
    every = np.bincount(month_of[stands], minlength=len(ends))
    for measure, counts in kinds.items():
        known = np.bincount(month_of[stands & counts], minlength=len(ends))
        first = np.bincount(month_of[stands & counts & at_once], minlength=len(ends))
        for at, month in enumerate(rates.months):
            out_of = _NONE if measure == "hub_referrals" else float(every[at])
            yield measure, month, "", float(known[at]), out_of, _NONE, float(first[at])


def _sickness(rng: np.random.Generator, rates: MonthlyRates, workforce: Workforce) -> Iterator[Row]:
    winter = 1 + 0.03 * np.cos([2 * np.pi * (m.month - 1) / 12 for m in rates.months])
    chances = [
        unsteady_shares(rng, np.minimum(rate * winter, 0.5), spread=0.03, rho=0.0)
        for rate in (rates.sickness_initial, *[rates.sickness] * 4)
    ]
    for at, month in enumerate(rates.months):
        here = workforce.at(number(month.last_day))
        hours = np.bincount(here["service"], here["fte"], minlength=len(SERVICES))
        days = working_days(month)
        lost, there = np.zeros(len(SERVICES)), hours * days
        for service in range(len(SERVICES)):
            # Absences come in spells of about two working days.
            spells = rng.poisson(chances[service][at] * there[service] / 2)
            lost[service] = rng.poisson(2 * spells) if spells else 0
        for part, some, of in (
            ("", lost.sum(), there.sum()),
            *zip(SERVICES, lost, there, strict=True),
        ):
            yield "sickness_by_month", month, part, float(some), round(float(of), 1), _NONE, _NONE


def _moves(months: tuple[Month, ...], workforce: Workforce) -> Iterator[Row]:
    spells = workforce.spells.sort_values(["worker", "from_day"])
    worker, service = spells["worker"].to_numpy(), spells["service"].to_numpy()
    same = worker[1:] == worker[:-1]
    moved = same & (service[1:] != service[:-1])
    day, was, now = spells["to_day"].to_numpy()[:-1][moved], service[:-1][moved], service[1:][moved]
    pairs = [f"{SERVICES[a]} to {SERVICES[b]}" for a, b in zip(was, now, strict=True)]
    yield from _by_month("moves_between_services", months, day, pairs)
    workers = workforce.workers
    left = workers["ended"].to_numpy() < NEVER
    names = [SERVICES[each] for each in workers["service"].to_numpy()[left]]
    yield from _by_month("social_workers_left", months, workers["ended"].to_numpy()[left], names)


def _by_month(
    measure: str, months: tuple[Month, ...], day: Ints, parts: list[str]
) -> Iterator[Row]:
    place = month_places(day, months)
    for at, month in enumerate(months):
        here = [parts[each] for each in np.flatnonzero(place == at)]
        yield measure, month, "", float(len(here)), _NONE, _NONE, _NONE
        for part in sorted(set(parts)):
            yield measure, month, part, float(here.count(part)), _NONE, _NONE, _NONE


def _direct_reports(rng: np.random.Generator, months: tuple[Month, ...]) -> Iterator[Row]:
    teams = [f"{service} {place}" for service in SERVICES[:MANAGERS] for place in LOCALITIES]
    crowded = teams[SOCIAL_WORK * len(LOCALITIES) + 1]
    usual = rng.integers(6, 9, len(teams))
    for month in months:
        come, gone = rng.random((2, len(teams))) < 0.1
        reports = usual + come.astype(np.int64) - gone
        shown = dict(zip(teams, map(int, reports), strict=True))
        managers = dict.fromkeys(teams, 1)
        if month == story.CROWDED_MONTH:
            shown[crowded] = story.CROWDED_TEAM
        if month > story.CROWDED_MONTH:
            shown[crowded], managers[crowded] = story.CROWDED_TEAM, 2
        every = float(sum(shown.values())), float(sum(managers.values()))
        yield "direct_reports", month, "", *every, _NONE, _NONE
        for team in teams:
            yield (
                "direct_reports",
                month,
                team,
                float(shown[team]),
                float(managers[team]),
                _NONE,
                _NONE,
            )


def _audits(rng: np.random.Generator, months: tuple[Month, ...]) -> Iterator[Row]:
    for month in months:
        total, total_good = 0, 0
        for service, shares in _GRADE_SHARES.items():
            many = rng.multinomial(_AUDITS[service] + int(rng.integers(-1, 2)), shares)
            good = int(many[0] + many[1])
            total, total_good = total + int(many.sum()), total_good + good
            name = SERVICES[service]
            yield "audits_good", month, name, float(good), float(many.sum()), _NONE, _NONE
            for grade, count in zip(GRADES, many, strict=True):
                yield "audit_grades", month, f"{name}: {grade}", float(count), _NONE, _NONE, _NONE
        yield "audits_good", month, "", float(total_good), float(total), _NONE, _NONE
        yield "audit_grades", month, "", float(total), _NONE, _NONE, _NONE


def _shares(rng: np.random.Generator, months: tuple[Month, ...]) -> Iterator[Row]:
    supervised = unsteady_shares(rng, np.full(len(months), SUPERVISION), spread=0.05)
    assistants, trained = 13, 150
    for at, month in enumerate(months):
        due = int(rng.integers(215, 245))
        held = int(rng.binomial(due, supervised[at]))
        first = float(rng.binomial(held, 0.985))
        yield "supervision_on_time", month, "", float(held), float(due), _NONE, first
        places = float(ACADEMY_PLACES)
        yield "academy_places_filled", month, "", places, places, _NONE, _NONE
        assistants = int(np.clip(assistants + rng.integers(-1, 2), 12, 14))
        yield (
            "assistant_posts_filled",
            month,
            "",
            float(assistants),
            float(ASSISTANT_POSTS),
            _NONE,
            _NONE,
        )
        trained = int(np.clip(trained + rng.integers(-3, 4), 142, 158))
        yield "training_reach", month, "", float(trained), 250.0, _NONE, _NONE


def _plan_points(rng: np.random.Generator, months: tuple[Month, ...]) -> Iterator[Row]:
    levels: Floats = rng.uniform(0.55, 0.95, len(PLAN_POINTS))
    for month in months:
        for point, level in zip(PLAN_POINTS, levels, strict=True):
            value = round(100 * float(rng.binomial(80, level)) / 80, 1)
            yield "plan_data_points", month, str(point), _NONE, _NONE, value, _NONE
