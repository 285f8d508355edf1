"""Lists 1 to 9 of Annex A of a day, as their reader gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.demo import leavers
from scrutinybook.demo.days import as_days, number, whole_years
from scrutinybook.demo.frames import Hashed, flags, texts
from scrutinybook.demo.view import View
from scrutinybook.demo.windows import first_of_lists
from scrutinybook.demo.workforce import LOCALITIES, SERVICES
from scrutinybook.sources.extracts import vocabulary as words
from scrutinybook.sources.extracts.annex_a import OF_ONE_DAY
from scrutinybook.sources.extracts.extract import Extract, Format

TOUCH = (words.IN_TOUCH, words.NOT_IN_TOUCH, words.REFUSED_CONTACT, words.NO_LONGER_NEEDED)
"""By the places of `leavers`."""
YOUNGEST_IN_RETURN = 17


def annex_a_at(hashed: Hashed, as_of: date) -> Extract:
    """Lists 1 to 9 of Annex A, six months up to the day."""
    day, first = number(as_of), first_of_lists(as_of)
    view = View(hashed.truth, day, number(first))
    contacts, helped, referred = view.contacts, view.early_help, view.referrals
    assessed, enquired, plans = view.assessments, view.enquiries, view.plans
    cases, care = view.cases, view.care
    found = flags(assessed["need_found"], assessed["authorised"])
    tables: dict[str, dict[str, Any]] = {
        "contacts": {
            "child": hashed.children(contacts["child"].to_numpy()),
            "date": as_days(contacts["day"].to_numpy()),
            "source": texts(words.SOURCES, contacts["source"].to_numpy()),
        },
        "early_help": {
            "child": hashed.children(helped["child"].to_numpy()),
            "started": as_days(helped["started"].to_numpy()),
            "completed": as_days(helped["completed"].to_numpy()),
        },
        "referrals": {
            "child": hashed.children(referred["child"].to_numpy()),
            "date": as_days(referred["day"].to_numpy()),
            "source": texts(words.SOURCES, referred["source"].to_numpy()),
            "no_further_action": flags(referred["no_action"]),
        },
        "assessments": {
            "child": hashed.children(assessed["child"].to_numpy()),
            "started": as_days(assessed["started"].to_numpy()),
            "authorised": as_days(assessed["authorised"].to_numpy()),
            "need_found": found,
        },
        "section_47": {
            "child": hashed.children(enquired["child"].to_numpy()),
            "started": as_days(enquired["started"].to_numpy()),
            "conference_unneeded": flags(enquired["unneeded"]),
            "conference": as_days(enquired["conference"].to_numpy()),
            "plan_followed": flags(enquired["followed"], enquired["conference"]),
        },
        "cases": {
            "child": hashed.children(cases["child"].to_numpy()),
            "started": as_days(cases["started"].to_numpy()),
            "closed": as_days(cases["closed"].to_numpy()),
            "status": texts(words.CASE_STATUSES, cases["status"].to_numpy()),
            "team": team_names(cases),
            "worker": hashed.workers(cases["worker"].to_numpy()),
        },
        "protection_plans": {
            "child": hashed.children(plans["child"].to_numpy()),
            "started": as_days(plans["started"].to_numpy()),
            "ended": as_days(plans["ended"].to_numpy()),
            "previous_plans": plans["previous"],
            "latest_review": as_days(plans["latest_review"].to_numpy()),
        },
        "care_periods": {
            "child": hashed.children(care["child"].to_numpy()),
            "started": as_days(care["started"].to_numpy()),
            "ended": as_days(care["ended"].to_numpy()),
            "age_at_start": whole_years(care["born"].to_numpy(), care["started"].to_numpy()),
            "placements_in_year": care["placements"],
            "latest_review": as_days(care["latest_review"].to_numpy()),
        },
        "care_leavers": leaver_columns(hashed, leavers.leavers_on(hashed.truth, day)),
    }
    return hashed.extract(Format.ANNEX_A, as_of, first, tables, of_one_day=OF_ONE_DAY)


def team_names(cases: pd.DataFrame) -> pd.Series:
    """The team that holds each case; missing for closed cases."""
    names = [f"{service} {place}" for service in SERVICES for place in LOCALITIES]
    held = cases["worker"].to_numpy() >= 0
    at = np.where(held, cases["service"] * len(LOCALITIES) + cases["locality"], -1)
    return pd.Series(pd.array(names, dtype="string").take(at, allow_fill=True))


def in_the_return(rows: pd.DataFrame) -> pd.DataFrame:
    """Of young people on a day those in the return's OC3: 17 or older, and out of care."""
    there = (rows["age"] >= YOUNGEST_IN_RETURN) & ~rows["is_in_care"]
    return rows[there].reset_index(drop=True)


def leaver_columns(hashed: Hashed, rows: pd.DataFrame) -> dict[str, Any]:
    """Columns of care leavers from the rows of `leavers`."""
    touch = rows["touch"].to_numpy()
    suitable = np.where(rows["is_suitable"], words.SUITABLE, words.UNSUITABLE)
    return {
        "child": hashed.children(rows["child"].to_numpy()),
        "age": rows["age"],
        "in_touch": texts(TOUCH, touch),
        "activity": pd.Series(rows["activity"]).replace("", pd.NA),
        "suitable_accommodation": pd.Series(suitable).mask(touch != leavers.IN_TOUCH),
    }
