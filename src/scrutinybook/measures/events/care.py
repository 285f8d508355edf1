"""Children in care: how many, who comes in, and who comes back from special guardianship."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.asked import Asked
from scrutinybook.measures.events.columns import codes, days, open_on
from scrutinybook.measures.events.counting import Happened, every
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import Parts, rate_of_children

GUARDIANSHIP = "P2"
"""Previous permanence: special guardianship order."""


def in_care(periods: pd.DataFrame, day: date) -> Reading:
    """Children, each once, in care at the end of a day."""
    return {WHOLE: Parts(float(_children(periods, day)))}


def rate(periods: pd.DataFrame, day: date, asked: Asked) -> Reading | None:
    """Children in care, of the children who live in the area; None without an estimate of them."""
    living = asked.children_on(day)
    if not living:
        return None
    return {WHOLE: rate_of_children(_children(periods, day), living)}


def _children(periods: pd.DataFrame, day: date) -> int:
    here = open_on(days(periods["started"]), days(periods["ended"]), day)
    return int(periods["child"][here].nunique())


def starts(periods: pd.DataFrame) -> Happened:
    """Periods of care by the day they began."""
    return every(days(periods["started"]))


def starts_aged_16_to_17(periods: pd.DataFrame) -> Happened:
    """Periods of care that began at age 16 or 17; an age that is not known is neither."""
    aged = periods["age_at_start"].isin([16, 17]).to_numpy(np.bool_)
    return Happened(days(periods["started"]), aged, is_share=False)


def starts_after_guardianship(periods: pd.DataFrame, before: pd.DataFrame) -> Happened:
    """Children who came into care in a year, once each, and had left it through guardianship.

    Only children who had been in care before are recorded, so that this is an undercount.
    """
    came_back = before["child"][(before["kind"] == GUARDIANSHIP).to_numpy(np.bool_)]
    started = days(periods["started"])
    # Years from 1 April: nine months on, they are calendar years.
    year = (started.astype("datetime64[M]") + np.timedelta64(9, "M")).astype("datetime64[Y]")
    again = pd.DataFrame({"child": codes(periods["child"]), "year": year.astype(np.int64)})
    order = np.argsort(started, kind="stable")
    first = np.zeros(len(periods), np.bool_)
    first[order] = ~again.iloc[order].duplicated().to_numpy()
    known = periods["child"].isin(came_back).to_numpy(np.bool_)
    return Happened(started, first & known, is_share=False)
