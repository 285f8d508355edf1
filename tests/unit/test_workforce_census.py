"""The social work workforce census: from XML to event tables, and damage to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_extracts import KEY, VACANCIES, WORKER, child, children_census, seen, workforce_census

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.workforce_census import read_workforce_census

EXCLUDE, WARN = Weight.EXCLUDE, Weight.WARN
LEAVER = WORKER | {
    "SWENo": "SW200", "AgencyWorker": "1", "RoleEndDate": "2023-06-30", "LeaverDestination": "3",
    "ReasonLeave": "1",
}  # fmt: skip


def read(folder: Path, xml: str) -> Extract:
    path = folder / "census.xml"
    path.write_text(xml, encoding="utf-8")
    return read_workforce_census(path, pseudonyms=KEY)


def test_workers_and_vacancies_after_their_schemas(tmp_path: Path) -> None:
    extract = read(tmp_path, workforce_census(WORKER, LEAVER))
    assert extract.as_of == date(2023, 9, 30) and not extract.notices
    assert extract.covers_from["social_workers"] == date(2022, 10, 1)
    for name, table in extract.tables.items():
        EVENT_TABLES[name].schema.validate(table)
    workers = extract.tables["social_workers"]
    hashed = KEY.of(pd.Series(["SW100", "SW200"], dtype="string"), "worker")
    assert workers["worker"].tolist() == hashed.tolist()
    assert workers["agency"].tolist() == [False, True]
    first = workers.iloc[0]
    assert (first["fte"], first["fte_30_september"], first["cases_30_september"]) == (0.8, 0.8, 17)
    assert (first["role"], first["origin"], first["days_lost"]) == (
        "case holder", "newly qualified", 4.5,
    )  # fmt: skip
    assert first["stage"] == "frontline practitioner" and pd.isna(first["ended"])
    leaver = workers.iloc[1]
    assert (leaver["destination"], leaver["reason_left"]) == ("agency or consultancy", "resigned")
    assert extract.tables["vacancies"].iloc[0].tolist() == [12.5, 7, 8]


def test_a_worker_is_not_a_child_of_the_same_number(tmp_path: Path) -> None:
    worker = read(tmp_path, workforce_census(WORKER)).tables["social_workers"]["worker"]
    assert worker.tolist() != KEY.of(pd.Series(["SW100"], dtype="string"), "child").tolist()


DAMAGE = [
    ({"SWENo": ""}, EXCLUDE, "SWENo", "blank", (11,)),
    ({"AgencyWorker": "2"}, EXCLUDE, "AgencyWorker", "neither yes nor no", (11,)),
    ({"FTE": "-0.1"}, WARN, "FTE", "a number below 0 or above 1.5", (11,)),
    ({"FTE": "1.6"}, WARN, "FTE", "a number below 0 or above 1.5", (11,)),
    ({"FTE30": "37"}, WARN, "FTE30", "a number below 0 or above 1.5", (11,)),
    ({"FTE": "full"}, WARN, "FTE", "an entry that is no number", (11,)),
    ({"Cases30": "-1"}, WARN, "Cases30", "a whole number below 0 or above 500", (11,)),
    ({"Cases30": "9" * 30}, WARN, "Cases30", "an entry that is no whole number", (11,)),
    ({"WorkingDaysLost": "-2"}, WARN, "WorkingDaysLost", "a number below 0 or above 366", (11,)),
    ({"OrgRole": "9"}, WARN, "OrgRole", "a code that the list does not have", (11,)),
    ({"RoleStartDate": "2024-01-01"}, WARN, "RoleStartDate",
     "a day after 2023-09-30, the extract's", (11,)),
    ({"RoleEndDate": "2018-01-01"}, EXCLUDE, "RoleEndDate", "a day before that of RoleStartDate",
     (11,)),
    ({"RoleEndDate": "2023-12-01"}, WARN, "RoleEndDate",
     "a day after 2023-09-30, the extract's", (11,)),
    ({"ReasonLeave": "1"}, WARN, "RoleEndDate", "a reason for leaving without its day", (11,)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entries", "weight", "column", "found", "rows"),
    DAMAGE,
    ids=[f"{each[2]}: {each[3]}" for each in DAMAGE],
)
def test_workers(
    tmp_path: Path, entries: dict[str, str], weight: Weight, column: str, found: str,
    rows: tuple[int, ...],
) -> None:  # fmt: skip
    extract = read(tmp_path, workforce_census(WORKER | entries))
    assert (column, found, rows) in seen(extract.notices, weight)
    assert len(extract.tables["social_workers"]) == (0 if weight is EXCLUDE else 1)


def test_an_impossible_entry_is_left_empty_and_the_others_are_used(tmp_path: Path) -> None:
    workers = read(tmp_path, workforce_census(WORKER | {"FTE": "7"})).tables["social_workers"]
    assert workers["fte"].isna().all() and workers["fte_30_september"].tolist() == [0.8]


def test_who_leaves_after_the_day_has_not_left(tmp_path: Path) -> None:
    later = LEAVER | {"RoleEndDate": "2023-12-31"}
    workers = read(tmp_path, workforce_census(later)).tables["social_workers"]
    assert workers[["ended", "destination", "reason_left"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("workers", "weight", "found"),
    [
        ((WORKER, WORKER), EXCLUDE, "a worker that stands in an earlier row too"),
        ((WORKER, WORKER | {"FTE": "0.2"}), WARN, "a worker with two roles at once"),
    ],
)
def test_workers_who_stand_there_twice(
    tmp_path: Path, workers: tuple[dict[str, str], ...], weight: Weight, found: str
) -> None:
    notices = read(tmp_path, workforce_census(*workers)).notices
    assert found in [each.found for each in notices if each.weight is weight]


def test_one_who_left_and_came_back_is_no_repeat(tmp_path: Path) -> None:
    back = WORKER | {"RoleStartDate": "2023-08-01"}
    left = WORKER | {"RoleEndDate": "2023-03-31", "ReasonLeave": "1"}
    extract = read(tmp_path, workforce_census(left, back))
    assert len(extract.tables["social_workers"]) == 2 and not extract.notices


@pytest.mark.parametrize("entry", ["", "-1", "many", "99999999999"])
@pytest.mark.parametrize("name", list(VACANCIES))
def test_vacancies_that_cannot_be_read_are_set_aside(tmp_path: Path, name: str, entry: str) -> None:
    extract = read(tmp_path, workforce_census(WORKER, vacancies=[VACANCIES | {name: entry}]))
    assert extract.tables["vacancies"].empty and extract.excluded("vacancies") == 1


def test_a_census_without_vacancies_has_no_such_table(tmp_path: Path) -> None:
    extract = read(tmp_path, workforce_census(WORKER, vacancies=[]))
    assert "vacancies" not in extract.tables
    assert any("LALevelVacancies" in each.found for each in extract.notices)


def test_a_day_other_than_30_september_is_warned_of(tmp_path: Path) -> None:
    extract = read(tmp_path, workforce_census(WORKER, day="2023-08-31"))
    assert ("ReferenceDate", "a day other than 30 September", ()) in seen(extract.notices, WARN)


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (workforce_census(), "no worker in it"),
        (workforce_census(WORKER, vacancies=[VACANCIES, VACANCIES]), "more than once"),
        (workforce_census(WORKER, day=""), "ReferenceDate: blank or missing"),
        (workforce_census(WORKER)[:-15], "breaks off or is damaged at line"),
        (children_census(child("")), "the children in need census"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, xml: str, found: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read(tmp_path, xml)
    assert found in str(caught.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="a folder"):
        read_workforce_census(tmp_path, pseudonyms=KEY)
