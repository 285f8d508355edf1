"""Tables of "Children in need", and the population estimates issued with it.

Headings as published by the Department for Education; the layout of table c1 changed in 2025.
"""

from __future__ import annotations

from scrutinybook.periods import FinancialYear
from scrutinybook.sources.figure_periods import PeriodKind
from scrutinybook.sources.layouts import (
    MARCH,
    MID_YEAR,
    YEAR,
    Column,
    Format,
    When,
    columns,
    count_and_percent,
    words,
)

_BANDS_TO_45 = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")


def _referral_months() -> tuple[Column, ...]:
    """A column for each month, headed by its name. The row's year is the one that ends in March."""
    year = FinancialYear(2000)
    return tuple(
        # Nine of the months lie in the calendar year before.
        Column((m.name,), "referrals", When(PeriodKind.MONTH, m.month, m.year - year.ending))
        for m in year.months
    )


_IN_NEED = "children-in-need"

CHILDREN_IN_NEED: tuple[Format, ...] = (
    Format(
        name="c1",
        title="Referrals and re-referrals (layout to 2024)",
        publication=_IN_NEED,
        feeds=("Front door",),
        columns={
            (): (
                *columns(YEAR, referrals="Referrals", referrals_rate="Referrals_rate"),
                *count_and_percent("re_referrals", YEAR, "Re_referrals", "Re_referrals_percent"),
                *count_and_percent(
                    "no_further_action", YEAR, "No_Further_Action", "No_Further_Action_percent"
                ),
                *count_and_percent(
                    "assessed_not_in_need", YEAR, "Not_in_Need", "Not_in_Need_percent"
                ),
            )
        },
        also=words(
            "category Referrals_child Referrals_child_rate Re_referrals_child "
            "Re_referrals_child_percent"
        ),
    ),
    Format(
        name="c1",
        title="Referrals and re-referrals (layout of 2025)",
        publication=_IN_NEED,
        feeds=("Front door",),
        columns={
            (): (
                *columns(YEAR, referrals="referral_count"),
                *count_and_percent("re_referrals", YEAR, "rereferral_count", "rereferral_percent"),
                *count_and_percent(
                    "no_further_action",
                    YEAR,
                    "no_further_action_count",
                    "no_further_action_percent",
                ),
                *count_and_percent(
                    "assessed_not_in_need", YEAR, "not_in_need_count", "not_in_need_percent"
                ),
            )
        },
        also=words("category referral_child_count rereferral_child_count rereferral_child_percent"),
    ),
    Format(
        name="c2",
        title="Duration of assessments",
        publication=_IN_NEED,
        feeds=("Assessments",),
        columns={
            (): (
                Column(_BANDS_TO_45, "assessments_within_45_days", YEAR),
                *columns(
                    YEAR,
                    assessments_completed="Assessments_completed",
                    assessments_same_day="Same_day",
                    assessments_1_to_10_days="1-10_days",
                    assessments_11_to_20_days="11-20_days",
                    assessments_21_to_30_days="21-30_days",
                    assessments_31_to_40_days="31-40_days",
                    assessments_41_to_45_days="41-45_days",
                    assessments_46_to_50_days="46-50_days",
                    assessments_51_to_60_days="51-60_days",
                    assessments_61_or_more_days="61+_days",
                    assessments_median_days="Median_days",
                ),
            )
        },
        also=words("category Assessments_completed_rate 25th_Percentile_days 75th_Percentile_days"),
    ),
    Format(
        name="c4",
        title="Section 47 enquiries and initial child protection conferences",
        publication=_IN_NEED,
        feeds=("Child protection",),
        columns={
            (): (
                *columns(
                    YEAR,
                    section_47s="Section47",
                    section_47s_rate="Section47_rate",
                    initial_conferences="ICPC",
                    initial_conferences_rate="ICPC_rate",
                ),
                Column(
                    ("Duration_0-10_days", "Duration_11-15_days"),
                    "initial_conferences_within_15_days",
                    YEAR,
                ),
            )
        },
        also=words(
            "category Section47_child Section47_child_rate ICPC_child ICPC_child_rate "
            "Duration_16-20_days Duration_21+_days Duration_25th_Percentile "
            "Duration_median Duration_75th_Percentile"
        ),
    ),
    Format(
        name="c5",
        title="Referrals by source",
        publication=_IN_NEED,
        feeds=("Front door",),
        columns={
            (): columns(
                YEAR,
                referrals="Referrals",
                referrals_from_individuals="Individual",
                referrals_from_schools="Schools",
                referrals_from_education_services="Education_Services",
                referrals_from_health_services="Health_Services",
                referrals_from_housing="Housing",
                referrals_from_council_services="LA_Services",
                referrals_from_police="Police",
                referrals_from_other_legal_agencies="Other_legal_agency",
                referrals_from_other_sources="Other",
                referrals_from_anonymous="Anonymous",
                referrals_from_unknown="Unknown",
            )
        },
        also=frozenset({"category"}),
    ),
    Format(
        name="c6",
        title="Referrals by month",
        publication=_IN_NEED,
        feeds=("Front door",),
        columns={(): (*columns(YEAR, referrals="Referrals"), *_referral_months())},
        also=frozenset({"category"}),
    ),
    Format(
        name="d3",
        title="Second or later child protection plans",
        publication=_IN_NEED,
        feeds=("Child protection",),
        columns={
            (): (
                *columns(YEAR, plans_started="CPP_start"),
                *count_and_percent(
                    "repeat_plans", YEAR, "CPP_subsequent", "CPP_subsequent_percent"
                ),
            )
        },
        also=frozenset({"category"}),
    ),
    Format(
        name="d6",
        title="Child protection plans reviewed on time",
        publication=_IN_NEED,
        feeds=("Child protection",),
        columns={
            (): (
                *columns(MARCH, plans_3_months="CPP_At31_3Months"),
                *count_and_percent(
                    "plans_reviewed_on_time",
                    MARCH,
                    "Reviewed_within_timescales",
                    "Reviewed_within_timescales_percent",
                ),
            )
        },
        also=frozenset({"category"}),
    ),
    Format(
        name="b1",
        title="Children in need",
        publication=_IN_NEED,
        feeds=("Front door",),
        columns={
            (): columns(
                MARCH,
                children_in_need_at_31_march="At31_episodes",
                children_in_need_at_31_march_rate="At31_episodes_rate",
            )
        },
        also=words(
            "category Anypoint_episodes Anypoint_episodes_rate Anypoint_child "
            "Anypoint_child_rate Started_episodes Started_episodes_rate Started_child "
            "Started_child_rate Ended_episodes Ended_episodes_rate Ended_child "
            "Ended_child_rate Awaiting_assessment Awaiting_assessment_rate"
        ),
    ),
    Format(
        name="population",
        title="Mid-year population estimates",
        publication=_IN_NEED,
        feeds=("Front door", "Children in care"),
        columns={
            ("Children aged 0 to 17 years",): columns(
                MID_YEAR, children_aged_0_to_17="population_estimate"
            )
        },
        splits=("age_group",),
        publisher="Office for National Statistics, as issued by the Department for Education",
        release_years_on=1,
    ),
)
