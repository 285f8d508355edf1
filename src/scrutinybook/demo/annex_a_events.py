"""Annex A, lists 1 to 5: the events of six months, with every official heading."""

from __future__ import annotations

from scrutinybook.demo.annex_a_codes import SOURCES
from scrutinybook.demo.annex_a_columns import Lists
from scrutinybook.demo.days import NEVER
from scrutinybook.demo.early_help import ORGANISATIONS
from scrutinybook.demo.sheets import Column


def contacts(of: Lists) -> list[Column]:
    """List 1. Everything that was asked or told."""
    rows = of.view.contacts
    return [
        *of.who(rows["child"].to_numpy()),
        of.days("Date of Contact", rows["day"].to_numpy()),
        of.chosen("Contact Source", SOURCES[of.habits.sources], rows["source"].to_numpy()),
    ]


def early_help(of: Lists) -> list[Column]:
    """List 2. Assessments by schools and partners."""
    rows = of.view.early_help
    return [
        *of.who(rows["child"].to_numpy()),
        of.days("Assessment start date", rows["started"].to_numpy()),
        of.days("Assessment completion date", rows["completed"].to_numpy()),
        of.chosen(
            "Organisation completing assessment", ORGANISATIONS, rows["organisation"].to_numpy()
        ),
    ]


def referrals(of: Lists) -> list[Column]:
    """List 3. Requests for children's social care."""
    rows = of.view.referrals
    many = rows.groupby("child")["day"].transform("size")
    return [
        *of.who(rows["child"].to_numpy()),
        of.days("Date of referral", rows["day"].to_numpy()),
        of.chosen("Referral Source", SOURCES[of.habits.sources], rows["source"].to_numpy()),
        of.yes_no("Referral NFA?", rows["no_action"].to_numpy() == 1),
        Column("Number of Referrals in Last 12 Months", many.tolist()),
        *of.allocated(rows),
    ]


def assessments(of: Lists) -> list[Column]:
    """List 4. Of the need of children."""
    rows = of.view.assessments
    done = rows["authorised"].to_numpy() < NEVER
    return [
        *of.who(rows["child"].to_numpy(), disability=True),
        of.days("Continuous Assessment Start Date", rows["started"].to_numpy()),
        of.yes_no(
            "Child Seen During Continuous Assessment",
            of.drawn(rows["case"].to_numpy(), 1) < 0.94,
            done,
        ),
        of.days("Continuous Assessment Date of Authorisation", rows["authorised"].to_numpy()),
        of.yes_no(
            "Was the child assessed as requiring LA children's social care support?",
            rows["need_found"].to_numpy() == 1,
            done,
        ),
        *of.allocated(rows),
    ]


def section_47(of: Lists) -> list[Column]:
    """List 5. Enquiries and the conferences they led to."""
    rows = of.view.enquiries
    held = rows["conference"].to_numpy() < NEVER
    many = rows.groupby("child")["started"].transform("size")
    return [
        *of.who(rows["child"].to_numpy(), disability=True),
        of.days(
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            rows["started"].to_numpy(),
        ),
        of.yes_no(
            "Was an Initial Child Protection Conference deemed unnecessary?",
            rows["unneeded"].to_numpy() == 1,
        ),
        of.days("Date of Initial Child Protection Conference", rows["conference"].to_numpy()),
        of.yes_no(
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            rows["followed"].to_numpy() == 1,
            held,
        ),
        Column("Number of Section 47 Enquiries in the last 12 months", many.tolist()),
        Column("Number of ICPCs in the last 12 months", held.astype(int).tolist()),
        *of.allocated(rows),
    ]
