"""The year that a return or census covers."""

from __future__ import annotations

from datetime import date

from scrutinybook.periods import Month


def first_day_covered(as_of: date) -> date:
    """1 April of the year that holds the extract's day."""
    return Month(as_of.year, as_of.month).financial_year.months[0].first_day
