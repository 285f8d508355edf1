"""Entries of a column of days, and ages, in every way of writing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from annex_a_workbooks import AS_OF, drawn, good_lists, read, save, who

from scrutinybook.sources.extracts.annex_a_cells import day_text, text_of
from scrutinybook.sources.extracts.annex_a_workbook import Cell
from scrutinybook.sources.extracts.text_cells import days

DAYS: list[tuple[Cell, str]] = [
    (date(2023, 3, 1), "2023-03-01"),
    (datetime(2023, 3, 1, 23, 59), "2023-03-01"),
    ("01/03/2023", "2023-03-01"),
    ("1/3/2023", "2023-03-01"),
    ("01-03-2023", "2023-03-01"),
    ("01.03.2023", "2023-03-01"),
    ("01/03/2023 00:00:00", "2023-03-01"),
    ("01/03/2023 12:00 AM", "2023-03-01"),
    ("2023-03-01", "2023-03-01"),
    ("2023-03-01T10:11:12.000Z", "2023-03-01"),
    ("2023/3/1", "2023-03-01"),
    ("01-Mar-2023", "2023-03-01"),
    ("1 March 2023", "2023-03-01"),
    ("1st Mar. 2023", "2023-03-01"),
    ("Wed 1 Mar 2023", "2023-03-01"),
    ("Wednesday, 1 March 2023", "2023-03-01"),
    ("01Mar2023", "2023-03-01"),
    ("44986", "2023-03-01"),
    ("44986.5", "2023-03-01"),
    (44986.0, "2023-03-01"),
    (20230301.0, "2023-03-01"),
    ("20230301", "2023-03-01"),
    ("\ufeff01/03/2023\u200b", "2023-03-01"),
    ("01/03/23", "2023-03-01"),
    ("01-Mar-23", "2023-03-01"),
    ("1/3/99", "1999-03-01"),
    ("29/02/2024", "2024-02-29"),
    ("29/02/2023", ""),
    ("31/04/2023", ""),
    ("03/2023", ""),
    ("March 2023", ""),
    ("0/0/0", ""),
    ("1 Foo 2023", ""),
    ("x" * 500, ""),
    (7.0, ""),
    (True, ""),
    (time(9, 0), ""),
    (timedelta(days=3), ""),
    ("", ""),
    ("\u00a0", ""),
]


@pytest.mark.parametrize(("cell", "day"), DAYS, ids=lambda each: repr(each)[:30])
def test_a_day_in_many_ways_of_writing(cell: Cell, day: str) -> None:
    read_day = days(day_text([cell], AS_OF).text)
    assert (str(read_day.values[0].date()) if day else "") == day
    assert read_day.values.isna()[0] == (day == "")
    assert read_day.blank[0] == (str(cell).strip() == "")


@pytest.mark.parametrize("cell", ["1/3/23", "01-Mar-23", "1 March 23"])
def test_two_digits_of_a_year_are_marked(cell: str) -> None:
    assert day_text([cell, "1/3/2023"], AS_OF).short_year.tolist() == [True, False]


@pytest.mark.parametrize(("cell", "year"), [("1/3/24", 2024), ("1/3/25", 1925), ("1/3/00", 2000)])
def test_two_digits_mean_no_year_beyond_the_next(cell: str, year: int) -> None:
    assert days(day_text([cell], AS_OF).text).values[0].year == year


def test_what_can_be_read_both_ways_is_read_day_first() -> None:
    assert days(day_text(["03/04/2023"], AS_OF).text).values[0].month == 4


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    assert day_text([43524.0], AS_OF, from_1904=True).text[0] == "2023-03-01"


def test_real_dates_beside_texts_are_no_swap_where_days_are_spread() -> None:
    """Twelve real dates on any day of a month, three texts after the twelfth: no accident."""
    texts: list[Cell] = ["13/10/2022", "20/11/2022", "27/03/2023"]
    spread: list[Cell] = [date(2023, 1, day) for day in (1, 2, 3, 4, 5, 6, 20)]
    early: list[Cell] = [date(2023, 1, day) for day in (1, 2, 3, 4, 5, 6, 7)]
    assert not day_text([*spread, *texts], AS_OF).swapped
    assert day_text([*early, *texts], AS_OF).swapped
    assert not day_text([*early, *texts, "05/10/2022"], AS_OF).swapped
    assert not day_text([*early[:5], *texts], AS_OF).swapped


def test_numbers_and_texts_of_one_kind_are_one_text() -> None:
    cells: list[Cell] = [7.0, "7", 7.5, True, -1.0, "  a  b "]
    assert text_of(cells).tolist() == ["7", "7", "7.5", "true", "-1", "a  b"]


def care_ages(tmp_path: Path, *births: tuple[object, object]) -> list[int | None]:
    """Ages at the start of care on 27 February 2021, from date of birth and the list's age."""
    one = drawn(8, [good_row(child) for child in range(1, 1 + len(births))])
    one.put_all("Date of Birth", [born for born, _ in births])
    one.put_all("Age of Child (Years)", [age for _, age in births])
    table = read(save(tmp_path / "x.xlsx", {8: one})).tables["care_periods"]
    return [None if each is None else int(each) for each in table["age_at_start"].astype(object)
            .where(table["age_at_start"].notna(), None)]  # fmt: skip


def good_row(child: int) -> dict[str, object]:
    return {**who(child), "Date Started to be Looked After": date(2021, 2, 27)}


def test_age_at_the_start_of_care_counts_birthdays(tmp_path: Path) -> None:
    """
    born          age on 27 Feb 2021
    27 Feb 2010   11    the birthday itself
    28 Feb 2010   10    a day short
    29 Feb 2012    8    the birthday of a common year is 1 March
    not known     none
    after         none  care cannot start before birth
    """
    births = [
        (date(2010, 2, 27), 13),
        (date(2010, 2, 28), 13),
        (date(2012, 2, 29), 11),
        (None, 11),
        (date(2021, 2, 28), 2),
    ]
    assert care_ages(tmp_path, *births) == [11, 10, 8, None, None]


def test_a_care_leavers_age_is_that_of_the_extracts_day(tmp_path: Path) -> None:
    """From the date of birth; without one, the list's age; without both, none."""
    one = drawn(9, [who(child, date(2003, 4, 1)) for child in range(4)])
    one.put_all("Date of Birth", [date(2003, 4, 1), date(2003, 3, 31), None, None])
    one.put_all("Age of Child (Years)", [19, 20, 18.9, None])
    age = read(save(tmp_path / "x.xlsx", {9: one})).tables["care_leavers"]["age"]
    assert age.astype(object).where(age.notna(), None).tolist() == [19, 20, 18, None]


@pytest.mark.parametrize("age", [-1, None, 0, "Unborn", "unborn"])
def test_an_unborn_child_may_have_an_expected_date_of_birth(tmp_path: Path, age: object) -> None:
    lists = good_lists()
    lists[3].put(3, "Date of Birth", date(2023, 8, 1))
    lists[3].put(3, "Age of Child (Years)", age)
    assert read(save(tmp_path / "x.xlsx", lists)).notices == ()


def test_ages_with_decimals_are_years_at_the_last_birthday(tmp_path: Path) -> None:
    lists = good_lists()
    lists[3].put(3, "Age of Child (Years)", 10.86)
    assert read(save(tmp_path / "x.xlsx", lists)).notices == ()


def test_dates_of_birth_and_names_end_with_the_reading(tmp_path: Path) -> None:
    extract = read(save(tmp_path / "x.xlsx", good_lists()))
    for table in extract.tables.values():
        assert not {"born", "worker_name"} & set(table.columns)
        text = table.to_csv()
        assert "2012-05-20" not in text
        assert "A worker" not in text
