"""Reviews of children in care: of those due, which were held on time.

The first review is due within 20 working days of coming into care, the second within three months
of the first, later ones within six months of the one before (Care Planning, Placement and Case
Review Regulations). Where a review is late, the next due day moves with it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.columns import days, months_before, open_on
from scrutinybook.measures.events.counting import Happened
from scrutinybook.measures.events.review_chains import (
    LATER_MONTHS,
    Dues,
    due_days,
    spells_of_reviews,
)
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import share
from scrutinybook.working_days import working_day_after

FIRST_WORKING_DAYS = 20
SECOND_MONTHS = 3
YEAR_MONTHS = 12


def care_dues(periods: pd.DataFrame, reviews: pd.DataFrame, covers_from: date) -> Dues:
    """Reviews due of children in care; a due day after the period of care ended is not due."""
    started, ended = days(periods["started"]), days(periods["ended"])
    day = days(reviews["date"])
    found = due_days(
        started,
        working_day_after(started, FIRST_WORKING_DAYS),
        SECOND_MONTHS,
        spells_of_reviews(periods, reviews["child"], day),
        day,
        covers_from,
    )
    over = ended[found.spell]
    counts = np.isnat(over) | (found.due <= over)
    return found.where(counts)


def in_time(dues: Dues) -> Happened:
    """Reviews by the day they were known to be due, and which were held by then."""
    known = dues.where(~dues.assumed)
    return Happened(known.due, known.in_time)


def reviews_before(first_day: date) -> date:
    """What is due in a month follows from reviews of the six months before it."""
    return months_before(first_day, LATER_MONTHS)


def children_in_time(periods: pd.DataFrame, dues: Dues, day: date) -> Reading:
    """Children in care at the end of a day with a review due in the 12 months: all were on time.

    A review that was due before and not held by the beginning of the 12 months was due in them too.
    """
    here = open_on(days(periods["started"]), days(periods["ended"]), day)
    in_care = periods["child"][here].unique()
    after = np.datetime64(months_before(day, YEAR_MONTHS), "D")
    by_then = dues.due <= np.datetime64(day, "D")
    recent = by_then & ((dues.due > after) | ~(dues.held <= after))
    recent &= ~dues.assumed | ~dues.in_time
    child = periods["child"].iloc[dues.spell[recent]]
    of_those = child.isin(in_care).to_numpy(np.bool_)
    all_held = pd.Series(dues.in_time[recent][of_those]).groupby(child[of_those].to_numpy()).all()
    return {WHOLE: share(float(all_held.sum()), float(len(all_held)))}


def year_and_reviews_before(day: date) -> date:
    """What was due in a year follows from reviews of the six months before it."""
    return months_before(day, YEAR_MONTHS + LATER_MONTHS)
