"""The children in need census (XML, any year's schema from 2023 on) to event tables.

A census covers the year from 1 April to its reference date: every referral of it, and every case
that was open in it with all its assessments, enquiries and plans. Earlier events of those cases
stand in it too, but not all of them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.census_header import CensusHeader, file_hash
from scrutinybook.sources.extracts.cin_codes import CLOSURE_REASONS, REFERRAL_SOURCES
from scrutinybook.sources.extracts.cin_elements import CLOSED, ChildRows
from scrutinybook.sources.extracts.events import DAY, EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.given_path import require_file
from scrutinybook.sources.extracts.noticed import Notice, Weight, raise_refusals
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.return_years import first_day_covered
from scrutinybook.sources.extracts.row_checks import RowChecks, whole_years
from scrutinybook.sources.extracts.text_cells import filled, marks
from scrutinybook.sources.extracts.vocabulary import OPEN_WITHOUT_PLAN
from scrutinybook.sources.extracts.xml_files import (
    CHILDREN_CENSUS,
    TextRows,
    elements,
    read_beginning,
    refuse_beginning,
)

TITLE = "the children in need census as XML"
OLDEST = 25
"""Age up to which anybody stands in the census."""
LONGEST_BEFORE_BIRTH = pd.Timedelta(days=300)
"""An unborn child can be referred; not earlier than this before birth."""
MOST_PLANS = 50
"""Earlier protection plans that one child can have had, with room to spare."""


def read_cin_census(path: Path, *, pseudonyms: Pseudonyms) -> Extract:
    """Read a census; rows are lines of the file. Raises `FaultsFound` with all refusals at once."""
    require_file(path, TITLE)
    notices: list[Notice] = []
    notices += refuse_beginning(path.name, read_beginning(path), CHILDREN_CENSUS, TITLE)
    raise_refusals(notices)
    header, rows = CensusHeader(path.name), ChildRows()
    for element in elements(path, ["Header", "Child"], notices):
        if element.tag.endswith("Child"):
            rows.take(element)
        else:
            header.take(element)
    if not len(rows.children) and not notices:
        found = "no child in it"
        notices.append(Notice(Weight.REFUSE, path.name, found, "Child elements within Children"))
    as_of = header.reference_date(notices)
    if as_of is None:
        raise_refusals(notices)
        raise AssertionError("a census without a reference date was not refused")
    reading = _Reading(path.name, as_of, pseudonyms, notices)
    reading.children(rows.children)
    reading.referrals(rows.referrals)
    reading.assessments(rows.assessments)
    reading.section_47(rows.section_47)
    reading.plans(rows.plans, rows.reviews)
    raise_refusals(notices)
    return Extract(
        format=Format.CIN_CENSUS,
        as_of=as_of,
        tables=reading.tables,
        covers_from=dict.fromkeys(reading.tables, first_day_covered(as_of)),
        notices=tuple(notices),
        rows_read=reading.rows_read,
        content_hash=file_hash(path),
    )


class _Reading:
    """One pass over the rows of a census."""

    def __init__(
        self, name: str, as_of: date, pseudonyms: Pseudonyms, notices: list[Notice]
    ) -> None:
        self.name = name
        self.as_of = as_of
        self.pseudonyms = pseudonyms
        self.notices = notices
        self.tables: dict[str, pd.DataFrame] = {}
        self.rows_read: dict[str, int] = {}
        self.number = self.born = pd.Series([], dtype="string")

    def children(self, rows: TextRows) -> None:
        """Hash the children's numbers and read their dates of birth; both by the child's place."""
        said = rows.frame()
        checks = RowChecks(self.name, "", rows.lines)
        self.number = self.pseudonyms.of(said["number"], "child")
        self.born = checks.birth_day(said["born"], "PersonBirthDate", self.as_of)
        mend = "look whether one child stands in the census under two entries; both are used"
        checks.warn(checks.repeated({"child": self.number}) & filled(said["number"]), "LAchildID",
                    "a child who stands in an earlier entry too", mend=mend)  # fmt: skip
        self.notices += checks.notices

    def start(self, rows: TextRows, table: str) -> tuple[RowChecks, pd.DataFrame, pd.Series]:
        """Begin a table: its checks, its text and its hashed children."""
        said = rows.frame()
        checks = RowChecks(self.name, table, rows.lines)
        said["child"] = said["child"].astype("int64")
        child = self.number.reindex(said["child"]).set_axis(said.index)
        checks.exclude(child.isna(), "LAchildID", "blank", "the council's own number")
        self.rows_read[table] = len(said)
        return checks, said, child

    def finish(self, checks: RowChecks, columns: dict[str, pd.Series]) -> None:
        self.notices += checks.notices
        kept = {name: each[checks.kept] for name, each in columns.items()}
        self.tables[checks.table] = EVENT_TABLES[checks.table].frame(kept)

    def referrals(self, rows: TextRows) -> None:
        checks, said, child = self.start(rows, "referrals")
        day = checks.needed_day(said["date"], "CINreferralDate", self.as_of)
        source = checks.optional_code(said["source"], "ReferralSource", REFERRAL_SOURCES)
        unneeded = checks.optional_yes_no(said["no_further_action"], "ReferralNFA")
        born = self.born.reindex(said["child"]).set_axis(said.index)
        mend = "look at the date of birth; the referral is used"
        old = marks(whole_years(born, day) > OLDEST)
        checks.warn(old, "PersonBirthDate", f"an age above {OLDEST} when referred", mend=mend)
        early = marks(born - day > LONGEST_BEFORE_BIRTH)
        checks.warn(early, "PersonBirthDate", "a referral long before birth", mend=mend)
        columns = {"child": child, "date": day, "source": source, "no_further_action": unneeded}
        checks.duplicates(columns, "a referral")
        mend = "look which of the two is right; both are used"
        second = checks.repeated({"child": child, "date": day})
        checks.warn(second, "CINreferralDate", "a child's second referral of one day", mend=mend)
        self.finish(checks, columns)
        self.cases(rows, said, checks, columns)

    def cases(
        self, rows: TextRows, said: pd.DataFrame, referred: RowChecks, columns: dict[str, pd.Series]
    ) -> None:
        """A referral with no further action opens no case."""
        opened = referred.kept & ~marks(columns["no_further_action"])
        said = said[opened].reset_index(drop=True)
        started = columns["date"][opened].reset_index(drop=True)
        child = columns["child"][opened].reset_index(drop=True)
        checks = RowChecks(self.name, "cases", rows.lines[opened])
        self.rows_read["cases"] = len(said)
        closed = checks.end_day(said["closed"], "CINclosureDate", self.as_of)
        checks.order(started, closed, "CINclosureDate", "CINreferralDate")
        checks.optional_code(said["reason"], "ReasonForClosure", CLOSURE_REASONS)
        checks.overlaps(
            child, started, closed, "CINreferralDate", "a referral of a child whose case is open"
        )
        nobody = pd.Series(pd.NA, index=said.index, dtype="string")
        still_open = closed.isna() & (said["status"] == CLOSED)
        status = said["status"].mask(marks(still_open), OPEN_WITHOUT_PLAN)
        self.finish(
            checks,
            {
                "child": child,
                "started": started,
                "closed": closed,
                "status": status,
                "team": nobody,
                "worker": nobody,
            },
        )

    def assessments(self, rows: TextRows) -> None:
        checks, said, child = self.start(rows, "assessments")
        started = checks.needed_day(said["started"], "AssessmentActualStartDate", self.as_of)
        column = "AssessmentAuthorisationDate"
        authorised = checks.end_day(said["authorised"], column, self.as_of)
        checks.order(started, authorised, column, "AssessmentActualStartDate")
        referred = text_cells.days(said["referred"]).values
        mend = "look which of the two is right; the assessment is used"
        checks.warn(
            started < referred,
            "AssessmentActualStartDate",
            "an assessment before its referral",
            mend=mend,
        )
        columns = {
            "child": child,
            "started": started,
            "authorised": authorised,
            "need_found": text_cells.yes_no(said["need_found"]).values.mask(authorised.isna()),
        }
        checks.duplicates(columns, "an assessment")
        self.finish(checks, columns)

    def section_47(self, rows: TextRows) -> None:
        checks, said, child = self.start(rows, "section_47")
        started = checks.needed_day(said["started"], "S47ActualStartDate", self.as_of)
        held = checks.end_day(said["conference"], "DateOfInitialCPC", self.as_of)
        unneeded = checks.optional_yes_no(said["conference_unneeded"], "ICPCnotRequired")
        checks.order(started, held, "DateOfInitialCPC", "S47ActualStartDate")
        both = marks(unneeded) & marks(held.notna())
        checks.warn(both, "ICPCnotRequired", "a conference held and said not to be needed",
                    mend="mend one of the two; the conference is used")  # fmt: skip
        columns = {
            "child": child,
            "started": started,
            "conference_unneeded": unneeded,
            "conference": held,
            "plan_followed": text_cells.yes_no(said["plan_followed"]).values.mask(held.isna()),
        }
        checks.duplicates(columns, "an enquiry")
        self.finish(checks, columns)

    def plans(self, rows: TextRows, review_rows: TextRows) -> None:
        checks, said, child = self.start(rows, "protection_plans")
        started = checks.needed_day(said["started"], "CPPstartDate", self.as_of)
        ended = checks.end_day(said["ended"], "CPPendDate", self.as_of)
        previous = checks.optional_whole(
            said["previous_plans"], "NumberOfPreviousCPP", most=MOST_PLANS
        )
        checks.order(started, ended, "CPPendDate", "CPPstartDate")
        checks.duplicates({"child": child, "started": started, "ended": ended}, "a plan")
        checks.overlaps(child, started, ended, "CPPstartDate", "a plan of a child who has one")
        latest = self.reviews(review_rows, started, ended)
        columns = {
            "child": child,
            "started": started,
            "ended": ended,
            "previous_plans": previous,
            "latest_review": latest.reindex(said.index).astype(DAY),
        }
        self.finish(checks, columns)

    def reviews(self, rows: TextRows, started: pd.Series, ended: pd.Series) -> pd.Series:
        """Read the plans' reviews; returns the latest of each plan, by its place."""
        checks, said, child = self.start(rows, "plan_reviews")
        plan = said["plan"].astype("int64")
        day = checks.needed_day(said["date"], "CPPreviewDate", self.as_of)
        begins = started.reindex(plan).set_axis(said.index)
        checks.exclude(begins.isna(), "CPPreviewDate", "a review of a plan without a start")
        checks.exclude(day < begins, "CPPreviewDate", "a review before its plan started")
        after = day > ended.reindex(plan).set_axis(said.index)
        checks.warn(after, "CPPreviewDate", "a review after its plan ended",
                    mend="mend the review or the plan; the review is used")  # fmt: skip
        columns = {"child": child, "plan_started": begins, "date": day}
        checks.duplicates(columns, "a review")
        self.finish(checks, columns)
        return day[checks.kept].groupby(plan[checks.kept].to_numpy(np.int64)).max()
