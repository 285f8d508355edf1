"""Contacts, referrals, no further action and re-referrals, on tables small enough for a pencil."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_events import drawn, known, measured, read


def test_a_month_without_events_is_zero_and_one_not_covered_is_not_available() -> None:
    """The extract covers 1 May to 31 July.

    | contact    |      April       | May | June | July |
    | 3, 20 May  |                  |  2  |      |      |
    | 1 July     |                  |     |      |  1   |
    | in all     |  not available   |  2  |  0   |  1   |
    | since April| not available in all four months     |
    """
    what = known(
        as_of="2023-07-31",
        covers_from=date(2023, 5, 1),
        contacts="""
            | child | date       | source |
            | kim   | 2023-05-03 | police |
            | kim   | 2023-05-20 | -      |
            | lee   | 2023-07-01 | police |
        """,
    )
    found = measured(what, "contacts", "2023-04", "2023-07")
    assert read(found.whole) == ["not available", "2", "0", "1"]
    assert read(found.whole, to_date=True) == ["not available"] * 4
    assert {name: read(each) for name, each in found.parts.items()} == {
        "police": ["not available", "1", "0", "1"],
        "unknown": ["not available", "1", "0", "0"],
    }


def test_a_month_that_ends_after_the_extract_is_not_available() -> None:
    """The extract was taken on 30 June: June is known in whole, July is not."""
    what = known(as_of="2023-06-30", contacts="| child | date |\n| kim | 2023-06-30 |")
    assert read(measured(what, "contacts", "2023-06", "2023-07").whole) == ["1", "not available"]
    day_before = known(as_of="2023-06-29", contacts="| child | date |\n| kim | 2023-06-29 |")
    assert read(measured(day_before, "contacts", "2023-06", "2023-06").whole) == ["not available"]


def test_a_table_that_ends_before_the_newest_extract() -> None:
    """A return of March stands beside an extract of May: its table says nothing of April."""
    what = known(
        as_of="2023-05-31",
        covers_to={"referrals": date(2023, 3, 31)},
        referrals="| child | date |\n| kim | 2023-03-31 |",
    )
    found = measured(what, "referrals_received", "2023-03", "2023-05")
    assert read(found.whole) == ["1", "not available", "not available"]


def test_a_table_that_no_extract_held_gives_no_zero() -> None:
    for measure in ("contacts", "referrals_received", "children_in_care", "workers_who_left"):
        found = measured(known(early_help=""), measure, "2022-04", "2023-03")
        assert set(read(found.whole)) == {"not available"}, measure
        assert found.parts == {}


def test_the_year_to_date_is_pooled_and_not_a_mean_of_months() -> None:
    """| month | referrals | no further action | in month | since April          |
    | March |     1     |         1         | 1 of 1   | a year of its own    |
    | April |     1     |         1         | 1 of 1   | 1 of 1               |
    | May   |     4     |         0         | 0 of 4   | 1 of 5, and not half |
    """
    what = known(
        referrals="""
            | child | date       | no_further_action |
            | a     | 2023-03-31 | yes               |
            | b     | 2023-04-01 | yes               |
            | c     | 2023-05-01 | no                |
            | d     | 2023-05-02 | no                |
            | e     | 2023-05-31 | no                |
            | f     | 2023-05-31 | -                 |
        """
    )
    found = measured(what, "referrals_no_further_action", "2023-03", "2023-05").whole
    assert read(found) == ["1 of 1", "1 of 1", "0 of 4"]
    assert read(found, to_date=True) == ["1 of 1", "1 of 1", "1 of 5"]


def test_the_year_to_date_counts_months_before_the_first_that_is_shown() -> None:
    what = known(contacts="| child | date |\n| kim | 2023-04-03 |\n| kim | 2023-06-03 |")
    found = measured(what, "contacts", "2023-06", "2023-06").whole
    assert (read(found), read(found, to_date=True)) == (["1"], ["2"])


def test_a_year_is_known_where_each_of_its_months_is() -> None:
    """Covered from 1 May 2022: 2022/23 lacks April, 2023/24 is whole."""
    what = known(
        covers_from=date(2022, 5, 1),
        contacts="""
            | child | date       |
            | kim   | 2022-06-03 |
            | kim   | 2023-06-03 |
            | kim   | 2024-03-31 |
        """,
    )
    found = measured(what, "contacts", "2022-04", "2024-03", changed={"frequency": "year"}).whole
    assert read(found) == ["not available", "2"]
    assert [str(o.period) for o in found.series] == ["2022/23", "2023/24"]
    assert found.to_date is None


@pytest.mark.parametrize(
    ("before", "after", "again"),
    [
        ("2022-03-10", "2023-03-10", True),  # the same date a year later
        ("2022-03-10", "2023-03-11", False),
        ("2022-03-10", "2022-03-11", True),
        ("2023-02-28", "2024-02-28", True),
        ("2023-02-28", "2024-02-29", False),  # a leap day comes a day after
        ("2024-02-29", "2025-02-28", True),  # and has its year on 28 February
        ("2024-02-29", "2025-03-01", False),
    ],
)
def test_a_referral_within_twelve_months_of_the_one_before(
    before: str, after: str, again: bool
) -> None:
    """| first      | second     | re-referral |
    | 2022-03-10 | 2023-03-10 | yes         |
    | 2022-03-10 | 2023-03-11 | no          |
    | 2024-02-29 | 2025-02-28 | yes         |
    | 2024-02-29 | 2025-03-01 | no          |
    """
    what = known(
        as_of="2025-03-31", referrals=f"| child | date |\n| kim | {after} |\n| kim | {before} |"
    )
    month = after[:7]
    found = measured(what, "re_referrals_12_months", month, month).whole
    total = 2 if before[:7] == month else 1
    assert read(found) == [f"{int(again)} of {total}"]


def test_a_re_referral_is_judged_by_that_childs_previous_referral() -> None:
    """| child | date        | previous    | re-referral               |
    | kim   | 1 Mar 2021  |             | no                        |
    | kim   | 1 Jun 2022  | 1 Mar 2021  | no: 15 months             |
    | kim   | 1 Mar 2023  | 1 Jun 2022  | yes                       |
    | lee   | 2 Mar 2023  |             | no: another child         |
    | unborn| 3 Mar 2023  |             | no, and counted           |
    | lee   | 20 Mar 2023 | 2 Mar 2023  | yes                       |
    | lee   | 20 Mar 2023 | 2 Mar 2023  | yes: a day is one occasion|
    """
    what = known(
        referrals="""
            | child  | date       |
            | lee    | 2023-03-20 |
            | kim    | 2022-06-01 |
            | kim    | 2021-03-01 |
            | lee    | 2023-03-02 |
            | unborn | 2023-03-03 |
            | lee    | 2023-03-20 |
            | kim    | 2023-03-01 |
        """
    )
    found = measured(what, "re_referrals_12_months", "2022-06", "2023-03").whole
    assert read(found)[0] == "0 of 1"
    assert read(found)[-1] == "3 of 5"
    assert read(found, to_date=True)[-1] == "3 of 6"


def test_two_rows_of_one_day_are_not_re_referrals_of_one_another() -> None:
    what = known(referrals="| child | date |\n| kim | 2023-03-01 |\n| kim | 2023-03-01 |")
    assert read(measured(what, "re_referrals_12_months", "2023-03", "2023-03").whole) == ["0 of 2"]


def test_re_referrals_need_twelve_months_before_the_month() -> None:
    """Covered from 1 March 2022.

    | February 2023 | looks back to 1 February 2022 | not available |
    | March 2023    | looks back to 1 March 2022    | known         |
    """
    what = known(
        covers_from=date(2022, 3, 1),
        referrals="| child | date |\n| kim | 2022-03-01 |\n| kim | 2023-03-01 |",
    )
    found = measured(what, "re_referrals_12_months", "2023-02", "2023-03").whole
    assert read(found) == ["not available", "1 of 1"]
    assert read(found, to_date=True) == ["not available", "not available"]
    # The count of referrals itself needs no months before.
    counted = measured(what, "referrals_received", "2023-02", "2023-03").whole
    assert read(counted) == ["0", "1"]


def test_a_share_of_nobody_is_zero_of_zero_and_has_no_value() -> None:
    what = known(referrals="")
    (only,) = measured(what, "referrals_no_further_action", "2023-03", "2023-03").whole.series
    assert (only.numerator, only.denominator, only.value, only.symbol) == (0.0, 0.0, None, None)


def test_a_run_of_months_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="2023-02 comes before 2023-03"):
        measured(known(contacts=""), "contacts", "2023-03", "2023-02")


def test_early_help_started_and_under_way() -> None:
    """| child | started     | completed   | 31 March | 30 April |
    | kim   | 1 March     | 31 March    | no: over |          |
    | kim   | 20 March    |             | yes      | yes      |
    | kim   | 25 March    |             | the same child once |
    | lee   | 30 April    |             |          | yes      |
    """
    what = known(
        early_help="""
            | child | started    | completed  |
            | kim   | 2023-03-01 | 2023-03-31 |
            | kim   | 2023-03-20 | -          |
            | kim   | 2023-03-25 | -          |
            | lee   | 2023-04-30 | -          |
        """
    )
    assert read(measured(what, "early_help_started", "2023-03", "2023-05").whole) == ["3", "1", "0"]
    found = measured(what, "early_help_open", "2023-03", "2023-05").whole
    assert read(found) == ["1", "2", "2"]
    assert [str(o.period) for o in found.series] == ["2023-03-31", "2023-04-30", "2023-05-31"]
    assert found.to_date is None


def test_an_empty_entry_for_a_child_is_refused() -> None:
    rows = drawn("referrals", "| child | date |\n| kim | 2023-03-01 |")
    rows.loc[0, "child"] = None
    with pytest.raises(ValueError, match="has an empty entry"):
        measured(known(referrals=rows), "re_referrals_12_months", "2023-03", "2023-03")
