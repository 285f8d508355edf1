"""Annex A, lists 6 to 9: who is open, in care or a leaver, with every official heading."""

from __future__ import annotations

import numpy as np

from scrutinybook.demo import leavers
from scrutinybook.demo.annex_a_codes import (
    ACTIVITIES,
    CATEGORIES,
    CLOSURES,
    ENDS,
    LEGAL,
    NEEDS,
    PLACES,
    STATUSES,
    TOUCH,
)
from scrutinybook.demo.annex_a_columns import Lists, blank_texts, either
from scrutinybook.demo.days import NEVER, number
from scrutinybook.demo.extract_lists import team_names
from scrutinybook.demo.sheets import Column

_LIVING = "k) Independent living", "p) Other accommodation"


def cases(of: Lists) -> list[Column]:
    """List 6. Open cases and those closed in the six months."""
    rows = of.view.cases
    case, started = rows["case"].to_numpy(), rows["started"].to_numpy()
    closed = rows["closed"].to_numpy()
    is_closed = closed < NEVER
    reason = np.where(rows["needs"].to_numpy(), CLOSURES[0], CLOSURES[1])
    workers = np.append(of.truth.workforce.workers["number"].to_numpy(), "")
    return [
        *of.who(rows["child"].to_numpy(), disability=True),
        of.days("CIN Start Date", started),
        Column("Primary Need Code", list(rows["need"].map(NEEDS))),
        of.days("Date Child Was Last Seen", np.minimum(of.before(case, 2, started, 45), closed)),
        of.days("CIN Closure Date", closed),
        Column(
            "Reason for Closure",
            [str(each) if there else None for each, there in zip(reason, is_closed, strict=True)],
        ),
        of.chosen("Case Status", STATUSES, rows["status"].to_numpy()),
        Column("Allocated Team", blank_texts(team_names(rows))),
        Column("Allocated Worker", [each or None for each in workers[rows["worker"].to_numpy()]]),
    ]


def protection_plans(of: Lists) -> list[Column]:
    """List 7. In force, or ended in the six months."""
    rows = of.view.plans
    started, ended = rows["started"].to_numpy(), rows["ended"].to_numpy()
    case = rows["case"].to_numpy()
    category = list(rows["category"].map(CATEGORIES))
    return [
        *of.who(rows["child"].to_numpy(), disability=True),
        of.days("Child Protection Plan Start Date", started),
        Column("Initial Category of Abuse", category),
        Column("Latest Category of Abuse", category),
        of.days(
            "Date of the Last Statutory Visit",
            np.minimum(of.before(case, 3, started, 18), ended),
        ),
        of.yes_no("Was the Child Seen Alone?", of.drawn(case, 4) < 0.7),
        of.days("Date of latest review conference", rows["latest_review"].to_numpy()),
        of.days("Child Protection Plan End Date", ended),
        of.yes_no(
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six "
            "Months (Y/N)",
            of.drawn(case, 5) < 0.03,
        ),
        Column("Number of Previous Child Protection Plans", rows["previous"].tolist()),
        *of.allocated(rows),
    ]


def care_periods(of: Lists) -> list[Column]:
    """List 8. Children in care, or who left it in the six months."""
    rows = of.view.care
    started, ended = rows["started"].to_numpy(), rows["ended"].to_numpy()
    case, child = rows["case"].to_numpy(), rows["child"].to_numpy()
    latest = of.view.care_episodes.drop_duplicates("period", keep="last")
    latest = latest.set_index("period").reindex(rows["place"].to_numpy())
    placed = latest["started"].to_numpy()
    over = ended < NEVER
    nothing = np.zeros(len(rows), np.int64)
    own = of.drawn(case, 6) < 0.55
    needs = of.truth.casework.cases.set_index("case")["need"].reindex(case)
    ends = [ENDS[each] if done else None for each, done in zip(rows["end_code"], over, strict=True)]
    return [
        *of.who(child),
        of.yes_no(
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
            rows["older"].to_numpy() & (of.drawn(case, 7) < 0.3),
        ),
        of.yes_no("Does the Child have a Disability", of.disabled[child]),
        of.days("Date Started to be Looked After", started),
        Column("Child's Category of Need", list(needs.map(NEEDS))),
        of.yes_no(
            "Is this a second or subsequent period of being a Looked After Child within the last "
            "12 months (Y/N)",
            nothing,
        ),
        of.days("Start date of current legal status", placed),
        Column("Child's Legal Status", list(latest["legal"].map(LEGAL))),
        of.days("Date of Latest Statutory Review", rows["latest_review"].to_numpy()),
        of.days(
            "Date of Last Social Work Visit",
            np.minimum(of.before(case, 8, started, 42), ended),
        ),
        Column(
            "What is the permanence plan for this child?",
            either(of.drawn(case, 9) < 0.3, "a) Return to family", "f) Long-term fostering"),
        ),
        of.days(
            "Date of Last IRO Visit / Contact to the Child",
            np.minimum(of.before(case, 10, started, 120), ended),
        ),
        of.days(
            "Date of Last Health Assessment",
            np.minimum(of.before(case, 11, started, 360), ended),
        ),
        of.days("Date of Last Dental Check", np.minimum(of.before(case, 12, started, 360), ended)),
        Column("Number of Placements in the Last 12 months", rows["placements"].tolist()),
        of.days("Date Ceased to be Looked After", ended),
        Column("Reason Ceased to be Looked After", ends),
        of.days("Start Date of Most Recent Placement", placed),
        Column("Placement Type", list(latest["place"].map(PLACES))),
        Column("Placement Provider", either(own, "a) Own LA", "b) Private")),
        Column("Placement postcode", ["ZZ99 9ZZ"] * len(rows)),
        Column("URN of Placement", [None] * len(rows)),
        Column("Placement Location", either(own, "a) In", "b) Out")),
        Column("LA of Placement", [None] * len(rows)),
        Column(
            "Number of Episodes the Child has been 'Missing' from their Placement in the last "
            "12 months",
            nothing.tolist(),
        ),
        Column(
            "Number of Episodes the Child has been 'Absent' from their Placement in the last "
            "12 months",
            nothing.tolist(),
        ),
        Column(
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
            [None] * len(rows),
        ),
        Column(
            "Did the child accept a Return Interview after their last missing episode (Y/N)?",
            [None] * len(rows),
        ),
        *of.allocated(rows),
    ]


def care_leavers(of: Lists) -> list[Column]:
    """List 9. Young people on the day."""
    rows = leavers.leavers_on(of.truth, number(of.as_of))
    child, touch = rows["child"].to_numpy(), rows["touch"].to_numpy()
    suitable = [("a) Suitable" if each else "b) Not suitable") if at == leavers.IN_TOUCH else None
                for each, at in zip(rows["is_suitable"], touch, strict=True)]  # fmt: skip
    category = np.where(
        rows["is_in_care"],
        "d) Eligible",
        np.where(rows["age"] < 18, "a) Relevant", "b) Former relevant"),
    )
    return [
        *of.who(child, disability=True),
        *of.allocated(rows),
        Column("Eligibility Category", list(category)),
        of.chosen("LA in Touch", TOUCH, touch),
        Column("Type of Accommodation", either(rows["living"] == "U", *_LIVING)),
        Column("Suitability of Accommodation", suitable),
        Column("Activity Status", [ACTIVITIES.get(each) for each in rows["activity"]]),
    ]  # fmt: skip
