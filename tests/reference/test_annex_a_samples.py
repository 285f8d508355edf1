"""Three real workbooks of invented children: Ofsted's own with and without rows, and a council's.

They differ in the sheets' names (List_1, List 1), in titles above the headings, in wordings (Age,
Age of Child), in the format of the file, and in how codes are written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scrutinybook.sources.extracts.annex_a import read_annex_a
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

KEY = Pseudonyms(b"a key for tests only")


def sample(reference: Path, name: str, as_of: date) -> Extract:
    path = reference / "data" / "annex_a_samples" / name
    return read_annex_a(path, as_of=as_of, pseudonyms=KEY)


def test_a_councils_workbook_with_every_list(reference: Path) -> None:
    extract = sample(reference, "liia_tools_Annex_A.xlsx", date(2021, 3, 16))
    rows = {name: len(table) for name, table in extract.tables.items()}
    assert rows == {
        "contacts": 5,
        "early_help": 5,
        "referrals": 6,
        "assessments": 5,
        "section_47": 5,
        "cases": 5,
        "protection_plans": 7,
        "care_periods": 5,
        "care_leavers": 6,
    }
    assert rows == dict(extract.rows_read)
    assert extract.tables["referrals"]["source"].tolist() == [
        *("other", "health services", "police", "schools", "police", "police")
    ]
    assert extract.tables["care_leavers"]["age"].tolist() == [18, 19, 18, 20, 21, 18]
    plans = extract.tables["protection_plans"]
    assert plans["previous_plans"].tolist() == [0, 1, 1, 0, 0, 0, 0]
    assert plans["ended"].notna().sum() == 5


def test_what_is_wrong_with_the_councils_workbook_is_told(reference: Path) -> None:
    """Its teams and workers of list 6 are #N/A, its list 4 has words in a column of yes and no, and
    two children's births lie after what happened to them."""
    notices = sample(reference, "liia_tools_Annex_A.xlsx", date(2021, 3, 16)).notices
    told = {(each.place.split(", ", 1)[1], each.found) for each in notices if each.rows}
    assert {
        ("List 6, Allocated Worker (column N)", "an Excel error such as #N/A"),
        ("List 6, Allocated Team (column M)", "an Excel error such as #N/A"),
        (
            "List 4, Was the child assessed as requiring LA children's social care support? "
            "(column J)",
            "an entry that is neither yes nor no",
        ),
        (
            "List 8, Date Started to be Looked After (column H)",
            "a day before the child's date of birth",
        ),
    } <= told
    assert not [each for each in notices if each.weight is Weight.EXCLUDE]


def test_a_workbook_with_rows_on_one_list_alone(reference: Path) -> None:
    extract = sample(reference, "2015-01-sample.xlsx", date(2015, 3, 31))
    assert list(extract.tables) == ["referrals"]
    assert (
        extract.tables["referrals"]["no_further_action"].tolist()
        == [True, False, True] + [False] * 2
    )
    left_out = [each for each in extract.notices if "not supplied" in each.found]
    assert [each.place.split(", ")[1] for each in left_out] == [
        f"List {number}" for number in (1, 2, 4, 5, 6, 7, 8, 9)
    ]


def test_a_workbook_in_the_old_format_with_days_as_text(reference: Path) -> None:
    """One row of list 2 stands there twice."""
    extract = sample(reference, "example-A-2005.xls", date(2010, 3, 31))
    early_help = extract.tables["early_help"]
    assert len(early_help) == 11
    assert extract.rows_read["early_help"] == 12
    assert extract.excluded("early_help") == 1
    assert str(early_help["started"].min().date()) == "2010-01-01"
    assert extract.tables["contacts"]["source"].tolist() == ["police"]
    assert any("old format" in each.found for each in extract.notices)


@pytest.mark.parametrize(
    "name", ["2015-01-sample.xlsx", "example-A-2005.xls", "liia_tools_Annex_A.xlsx"]
)
def test_every_heading_of_the_samples_is_known(reference: Path, name: str) -> None:
    extract = sample(reference, name, date(2021, 3, 16))
    assert not [each for each in extract.notices if "that the list does not have, in" in each.found]
    assert not [each for each in extract.notices if each.found == "a column is missing"]
