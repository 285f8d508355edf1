"""Which of several rows is kept, where the six months begin, and what the library may print."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from annex_a_workbooks import FIRST, Drawn, good_lists, read, save

from scrutinybook.sources.extracts import annex_a_workbook
from scrutinybook.sources.extracts.noticed import Weight


def one_list(tmp_path: Path, number: int, one: Drawn) -> tuple[pd.DataFrame, set[tuple[str, int]]]:
    """The table, and found words with rows (those of the whole list left out)."""
    extract = read(save(tmp_path / "x.xlsx", {number: one}))
    [table] = extract.tables.values()
    return table, {(each.found, row) for each in extract.notices for row in each.rows}


@pytest.mark.parametrize("authorised_first", [True, False])
def test_of_two_assessments_of_one_day_the_authorised_one_is_kept(
    tmp_path: Path, authorised_first: bool
) -> None:
    """
    child  started  authorised
    1004   27 Mar               set aside, whichever comes first
    1004   27 Mar   30 Mar      kept
    """
    one = good_lists()[4]
    one.add_row(continuous_assessment_date_of_authorisation=date(2023, 3, 30))
    if authorised_first:
        one.rows[3], one.rows[4] = one.rows[4], one.rows[3]
    table, noticed = one_list(tmp_path, 4, one)
    assert len(table) == 4
    assert table["authorised"].notna().all()
    [(_, row)] = noticed
    assert row == (6 if authorised_first else 5)


def test_a_row_set_aside_for_another_reason_does_not_push_its_twin_out(tmp_path: Path) -> None:
    """The first of two assessments of a day ends before it starts; the second is the only one."""
    one = good_lists()[4]
    one.rows.insert(0, list(one.rows[0]))
    one.put(2, "Continuous Assessment Date of Authorisation", date(2022, 10, 2))
    table, noticed = one_list(tmp_path, 4, one)
    assert len(table) == 4
    assert {row for found, row in noticed if "before" in found} == {2}
    assert not [found for found, _ in noticed if "another row" in found]


def test_two_contacts_of_a_child_on_one_day_are_two_where_they_differ(tmp_path: Path) -> None:
    one = good_lists()[1]
    one.add_row(contact_source="2A")
    one.add_row(contact_source="2A")
    table, noticed = one_list(tmp_path, 1, one)
    assert len(table) == 5
    assert noticed == {("a row that stands in an earlier row too", 7)}


def test_two_referrals_of_a_child_on_two_days_are_two(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.add_row(date_of_referral=date(2023, 3, 28))
    table, noticed = one_list(tmp_path, 3, one)
    assert (len(table), noticed) == (5, set())


def test_two_cases_without_a_first_day_are_not_taken_for_one(tmp_path: Path) -> None:
    one = good_lists()[6]
    one.put(5, "CIN Start Date", None)
    one.add_row(allocated_team="South")
    table, noticed = one_list(tmp_path, 6, one)
    assert len(table) == 5
    assert {row for _, row in noticed} == {5, 6}
    assert {found for found, _ in noticed} == {"a child with two cases open at once"}


def test_a_plan_that_follows_an_ended_one_is_no_second_open_one(tmp_path: Path) -> None:
    one = good_lists()[7]
    one.rows[2][0] = one.rows[3][0]
    one.put(4, "Child Protection Plan Start Date", date(2021, 1, 5))
    table, noticed = one_list(tmp_path, 7, one)
    assert (len(table), noticed) == (4, set())


@pytest.mark.parametrize(
    ("number", "heading"),
    [(1, "Date of Contact"), (3, "Date of referral"), (6, "CIN Closure Date")],
)
def test_the_first_day_of_the_six_months_is_within_them(
    tmp_path: Path, number: int, heading: str
) -> None:
    one = good_lists()[number]
    one.put(2, heading, FIRST)
    _, noticed = one_list(tmp_path, number, one)
    assert noticed == set()


def test_an_assessment_that_began_long_ago_and_is_still_open_is_within_them(
    tmp_path: Path,
) -> None:
    one = good_lists()[4]
    one.add_row(continuous_assessment_start_date=date(2022, 3, 1))
    table, noticed = one_list(tmp_path, 4, one)
    assert (len(table), noticed) == (5, set())


def test_a_planned_end_leaves_a_period_of_care_open(tmp_path: Path) -> None:
    one = good_lists()[8]
    one.put(5, "Date Ceased to be Looked After", date(2023, 4, 6))
    table, _ = one_list(tmp_path, 8, one)
    assert pd.isna(table["ended"][3])


def test_rows_set_aside_are_counted_once_whatever_is_wrong_with_them(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.put(3, "Child Unique ID", None)
    one.put(3, "Date of referral", "soon")
    extract = read(save(tmp_path / "x.xlsx", {3: one}))
    assert extract.excluded("referrals") == 1
    assert len([each for each in extract.notices if each.weight is Weight.EXCLUDE]) == 2


def test_the_library_cannot_write_a_cell_to_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A defect in it ends as a "panic", which prints what it was reading."""

    def panic() -> None:
        os.write(2, b"panicked at 'Zebedee'")
        raise BaseException("Zebedee")

    with pytest.raises(annex_a_workbook._Refused, match="damaged") as refused:
        annex_a_workbook._guarded(panic)
    assert refused.value.__suppress_context__
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"
