"""Sheets, headings and codes in the ways that councils write them, all to the same tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from annex_a_workbooks import AS_OF, HEADINGS, drawn, good_lists, read, save

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts import annex_a_codes as codes
from scrutinybook.sources.extracts import vocabulary as words
from scrutinybook.sources.extracts.annex_a_headings import find_headings
from scrutinybook.sources.extracts.annex_a_layouts import (
    LISTS,
    ListLayout,
    heading_key,
    list_number,
)
from scrutinybook.sources.extracts.annex_a_rules import first_day_covered
from scrutinybook.sources.extracts.annex_a_workbook import Cell
from scrutinybook.sources.extracts.events import EVENT_TABLES

SHEETS = """
    List 3 | List_3 | list3 | LIST 3 | List  3 | List 03 | List 3 - Referrals | List_3_Referrals
    List 3: Referral | Annex A List 3 | Annex_A_List_3 | List-3 | List.3
"""


@pytest.mark.parametrize(
    "name", [each.strip() for each in SHEETS.strip().replace("\n", "|").split("|")]
)
def test_a_sheet_of_a_list(name: str) -> None:
    assert list_number(name) == 3


@pytest.mark.parametrize(
    "name",
    ["Front_Sheet", "Guidance", "Codes_used", "Lists 1-11", "Checklist 3", "List", "List 12"],
)
def test_a_sheet_of_no_list(name: str) -> None:
    assert list_number(name) is None


def test_list_10_is_not_list_1() -> None:
    assert [list_number(each) for each in ("List 10", "List_11", "List 1")] == [10, 11, 1]


def test_every_official_heading_is_known_and_belongs_to_one_column() -> None:
    for layout in LISTS:
        keys = [key for column in layout.columns for key in sorted(column.keys)]
        keys += map(heading_key, layout.unused)
        assert len(keys) == len(set(keys)), layout.number
        assert set(map(heading_key, HEADINGS[layout.number])) <= set(keys)


def test_a_list_gives_what_its_event_table_needs() -> None:
    for layout in LISTS:
        named = {each.name for each in layout.columns} | {"age_at_start"}
        assert set(EVENT_TABLES[layout.table].columns) <= named


EXPECTED = pd.DataFrame(
    {
        "date": pd.to_datetime(["2022-10-03", "2022-11-20", "2023-01-09", "2023-03-27"]),
        "source": ["schools"] * 4,
        "no_further_action": [True, False, True, False],
    }
)


def referrals(path: Path) -> pd.DataFrame:
    table = read(path).tables["referrals"]
    assert table["child"].str.fullmatch("[0-9a-f]{32}").all()
    made = table.drop(columns="child")
    return made.astype({"source": object, "no_further_action": bool, "date": "datetime64[us]"})


def same(made: pd.DataFrame) -> None:
    expected = EXPECTED.astype({"source": object, "date": "datetime64[us]"})
    pd.testing.assert_frame_equal(made, expected)


WORDINGS = [
    {"Date of referral": "Date of Referral"},
    {"Date of referral": "DATE OF REFERRAL "},
    {"Date of referral": "Date\nof\r\nreferral"},
    {"Date of referral": "Date of referral (DD/MM/YYYY)"},
    {"Date of referral": "Referral date"},
    {"Child Unique ID": "Child ID"},
    {"Child Unique ID": "child unique id:"},
    {"Age of Child (Years)": "Age"},
    {"Age of Child (Years)": "Age of Child"},
    {"Referral NFA?": "Referral NFA"},
    {"Referral NFA?": "Referral NFA (Y/N)"},
    {"Date of Birth": "DOB"},
]


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda each: repr(next(iter(each.values()))))
def test_a_heading_in_other_words(tmp_path: Path, wording: dict[str, str]) -> None:
    lists = {3: good_lists()[3]}
    for heading, new in wording.items():
        lists[3].rename(heading, new)
    path = save(tmp_path / "x.xlsx", lists)
    same(referrals(path))
    assert [each.found[:17] for each in read(path).notices] == ["no sheet for list"]


@pytest.mark.parametrize("layout", LISTS, ids=lambda each: each.sheet)
def test_every_wording_of_every_column_is_taken(layout: ListLayout) -> None:
    official = [each.heading for each in layout.columns]
    for at, column in enumerate(layout.columns):
        for wording in column.also:
            row: list[Cell] = ["Gender", *official[:at], wording.upper(), *official[at + 1 :]]
            found = find_headings([["a title"], row], layout, "x.xlsx")
            assert found.row == 1
            assert found.places[column.name] == at + 1, wording
            assert found.notices == []


@pytest.mark.parametrize("above", [0, 1, 2, 7])
def test_a_title_may_stand_above_the_headings_and_rows_keep_excels_numbers(
    tmp_path: Path, above: int
) -> None:
    one = good_lists()[3]
    one.above = [["List 3: Referrals"], [None], ["Extract of March"], *[[None]] * 4][:above]
    one.merged = ["A1:K1"] if above else []
    same(referrals(save(tmp_path / "x.xlsx", {3: one})))
    one.put(2 + above, "Date of referral", "soon")
    notices = read(save(tmp_path / "y.xlsx", {3: one})).notices
    assert [each.rows for each in notices if each.found == "an entry that is no day"] == [
        (2 + above,)
    ]


def test_columns_in_another_order_and_blank_rows_between(tmp_path: Path) -> None:
    one = good_lists()[3]
    order = [5, 0, 10, 7, 1, 2, 3, 4, 6, 8, 9]
    one.headings = [one.headings[at] for at in order]
    one.rows = [[row[at] for at in order] for row in one.rows]
    one.rows.insert(2, [None] * 11)
    one.rows.insert(0, [" "] * 11)
    same(referrals(save(tmp_path / "x.xlsx", {3: one})))


def test_columns_a_council_added_are_named_by_letter_and_not_read(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.headings += ["Locality", "Jane Doe's notes"]
    one.rows = [[*row, "x", "y"] for row in one.rows]
    [_, notice] = read(save(tmp_path / "x.xlsx", {3: one})).notices
    assert "in columns L, M" in notice.found
    assert "Jane" not in repr(notice)


def test_a_missing_column_is_looked_for_under_its_nearest_heading(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.rename("Date of referral", "Date the referral was made")
    with pytest.raises(FaultsFound) as refused:
        read(save(tmp_path / "x.xlsx", {3: one}))
    [fault] = refused.value.faults
    assert fault.allowed == "Date of referral"
    assert "column F" in fault.mend


def test_the_official_wording_goes_before_others(tmp_path: Path) -> None:
    """A council's own column "Source" beside the official one is not taken for it."""
    one = good_lists()[3]
    one.headings.append("Source")
    one.rows = [[*row, "Police"] for row in one.rows]
    same(referrals(save(tmp_path / "x.xlsx", {3: one})))


def test_hidden_sheets_are_read_all_the_same(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.is_hidden = True
    same(referrals(save(tmp_path / "x.xlsx", {3: one}, others={"Guidance": [["read me"]]})))


def test_rows_that_a_filter_hides_are_read_all_the_same(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.hidden_rows = [3, 4]
    same(referrals(save(tmp_path / "x.xlsx", {3: one})))


def test_other_sheets_are_ignored(tmp_path: Path) -> None:
    others = {"Front_Sheet": [["Annex A"]], "Codes_used": [["Gender"], ["a) Male"]]}
    extract = read(save(tmp_path / "x.xlsx", good_lists(), others=others))
    assert extract.notices == ()
    assert len(extract.tables) == 9


CODES = [
    (codes.SOURCES, "police", "q) 6: Police|g) Police|POLICE|6|6: Police| police "),
    (codes.SOURCES, "individual", "a) 1A: Individual|1A|1d - Individual|a) Individual|Family"),
    (codes.SOURCES, "schools", "2A|School|b) Schools|e) 2A: Schools"),
    (codes.SOURCES, "health services", "k) 3E: Health services|3f|GP|d) Health Services"),
    (codes.SOURCES, "local authority services", "5D|f) LA Services|LA services"),
    (codes.SOURCES, "unknown", "u) 10: Unknown|10|Not known"),
    (codes.SOURCES, codes.UNREAD, "a|6 years old|the child's aunt|4 children at home|12"),
    (codes.YES_NO, "yes", "a) Yes|Yes|Y|TRUE|1|a|t"),
    (codes.YES_NO, "no", "b) No|no|N|False|0|b)"),
    (codes.YES_NO, "", "c) Unknown|Unknown|N/A|-||not recorded"),
    (codes.YES_NO, codes.UNREAD, "maybe|Yes please|2|?|???"),
    (codes.STATUSES, "looked after child", "a) Looked after child|LAC|a"),
    (codes.STATUSES, "child protection plan", "b) Child Protection plan|CPP|b)"),
    (codes.STATUSES, "closed episode", "e) Closed episode|closed|E"),
    (codes.IN_TOUCH, words.REFUSED_CONTACT, "d) Refu|REFU|d"),
    (codes.IN_TOUCH, words.RETURNED_HOME, "f) Rhom|rhom"),
    (codes.IN_TOUCH, words.NOT_RECORDED, "c) Not recorded"),
    (codes.IN_TOUCH, words.EXCLUDED, "d) Exclude"),
    (codes.SUITABILITY, "suitable", "a) Suitable|suitable|a"),
    (codes.SUITABILITY, "unsuitable", "b) Unsuitable|b) Not suitable"),
    (codes.ACTIVITIES, "F4", "F4|f4: Young person engaged full time in an apprenticeship|F4 - x"),
    (codes.ACTIVITIES, "G5", "G5: Not in education, employment or training - other|G5"),
    (codes.ACTIVITIES, codes.UNREAD, "F9|plays football|G"),
]


@pytest.mark.parametrize(
    ("known", "meaning", "entry"),
    [(known, meaning, entry) for known, meaning, many in CODES for entry in many.split("|")],
)
def test_a_code_in_many_ways_of_writing(known: codes.CodeList, meaning: str, entry: str) -> None:
    assert known.read(entry) == meaning


def test_a_column_of_true_and_false_cells_is_yes_and_no(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.put_all("Referral NFA?", [True, False, 1, 0])
    same(referrals(save(tmp_path / "x.xlsx", {3: one})))


def test_six_months_up_to_the_extract_and_one_day_for_care_leavers(tmp_path: Path) -> None:
    covers = read(save(tmp_path / "x.xlsx", good_lists())).covers_from
    assert covers.pop("care_leavers") == AS_OF
    assert set(covers.values()) == {date(2022, 10, 1)}


@pytest.mark.parametrize(
    ("as_of", "first"),
    [
        (date(2023, 3, 31), date(2022, 10, 1)),
        (date(2022, 8, 31), date(2022, 3, 1)),  # six months before is 28 February
        (date(2024, 8, 30), date(2024, 3, 1)),  # and 29 February in a leap year
        (date(2023, 9, 30), date(2023, 3, 31)),
        (date(2023, 1, 15), date(2022, 7, 16)),
    ],
)
def test_the_first_day_is_the_day_six_months_before_and_one(as_of: date, first: date) -> None:
    assert first_day_covered(as_of) == first


def test_children_are_the_same_under_every_way_of_writing_their_number(tmp_path: Path) -> None:
    """A number, the same as text, with spaces, with Excel's .0; another child differs."""
    row = {"Child Unique ID": 7, "Date of Contact": AS_OF}
    one = drawn(1, [row] * 5)
    one.put_all("Child Unique ID", [7, "7", " 7 ", "7.0", 8])
    one.put_all("Contact Source", ["1A", "4", "6", "7", "8"])
    child = read(save(tmp_path / "x.xlsx", {1: one})).tables["contacts"]["child"]
    assert child[:4].nunique() == 1
    assert child[4] != child[0]


def test_a_worker_is_the_same_with_any_kind_of_space_in_the_name(tmp_path: Path) -> None:
    one = good_lists()[6]
    one.put_all("Allocated Worker", ["A\u00a0Worker", "A  Worker", "a worker ", None])
    worker = read(save(tmp_path / "x.xlsx", {6: one})).tables["cases"]["worker"]
    assert worker[:3].nunique() == 1
    assert pd.isna(worker[3])
