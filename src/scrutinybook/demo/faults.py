"""Faults of the kinds that an analyst meets, put into the newest month's files on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scrutinybook.demo.sheets import Column, Sheet
from scrutinybook.sources.extracts.noticed import Weight

BEFORE_START = timedelta(days=3)


@dataclass(frozen=True)
class PutIn:
    """One fault that was put in."""

    place: str
    """List or file, and column."""
    what: str
    weight: Weight
    """What a reader should make of it."""
    table: str
    """Event table that it concerns."""


def spoil_lists(sheets: Sequence[Sheet]) -> list[PutIn]:
    """Put faults into the lists of Annex A; says which."""
    contacts, helped, referred, assessed, _, cases, *_ = sheets
    contacts.column("Contact Source").values[4] = "see case notes"
    helped.column("Child Unique ID").values[2] = None
    referred.column("Date of referral").values[7] = "not known"
    _before_start(assessed)
    for each in cases.columns:
        each.values.append(each.values[0])
    return [
        PutIn("List 1, Contact Source", "a text that is no code", Weight.WARN, "contacts"),
        PutIn("List 2, Child Unique ID", "blank", Weight.EXCLUDE, "early_help"),
        PutIn("List 3, Date of referral", "a text that is no day", Weight.EXCLUDE, "referrals"),
        PutIn("List 4, Continuous Assessment Date of Authorisation", "a day before the start",
              Weight.EXCLUDE, "assessments"),
        PutIn("List 6", "a row that stands there twice", Weight.EXCLUDE, "cases"),
    ]  # fmt: skip


def spoil_return(files: dict[str, list[Column]]) -> list[PutIn]:
    """Put faults into the files of the children looked after return; says which."""
    episodes = {each.heading: each for each in files["Episodes"]}
    reviews = {each.heading: each for each in files["Reviews"]}
    episodes["LS"].values[3] = "S20"
    reviews["REVIEW"].values[5] = None
    return [
        PutIn("Episodes, LS", "a code that the list does not have", Weight.WARN, "care_episodes"),
        PutIn("Reviews, REVIEW", "blank", Weight.EXCLUDE, "care_reviews"),
    ]


def _before_start(assessed: Sheet) -> None:
    starts = assessed.column("Continuous Assessment Start Date").values
    ends = assessed.column("Continuous Assessment Date of Authorisation").values
    place = next(at for at, each in enumerate(ends) if each is not None)
    start = starts[place]
    # Days are texts in some months.
    if isinstance(start, date):
        ends[place] = start - BEFORE_START
    else:
        day, month, year = map(int, str(start).split("/"))
        ends[place] = f"{date(year, month, day) - BEFORE_START:%d/%m/%Y}"
