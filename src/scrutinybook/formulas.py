"""What can be computed from a council's own events: each formula's name, kind and needs.

The catalogue's `extract_measures` name a formula each. How each is computed stands in
`measures.events`; a test holds the two lists together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from scrutinybook.catalogue_types import Kind

Timing = Literal["flow", "day", "rolling year"]
Source = Literal["annex-a", "ssda903", "cin-census", "workforce-census", "local"]
Frequency = Literal["month", "year"]

ANNEX_A: tuple[Source, ...] = ("annex-a",)
CENSUS_TOO: tuple[Source, ...] = ("annex-a", "cin-census")
CARE: tuple[Source, ...] = ("annex-a", "ssda903")
CARE_RETURN: tuple[Source, ...] = ("ssda903",)
WORKFORCE: tuple[Source, ...] = ("workforce-census",)
LOCAL: tuple[Source, ...] = ("local",)
BOTH: tuple[Frequency, ...] = ("month", "year")
MONTHLY: tuple[Frequency, ...] = ("month",)
YEARLY: tuple[Frequency, ...] = ("year",)


@dataclass(frozen=True)
class Formula:
    """One formula. It is computed only where every table it needs is held."""

    kind: Kind
    timing: Timing
    """flow: events of a period, which pool over the year to date; day: how things stand on a day;
    rolling year: as of a day, looking back over twelve months."""
    tables: tuple[str, ...]
    """Names of `EVENT_TABLES`."""
    sources: tuple[Source, ...]
    """Formats that hold all of it."""
    frequencies: tuple[Frequency, ...] = BOTH
    parts: str = ""
    """What the figure is also given for, one by one: ``source``; empty where for nothing."""

    @property
    def charted_as(self) -> str:
        """The kind that settles which charts tell the truth.

        A share on a day is charted as a stock: most children of one month's share are in the next.
        """
        if self.timing == "rolling year":
            return "rolling year"
        return "stock" if self.timing == "day" and self.kind != "value" else self.kind


def _care_leavers() -> dict[str, Formula]:
    made = Formula("proportion", "day", ("care_leavers",), CARE)
    return {
        f"care_leavers_{low}_to_{high}_{what}": made
        for low, high in ((16, 17), (17, 18), (19, 21))
        for what in ("active", "not_active", "not_known")
    }


FORMULAS: Mapping[str, Formula] = {
    # Early help
    "early_help_started": Formula("count", "flow", ("early_help",), ANNEX_A),
    "early_help_open": Formula("stock", "day", ("early_help",), ANNEX_A),
    # Contacts and referrals
    "contacts": Formula("count", "flow", ("contacts",), ANNEX_A, parts="source"),
    "referrals": Formula("count", "flow", ("referrals",), CENSUS_TOO, parts="source"),
    "no_further_action": Formula("proportion", "flow", ("referrals",), CENSUS_TOO),
    "re_referrals": Formula("proportion", "flow", ("referrals",), CENSUS_TOO),
    # Assessments
    "assessments_in_time": Formula("proportion", "flow", ("assessments",), CENSUS_TOO),
    "assessments_due_in_time": Formula("proportion", "flow", ("assessments",), CENSUS_TOO),
    "assessment_durations": Formula(
        "count", "flow", ("assessments",), CENSUS_TOO, parts="working days taken"
    ),
    "assessments_overdue": Formula("stock", "day", ("assessments",), CENSUS_TOO),
    # Child protection
    "section_47_enquiries": Formula("count", "flow", ("section_47",), CENSUS_TOO),
    "conferences_in_time": Formula("proportion", "flow", ("section_47",), CENSUS_TOO),
    "repeat_plans": Formula("proportion", "flow", ("protection_plans",), CENSUS_TOO),
    "plans_reviewed_in_time": Formula(
        "proportion", "day", ("protection_plans", "plan_reviews"), ("cin-census",)
    ),
    # Children in care
    "children_in_care": Formula("stock", "day", ("care_periods",), CARE),
    "children_in_care_rate": Formula("value", "day", ("care_periods",), CARE),
    "care_starts": Formula("count", "flow", ("care_periods",), CARE),
    "care_starts_aged_16_to_17": Formula("count", "flow", ("care_periods",), CARE),
    "care_starts_after_guardianship": Formula(
        "count", "flow", ("care_periods", "previous_permanence"), CARE_RETURN, YEARLY
    ),
    "care_reviews_in_time": Formula(
        "proportion", "flow", ("care_periods", "care_reviews"), CARE_RETURN
    ),
    "children_reviewed_in_time": Formula(
        "proportion", "rolling year", ("care_periods", "care_reviews"), CARE_RETURN
    ),
    "three_placements": Formula("proportion", "rolling year", ("care_episodes",), CARE_RETURN),
    "same_placement": Formula("proportion", "day", ("care_episodes",), CARE_RETURN),
    # Care leavers
    **_care_leavers(),
    # Workforce: who holds which case
    "caseload_by_service": Formula("value", "day", ("cases",), ANNEX_A, parts="service"),
    "caseload_by_locality": Formula("value", "day", ("cases",), ANNEX_A, parts="locality"),
    "caseload_distribution": Formula("stock", "day", ("cases",), ANNEX_A, parts="cases held"),
    "workers_above_target": Formula("proportion", "day", ("cases",), ANNEX_A, parts="service"),
    "posts_to_target": Formula("value", "day", ("cases",), ANNEX_A, parts="service"),
    # Workforce: the census of 30 September
    "census_caseload": Formula(
        "value", "day", ("social_workers",), WORKFORCE, YEARLY, parts="stage of career"
    ),
    "census_caseload_by_experience": Formula(
        "value", "day", ("social_workers",), WORKFORCE, YEARLY, parts="years with the council"
    ),
    "census_posts_to_target": Formula("value", "day", ("social_workers",), WORKFORCE, YEARLY),
    "agency_rate": Formula("value", "day", ("social_workers",), WORKFORCE, YEARLY),
    "vacancy_rate": Formula("value", "day", ("social_workers", "vacancies"), WORKFORCE, YEARLY),
    "turnover_rate": Formula("value", "flow", ("social_workers",), WORKFORCE, YEARLY),
    "absence_rate": Formula("value", "flow", ("social_workers",), WORKFORCE, YEARLY),
    # What no return holds: taken as the council gives it, with its parts
    "local_count": Formula("count", "flow", ("local_figures",), LOCAL, parts="part"),
    "local_share": Formula("proportion", "flow", ("local_figures",), LOCAL, parts="part"),
    "local_value": Formula("value", "flow", ("local_figures",), LOCAL, parts="part"),
    "local_stock": Formula("stock", "day", ("local_figures",), LOCAL, parts="part"),
    "local_share_on_a_day": Formula("proportion", "day", ("local_figures",), LOCAL, parts="part"),
    "local_value_on_a_day": Formula("value", "day", ("local_figures",), LOCAL, parts="part"),
}
"""Every formula, by name."""
