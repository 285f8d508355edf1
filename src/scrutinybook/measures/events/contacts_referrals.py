"""Contacts and referrals: how many, from whom, what followed, and who comes back."""

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
    words,
    yes,
)
from scrutinybook.measures.events.counting import Happened, every
from scrutinybook.sources.extracts.vocabulary import SOURCES
from scrutinybook.working_days import Days

LOOK_BACK_MONTHS = 12
"""A referral within so many months of the child's previous one is a re-referral."""
_UNKNOWN = SOURCES[-1]


def contacts(table: pd.DataFrame) -> Happened:
    """Contacts by their day and source: one row a child, so a call about three counts three."""
    return every(days(table["date"]), words(table["source"], _UNKNOWN))


def referrals(table: pd.DataFrame) -> Happened:
    """Referrals by their day and source."""
    return every(days(table["date"]), words(table["source"], _UNKNOWN))


def no_further_action(table: pd.DataFrame) -> Happened:
    """Referrals, and which led to no further action; where that is not recorded, not known to."""
    return Happened(days(table["date"]), yes(table["no_further_action"]))


def re_referrals(table: pd.DataFrame) -> Happened:
    """Referrals, and which came on or before the date a year after that child's previous one.

    The previous one is of an earlier day: rows of one day are one occasion. A year after 29
    February is 28 February.
    """
    day = days(table["date"])
    previous = previous_day(codes(table["child"]), day)
    return Happened(day, day <= add_months(previous, LOOK_BACK_MONTHS))


def previous_day(child: np.ndarray, day: Days) -> Days:
    """For each row the child's latest earlier day in the table; NaT for the first. Shape (n,)."""
    order = np.lexsort((day, child))
    childs, in_order = child[order], day[order]
    same_child = np.append(False, childs[1:] == childs[:-1])
    same_day = np.append(False, in_order[1:] == in_order[:-1]) & same_child
    before = np.where(same_child, np.roll(in_order, 1), NO_DAY)
    # Rows of one child and day all take what stands before the first of them.
    first_of_day = np.maximum.accumulate(np.where(same_day, 0, np.arange(order.size)))
    found = np.empty_like(day)
    found[order] = before[first_of_day]
    return found


def a_year_before(first_day: date) -> date:
    """A month's re-referrals are known only where the 12 months before it are held in whole."""
    return months_before(first_day, LOOK_BACK_MONTHS)
