"""From which day each format's extract holds everything."""

from __future__ import annotations

from datetime import date

from scrutinybook.sources.extracts import annex_a_rules
from scrutinybook.sources.extracts.return_years import (
    first_day_covered,
    first_day_of_workforce_year,
)


def first_of_lists(as_of: date) -> date:
    """The first day of Annex A's six months."""
    return annex_a_rules.first_day_covered(as_of)


def first_of_return(as_of: date) -> date:
    """1 April, of the children looked after return and the children in need census."""
    return first_day_covered(as_of)


def first_of_workforce_year(as_of: date) -> date:
    """1 October, of the workforce census."""
    return first_day_of_workforce_year(as_of)
