"""The lists of Ofsted's Annex A: sheets, headings in the wordings of 2016 to 2026, as data.

Source: the workbook and guidance that Ofsted publishes with the framework for inspecting local
authority children's services, and the headings that the sector's open pipelines accept. Lists 10
and 11 (adoption) are known and not read. Of lists 1 to 9 only columns that an event table needs are
taken over; the others are known so that a heading nobody knows stands out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LAST_LIST = 11
_SHEET = re.compile(r"(?<![a-z])list[\s_.\-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)
_HINT = re.compile(r"\((?:y\s*/\s*n|yes\s*/\s*no|dd/mm/yyyy|years?)\)+", re.IGNORECASE)
_APOSTROPHES = re.compile("['’‘`´]")


@dataclass(frozen=True)
class Column:
    """One column that is taken over."""

    name: str
    """What the readers of the lists call it."""
    heading: str
    """In the official wording."""
    also: tuple[str, ...] = ()
    """Other wordings, of former years and of councils."""
    needed: bool = True
    """Without it the list cannot be used."""

    @property
    def keys(self) -> frozenset[str]:
        """The wordings for comparing."""
        return frozenset(map(heading_key, (self.heading, *self.also)))


@dataclass(frozen=True)
class ListLayout:
    """One list that is read."""

    number: int
    title: str
    table: str
    """Event table it gives."""
    columns: tuple[Column, ...]
    unused: tuple[str, ...]
    """Official headings that are not taken over."""

    @property
    def sheet(self) -> str:
        """As notices name the sheet."""
        return f"List {self.number}"

    @property
    def known_headings(self) -> tuple[str, ...]:
        """Every official heading."""
        return tuple(each.heading for each in self.columns) + self.unused


def list_number(sheet: str) -> int | None:
    """Number of the list on a sheet, from the sheet's name (``List_3``, ``list 3 - Referrals``).

    None for any other sheet.
    """
    match = _SHEET.search(sheet)
    number = int(match[1]) if match else 0
    return number if 1 <= number <= LAST_LIST else None


def heading_key(heading: str) -> str:
    """A heading for comparing: no case, spaces, punctuation or line breaks, no ``(Y/N)`` behind."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = _APOSTROPHES.sub("", _HINT.sub(" ", text))
    return re.sub(r"[^a-z0-9]+", "", text)


CHILD = Column(
    "child",
    "Child Unique ID",
    ("Child ID", "Child's Unique ID", "Childs ID", "Child Unique Identifier", "Child Identifier",
     "Unique Child ID", "Unique ID", "Unique Identifier", "Child Unique Number", "Child Number",
     "Child Unique Reference", "Child Reference", "Child Ref", "Client ID", "Person ID", "Case ID",
     "Young Person Unique ID", "Young Person ID", "Care Leaver Unique ID", "Care Leaver ID",
     "Unique Identity Number", "Child Unique Identity Number"),
)  # fmt: skip
BORN = Column(
    "born",
    "Date of Birth",
    ("DOB", "D.O.B.", "Birth Date", "Child Date of Birth", "Child's Date of Birth", "Child DOB",
     "Date of Birth or Expected Date of Birth", "Date of Birth / Expected Date of Birth"),
    needed=False,
)  # fmt: skip
AGE = Column(
    "age",
    "Age of Child (Years)",
    ("Age", "Age (Years)", "Age in Years", "Age of Child", "Child Age", "Child's Age",
     "Age of Child in Years", "Age of Young Person", "Age of Young Person (Years)",
     "Age of Care Leaver (Years)"),
    needed=False,
)  # fmt: skip
TEAM = Column("team", "Allocated Team", ("Team", "Allocated Team Name"), needed=False)
WORKER = Column(
    "worker",
    "Allocated Worker",
    ("Worker", "Allocated Social Worker", "Social Worker", "Allocated Worker Name", "Worker ID",
     "Allocated Worker ID"),
    needed=False,
)  # fmt: skip
_WHO = (CHILD, BORN, AGE)
_ABOUT = ("Gender", "Sex", "Ethnicity")
_DISABILITY = "Does the Child have a Disability"
_ALLOCATED = (TEAM.heading, WORKER.heading)
_NEED = ("Primary Need Code", "Child's Category of Need")

LISTS = (
    ListLayout(
        1, "Contacts", "contacts",
        (
            *_WHO,
            Column("date", "Date of Contact",
                   ("Contact Date", "Date Contact Received", "Date of Contact Received",
                    "Contact Received Date")),
            Column("source", "Contact Source", ("Source of Contact", "Source"), needed=False),
        ),
        _ABOUT,
    ),
    ListLayout(
        2, "Early Help", "early_help",
        (
            *_WHO,
            Column("started", "Assessment start date",
                   ("Start Date", "Assessment Started", "Date Assessment Started",
                    "Early Help Assessment Start Date", "EHA Start Date", "CAF Start Date")),
            Column("completed", "Assessment completion date",
                   ("Completion Date", "Assessment Completed", "Date Assessment Completed",
                    "Assessment End Date", "Early Help Assessment Completion Date",
                    "Assessment authorised date", "EHA Completion Date", "CAF Completion Date")),
        ),
        (*_ABOUT, "Organisation completing assessment", "Organisation", *_ALLOCATED),
    ),
    ListLayout(
        3, "Referrals", "referrals",
        (
            *_WHO,
            Column("date", "Date of referral",
                   ("Referral Date", "Date Referral Received", "Date of Referral Received",
                    "Referral Received Date")),
            Column("source", "Referral Source", ("Source of Referral", "Source"), needed=False),
            Column("no_further_action", "Referral NFA?",
                   ("NFA", "Referral No Further Action", "No Further Action", "Is Referral NFA?",
                    "Referral NFA flag", "Referral NFA (No Further Action)")),
        ),
        (*_ABOUT, "Number of Referrals in Last 12 Months", *_ALLOCATED),
    ),
    ListLayout(
        4, "Assessments", "assessments",
        (
            *_WHO,
            Column("started", "Continuous Assessment Start Date",
                   ("Assessment Start Date", "Single Assessment Start Date",
                    "Date of Continuous Assessment Start", "Date Assessment Started",
                    "Child and Family Assessment Start Date", "C&F Assessment Start Date")),
            Column("authorised", "Continuous Assessment Date of Authorisation",
                   ("Continuous Assessment Authorisation Date", "Date of Authorisation",
                    "Assessment Authorisation Date", "Assessment Date of Authorisation",
                    "Assessment Authorised Date", "Single Assessment Authorisation Date",
                    "Single Assessment Date of Authorisation", "Assessment Completion Date",
                    "Date Assessment Authorised")),
            Column("need_found",
                   "Was the child assessed as requiring LA children's social care support?",
                   ("Was the child assessed as being in need at assessment?",
                    "Was the child assessed as being in need?",
                    "Was the child assessed as a child in need?",
                    "Was the child assessed as requiring children's social care support?",
                    "Was the child assessed as requiring local authority children's social care "
                    "support?")),
        ),
        (*_ABOUT, _DISABILITY, "Child Seen During Continuous Assessment", *_ALLOCATED),
    ),
    ListLayout(
        5, "Section 47 enquiries and initial conferences", "section_47",
        (
            *_WHO,
            Column("started", "Strategy discussion initiating Section 47 Enquiry Start Date",
                   ("Strategy Discussion Date", "Date of Strategy Discussion",
                    "Strategy discussion initiating S47 Enquiry Start Date",
                    "Strategy discussion initiating Section 47 Enquiry",
                    "Section 47 Enquiry Start Date", "Section 47 Start Date",
                    "S47 Enquiry Start Date", "S47 Start Date")),
            Column("conference_unneeded",
                   "Was an Initial Child Protection Conference deemed unnecessary?",
                   ("Was an ICPC deemed unnecessary?", "ICPC deemed unnecessary",
                    "Initial Child Protection Conference deemed unnecessary")),
            Column("conference", "Date of Initial Child Protection Conference",
                   ("Initial Child Protection Conference Date", "Date of ICPC", "ICPC Date",
                    "Date of the Initial Child Protection Conference")),
            Column("plan_followed",
                   "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                   ("Did the ICPC Result in a Child Protection Plan",
                    "Did the ICPC Result in a CP Plan", "ICPC Resulted in a Child Protection Plan",
                    "Did the Initial Child Protection Conference Result in a CPP")),
        ),
        (*_ABOUT, _DISABILITY, "Number of Section 47 Enquiries in the last 12 months",
         "Number of ICPCs in the last 12 months", *_ALLOCATED),
    ),
    ListLayout(
        6, "Children in need", "cases",
        (
            *_WHO,
            Column("started", "CIN Start Date",
                   ("Child in Need Start Date", "CiN Episode Start Date", "Date of CIN Start")),
            Column("closed", "CIN Closure Date",
                   ("Child in Need Closure Date", "CIN End Date", "CIN Close Date",
                    "Date of CIN Closure")),
            Column("status", "Case Status", ("Status", "Child Case Status")),
            TEAM,
            WORKER,
        ),
        (*_ABOUT, _DISABILITY, *_NEED, "Date Child Was Last Seen", "Reason for Closure"),
    ),
    ListLayout(
        7, "Child protection", "protection_plans",
        (
            *_WHO,
            Column("started", "Child Protection Plan Start Date",
                   ("CPP Start Date", "CP Plan Start Date", "CP Start Date",
                    "Date of Child Protection Plan Start")),
            Column("latest_review", "Date of latest review conference",
                   ("Date of latest review", "Latest Review Conference Date",
                    "Date of latest child protection review conference",
                    "Date of the latest review conference", "Latest RCPC Date")),
            Column("ended", "Child Protection Plan End Date",
                   ("CPP End Date", "CP Plan End Date", "CP End Date",
                    "Date of Child Protection Plan End")),
            Column("previous_plans", "Number of Previous Child Protection Plans",
                   ("Number of Previous CP Plans", "Number of Previous CPPs",
                    "Previous Child Protection Plans")),
        ),
        (*_ABOUT, _DISABILITY, "Initial Category of Abuse", "Latest Category of Abuse",
         "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
         "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six "
         "Months (Y/N)", *_ALLOCATED),
    ),
    ListLayout(
        8, "Children in care", "care_periods",
        (
            *_WHO,
            Column("started", "Date Started to be Looked After",
                   ("Date Started Being Looked After", "Looked After Start Date", "LAC Start Date",
                    "Date Became Looked After", "CLA Start Date", "CIC Start Date",
                    "Date Child Started to be Looked After")),
            Column("latest_review", "Date of Latest Statutory Review",
                   ("Date of Last Statutory Review", "Latest Statutory Review Date",
                    "Date of Latest Review", "Date of Latest IRO Review")),
            Column("placements_in_year", "Number of Placements in the Last 12 months",
                   ("Number of Placements in Last 12 Months", "Placements in the Last 12 Months")),
            Column("ended", "Date Ceased to be Looked After",
                   ("Date Ceased Being Looked After", "Looked After End Date", "LAC End Date",
                    "Date Ceased to be Looked After Child", "CLA End Date", "CIC End Date",
                    "Date Child Ceased to be Looked After")),
        ),
        (*_ABOUT, _DISABILITY, *_NEED, *_ALLOCATED,
         "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
         "Is this a second or subsequent period of being a Looked After Child within the last 12 "
         "months (Y/N)",
         "Is this a second or subsequent episode of being a Looked After Child within the last 12 "
         "months (Y/N)",
         "Start date of current legal status", "Child's Legal Status",
         "Date of Last Social Work Visit", "What is the permanence plan for this child?",
         "Date of Last IRO Visit / Contact to the Child", "Date of Last Health Assessment",
         "Date of Last Dental Check", "Reason Ceased to be Looked After",
         "Start Date of Most Recent Placement", "Placement Type", "Placement Provider",
         "Placement postcode", "URN of Placement", "Placement Location", "LA of Placement",
         "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 "
         "months",
         "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 "
         "months",
         "Was the child offered a Return Interview after their last missing episode (Y/N)?",
         "Did the child accept a Return Interview after their last missing episode (Y/N)?"),
    ),
    ListLayout(
        9, "Care leavers", "care_leavers",
        (
            *_WHO,
            Column("in_touch", "LA in Touch",
                   ("In Touch", "Is the LA in Touch", "LA in touch with care leaver",
                    "Local Authority in Touch")),
            Column("activity", "Activity Status", ("Activity", "Main Activity")),
            Column("suitable_accommodation", "Suitability of Accommodation",
                   ("Accommodation Suitability", "Suitable Accommodation",
                    "Suitability of the Accommodation")),
        ),
        (*_ABOUT, _DISABILITY, *_ALLOCATED,
         "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
         "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
         "Allocated Personal Advisor", "Eligibility Category", "Latest Pathway Plan Review Date",
         "Latest Date of Contact", "Type of Accommodation"),
    ),
)  # fmt: skip
"""Lists 1 to 9, in order."""
