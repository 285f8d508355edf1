"""The children in need census of a day, as its reader gives it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.demo import census_view
from scrutinybook.demo.days import NEVER, as_days, number
from scrutinybook.demo.frames import Hashed, flags, missing, texts
from scrutinybook.demo.windows import first_of_return
from scrutinybook.sources.extracts import vocabulary as words
from scrutinybook.sources.extracts.extract import Extract, Format


def cin_census_at(hashed: Hashed, as_of: date) -> Extract:
    """The children in need census of the year to the day."""
    first = first_of_return(as_of)
    rows = census_view.census_rows(hashed.truth, number(as_of), number(first))
    referred, assessed, enquired = rows.referrals, rows.assessments, rows.enquiries
    plans, reviews = rows.plans, rows.reviews
    opened = referred["no_action"].to_numpy() == 0
    latest = np.full(len(plans), NEVER)
    latest[reviews["plan"].to_numpy()] = reviews["day"].to_numpy()
    of_plan = plans.iloc[reviews["plan"].to_numpy()]
    cases = referred[opened]
    tables = {
        "referrals": {
            "child": hashed.children(referred["child"].to_numpy()),
            "date": as_days(referred["day"].to_numpy()),
            "source": texts(words.SOURCES, referred["source"].to_numpy()),
            "no_further_action": flags(referred["no_action"]),
        },
        "cases": {
            "child": hashed.children(cases["child"].to_numpy()),
            "started": as_days(cases["day"].to_numpy()),
            "closed": as_days(cases["closed"].to_numpy()),
            "status": pd.Series(_census_status(rows)[opened]),
            "team": missing(len(cases)),
            "worker": missing(len(cases)),
        },
        "assessments": {
            "child": hashed.children(assessed["child"].to_numpy()),
            "started": as_days(assessed["started"].to_numpy()),
            "authorised": as_days(assessed["authorised"].to_numpy()),
            "need_found": _census_need(rows),
        },
        "section_47": {
            "child": hashed.children(enquired["child"].to_numpy()),
            "started": as_days(enquired["started"].to_numpy()),
            "conference_unneeded": flags(enquired["unneeded"]),
            "conference": as_days(enquired["conference"].to_numpy()),
            "plan_followed": _census_followed(rows),
        },
        "protection_plans": {
            "child": hashed.children(plans["child"].to_numpy()),
            "started": as_days(plans["started"].to_numpy()),
            "ended": as_days(plans["ended"].to_numpy()),
            "previous_plans": plans["previous"],
            "latest_review": as_days(latest),
        },
        "plan_reviews": {
            "child": hashed.children(of_plan["child"].to_numpy()),
            "plan_started": as_days(of_plan["started"].to_numpy()),
            "date": as_days(reviews["day"].to_numpy()),
        },
    }
    return hashed.extract(Format.CIN_CENSUS, as_of, first, tables)


def _census_status(rows: census_view.CensusRows) -> np.ndarray:
    """What the census itself says of a case; it does not say who is looked after."""
    referred = rows.referrals
    _, plan, need, assessment, closed = words.CASE_STATUSES
    status = np.full(len(referred), words.OPEN_WITHOUT_PLAN, dtype=object)
    for table, ends, says in (
        (rows.assessments, "authorised", assessment),
        (None, "", need),
        (rows.plans, "ended", plan),
    ):
        if table is None:
            going = (referred["plan_from"] < NEVER) & (referred["plan_until"] >= NEVER)
            status[going.to_numpy()] = says
        else:
            status[table["at"].to_numpy()[table[ends].to_numpy() >= NEVER]] = says
    status[referred["closed"].to_numpy() < NEVER] = closed
    return status


def _census_need(rows: census_view.CensusRows) -> pd.Series:
    """The census says whether a child was in need by plans and by why the case was closed."""
    referred = rows.referrals
    has_plan = (referred["plan_from"] < NEVER).to_numpy().copy()
    has_plan[rows.plans["at"].to_numpy()] = True
    reason = referred["reason"].to_numpy()
    none = np.isin(reason, [census_view.NO_FURTHER_ACTION, census_view.TO_EARLY_HELP])
    said = pd.Series(~none).astype("boolean").mask(~none & ~has_plan & (reason == ""))
    at = rows.assessments["at"].to_numpy()
    authorised = rows.assessments["authorised"].to_numpy() < NEVER
    return said.iloc[at].reset_index(drop=True).mask(~authorised)


def _census_followed(rows: census_view.CensusRows) -> pd.Series:
    """A plan follows a conference where one of the case starts on its day."""
    starts = rows.plans.groupby("at")["started"].agg(set).to_dict()
    said: list[bool | None] = []
    for at, held in zip(rows.enquiries["at"], rows.enquiries["conference"], strict=True):
        plans = starts.get(at, set())
        if held >= NEVER:
            said.append(None)
        elif held in plans:
            said.append(True)
        else:
            said.append(None if any(day > held for day in plans) else False)
    return pd.Series(pd.array(said, dtype="boolean"))
