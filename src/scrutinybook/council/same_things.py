"""Which formulas count the same thing, and which parts may count one person twice."""

from __future__ import annotations

from scrutinybook.council.cells import BOTTOM, REST, TOP

SAME_THING: tuple[tuple[tuple[str, str], ...], ...] = (
    (("referrals", TOP), ("no_further_action", BOTTOM), ("re_referrals", BOTTOM)),
    (("assessment_durations", TOP), ("assessments_in_time", BOTTOM)),
    (
        ("caseload_distribution", TOP),
        ("workers_above_target", BOTTOM),
        ("caseload_by_service", BOTTOM),
        ("caseload_by_locality", BOTTOM),
    ),
    (("caseload_by_service", TOP), ("caseload_by_locality", TOP)),
    *((("census_caseload", s), ("census_caseload_by_experience", s)) for s in (TOP, BOTTOM)),
    (("children_in_care", TOP), ("children_in_care_rate", TOP)),
    (("agency_rate", REST), ("vacancy_rate", REST), ("turnover_rate", BOTTOM)),
)
"""Formulas and sides that count the same thing."""

SAME_PARTS = ((("caseload_by_service", BOTTOM), ("workers_above_target", BOTTOM)),)
"""The same for parts of one name."""

SAME_LOCAL = (
    (
        ("contacts", TOP),
        ("contacts_leading_to_referral", BOTTOM),
        ("contacts_without_consent", BOTTOM),
    ),
    (("audit_grades", TOP), ("audits_good", BOTTOM)),
)
"""Measures whose counts come from tables of their own and are near the same."""

OVERLAPPING = frozenset({"caseload_by_service", "caseload_by_locality", "workers_above_target"})
"""Formulas whose parts may count one worker twice."""

SUMLESS = frozenset({"as the plan"})
"""Units of figures that have nothing in common."""
