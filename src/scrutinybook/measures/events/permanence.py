"""For which years it is known what permanence children had before they came into care."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scrutinybook.history.known import Known
from scrutinybook.measures.events.coverage import Coverage, coverage, snapshots
from scrutinybook.periods import Month

TABLE = "previous_permanence"


def guardianship_coverage(known: Known) -> tuple[pd.DataFrame, Coverage]:
    """Rows of all extracts that are held, and the days that they speak for without a gap.

    A yearly return holds the children who came into care in its year; each extract before the
    newest speaks for its own year.
    """
    care = coverage(known, ["care_periods"])
    found = snapshots(known, TABLE)
    rows = pd.concat(list(found.values())).drop_duplicates()
    newest = known.covers_to.get(TABLE, max(found))
    first = known.covers_from.get(TABLE, _april(newest))
    for day in sorted(found, reverse=True):
        # A day on or after the last one before what is held joins its year to it.
        if _april(day) < first and (first - day).days <= 1:
            first = _april(day)
    if care.first is None:
        return rows, Coverage(None, newest)
    return rows, Coverage(max(care.first, first), min(care.last, newest))


def _april(day: date) -> date:
    return Month(day.year, day.month).financial_year.months[0].first_day
