"""The year that a return or census covers."""

from __future__ import annotations

from datetime import date

from scrutinybook.periods import Month


def first_day_covered(as_of: date) -> date:
    """1 April of the year that holds the extract's day."""
    return Month(as_of.year, as_of.month).financial_year.months[0].first_day


def first_day_of_workforce_year(as_of: date) -> date:
    """1 October of the workforce year that holds the census's day."""
    return date(as_of.year if as_of.month >= 10 else as_of.year - 1, 10, 1)
