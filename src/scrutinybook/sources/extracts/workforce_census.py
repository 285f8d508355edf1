"""The social work workforce census (XML) to event tables.

It shows the authority's social workers on 30 September and those who left in the year before.
Workers' numbers are hashed; dates of birth and characteristics are not taken over.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from scrutinybook.sources.extracts import workforce_codes as lists
from scrutinybook.sources.extracts.census_header import CensusHeader, file_hash
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.given_path import require_file
from scrutinybook.sources.extracts.noticed import Notice, Weight, raise_refusals
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.return_years import first_day_of_workforce_year
from scrutinybook.sources.extracts.row_checks import RowChecks
from scrutinybook.sources.extracts.text_cells import filled, marks
from scrutinybook.sources.extracts.xml_files import (
    WORKFORCE_CENSUS,
    TextRows,
    elements,
    entries,
    line,
    local,
    read_beginning,
    refuse_beginning,
)

TITLE = "the social work workforce census as XML"
MOST_FTE = 1.5
"""Full-time equivalents of one person: more is a slip of the hand."""
MOST_CASES = 500
MOST_DAYS_LOST = 366
MOST_POSTS = 10_000
"""Posts of one authority: the largest has a tenth of it."""

_WORKER = (
    "AgencyWorker", "SWENo", "FTE", "OrgRole", "RoleStartDate", "StartOrigin", "RoleEndDate",
    "LeaverDestination", "ReasonLeave", "FTE30", "Cases30", "WorkingDaysLost", "CFKSSstatus",
)  # fmt: skip
_VACANCIES = ("NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount")


def read_workforce_census(path: Path, *, pseudonyms: Pseudonyms) -> Extract:
    """Read a census; rows are lines of the file. Raises `FaultsFound` with all refusals at once."""
    require_file(path, TITLE)
    notices = refuse_beginning(path.name, read_beginning(path), WORKFORCE_CENSUS, TITLE)
    raise_refusals(notices)
    header = CensusHeader(path.name)
    workers, vacancies = TextRows(*_WORKER), TextRows(*_VACANCIES)
    for element in elements(path, ["Header", "LALevelVacancies", "CSWWWorker"], notices):
        name = local(element.tag)
        if name == "Header":
            header.take(element)
        else:
            rows = workers if name == "CSWWWorker" else vacancies
            _add(rows, element)
    as_of = header.reference_date(notices)
    notices += _missing(path.name, workers, vacancies)
    if as_of is None:
        raise_refusals(notices)
        raise AssertionError("a census without a reference date was not refused")
    if (as_of.month, as_of.day) != (9, 30):
        place, found = f"{path.name}, Header, ReferenceDate", "a day other than 30 September"
        notices.append(Notice(Weight.WARN, place, found, mend="see that it is the day you mean"))
    tables = {"social_workers": _workers(path.name, workers, as_of, pseudonyms, notices)}
    if len(vacancies):
        tables["vacancies"] = _vacancies(path.name, vacancies, notices)
    raise_refusals(notices)
    return Extract(
        format=Format.WORKFORCE_CENSUS,
        as_of=as_of,
        tables=tables,
        covers_from=dict.fromkeys(tables, first_day_of_workforce_year(as_of)),
        notices=tuple(notices),
        rows_read={"social_workers": len(workers), "vacancies": len(vacancies)},
        content_hash=file_hash(path),
    )


def _add(rows: TextRows, element: Any) -> None:
    said = entries(element)
    rows.add(line(element), *(said.get(name, "") for name in rows.columns))


def _missing(name: str, workers: TextRows, vacancies: TextRows) -> list[Notice]:
    notices = []
    if not len(workers):
        found = "no worker in it"
        notices.append(Notice(Weight.REFUSE, name, found, "CSWWWorker elements", "export it again"))
    if not len(vacancies):
        found = "no LALevelVacancies in it: vacancy rates cannot be computed from it"
        notices.append(Notice(Weight.WARN, name, found, mend="export it again"))
    if len(vacancies) > 1:
        found = "vacancies stand in it more than once"
        rows = tuple(vacancies.lines.tolist())
        mend = "export one authority's census"
        notices.append(Notice(Weight.REFUSE, name, found, "once", mend, rows, "vacancies"))
    return notices


def _workers(
    name: str, rows: TextRows, as_of: date, pseudonyms: Pseudonyms, notices: list[Notice]
) -> pd.DataFrame:
    said = rows.frame()
    checks = RowChecks(name, "social_workers", rows.lines)
    checks.identity(said["SWENo"], "SWENo")
    worker = pseudonyms.of(said["SWENo"], "worker")
    started = checks.optional_day(said["RoleStartDate"], "RoleStartDate", as_of)
    ended = checks.end_day(said["RoleEndDate"], "RoleEndDate", as_of)
    checks.order(started, ended, "RoleEndDate", "RoleStartDate")

    left = filled(said["LeaverDestination"]) | filled(said["ReasonLeave"])
    mend = "put in the day, or take the reason out; the reason is left empty until then"
    without_day = left & ~filled(said["RoleEndDate"])
    checks.warn(without_day, "RoleEndDate", "a reason for leaving without its day", mend=mend)

    def code(column: str, known: Any) -> pd.Series:
        return checks.optional_code(said[column], column, known)

    def number(column: str, most: float) -> pd.Series:
        return checks.optional_number(said[column], column, most=most)

    columns = {
        "worker": worker,
        "agency": checks.needed_yes_no(said["AgencyWorker"], "AgencyWorker"),
        "fte": number("FTE", MOST_FTE),
        "role": code("OrgRole", lists.ROLES),
        "started": started,
        "ended": ended,
        "origin": code("StartOrigin", lists.ORIGINS),
        "destination": code("LeaverDestination", lists.DESTINATIONS).where(ended.notna()),
        "reason_left": code("ReasonLeave", lists.REASONS_LEFT).where(ended.notna()),
        "fte_30_september": number("FTE30", MOST_FTE),
        "cases_30_september": checks.optional_whole(said["Cases30"], "Cases30", most=MOST_CASES),
        "days_lost": number("WorkingDaysLost", MOST_DAYS_LOST),
        "stage": code("CFKSSstatus", lists.STAGES),
    }
    checks.duplicates(columns, "a worker")
    again = checks.repeated({"worker": worker, "open": ended.isna()}) & marks(ended.isna())
    checks.warn(again, "SWENo", "a worker with two roles at once", mend="see that both are right")
    notices += checks.notices
    kept = {column: each[checks.kept] for column, each in columns.items()}
    return EVENT_TABLES["social_workers"].frame(kept)


def _vacancies(name: str, rows: TextRows, notices: list[Notice]) -> pd.DataFrame:
    said = rows.frame()
    checks = RowChecks(name, "vacancies", rows.lines)
    columns = {
        "vacancies_fte": checks.needed_number(
            said["NumberOfVacancies"], "NumberOfVacancies", most=MOST_POSTS
        ),
        "agency_covering_fte": checks.needed_number(
            said["NoAgencyFTE"], "NoAgencyFTE", most=MOST_POSTS
        ),
        "agency_covering_heads": checks.needed_whole(
            said["NoAgencyHeadcount"], "NoAgencyHeadcount", most=MOST_POSTS
        ),
    }
    notices += checks.notices
    kept = {column: each[checks.kept] for column, each in columns.items()}
    return EVENT_TABLES["vacancies"].frame(kept)
