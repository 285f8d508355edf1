"""The two censuses as XML: children in need at 31 March, social workers at 30 September."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.demo.census_view import CensusRows, census_rows
from scrutinybook.demo.days import NEVER, Ints, as_date, number
from scrutinybook.demo.sheets import MARK
from scrutinybook.demo.staff import staff_on
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.windows import first_of_return

AUTHORITY = "999"
"""No authority of England has this number."""
SOURCES = ("1A", "2A", "2B", "3D", "4", "5A", "6", "7", "8", "9", "10")
"""Codes by the vocabulary's order of sources."""


def cin_census_xml(truth: Truth, as_of: date) -> str:
    """The children in need census of the year to the day."""
    rows = census_rows(truth, number(as_of), number(first_of_return(as_of)))
    lines = [*_begin("CIN", as_of), " <Children>"]
    lines += _children(truth, rows)
    return "\n".join([*lines, " </Children>", "</Message>", ""])


def workforce_census_xml(truth: Truth, as_of: date) -> str:
    """The social work workforce census of the day."""
    held = staff_on(truth, number(as_of))
    lines = _begin("CSWW", as_of)
    lines += [
        " <LALevelVacancies>",
        f"  <NumberOfVacancies>{held.vacancies_fte:.2f}</NumberOfVacancies>",
        f"  <NoAgencyFTE>{held.agency_fte:.2f}</NoAgencyFTE>",
        f"  <NoAgencyHeadcount>{held.agency_heads}</NoAgencyHeadcount>",
        " </LALevelVacancies>",
    ]
    for worker in _rows(held.workers):
        lines += [" <CSWWWorker>", *_worker(worker), " </CSWWWorker>"]
    return "\n".join([*lines, "</Message>", ""])


def _begin(collection: str, as_of: date) -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {MARK}: nobody in this file exists -->",
        "<Message>",
        " <Header>",
        "  <CollectionDetails>",
        f"   <Collection>{collection}</Collection>",
        f"   <Year>{as_of.year}</Year>",
        f"   <ReferenceDate>{as_of}</ReferenceDate>",
        "  </CollectionDetails>",
        "  <Source>",
        "   <SourceLevel>L</SourceLevel>",
        f"   <LEA>{AUTHORITY}</LEA>",
        f"   <SoftwareCode>{MARK}</SoftwareCode>",
        f"   <DateTime>{as_of}T12:00:00</DateTime>",
        "  </Source>",
        " </Header>",
    ]


def _worker(worker: Any) -> Iterator[str]:
    row = worker._asdict()
    has_left = row["ended"] < NEVER
    entries = (
        ("AgencyWorker", int(row["agency"])),
        ("SWENo", row["number"]),
        ("FTE", f"{row['fte']:.2f}"),
        ("PersonBirthDate", as_date(int(row["born"]))),
        ("GenderCurrent", 2 if row["is_woman"] else 1),
        ("Ethnicity", "NOBT"),
        ("QualInst", MARK),
        ("QualLevel", 1),
        ("OrgRole", row["role"]),
        ("RoleStartDate", as_date(int(row["started"]))),
        ("StartOrigin", row["origin"]),
        ("RoleEndDate", as_date(int(row["ended"])) if has_left else None),
        ("LeaverDestination", row["destination"] if has_left else None),
        ("ReasonLeave", row["reason"] if has_left else None),
        ("FTE30", None if np.isnan(row["fte_30"]) else f"{row['fte_30']:.2f}"),
        ("Cases30", row["cases"] if row["cases"] >= 0 else None),
        ("WorkingDaysLost", f"{row['days_lost']:.2f}"),
        ("CFKSSstatus", row["stage"]),
    )
    for name, value in entries:
        if value is not None:
            yield f"  <{name}>{value}</{name}>"


def _children(truth: Truth, rows: CensusRows) -> Iterator[str]:
    people = truth.people
    number_of, born = people["number"].to_numpy(), people["born"].to_numpy()
    girl, ethnic = people["is_girl"].to_numpy(), people["ethnicity"].to_numpy()
    disabled = people["is_disabled"].to_numpy()
    assessed, enquired = _grouped(rows.assessments), _grouped(rows.enquiries)
    planned = _grouped(rows.plans)
    reviewed = _days_by(rows.reviews["plan"].to_numpy(), rows.reviews["day"].to_numpy())
    held_on = rows.enquiries.groupby("at")["conference"].min().to_dict()
    last = -1
    for at, referral in enumerate(_rows(rows.referrals)):
        child = referral.child
        if child != last:
            if last >= 0:
                yield "  </Child>"
            yield "  <Child>"
            yield "   <ChildIdentifiers>"
            yield f"    <LAchildID>{number_of[child]}</LAchildID>"
            yield "    <UPNunknown>UN7</UPNunknown>"
            yield f"    <PersonBirthDate>{as_date(int(born[child]))}</PersonBirthDate>"
            yield f"    <Sex>{'F' if girl[child] else 'M'}</Sex>"
            yield "   </ChildIdentifiers>"
            yield "   <ChildCharacteristics>"
            yield f"    <Ethnicity>{ethnic[child]}</Ethnicity>"
            code = "DDA" if disabled[child] else "NONE"
            yield f"    <Disabilities><Disability>{code}</Disability></Disabilities>"
            yield "   </ChildCharacteristics>"
            last = child
        yield "   <CINdetails>"
        yield f"    <CINreferralDate>{as_date(referral.day)}</CINreferralDate>"
        yield f"    <ReferralSource>{SOURCES[referral.source]}</ReferralSource>"
        yield f"    <PrimaryNeedCode>{referral.need}</PrimaryNeedCode>"
        if referral.closed < NEVER:
            yield f"    <CINclosureDate>{as_date(referral.closed)}</CINclosureDate>"
            yield f"    <ReasonForClosure>{referral.reason}</ReasonForClosure>"
        if held_on.get(at, NEVER) < NEVER:
            yield f"    <DateOfInitialCPC>{as_date(held_on[at])}</DateOfInitialCPC>"
        for each in assessed.get(at, ()):
            yield from _assessment(each)
        if referral.plan_from < NEVER:
            yield "    <CINPlanDates>"
            yield f"     <CINPlanStartDate>{as_date(referral.plan_from)}</CINPlanStartDate>"
            if referral.plan_until < NEVER:
                yield f"     <CINPlanEndDate>{as_date(referral.plan_until)}</CINPlanEndDate>"
            yield "    </CINPlanDates>"
        for each in enquired.get(at, ()):
            yield from _enquiry(each)
        yield f"    <ReferralNFA>{referral.no_action}</ReferralNFA>"
        for each in planned.get(at, ()):
            yield from _plan(each, reviewed.get(each.Index, ()))
        yield "   </CINdetails>"
    if last >= 0:
        yield "  </Child>"


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    return iter(table.itertuples())


def _grouped(rows: pd.DataFrame) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in _rows(rows):
        found.setdefault(int(each.at), []).append(each)
    return found


def _days_by(places: Ints, days: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, day in zip(places.tolist(), days.tolist(), strict=True):
        found.setdefault(place, []).append(day)
    return found


def _assessment(row: Any) -> Iterator[str]:
    yield "    <Assessments>"
    yield f"     <AssessmentActualStartDate>{as_date(row.started)}</AssessmentActualStartDate>"
    if row.authorised < NEVER:
        day = as_date(row.authorised)
        yield f"     <AssessmentAuthorisationDate>{day}</AssessmentAuthorisationDate>"
    yield "     <FactorsIdentifiedAtAssessment>"
    yield "      <AssessmentFactors>21</AssessmentFactors>"
    yield "     </FactorsIdentifiedAtAssessment>"
    yield "    </Assessments>"


def _enquiry(row: Any) -> Iterator[str]:
    yield "    <Section47>"
    yield f"     <S47ActualStartDate>{as_date(row.started)}</S47ActualStartDate>"
    if row.conference < NEVER:
        yield f"     <DateOfInitialCPC>{as_date(row.conference)}</DateOfInitialCPC>"
    yield f"     <ICPCnotRequired>{row.unneeded}</ICPCnotRequired>"
    yield "    </Section47>"


def _plan(row: Any, reviews: Sequence[int]) -> Iterator[str]:
    yield "    <ChildProtectionPlans>"
    yield f"     <CPPstartDate>{as_date(row.started)}</CPPstartDate>"
    if row.ended < NEVER:
        yield f"     <CPPendDate>{as_date(row.ended)}</CPPendDate>"
    yield f"     <InitialCategoryOfAbuse>{row.category}</InitialCategoryOfAbuse>"
    yield f"     <LatestCategoryOfAbuse>{row.category}</LatestCategoryOfAbuse>"
    yield f"     <NumberOfPreviousCPP>{row.previous}</NumberOfPreviousCPP>"
    if reviews:
        yield "     <Reviews>"
        for day in reviews:
            yield f"      <CPPreviewDate>{as_date(day)}</CPPreviewDate>"
        yield "     </Reviews>"
    yield "    </ChildProtectionPlans>"
