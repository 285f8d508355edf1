"""Assessments on time, due, by how long they took, and open for too long."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_events import known, measured, read

# 45 working days after Monday 6 March 2023: Easter, 1 May and the coronation lie between.
MARCH_6_DUE = "2023-05-12"


@pytest.mark.parametrize(
    ("started", "signed", "in_time"),
    [
        ("2023-03-06", MARCH_6_DUE, "1 of 1"),
        ("2023-03-06", "2023-05-15", "0 of 1"),
        ("2023-03-06", "2023-05-13", "1 of 1"),  # a Saturday: no 46th working day has begun
        ("2023-03-06", "2023-03-06", "1 of 1"),
    ],
)
def test_the_45th_working_day_is_in_time(started: str, signed: str, in_time: str) -> None:
    """| started       | signed off       | working days | in time |
    | Mon 6 March   | Fri 12 May       | 45           | yes     |
    | Mon 6 March   | Mon 15 May       | 46           | no      |
    Without Good Friday, Easter Monday, 1 May and 8 May it would be 49 and 50.
    """
    what = known(assessments=f"| child | started | authorised |\n| kim | {started} | {signed} |")
    found = measured(what, "assessments_on_time", signed[:7], signed[:7]).whole
    assert read(found) == [in_time]


def test_open_assessments_are_not_among_those_completed_but_among_those_due() -> None:
    """| started | signed off | completed in May | due in May (12 May)     |
    | 6 March | 12 May     | in time          | in time                 |
    | 6 March | 26 May     | late             | late                    |
    | 6 March |            |                  | late, as it is open     |
    | 6 March | 20 March   | (March)          | in time, counted in May |
    | 24 March| 31 May     | 43 days: in time | (due in June)           |
    """
    what = known(
        assessments="""
            | child | started    | authorised |
            | a     | 2023-03-06 | 2023-05-12 |
            | b     | 2023-03-06 | 2023-05-26 |
            | c     | 2023-03-06 | -          |
            | d     | 2023-03-06 | 2023-03-20 |
            | e     | 2023-03-24 | 2023-05-31 |
        """
    )
    completed = measured(what, "assessments_on_time", "2023-03", "2023-05").whole
    assert read(completed) == ["1 of 1", "0 of 0", "2 of 3"]
    due = measured(what, "assessments_due_on_time", "2023-05", "2023-06").whole
    assert read(due) == ["2 of 4", "1 of 1"]


def test_clearing_a_backlog_lowers_what_is_completed_and_not_what_is_due() -> None:
    """Three that fell due in May are signed off in July; two of July are on time."""
    rows = ["| a | 2023-03-06 | 2023-07-03 |"] * 3 + ["| b | 2023-05-08 | 2023-07-03 |"] * 2
    what = known(assessments="\n".join(["| child | started | authorised |", *rows]))
    assert read(measured(what, "assessments_on_time", "2023-07", "2023-07").whole) == ["2 of 5"]
    assert read(measured(what, "assessments_due_on_time", "2023-07", "2023-07").whole) == ["2 of 2"]


def test_what_is_due_needs_all_that_was_signed_off_since_it_could_have_begun() -> None:
    """What is due in May began on 23 February (due 2 May) or later; 1 May is a bank holiday.

    | covered from | May           |
    | 24 February  | not available |
    | 23 February  | known         |
    """
    for first, said in ((date(2023, 2, 24), "not available"), (date(2023, 2, 23), "0 of 0")):
        what = known(covers_from=first, assessments="")
        assert read(measured(what, "assessments_due_on_time", "2023-05", "2023-05").whole) == [said]


def test_bands_are_those_of_the_department() -> None:
    """Started on Monday 9 January 2023, a run of weeks without a bank holiday until 7 April.

    | signed off    | working days | band         |
    | 9 January     | 0            | same day     |
    | 10 January    | 1            | 1 to 10      |
    | 23 January    | 10           | 1 to 10      |
    | 24 January    | 11           | 11 to 20     |
    | 13 March      | 45           | 41 to 45     |
    | 14 March      | 46           | 46 to 50     |
    | 3 April       | 60           | 51 to 60     |
    | 4 April       | 61           | 61 and more  |
    |               | open         | none         |
    """
    signed = ["2023-01-09", "2023-01-10", "2023-01-23", "2023-01-24", "2023-03-13", "2023-03-14",
              "2023-04-03", "2023-04-04", "-"]  # fmt: skip
    rows = [f"| kim | 2023-01-09 | {day} |" for day in signed]
    what = known(assessments="\n".join(["| child | started | authorised |", *rows]))
    found = measured(what, "assessment_durations", "2023-01", "2023-04")
    assert read(found.whole) == ["4", "0", "2", "2"]
    assert {name: read(each) for name, each in found.parts.items()} == {
        "same day": ["1", "0", "0", "0"],
        "1 to 10": ["2", "0", "0", "0"],
        "11 to 20": ["1", "0", "0", "0"],
        "21 to 30": ["0", "0", "0", "0"],
        "31 to 40": ["0", "0", "0", "0"],
        "41 to 45": ["0", "0", "1", "0"],
        "46 to 50": ["0", "0", "1", "0"],
        "51 to 60": ["0", "0", "0", "1"],
        "61 and more": ["0", "0", "0", "1"],
    }


def test_open_for_more_than_45_working_days_at_the_end_of_the_month() -> None:
    """| started | signed off | 31 March | 30 April | 31 May                   |
    | 6 March |            | no       | no       | yes: the 45th was 12 May |
    | 6 March | 31 May     | no       | no       | no: signed off that day  |
    | 27 March|            | no       | no       | no: 42 working days      |
    """
    what = known(
        assessments="""
            | child | started    | authorised |
            | a     | 2023-03-06 | -          |
            | b     | 2023-03-06 | 2023-05-31 |
            | c     | 2023-03-27 | -          |
        """
    )
    found = measured(what, "assessments_open_past_45", "2023-03", "2023-05").whole
    assert read(found) == ["0", "0", "1"]


def test_the_same_date_last_year_stands_beside_a_stock() -> None:
    from scrutinybook.measures.events.asked import year_before_latest

    what = known(assessments="| child | started |\n| a | 2022-09-01 |")
    found = measured(what, "assessments_open_past_45", "2023-02", "2024-02").whole.series
    before = year_before_latest(found)
    assert before is not None
    assert (str(found.latest.period), str(before.period)) == ("2024-02-29", "2023-02-28")
    assert year_before_latest(measured(what, "assessments_open_past_45", "2023-05", "2024-02")
                              .whole.series) is None  # fmt: skip
