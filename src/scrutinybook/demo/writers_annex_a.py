"""Annex A as a workbook: lists 1 to 9 with every official heading, as councils write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from scrutinybook.demo import annex_a_events as events
from scrutinybook.demo import annex_a_open as open_cases
from scrutinybook.demo.annex_a_columns import Lists
from scrutinybook.demo.sheets import MARK, Column, Sheet
from scrutinybook.demo.truth import Truth

LISTS: Mapping[str, Callable[[Lists], list[Column]]] = {
    "Contacts": events.contacts,
    "Early Help": events.early_help,
    "Referrals": events.referrals,
    "Assessments": events.assessments,
    "Section 47 and conferences": events.section_47,
    "Children in Need": open_cases.cases,
    "Child Protection": open_cases.protection_plans,
    "Children in care": open_cases.care_periods,
    "Care leavers": open_cases.care_leavers,
}
"""By their titles, in order."""
SPELLINGS = {
    "Age of Child (Years)": "Age",
    "Date of referral": "Date of Referral",
    "Case Status": "Case status",
    "LA in Touch": "LA In Touch ",
    "Date Ceased to be Looked After": "Date Ceased to be Looked After ",
    "Was the child assessed as requiring LA children's social care support?":
        "Was the child assessed as requiring LA children’s social care support",
}  # fmt: skip
"""Headings that stand in other ways in some months' files."""


def annex_a_sheets(truth: Truth, as_of: date) -> list[Sheet]:
    """Lists 1 to 9 of a day."""
    lists = Lists(truth, as_of)
    habits = lists.habits
    made = []
    for at, (title, columns_of) in enumerate(LISTS.items(), 1):
        columns = columns_of(lists)
        if habits.other_spellings:
            for each in columns:
                each.heading = SPELLINGS.get(each.heading, each.heading)
        name = f"List{'_' if habits.underscores else ' '}{at} {MARK.removesuffix(' DATA')}"
        made.append(
            Sheet(name, f"List {at}: {title} - {MARK}" if habits.has_titles else "", columns)
        )
    return made
