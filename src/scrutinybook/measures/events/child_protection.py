"""Child protection: enquiries, initial conferences, repeat plans and reviews of plans."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.columns import (
    NO_DAY,
    add_months,
    codes,
    days,
    months_before,
    open_on,
)
from scrutinybook.measures.events.contacts_referrals import previous_day
from scrutinybook.measures.events.counting import Happened, every
from scrutinybook.measures.events.review_chains import Dues, due_days, spells_of_reviews
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import Parts
from scrutinybook.working_days import Days, working_days_between

LONGEST_TO_CONFERENCE = 15
"""Working days from strategy discussion to initial conference (Working Together)."""
FIRST_REVIEW_MONTHS = 3
SECOND_REVIEW_MONTHS = 6
LOOK_BACK_MONTHS = 12
"""Reviews must be held for a year, so that every plan's latest is among them."""


def enquiries(table: pd.DataFrame) -> Happened:
    """Section 47 enquiries by the day of the strategy discussion."""
    return every(days(table["started"]))


def conferences_in_time(table: pd.DataFrame) -> Happened:
    """Initial conferences by their day, and which within 15 working days of the discussion."""
    started, conference = days(table["started"]), days(table["conference"])
    return Happened(conference, working_days_between(started, conference) <= LONGEST_TO_CONFERENCE)


def repeat_plans(table: pd.DataFrame) -> Happened:
    """Plans by the day they started, and which are of a child with any earlier plan.

    An earlier plan is one that the record counts or one that is held itself.
    """
    started = days(table["started"])
    counted = table["previous_plans"].fillna(0).to_numpy(np.int64) > 0
    return Happened(started, counted | ~np.isnat(previous_day(codes(table["child"]), started)))


def plan_dues(plans: pd.DataFrame, reviews: pd.DataFrame, covers_from: date) -> Dues:
    """When reviews of plans were due, and whether they were held by then."""
    started = days(plans["started"])
    day = days(reviews["date"])
    return due_days(
        started,
        add_months(started, FIRST_REVIEW_MONTHS),
        SECOND_REVIEW_MONTHS,
        spells_of_reviews(plans, reviews["child"], day),
        day,
        covers_from,
    )


def first_missed(plans: pd.DataFrame, dues: Dues) -> Days:
    """For each plan the first due day without a review by then; NaT where there is none."""
    late = dues.where(~dues.in_time)
    first = pd.Series(late.due.astype("datetime64[ns]")).groupby(late.spell).min()
    found = np.full(len(plans), NO_DAY)
    found[first.index.to_numpy(np.int64)] = days(first)
    return found


def plans_reviewed(plans: pd.DataFrame, missed: Days, day: date) -> Reading:
    """Children on a plan for three months or more at the end of a day; no due day was missed.

    A child with two plans at once, a wrong entry, is on time where both are.
    """
    started = days(plans["started"])
    at = np.datetime64(day, "D")
    held = open_on(started, days(plans["ended"]), day)
    held &= add_months(started, FIRST_REVIEW_MONTHS) <= at
    late = plans["child"][held & (missed <= at)].nunique()
    return _of_children(plans["child"][held].nunique(), late)


def _of_children(children: int, late: int) -> Reading:
    return {WHOLE: Parts(float(children - late), float(children))}


def a_year_before(day: date) -> date:
    """Reviews of a plan are known for a year back from a day, that day included."""
    before = np.datetime64(months_before(day, LOOK_BACK_MONTHS), "D") + np.timedelta64(1, "D")
    found: date = before.item()
    return found
