"""Words that several formats share: each format's own codes are read as these.

Where one format says more than another (which health service referred), the words are those that
all of them can say.
"""

from __future__ import annotations

SOURCES = (
    "individual",
    "schools",
    "education services",
    "health services",
    "housing",
    "local authority services",
    "police",
    "other legal agency",
    "other",
    "anonymous",
    "unknown",
)
"""Who a contact or referral came from: column `source`. Annex A's letters a to k, in order."""

CASE_STATUSES = (
    "looked after child",
    "child protection plan",
    "child in need plan",
    "open assessment",
    "closed episode",
)
"""What a case is: column `status`. Annex A's letters a to e, in order."""
OPEN_WITHOUT_PLAN = "open without a plan"
"""An open case of the census that none of the five words fits."""

IN_TOUCH = "in touch"
NOT_IN_TOUCH = "not in touch"
REFUSED_CONTACT = "refused contact"
NO_LONGER_NEEDED = "contact no longer needed"
NOT_RECORDED = "not recorded"
RETURNED_HOME = "returned home"
DIED = "died"
EXCLUDED = "excluded"
"""Annex A's "exclude": died or returned home, without saying which."""
OUTSIDE_COHORT = (DIED, RETURNED_HOME, EXCLUDED)
"""Care leavers who are counted in no percentage: column `in_touch`."""

SUITABLE, UNSUITABLE = "suitable", "unsuitable"
"""Column `suitable_accommodation`; empty where it is not known or does not apply."""

ACTIVITIES = (
    "F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5", "G4", "G5", "G6",
)  # fmt: skip
"""Column `activity`: full time (F) or part time (P) in 1 higher education, 2 other education, 3
training or work (former years), 4 an apprenticeship, 5 training or work; none (G) because of 4
illness or disability, 5 other reasons, 6 pregnancy or parenting. Empty where it is not known."""
