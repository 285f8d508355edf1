"""What a children in need census of a day holds: children, under each the referrals and work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo.care import ADOPTED, GUARDIANSHIP
from scrutinybook.demo.chance import evenly
from scrutinybook.demo.days import NEVER, Ints
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.view import View

ALL_DAYS = -1_000_000
NO_FURTHER_ACTION, TO_EARLY_HELP = "RC8", "RC9"


@dataclass(frozen=True, eq=False)
class CensusRows:
    """Rows in the order of the file: by child, then by day. `at` is the place among referrals."""

    referrals: pd.DataFrame
    """at, child, day, source, no_action, closed, reason, plan_from, plan_until (of a plan for a
    child in need; `NEVER` for none or open), need."""
    assessments: pd.DataFrame
    enquiries: pd.DataFrame
    plans: pd.DataFrame
    reviews: pd.DataFrame
    """plan (place among plans), day."""


def census_rows(truth: Truth, day: int, first: int) -> CensusRows:
    """Referrals of the year, and cases open in it with all their work, as known on the day."""
    view = View(truth, day, ALL_DAYS)
    referrals = _referrals(view, first)
    order = np.full(len(truth.referrals), -1)
    order[referrals["place"].to_numpy()] = np.arange(len(referrals))

    def of_cases(table: pd.DataFrame) -> pd.DataFrame:
        at = order[table["case"].to_numpy()]
        kept: pd.DataFrame = table.assign(at=at)[at >= 0]
        return kept.sort_values(["at", "started"], kind="stable", ignore_index=True)

    assessments = of_cases(view.assessments)
    referrals = _with_plans(referrals, assessments)
    plans = of_cases(view.plans)
    known = truth.casework.plan_reviews
    known = known[known["recorded"].to_numpy() <= day]
    place = np.full(len(truth.casework.plans), -1)
    place[plans["place"].to_numpy()] = np.arange(len(plans))
    reviews = known.assign(plan=place[known["plan"].to_numpy()])
    reviews = reviews[reviews["plan"] >= 0].sort_values(["plan", "day"], ignore_index=True)
    return CensusRows(referrals, assessments, of_cases(view.enquiries), plans, reviews)


def _referrals(view: View, first: int) -> pd.DataFrame:
    rows = view.referrals
    cases = view.truth.casework.cases
    closed_of = np.full(len(view.truth.referrals), NEVER)
    needs = np.zeros(len(view.truth.referrals), np.bool_)
    known = cases["closed_recorded"].to_numpy() <= view.day
    closed_of[cases["case"].to_numpy()] = np.where(known, cases["closed"].to_numpy(), NEVER)
    needs[cases["case"].to_numpy()] = cases["needs"].to_numpy()
    place = rows["place"].to_numpy()
    opened = rows["no_action"].to_numpy() == 0
    closed = np.where(opened, closed_of[place], NEVER)
    there = (rows["day"].to_numpy() >= first) | (opened & (closed >= first))
    rows = pd.DataFrame(rows.assign(closed=closed, needs=needs[place])[there])
    rows["reason"] = _reasons(view.truth, rows["place"].to_numpy(), rows)
    codes = pd.Series(cases["need"].to_numpy(), index=cases["case"].to_numpy())
    rows["need"] = codes.reindex(rows["place"]).fillna("N0").to_numpy()
    return rows.sort_values(["child", "day"], kind="stable", ignore_index=True)


def _reasons(truth: Truth, place: Ints, rows: pd.DataFrame) -> list[str]:
    how = np.full(len(truth.referrals), -1)
    how[truth.care.periods["case"].to_numpy()] = truth.care.periods["how"].to_numpy()
    drawn = evenly(place, truth.seed * 8 + 5)
    not_in_need = np.where(drawn < 0.6, NO_FURTHER_ACTION, TO_EARLY_HELP)
    ended = np.where(drawn < 0.04, "RC5", "RC7")
    ended = np.select([how[place] == ADOPTED, how[place] == GUARDIANSHIP], ["RC1", "RC4"], ended)
    reason = np.where(rows["needs"].to_numpy(), ended, not_in_need)
    return list(np.where(rows["closed"].to_numpy() < NEVER, reason, ""))


def _with_plans(referrals: pd.DataFrame, assessments: pd.DataFrame) -> pd.DataFrame:
    """Where a child was found in need, a plan begins some days after the first assessment."""
    authorised = assessments["authorised"].to_numpy()
    first = np.full(len(referrals), NEVER)
    np.minimum.at(first, assessments["at"].to_numpy(), authorised)
    begins = np.where(first < NEVER, first + 5, NEVER)
    closed = referrals["closed"].to_numpy()
    planned = referrals["needs"].to_numpy() & (begins < closed)
    return referrals.assign(
        plan_from=np.where(planned, begins, NEVER), plan_until=np.where(planned, closed, NEVER)
    )
