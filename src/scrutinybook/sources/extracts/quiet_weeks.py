"""An extract in which nothing happens in its last weeks is not of the day that it is said to show.

A day given a month too late would else read as a month without referrals: no row counts as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.noticed import Notice, Weight

LAST_DAYS = 28
"""Days up to the extract's own without an event of any kind that say that the day is wrong."""
EXPECTED = 10
"""Events that the days before would lead one to expect in them, at the least: where events come by
chance, none where ten are expected happens once in 20,000 times. A small authority with fewer is
never refused."""


def quiet_weeks(
    place: str, tables: Mapping[str, pd.DataFrame], first: date, as_of: date
) -> list[Notice]:
    """Refuse an extract whose event tables all fall silent before its day; else nothing.

    `first`: the first day of which the tables hold everything. Tables without days do not count.
    """
    days = [
        table[begins]
        for name, table in tables.items()
        if (begins := EVENT_TABLES[name].begins) is not None
    ]
    since = as_of - timedelta(days=LAST_DAYS - 1)
    n_before = (since - first).days
    if not days or n_before < LAST_DAYS:
        return []
    every = pd.concat(days)
    before = int(((every >= pd.Timestamp(first)) & (every < pd.Timestamp(since))).sum())
    last = int(((every >= pd.Timestamp(since)) & (every <= pd.Timestamp(as_of))).sum())
    if last or before * LAST_DAYS < EXPECTED * n_before:
        return []
    found = f"nothing at all in the last {LAST_DAYS} days, {since} to {as_of}, and much before"
    mend = "give the day on which the extract was taken; if it is that day, export it again"
    return [Notice(Weight.REFUSE, place, found, f"events up to about {as_of}", mend)]
