"""The month that an extract shows last."""

from __future__ import annotations

from datetime import date, timedelta

from scrutinybook.periods import Month


def last_whole_month(day: date) -> Month:
    """The last month that is over at the end of a day: April on 30 April and on 3 May."""
    morrow = day + timedelta(days=1)
    return Month(morrow.year, morrow.month) - 1
