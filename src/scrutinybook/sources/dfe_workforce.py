"""The table of "Children's social work workforce"; its year ends on 30 September."""

from __future__ import annotations

from scrutinybook.sources.layouts import SEPTEMBER, WORKFORCE_YEAR, Format, columns, words

WORKFORCE: tuple[Format, ...] = (
    Format(
        name="workforce",
        title="Children's social work workforce indicators",
        publication="social-work-workforce",
        feeds=("Workforce",),
        columns={
            (): columns(
                SEPTEMBER,
                social_workers_fte="inpost_fte",
                social_workers="inpost_headcount",
                agency_fte="agency_fte",
                agency_percent="agency_rate_fte",
                agency_covering_vacancies_fte="agency_cover_fte",
                vacancies_fte="vacancy_fte",
                vacancies_percent="vacancy_rate_fte",
                case_holders_fte="case_holders_fte",
                cases="cases",
                caseload="caseload_fte",
            )
            + columns(
                WORKFORCE_YEAR,
                social_workers_started_fte="starters_fte",
                social_workers_left_fte="leavers_fte",
                turnover_percent="turnover_rate_fte",
                days_lost="working_days_lost_fte",
                absence_percent="absence_rate_fte",
            )
        },
        also=words(
            "starters_headcount leavers_headcount turnover_rate_headcount "
            "agency_headcount agency_rate_headcount agency_cover_rate_fte "
            "vacancy_agency_cover_rate_fte"
        ),
    ),
)
