"""Every item of official figures by name: what it counts, in what unit, for what kind of period."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.sources.figure_periods import PeriodKind

_MONTH, _YEAR = PeriodKind.MONTH, PeriodKind.YEAR
_WORK, _DAY = PeriodKind.WORKFORCE_YEAR, PeriodKind.SNAPSHOT


@dataclass(frozen=True)
class Item:
    """One item. `published_rate` marks what the Department worked out from parts of its own."""

    name: str
    words: str
    unit: str
    kinds: frozenset[PeriodKind]

    @property
    def published_rate(self) -> bool:
        """Whether it is a percentage, rate or average as published: to compare with, not to add."""
        return self.unit in {"percent", "per 10,000 children", "days (median)", "cases a worker"}


def _items(unit: str, *kinds: PeriodKind, **words: str) -> dict[str, Item]:
    return {name: Item(name, said, unit, frozenset(kinds)) for name, said in words.items()}


_LEAVER_ACTIVITY = {
    "": "Care leavers aged {age}",
    "_in_education_employment_training": (
        "Care leavers aged {age} in education, employment or training"
    ),
    "_not_in_education_employment_training": (
        "Care leavers aged {age} not in education, employment or training"
    ),
    "_not_known": "Care leavers aged {age} whose activity is not known",
}


def _care_leavers(unit: str, suffix: str = "") -> dict[str, Item]:
    return _items(
        unit,
        _YEAR,
        **{
            f"care_leavers_{low}_to_{high}{part}{suffix}": words.format(age=f"{low} to {high}")
            for low, high in ((17, 18), (19, 21))
            for part, words in _LEAVER_ACTIVITY.items()
            if part or not suffix
        },
    )


ITEMS: dict[str, Item] = {
    **_items("referrals", _MONTH, _YEAR, referrals="Referrals to children's social care"),
    **_items(
        "referrals",
        _YEAR,
        re_referrals="Referrals within 12 months of an earlier referral of the same child",
        no_further_action="Referrals that led to no further action",
        assessed_not_in_need="Referrals assessed, and the child found not to be in need",
        referrals_from_individuals="Referrals from individuals",
        referrals_from_schools="Referrals from schools",
        referrals_from_education_services="Referrals from education services",
        referrals_from_health_services="Referrals from health services",
        referrals_from_housing="Referrals from housing services",
        referrals_from_council_services="Referrals from council services",
        referrals_from_police="Referrals from the police",
        referrals_from_other_legal_agencies="Referrals from other legal agencies",
        referrals_from_other_sources="Referrals from other sources",
        referrals_from_anonymous="Referrals from people who gave no name",
        referrals_from_unknown="Referrals whose source is not known",
    ),
    **_items(
        "percent",
        _YEAR,
        re_referrals_percent="Re-referrals as a share of referrals, as published",
        no_further_action_percent="No further action as a share of referrals, as published",
        assessed_not_in_need_percent=(
            "Assessed and not in need, as a share of referrals, as published"
        ),
        repeat_plans_percent="Second or later plans as a share of plans started, as published",
    ),
    **_items(
        "per 10,000 children",
        _YEAR,
        referrals_rate="Referrals for every 10,000 children, as published",
        section_47s_rate="Section 47 enquiries for every 10,000 children, as published",
        initial_conferences_rate=(
            "Initial child protection conferences for every 10,000 children, as published"
        ),
        started_being_looked_after_rate=(
            "Children who came into care, for every 10,000, as published"
        ),
        ceased_being_looked_after_rate="Children who left care, for every 10,000, as published",
    ),
    **_items(
        "assessments",
        _YEAR,
        assessments_completed="Assessments completed",
        assessments_within_45_days="Assessments completed within 45 working days",
        assessments_same_day="Assessments completed on the day they started",
        assessments_1_to_10_days="Assessments completed in 1 to 10 working days",
        assessments_11_to_20_days="Assessments completed in 11 to 20 working days",
        assessments_21_to_30_days="Assessments completed in 21 to 30 working days",
        assessments_31_to_40_days="Assessments completed in 31 to 40 working days",
        assessments_41_to_45_days="Assessments completed in 41 to 45 working days",
        assessments_46_to_50_days="Assessments completed in 46 to 50 working days",
        assessments_51_to_60_days="Assessments completed in 51 to 60 working days",
        assessments_61_or_more_days="Assessments completed in 61 working days or more",
    ),
    **_items(
        "days (median)",
        _YEAR,
        assessments_median_days="Median working days to complete an assessment, as published",
    ),
    **_items("enquiries", _YEAR, section_47s="Section 47 enquiries"),
    **_items(
        "conferences",
        _YEAR,
        initial_conferences="Initial child protection conferences",
        initial_conferences_within_15_days=(
            "Initial child protection conferences within 15 working days"
        ),
    ),
    **_items(
        "plans",
        _YEAR,
        plans_started="Child protection plans started",
        repeat_plans="Child protection plans started that are a second or later plan",
    ),
    **_items(
        "children",
        _DAY,
        plans_3_months="Children on a plan at 31 March who had been on it for three months or more",
        plans_reviewed_on_time="Those of them whose reviews were all held on time",
        children_in_need_at_31_march="Episodes of need open at 31 March",
        children_aged_0_to_17="Children aged 0 to 17 (estimate for the middle of the year)",
        looked_after_at_31_march="Children looked after at 31 March",
        looked_after_3_or_more_placements=(
            "Children looked after at 31 March with three or more placements in the year"
        ),
        looked_after_2_years="Children looked after at 31 March for two years or more",
        looked_after_2_years_3_or_more_placements=(
            "Those of them with three or more placements in the two years"
        ),
        looked_after_2_5_years_under_16=(
            "Children under 16 looked after at 31 March for two and a half years or more"
        ),
        same_carer_2_years="Those of them living with the same carer for two years or more",
    ),
    **_items(
        "per 10,000 children",
        _DAY,
        children_in_need_at_31_march_rate=(
            "Episodes of need open at 31 March for every 10,000 children, as published"
        ),
        looked_after_rate="Children looked after at 31 March for every 10,000, as published",
    ),
    **_items(
        "percent",
        _DAY,
        plans_reviewed_on_time_percent="Plans reviewed on time, as published",
        looked_after_3_or_more_placements_percent=(
            "Three or more placements in the year, as published"
        ),
        looked_after_2_years_3_or_more_placements_percent=(
            "Three or more placements in two years, as published"
        ),
        same_carer_2_years_percent="Same carer for two years or more, as published",
    ),
    **_items(
        "children",
        _YEAR,
        started_being_looked_after="Children who came into care",
        ceased_being_looked_after="Children who left care",
        ceased_special_guardianship="Children who left care through special guardianship",
        ceased_adopted="Children who left care through adoption",
    ),
    **_care_leavers("young people"),
    **_care_leavers("percent", "_percent"),
    **_items(
        "full-time equivalents",
        _DAY,
        social_workers_fte="Social workers in post at 30 September",
        agency_fte="Agency social workers at 30 September",
        agency_covering_vacancies_fte="Agency social workers who cover a vacancy at 30 September",
        vacancies_fte="Vacant social worker posts at 30 September",
        case_holders_fte="Social workers, agency included, who hold cases at 30 September",
    ),
    **_items("people", _DAY, social_workers="Social workers in post at 30 September (people)"),
    **_items("cases", _DAY, cases="Cases held at 30 September"),
    **_items("cases a worker", _DAY, caseload="Average caseload at 30 September, as published"),
    **_items(
        "percent",
        _DAY,
        agency_percent="Agency share of social workers at 30 September, as published",
        vacancies_percent="Vacant share of social worker posts at 30 September, as published",
    ),
    **_items(
        "full-time equivalents",
        _WORK,
        social_workers_started_fte="Social workers who started in the year to 30 September",
        social_workers_left_fte="Social workers who left in the year to 30 September",
    ),
    **_items("days", _WORK, days_lost="Working days lost to sickness in the year to 30 September"),
    **_items(
        "percent",
        _WORK,
        turnover_percent="Leavers as a share of social workers in post, as published",
        absence_percent="Working days lost to sickness as a share of working days, as published",
    ),
}
