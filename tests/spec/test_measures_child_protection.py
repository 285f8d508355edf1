"""Enquiries, initial conferences, repeat plans and reviews of plans."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_events import known, measured, read

from scrutinybook.measures.events.columns import add_months, months_before

YEARLY_AS_MONTHLY = {"frequency": "month"}


def test_enquiries_are_counted_by_the_strategy_discussion() -> None:
    what = known(
        section_47="""
            | child | started    | conference |
            | kim   | 2023-02-28 | 2023-03-20 |
            | lee   | 2023-03-01 | -          |
        """
    )
    assert read(measured(what, "section_47_enquiries", "2023-02", "2023-04").whole) == [
        "1",
        "1",
        "0",
    ]


@pytest.mark.parametrize(
    ("discussion", "conference", "said"),
    [
        ("2023-03-20", "2023-04-14", "0 of 1"),  # 17 working days: Easter in between
        ("2023-03-20", "2023-04-12", "1 of 1"),  # 15: Good Friday and Easter Monday left out
        ("2023-03-20", "2023-04-13", "0 of 1"),  # 16
        ("2023-03-20", "2023-03-20", "1 of 1"),  # the same day
    ],
)
def test_a_conference_within_15_working_days(discussion: str, conference: str, said: str) -> None:
    """| strategy discussion | conference  | working days | in time |
    | Mon 20 March        | Wed 12 April| 15           | yes     |
    | Mon 20 March        | Thu 13 April| 16           | no      |
    Without Good Friday and Easter Monday, 12 April would be the 17th.
    """
    what = known(
        section_47=f"| child | started | conference |\n| kim | {discussion} | {conference} |"
    )
    month = conference[:7]
    assert read(measured(what, "conferences_on_time", month, month).whole) == [said]


def test_conferences_are_counted_in_the_month_of_the_conference() -> None:
    """An enquiry without a conference is in no month's denominator.

    | discussion | conference | March  | April  |
    | 20 March   | 12 April   |        | 1 of 1 |
    | 20 March   |            |        |        |
    """
    what = known(
        section_47="""
            | child | started    | conference |
            | kim   | 2023-03-20 | 2023-04-12 |
            | lee   | 2023-03-20 | -          |
        """
    )
    found = measured(what, "conferences_on_time", "2023-03", "2023-04").whole
    assert read(found) == ["0 of 0", "1 of 1"]


def test_a_plan_with_any_earlier_plan_is_a_repeat() -> None:
    """| child | plan started | record counts | earlier plan held | repeat                 |
    | kim   | 2 March 2015 | 0             | no                | (2015)                 |
    | kim   | 1 March      | 0             | 2015              | yes, however long ago  |
    | lee   | 1 March      | 2             | no                | yes                    |
    | max   | 1 March      | -             | no                | not known to be        |
    """
    what = known(
        protection_plans="""
            | child | started    | ended      | previous_plans |
            | kim   | 2015-03-02 | 2015-09-01 | 0              |
            | kim   | 2023-03-01 | -          | 0              |
            | lee   | 2023-03-01 | -          | 2              |
            | max   | 2023-03-01 | -          | -              |
        """
    )
    assert read(measured(what, "plans_repeat", "2023-03", "2023-03").whole) == ["2 of 3"]


def plans_reviewed(plans: str, reviews: str, last: str, *, covers_from: date = date(2000, 1, 1),
                   first: str | None = None) -> list[str]:  # fmt: skip
    what = known(
        as_of="2024-12-31", covers_from=covers_from, protection_plans=plans, plan_reviews=reviews
    )
    found = measured(
        what, "plan_reviews_on_time", first or last, last, changed=YEARLY_AS_MONTHLY
    ).whole
    return read(found)


PLAN = "| child | started | ended |\n| kim | 2023-01-31 | - |"


def test_a_plan_is_judged_once_it_is_three_months_old() -> None:
    """Started on 31 January: three months later is 30 April, on which the first review is due.

    | held           | 31 March          | 30 April       | 31 May    |
    | 28 April       | not yet 3 months  | on time        | on time   |
    | 2 May          | not yet 3 months  | overdue        | late      |
    | never          | not yet 3 months  | overdue        | late      |
    """
    heading = "| child | plan_started | date |\n"
    for held, said in (
        ("| kim | 2023-01-31 | 2023-04-28 |", ["0 of 0", "1 of 1", "1 of 1"]),
        ("| kim | 2023-01-31 | 2023-04-30 |", ["0 of 0", "1 of 1", "1 of 1"]),
        ("| kim | 2023-01-31 | 2023-05-02 |", ["0 of 0", "0 of 1", "0 of 1"]),
        ("", ["0 of 0", "0 of 1", "0 of 1"]),
    ):
        assert plans_reviewed(PLAN, heading + held, "2023-05", first="2023-03") == said


def test_later_reviews_are_due_six_months_after_the_one_before() -> None:
    """| review      | due            | until then      |
    | 28 April    | 30 April       |                 |
    | 28 October  | 28 October     | on time         |
    | 30 April 24 | 28 April 2024  | late from April |
    """
    reviews = """
        | child | plan_started | date       |
        | kim   | 2023-01-31   | 2023-04-28 |
        | kim   | 2023-01-31   | 2023-10-28 |
        | kim   | 2023-01-31   | 2024-04-30 |
    """
    found = plans_reviewed(PLAN, reviews, "2024-05", first="2024-03")
    assert found == ["1 of 1", "0 of 1", "0 of 1"]


def test_only_children_on_a_plan_on_the_day_are_counted() -> None:
    """| plan            | reviews   | 30 June                  |
    | kim, 2 Jan      | 1 April   | on time                  |
    | lee, to 30 June | none      | over on that day         |
    | max, 2 Jan      | none      | late                     |
    """
    found = plans_reviewed(
        """
        | child | started    | ended      |
        | kim   | 2023-01-02 | -          |
        | lee   | 2023-01-02 | 2023-06-30 |
        | max   | 2023-01-02 | 2023-07-01 |
        """,
        "| child | plan_started | date |\n| kim | 2023-01-02 | 2023-04-01 |",
        "2023-06",
    )
    assert found == ["1 of 2"]


def test_a_plan_older_than_the_census_is_judged_by_the_reviews_that_are_held() -> None:
    """The census holds reviews from 1 April 2023. All three plans began in 2021.

    | child | reviews held           | 31 March 2024                                  |
    | kim   | 20 September, 20 March | on time: at most six months apart              |
    | lee   | 20 September           | late: due 20 March                             |
    | max   | none                   | late: one was due by 1 October at the latest   |
    """
    plans = "| child | started |\n| kim | 2021-06-01 |\n| lee | 2021-06-01 |\n| max | 2021-06-01 |"
    reviews = """
        | child | plan_started | date       |
        | kim   | 2021-06-01   | 2023-09-20 |
        | kim   | 2021-06-01   | 2024-03-20 |
        | lee   | 2021-06-01   | 2023-09-20 |
    """
    first = date(2023, 4, 1)
    assert plans_reviewed(plans, reviews, "2024-03", covers_from=first) == ["1 of 3"]
    # With less than a year held, nothing is said.
    assert plans_reviewed(plans, reviews, "2024-02", covers_from=first) == ["not available"]


def test_the_monthly_list_alone_says_nothing_of_all_reviews() -> None:
    """List 7 holds the date of the latest review only."""
    what = known(
        protection_plans="""
            | child | started    | latest_review |
            | kim   | 2023-01-02 | 2023-04-01    |
        """
    )
    assert read(measured(what, "plan_reviews_on_time", "2023-04", "2024-03").whole) == [
        "not available"
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2023-11-30", 3, "2024-02-29"),
        ("2022-11-30", 3, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-01-15", 6, "2023-07-15"),
        ("1969-12-31", 2, "1970-02-28"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    import numpy as np

    assert add_months(np.array([day], "M8[D]"), months).tolist() == [date.fromisoformat(later)]
    assert months_before(date.fromisoformat(day), -months) == date.fromisoformat(later)
