"""Single assessments: on time, due, how long they took, and those open for too long.

The clock runs from the assessment's start to the day a manager signs it off, as in the Department's
figures; the same day is 0 working days.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.columns import days, open_on
from scrutinybook.measures.events.counting import Happened
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import Parts
from scrutinybook.working_days import (
    first_start_due_from,
    working_day_after,
    working_days_between,
)

LONGEST = 45
"""Working days that an assessment may take (Working Together to Safeguard Children)."""

BANDS = (
    (0, "same day"),
    (10, "1 to 10"),
    (20, "11 to 20"),
    (30, "21 to 30"),
    (40, "31 to 40"),
    (45, "41 to 45"),
    (50, "46 to 50"),
    (60, "51 to 60"),
)
"""Most working days of each of the Department's bands; what took longer is in `LAST_BAND`."""
LAST_BAND = "61 and more"


def in_time(table: pd.DataFrame) -> Happened:
    """Assessments signed off, by that day, and which within 45 working days. Open ones are out."""
    started, signed = days(table["started"]), days(table["authorised"])
    return Happened(signed, working_days_between(started, signed) <= LONGEST)


def due_in_time(table: pd.DataFrame) -> Happened:
    """All assessments by their 45th working day, and which were signed off by then."""
    started, signed = days(table["started"]), days(table["authorised"])
    taken = working_days_between(started, signed)
    return Happened(working_day_after(started, LONGEST), taken <= LONGEST)


def first_start_due(first_day: date) -> date:
    """The earliest start of what is due from a day on: what was signed off since must be held."""
    return first_start_due_from(first_day, LONGEST)


def durations(table: pd.DataFrame) -> Happened:
    """Assessments signed off, by that day, in the Department's bands of working days taken."""
    started, signed = days(table["started"]), days(table["authorised"])
    taken = working_days_between(started, signed)
    done = ~np.isnat(signed)
    most = np.array([each for each, _ in BANDS])
    # A sign-off before the start is a wrong entry; it stands with the same day, and is counted.
    band = np.searchsorted(most, np.where(done, taken, 0), side="left")
    names = [*(name for _, name in BANDS), LAST_BAND]
    part = pd.Categorical.from_codes(band, categories=pd.Index(names))
    return Happened(signed, done, is_share=False, part=part)


def overdue(table: pd.DataFrame, day: date) -> Reading:
    """Assessments still open at the end of a day, more than 45 working days after their start."""
    started, signed = days(table["started"]), days(table["authorised"])
    waiting = open_on(started, signed, day)
    late = working_days_between(started[waiting], np.datetime64(day, "D")) > LONGEST
    return {WHOLE: Parts(float(np.count_nonzero(late)))}
