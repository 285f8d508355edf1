"""A workbook about which nothing is to be noticed, damaged in one place at a time.

Each damage must be told: refused, set aside or warned, with sheet, column and Excel's row, in words
that say of what kind it is. Nothing else may be noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from annex_a_workbooks import AS_OF, HEADINGS, NOT_AVAILABLE, Drawn, Formula, good_lists, read, save

from scrutinybook.errors import FaultsFound

Lists = dict[int, Drawn]
Damage = Callable[[Lists], Any]
REFERRED, NFA = "Date of referral", "Referral NFA?"
STRATEGY, UNNEEDED, CONFERENCE, FOLLOWED = HEADINGS[5][6:10]
BORN, AGE, CHILD = "Date of Birth", "Age of Child (Years)", "Child Unique ID"
AUTHORISED = "Continuous Assessment Date of Authorisation"


def test_nothing_is_noticed_in_a_good_workbook(tmp_path: Path) -> None:
    assert told(tmp_path, good_lists()) == []


def told(tmp_path: Path, lists: Lists) -> list[tuple[str, str, str]]:
    """Weight, place with rows, and what was found."""
    path = save(tmp_path / "x.xlsx", lists)
    try:
        notices = read(path).notices
    except FaultsFound as refused:
        return [("refuse", each.where, each.found) for each in refused.faults]
    return [(each.weight.value, each.fault.where, each.found) for each in notices]


def told_of_damaged(tmp_path: Path, lists: Lists) -> list[tuple[str, str, str]]:
    """The same for the damaged lists and two more, which is quicker; that others are missing is
    left out.

    Where no list is damaged, one is missing, and all of them are read.
    """
    good = good_lists()
    damaged = {number: each for number, each in lists.items() if each != good.get(number)}
    if not damaged:
        return told(tmp_path, lists)
    told_of = told(tmp_path, {9: lists[9], 3: lists[3], **damaged})
    return [each for each in told_of if not each[2].startswith("no sheet for list")]


def put(number: int, row: int, heading: str, cell: object) -> Damage:
    return lambda lists: lists[number].put(row, heading, cell)


def twice_with(number: int, **cells: object) -> Damage:
    return lambda lists: lists[number].add_row(**cells)


def column(number: int, heading: str, *cells: object) -> Damage:
    return lambda lists: lists[number].put_all(heading, cells)


def merge(number: int, cells: str) -> Damage:
    return lambda lists: lists[number].merged.append(cells)


def second_sheet(lists: Lists) -> None:
    again = good_lists()[3]
    again.sheet, again.is_hidden = "List_3 (old)", True
    lists[99] = again


def emptied(number: int) -> Damage:
    return lambda lists: lists[number].rows.clear()


def blank_sheet(lists: Lists) -> None:
    lists[4].rows.clear()
    lists[4].headings.clear()


def no_headings(lists: Lists) -> None:
    lists[3].headings = ["one", "two", *([None] * 9)]


def headings_again(lists: Lists) -> None:
    lists[3].rows.insert(2, list(lists[3].headings))


def all_later(lists: Lists) -> None:
    for row in lists[1].rows:
        row[5] = date(2024, 1, 1)


def far_cell(lists: Lists) -> None:
    lists[3].rows += [[None] * 11 for _ in range(400)]
    lists[3].rows.append([None] * 15_999 + [1])


def error_row(lists: Lists) -> None:
    lists[3].rows.append([NOT_AVAILABLE] * 11)


AN_ERROR = "an Excel error such as #N/A"
NO_VALUE = "a formula without a stored value"
NO_DAY = "an entry that is no day"
LATER = f"a day after {AS_OF}, the extract's"
WRONG_AGE = "an age below -1 or above 25"
NOT_TOGETHER = "a date of birth that does not go with the age beside it"
REPEATED = "a row that stands in an earlier row too"
MERGED = "merged cells among the rows"

EXCLUDED: list[tuple[str, Damage, str, str]] = [
    ("no id", put(3, 4, CHILD, None), "List 3, Child Unique ID (column A), row 4", "blank"),
    ("spaces for an id", put(1, 2, CHILD, " \u00a0 "),
     "List 1, Child Unique ID (column A), row 2", "blank"),
    ("a date as id", put(4, 3, CHILD, date(1966, 7, 7)),
     "List 4, Child Unique ID (column A), row 3", "a date in place of a number of a child"),
    ("an error as id", put(4, 3, CHILD, NOT_AVAILABLE),
     "List 4, Child Unique ID (column A), row 3", AN_ERROR),
    ("no day", put(3, 5, REFERRED, None), "List 3, Date of referral (column F), row 5", "blank"),
    ("words for a day", put(3, 2, REFERRED, "last week"),
     "List 3, Date of referral (column F), row 2", NO_DAY),
    ("an impossible day", put(3, 3, REFERRED, "31/02/2023"),
     "List 3, Date of referral (column F), row 3", NO_DAY),
    ("a time for a day", put(3, 3, REFERRED, time(9, 30)),
     "List 3, Date of referral (column F), row 3", NO_DAY),
    ("a number that is no day", put(3, 3, REFERRED, 7),
     "List 3, Date of referral (column F), row 3", NO_DAY),
    ("yes for a day", put(3, 3, REFERRED, True),
     "List 3, Date of referral (column F), row 3", NO_DAY),
    ("an error for a day", put(3, 3, REFERRED, NOT_AVAILABLE),
     "List 3, Date of referral (column F), row 3", AN_ERROR),
    ("a later day", put(3, 3, REFERRED, date(2023, 4, 1)),
     "List 3, Date of referral (column F), row 3", LATER),
    ("an unread end", put(7, 4, "Child Protection Plan End Date", "ongoing"),
     "List 7, Child Protection Plan End Date (column M), row 4", NO_DAY),
    ("an error for an end", put(8, 4, "Date Ceased to be Looked After", NOT_AVAILABLE),
     "List 8, Date Ceased to be Looked After (column K), row 4", AN_ERROR),
    ("an end before the start", put(4, 3, AUTHORISED, date(2022, 11, 1)),
     "List 4, Continuous Assessment Date of Authorisation (column I), row 3",
     "a day before that of Continuous Assessment Start Date (column G)"),
    ("care ends before it starts", put(8, 2, "Date Started to be Looked After", "24 Oct 2022"),
     "List 8, Date Ceased to be Looked After (column K), row 2",
     "a day before that of Date Started to be Looked After (column G)"),
    ("a conference before the enquiry", put(5, 4, CONFERENCE, date(2023, 1, 8)),
     "List 5, Date of Initial Child Protection Conference (column I), row 4",
     f"a day before that of {STRATEGY} (column G)"),
    ("no status", put(6, 5, "Case Status", None), "List 6, Case Status (column L), row 5", "blank"),
    ("an unknown status", put(6, 5, "Case Status", "f) On hold"),
     "List 6, Case Status (column L), row 5", "a code that the list does not have"),
    ("a row twice", twice_with(1), "List 1, row 6", REPEATED),
    ("a referral twice on a day", twice_with(3, referral_source="g) Police"),
     "List 3, row 6", "a referral of the same child and day that stands in another row too"),
    ("an assessment twice", twice_with(4, allocated_team="South"), "List 4, row 6",
     "an assessment of the same child and first day that stands in another row too"),
    ("an enquiry twice", twice_with(5, allocated_team="South"), "List 5, row 6",
     "an enquiry of the same child and first day that stands in another row too"),
    ("a plan twice", twice_with(7, allocated_team="South"), "List 7, row 6",
     "a plan of the same child and first day that stands in another row too"),
    ("a care leaver twice", twice_with(9, la_in_touch="b) No"), "List 9, row 6",
     "a young person that stands in another row too"),
    ("headings again", headings_again, "List 3, Child Unique ID (column A), row 4",
     "the headings once more"),
]  # fmt: skip

WARNED: list[tuple[str, Damage, str, str]] = [
    ("a source in words", put(1, 4, "Contact Source", "a lady at the shop"),
     "List 1, Contact Source (column G), row 4", "a code that the list does not have"),
    ("NFA unclear", put(3, 4, NFA, "maybe"), "List 3, Referral NFA? (column H), row 4",
     "an entry that is neither yes nor no"),
    ("an error for NFA", put(3, 4, NFA, NOT_AVAILABLE), "List 3, Referral NFA? (column H), row 4",
     AN_ERROR),
    ("two digits of a year", put(3, 2, REFERRED, "3/10/22"),
     "List 3, Date of referral (column F), row 2", "a year of two digits"),
    ("an age of words", put(3, 3, AGE, "ten"), "List 3, Age of Child (Years) (column E), row 3",
     "an entry that is no age"),
    ("an age below -1", put(3, 3, AGE, -2), "List 3, Age of Child (Years) (column E), row 3",
     WRONG_AGE),
    ("an age above 25", put(9, 3, AGE, 26), "List 9, Age of Child (Years) (column E), row 3",
     WRONG_AGE),
    ("an age that does not fit", put(2, 3, AGE, 4), "List 2, Date of Birth (column D), row 3",
     NOT_TOGETHER),
    ("a birth long ago", put(1, 3, BORN, date(1990, 1, 1)),
     "List 1, Date of Birth (column D), row 3", "a date of birth that makes an age above 25"),
    ("a later birth", put(1, 3, BORN, date(2023, 4, 1)), "List 1, Date of Birth (column D), row 3",
     f"a date of birth after {AS_OF}, the extract's"),
    ("no birth day", put(1, 3, BORN, "in May"), "List 1, Date of Birth (column D), row 3", NO_DAY),
    ("care before birth", lambda lists: (lists[8].put(2, BORN, date(2021, 3, 1)),
                                         lists[8].put(2, AGE, 2)),
     "List 8, Date Started to be Looked After (column G), row 2",
     "a day before the child's date of birth"),
    ("a later end", put(8, 5, "Date Ceased to be Looked After", date(2023, 5, 1)),
     "List 8, Date Ceased to be Looked After (column K), row 5", LATER),
    ("a later review", put(8, 5, "Date of Latest Statutory Review", date(2023, 5, 1)),
     "List 8, Date of Latest Statutory Review (column I), row 5", LATER),
    ("a review before the plan", put(7, 5, "Date of latest review conference", date(2021, 1, 1)),
     "List 7, Date of latest review conference (column L), row 5", "a day before the start"),
    ("too many plans", put(7, 3, "Number of Previous Child Protection Plans", 40),
     "List 7, Number of Previous Child Protection Plans (column N), row 3",
     "a whole number below 0 or above 20"),
    ("half a placement", put(8, 3, "Number of Placements in the Last 12 months", 1.5),
     "List 8, Number of Placements in the Last 12 months (column J), row 3",
     "an entry that is no whole number"),
    ("closed without its day", put(6, 5, "Case Status", "e"),
     "List 6, Case Status (column L), row 5", "a closed case without its day"),
    ("open with a closure", put(6, 2, "Case Status", "d) Open assessment"),
     "List 6, Case Status (column L), row 2", "an open case with a day of closure"),
    ("two open cases", twice_with(6, cin_start_date=date(2021, 1, 1)), "List 6, rows 5 and 6",
     "a child with two cases open at once"),
    ("two open periods of care",
     twice_with(8, date_started_to_be_looked_after=date(2022, 1, 1)), "List 8, rows 5 and 6",
     "a child with two periods of care open at once"),
    ("two early help assessments of one day",
     twice_with(2, organisation_completing_assessment="Other"), "List 2, rows 5 and 6",
     "a child with two assessments of one day"),
    ("a needless conference held", put(5, 2, UNNEEDED, "Y"),
     f"List 5, {UNNEEDED} (column H), row 2", "yes, beside the day of a conference"),
    ("a plan without a conference", put(5, 5, FOLLOWED, "Yes"),
     f"List 5, {FOLLOWED} (column J), row 5", "yes, without the day of a conference"),
    ("activity unknown", put(9, 2, "Activity Status", "F9"),
     "List 9, Activity Status (column M), row 2", "a code that the list does not have"),
    ("touch unknown", put(9, 2, "LA in Touch", "sometimes"),
     "List 9, LA in Touch (column J), row 2", "a code that the list does not have"),
    ("before the six months", put(1, 3, "Date of Contact", date(2022, 9, 30)),
     "List 1, Date of Contact (column F), row 3", "a day before 2022-10-01"),
    ("closed before the six months", put(6, 2, "CIN Closure Date", date(2022, 9, 30)),
     "List 6, CIN Closure Date (column J), row 2", "a day before 2022-10-01"),
    ("nothing at the start", put(1, 2, "Date of Contact", date(2022, 12, 1)), "List 1",
     "no usable row in the first 31 days, 2022-10-01 to 2022-10-31"),
    ("nothing at the end", put(3, 5, REFERRED, date(2023, 2, 28)), "List 3",
     "no usable row in the last 31 days, 2023-03-01 to 2023-03-31"),
    ("no rows", emptied(4), "List 4",
     "headings without a row below them; taken as not supplied, not as none"),
    ("an empty sheet", blank_sheet, "List 4", "an empty sheet"),
    ("a list missing", lambda lists: lists.pop(2), "", "no sheet for list 2"),
    ("a source column missing", lambda lists: lists[1].drop("Contact Source"), "List 1, row 1",
     "a column is missing"),
    ("a heading of the council's own", lambda lists: lists[3].rename("Ethnicity", "Notes"),
     "List 3, row 1", "heading that the list does not have, in column C"),
    ("merged in a column not read", merge(3, "B3:B4"), "List 3, rows 3 and 4",
     "merged cells in columns that are not read"),
    ("noughts before a number", put(3, 2, CHILD, "0001002"), "",
     "numbers of children that differ in leading noughts alone"),
]  # fmt: skip

REFUSED: list[tuple[str, Damage, str, str]] = [
    ("month first", put(3, 3, REFERRED, "11/20/2022"), "List 3, Date of referral (column F), row 3",
     "days month first"),
    ("month first of two digits", put(3, 3, REFERRED, "11/20/22"),
     "List 3, Date of referral (column F), row 3", "days month first"),
    ("month first in births", put(3, 3, BORN, "05/20/2012"),
     "List 3, Date of Birth (column D), row 3", "days month first"),
    ("merged days", merge(3, "F3:F4"), "List 3, Date of referral (column F), rows 3 and 4", MERGED),
    ("merged ids", merge(3, "A3:A4"), "List 3, Child Unique ID (column A), rows 3 and 4", MERGED),
    ("an uncalculated day", put(3, 3, REFERRED, Formula("=TODAY()")),
     "List 3, Date of referral (column F), row 3", NO_VALUE),
    ("an uncalculated age", put(3, 3, AGE, Formula("=YEAR(D3)")),
     "List 3, Age of Child (Years) (column E), row 3", NO_VALUE),
    ("a needed column missing", lambda lists: lists[3].drop(REFERRED), "List 3, row 1",
     "a column is missing"),
    ("a needed column twice", lambda lists: lists[3].rename("Ethnicity", REFERRED),
     "List 3, row 1", "the heading 'Date of referral' in columns C and F"),
    ("no headings", no_headings, "List 3", "no row of headings"),
    ("a list twice", second_sheet, "List 3", "two sheets or more with this list, some hidden"),
    ("an id that Excel rounds", put(3, 3, CHILD, 1234567890123456789),
     "List 3, Child Unique ID (column A), row 3", "a number too long for Excel, which rounds it"),
    ("an id in short form", put(3, 3, CHILD, "1.23457E+11"),
     "List 3, Child Unique ID (column A), row 3", "a number too long for Excel, which rounds it"),
    ("the wrong day", all_later, "List 1, Date of Contact (column F), rows 2, 3, 4 and 5",
     f"more than a quarter of the rows are after {AS_OF}, the extract's day"),
    ("a stray cell far away", far_cell, "List 3", "a sheet that reaches to column WQJ, row 406"),
]  # fmt: skip


def cases(weight: str, table: list[tuple[str, Damage, str, str]]) -> list[Any]:
    return [pytest.param(weight, *each[1:], id=f"{weight}: {each[0]}") for each in table]


ALSO: dict[str, str] = {
    "List 3, Date of referral (column F), row 2": "first 31 days",
    "List 3, Date of referral (column F), row 5": "last 31 days",
    "List 1, Child Unique ID (column A), row 2": "first 31 days",
    "List 8, Date Ceased to be Looked After (column K), row 2": "a day before the start",
}
"""By place, words of the second notice: the row set aside was the only one of its month, or the
review lies before the later start too."""


@pytest.mark.parametrize(
    ("weight", "damage", "place", "found"),
    [*cases("exclude", EXCLUDED), *cases("warn", WARNED), *cases("refuse", REFUSED)],
)
def test_one_damage_is_told_where_it_is_and_nothing_else(
    tmp_path: Path, weight: str, damage: Damage, place: str, found: str
) -> None:
    lists = good_lists()
    damage(lists)
    expected = (weight, f"x.xlsx, {place}" if place else "x.xlsx", found)
    noticed = told_of_damaged(tmp_path, lists)
    assert expected in noticed
    second = ALSO.get(place, "nothing") if weight == "exclude" else "nothing"
    assert [each for each in noticed if each != expected and second not in each[2]] == []


def test_a_row_of_errors_is_set_aside_and_counted_not_dropped(tmp_path: Path) -> None:
    lists = good_lists()
    error_row(lists)
    extract = read(save(tmp_path / "x.xlsx", lists))
    assert extract.rows_read["referrals"] == 5
    assert extract.excluded("referrals") == 1
    assert len(extract.tables["referrals"]) == 4


def test_a_program_that_swaps_day_and_month_gives_itself_away(tmp_path: Path) -> None:
    """Read month first, 03/10 becomes a real date of March; 13/10 stays a text."""
    lists = good_lists()
    days = [(3, 10), (4, 11), (5, 12), (6, 1), (7, 2), (8, 3)]
    texts = ["13/10/2022", "20/11/2022", "27/03/2023"]
    base = lists[3].rows[0]
    lists[3].rows = [
        [1000 + at, *base[1:5], date(2022 if month > 6 else 2023, day, month), *base[6:]]
        for at, (day, month) in enumerate(days)
    ] + [[2000 + at, *base[1:5], text, *base[6:]] for at, text in enumerate(texts)]
    [(weight, place, found), *_] = [
        each for each in told(tmp_path, lists) if each[2].startswith("real dates")
    ]
    assert weight == "refuse"
    assert place.startswith("x.xlsx, List 3, Date of referral (column F), rows 2, 3,")
    assert "first twelve days" in found


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    lists = good_lists()
    lists[3].put(3, REFERRED, "11/20/2022")
    lists[4].drop(AUTHORISED)
    lists[8].merged.append("A3:A4")
    lists[9].put(2, CHILD, Formula("=A3"))
    wheres = {where for _, where, _ in told(tmp_path, lists)}
    assert {each.split(", ")[1] for each in wheres} == {"List 3", "List 4", "List 8", "List 9"}


def test_every_refusal_says_what_is_expected_and_how_to_mend_it(tmp_path: Path) -> None:
    for at, (_, damage, _, _) in enumerate(REFUSED):
        lists = {3: good_lists()[3], 1: good_lists()[1]}
        damage(lists)
        with pytest.raises(FaultsFound) as refused:
            read(save(tmp_path / f"{at}.xlsx", lists))
        assert all(each.allowed and each.mend for each in refused.value.faults)


def test_a_datetime_is_its_day(tmp_path: Path) -> None:
    lists = good_lists()
    lists[3].put(2, REFERRED, datetime(2022, 10, 3, 23, 59))
    assert read(save(tmp_path / "x.xlsx", lists)).tables["referrals"]["date"][0] == datetime(
        2022, 10, 3
    )
