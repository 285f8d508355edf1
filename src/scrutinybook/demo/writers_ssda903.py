"""The children looked after return (SSDA903) as CSV files of the year to the day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.demo import leavers
from scrutinybook.demo.chance import evenly
from scrutinybook.demo.days import NEVER, Ints, number
from scrutinybook.demo.extract_lists import in_the_return
from scrutinybook.demo.sheets import Column, day_values
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.view import View
from scrutinybook.demo.windows import first_of_return

TOUCH = ("YES", "NO", "REFU", "NREQ")
NOT_APPLICABLE = "0"


def ssda903_files(truth: Truth, as_of: date) -> dict[str, list[Column]]:
    """The files' columns by the files' names."""
    view = View(truth, number(as_of), number(first_of_return(as_of)))
    return {
        "Header": _header(truth, view, as_of),
        "Episodes": _episodes(truth, view),
        "Reviews": _reviews(truth, view),
        "PrevPerm": _previous_permanence(truth, view),
        "OC3": _leavers(truth, as_of),
    }


def _number(truth: Truth, child: Ints) -> Column:
    return Column("CHILD", list(truth.people["number"].to_numpy()[child]))


def _born(truth: Truth, child: Ints) -> Column:
    return Column("DOB", day_values(truth.people["born"].to_numpy()[child]))


def _blank(heading: str, many: int) -> Column:
    return Column(heading, [None] * many)


def _header(truth: Truth, view: View, as_of: date) -> list[Column]:
    leaving = in_the_return(leavers.leavers_on(truth, number(as_of)))["child"].to_numpy()
    child = np.union1d(view.care["child"].to_numpy(), leaving)
    girl = truth.people["is_girl"].to_numpy()[child]
    many = child.size
    return [
        _number(truth, child),
        Column("SEX", [2 if each else 1 for each in girl]),
        _born(truth, child),
        Column("ETHNIC", list(truth.people["ethnicity"].to_numpy()[child])),
        _blank("UPN", many),
        Column("MOTHER", [0 if each else None for each in girl]),
        _blank("MC_DOB", many),
    ]


def _episodes(truth: Truth, view: View) -> list[Column]:
    rows = view.care_episodes
    child = truth.care.periods["child"].to_numpy()[rows["period"].to_numpy()]
    case = truth.care.periods["case"].to_numpy()[rows["period"].to_numpy()]
    needs = truth.casework.cases.set_index("case")["need"].reindex(case)
    own = evenly(rows["placement"].to_numpy(), truth.seed) < 0.6
    moved_on = rows["reason_ended"].to_numpy() == "X1"
    next_moves = np.append(rows["reason"].to_numpy()[1:] == "P", False)
    many = len(rows)
    return [
        _number(truth, child),
        Column("DECOM", day_values(rows["started"].to_numpy())),
        Column("RNE", list(rows["reason"])),
        Column("LS", list(rows["legal"])),
        Column("CIN", list(needs)),
        Column("PLACE", list(rows["place"])),
        Column("PLACE_PROVIDER", ["PR1" if each else "PR4" for each in own]),
        Column("DEC", day_values(rows["ended"].to_numpy())),
        Column("REC", [each or None for each in rows["reason_ended"]]),
        Column(
            "REASON_PLACE_CHANGE", ["PLACE" if each else None for each in moved_on & next_moves]
        ),
        _blank("HOME_POST", many),
        _blank("PL_POST", many),
        Column("URN", [f"SYNU{each:06d}" for each in rows["placement"]]),
    ]


def _reviews(truth: Truth, view: View) -> list[Column]:
    rows = view.care_reviews
    child = truth.care.periods["child"].to_numpy()[rows["period"].to_numpy()]
    return [
        _number(truth, child),
        _born(truth, child),
        Column("REVIEW", day_values(rows["day"].to_numpy())),
        Column("REVIEW_CODE", list(rows["participation"])),
    ]


def _previous_permanence(truth: Truth, view: View) -> list[Column]:
    rows = view.care
    child = rows["child"].to_numpy()
    days = rows["permanence_day"].to_numpy()
    return [
        _number(truth, child),
        _born(truth, child),
        Column("PREV_PERM", list(rows["permanence"])),
        Column("LA_PERM", ["999" if each < NEVER else None for each in days]),
        Column("DATE_PERM", day_values(days)),
    ]


def _leavers(truth: Truth, as_of: date) -> list[Column]:
    rows: pd.DataFrame = in_the_return(leavers.leavers_on(truth, number(as_of)))
    child, touch = rows["child"].to_numpy(), rows["touch"].to_numpy()
    ends = np.where(rows["is_suitable"], "1", "2")
    lives = [
        f"{where}{end}" if each == leavers.IN_TOUCH else NOT_APPLICABLE
        for where, end, each in zip(rows["living"], ends, touch, strict=True)
    ]
    return [
        _number(truth, child),
        _born(truth, child),
        Column("IN_TOUCH", [TOUCH[each] for each in touch]),
        Column("ACTIV", [each or NOT_APPLICABLE for each in rows["activity"]]),
        Column("ACCOM", lives),
    ]
