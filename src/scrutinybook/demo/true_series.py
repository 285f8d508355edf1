"""Monthly figures of the whole truth: what would be seen if nothing were recorded late or wrong."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scrutinybook.demo.days import NEVER, Bools, Floats, Ints, month_places, months_after, number
from scrutinybook.demo.truth import Truth

IN_TIME_DAYS, CONFERENCE_DAYS = 45, 15


def true_counts(truth: Truth) -> Mapping[str, Floats]:
    """Counts by measure id, shape (months with an extract,)."""
    work, care = truth.casework, truth.care.periods
    stands = {name: _stands(getattr(truth, name)["removed"].to_numpy())
              for name in ("contacts", "referrals", "early_help")}  # fmt: skip
    return {
        "contacts": _by_month(truth, truth.contacts["day"].to_numpy(), stands["contacts"]),
        "referrals_received": _by_month(
            truth, truth.referrals["day"].to_numpy(), stands["referrals"]
        ),
        "early_help_started": _by_month(
            truth, truth.early_help["started"].to_numpy(), stands["early_help"]
        ),
        "section_47_enquiries": _by_month(truth, work.enquiries["started"].to_numpy()),
        "came_into_care": _by_month(truth, care["started"].to_numpy()),
        "hub_referrals": local_parts(truth, "hub_referrals")[0],
    }


def true_shares(truth: Truth) -> Mapping[str, tuple[Floats, Floats]]:
    """Numerators and denominators by measure id, each of shape (months with an extract,)."""
    referrals, work = truth.referrals, truth.casework
    day, stands = referrals["day"].to_numpy(), _stands(referrals["removed"].to_numpy())
    started = work.assessments["started"].to_numpy()
    authorised = work.assessments["authorised"].to_numpy()
    due = truth.calendar.add(started, IN_TIME_DAYS)
    begun = work.enquiries["started"].to_numpy()
    conference = work.enquiries["conference"].to_numpy()
    held = conference < NEVER
    prompt = held & (conference <= truth.calendar.add(begun, CONFERENCE_DAYS))
    plans = work.plans
    plan_day = plans["started"].to_numpy()
    review_due, on_time = _care_reviews(truth)
    return {
        "referrals_no_further_action": (
            _by_month(truth, day, stands & (referrals["no_action"].to_numpy() == 1)),
            _by_month(truth, day, stands),
        ),
        "assessments_due_on_time": (
            _by_month(truth, due, authorised <= due),
            _by_month(truth, due),
        ),
        "conferences_on_time": (
            _by_month(truth, conference, prompt),
            _by_month(truth, conference, held),
        ),
        "plans_repeat": (
            _by_month(truth, plan_day, plans["previous"].to_numpy() > 0),
            _by_month(truth, plan_day),
        ),
        "care_reviews_on_time": (
            _by_month(truth, review_due, on_time),
            _by_month(truth, review_due),
        ),
        **{
            name: local_parts(truth, name)
            for name in (
                "contacts_leading_to_referral",
                "contacts_without_consent",
                "supervision_on_time",
            )
        },
    }


def true_values(truth: Truth) -> Mapping[str, Floats]:
    """Single values by measure id, shape (months with an extract,)."""
    lost, days = local_parts(truth, "sickness_by_month")
    return {"sickness_by_month": lost / days}


def local_parts(truth: Truth, measure: str, part: str | None = None) -> tuple[Floats, Floats]:
    """Numerators and denominators of a local figure; `part` None for the whole."""
    rows = truth.local[truth.local["measure"] == measure]
    wanted = rows["part"].isna() if part is None else rows["part"] == part
    rows = rows[wanted & (rows["month"] >= truth.months[0].index)].sort_values("month")
    return (
        rows["numerator"].to_numpy(dtype=np.float64),
        rows["denominator"].to_numpy(dtype=np.float64),
    )


def _care_reviews(truth: Truth) -> tuple[Ints, Bools]:
    """When each review after the first of a period was due, and whether it was held by then."""
    reviews = truth.care.reviews
    period, day = reviews["period"].to_numpy(), reviews["day"].to_numpy()
    later = period[1:] == period[:-1]
    is_second = np.append(True, period[1:-1] != period[:-2])
    due = np.where(is_second, months_after(day[:-1], 3), months_after(day[:-1], 6))
    return due[later], day[1:][later] <= due[later]


def _stands(removed: Ints) -> Bools:
    return np.asarray(removed >= NEVER)


def _by_month(truth: Truth, days: Ints, which: Bools | None = None) -> Floats:
    first, last = number(truth.months[0].first_day), number(truth.months[-1].last_day)
    kept = (days >= first) & (days <= last)
    kept = kept if which is None else kept & which
    places = month_places(days[kept], truth.months)
    return np.bincount(places, minlength=len(truth.months)).astype(np.float64)
