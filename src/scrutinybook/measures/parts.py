"""Arithmetic from parts to rates, once: for a council's own records and for official figures alike.

Each function gives numerator and denominator. The same functions recompute the Department's
published rates from its published parts in the tests, which is how their definitions are checked.
Source of the definitions: the Department for Education's workforce statistics and the Local
Authority Interactive Tool.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from scrutinybook.periods import Month

WORKING_DAYS_A_YEAR = 253
"""Working days of a full-time year, as the Department has it."""
WORKING_DAYS_A_LEAP_YEAR = 254
"""And of a year to 30 September that holds a 29 February."""


class Parts(NamedTuple):
    """What was counted, out of how many; no denominator for counts."""

    numerator: float
    denominator: float | None = None

    @property
    def value(self) -> float | None:
        """The count, or the share; None of nothing."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


def share(part: float, whole: float) -> Parts:
    """A part of a count: assessments on time of assessments, re-referrals of referrals."""
    return Parts(part, whole)


def caseload(cases: float, case_holders_fte: float) -> Parts:
    """Cases held for each full-time equivalent worker, agency included, who holds at least one."""
    return Parts(cases, case_holders_fte)


def agency_rate(agency_fte: float, in_post_fte: float) -> Parts:
    """Agency workers as a share of all workers; those in post are without agency workers."""
    return Parts(agency_fte, agency_fte + in_post_fte)


def vacancy_rate(vacancies_fte: float, in_post_fte: float) -> Parts:
    """Vacancies as a share of all posts, filled and vacant."""
    return Parts(vacancies_fte, vacancies_fte + in_post_fte)


def turnover_rate(leavers_fte: float, in_post_fte: float) -> Parts:
    """Leavers of the year for each worker in post at its end."""
    return Parts(leavers_fte, in_post_fte)


def absence_rate(days_lost: float, in_post_fte: float, year_end: date) -> Parts:
    """Working days lost to sickness, of the working days of those in post at the year's end."""
    return Parts(days_lost, in_post_fte * working_days_of_year(year_end))


def working_days_of_year(year_end: date) -> int:
    """Working days of the year to 30 September that the Department divides sickness by."""
    has_leap_day = Month(year_end.year, 2).last_day.day == 29
    return WORKING_DAYS_A_LEAP_YEAR if has_leap_day else WORKING_DAYS_A_YEAR


def posts_to_target(cases: float, workers: float, target: float) -> Parts:
    """Workers it would take for `target` cases each, beyond those there are; may be below zero."""
    return Parts(cases / target - workers)


def rate_of_children(children: float, living_in_area: float) -> Parts:
    """Children, of the children who live in the area; a page gives it for every 10,000."""
    return Parts(children, living_in_area)
