"""Children in care: how many, who comes in, reviews due and held, placements."""

from __future__ import annotations

from datetime import date

import pytest
from drawn_events import drawn, known, measured, read

from scrutinybook.sources.extracts.extract import Format

MONTHLY = {"frequency": "month"}


def test_children_in_care_at_the_end_of_a_month() -> None:
    """| child | in care               | 31 March       | 30 April      |
    | kim   | 1 Feb to 31 March     | left that day  |               |
    | lee   | 31 March on           | yes            | yes           |
    | max   | 1 Feb to 30 March     |                |               |
    | max   | 2 April on            |                | yes           |
    """
    what = known(
        care_periods="""
            | child | started    | ended      |
            | kim   | 2023-02-01 | 2023-03-31 |
            | lee   | 2023-03-31 | -          |
            | max   | 2023-02-01 | 2023-03-30 |
            | max   | 2023-04-02 | -          |
        """
    )
    assert read(measured(what, "children_in_care", "2023-02", "2023-04").whole) == ["2", "1", "2"]
    assert read(measured(what, "came_into_care", "2023-02", "2023-04").whole) == ["2", "1", "1"]


def test_the_rate_is_of_the_latest_estimate_that_there_was() -> None:
    """| day           | estimate for the middle of | children | in care |
    | 31 May 2022   | 2021                       | 50,000   | 1       |
    | 30 June 2022  | 2022                       | 40,000   | 1       |
    """
    what = known(care_periods="| child | started |\n| kim | 2020-02-01 |")
    estimates = {2021: 50_000.0, 2022: 40_000.0}
    found = measured(what, "children_in_care_rate", "2022-05", "2022-06", children=estimates)
    assert read(found.whole) == ["1 of 50000", "1 of 40000"]
    without = measured(what, "children_in_care_rate", "2022-05", "2022-06")
    assert read(without.whole) == ["not available", "not available"]


def test_who_comes_into_care_at_16_or_17() -> None:
    what = known(
        care_periods="""
            | child  | started    | age_at_start |
            | kim    | 2023-03-01 | 15           |
            | lee    | 2023-03-01 | 16           |
            | max    | 2023-03-01 | 17           |
            | ned    | 2023-03-01 | -            |
            | unborn | 2023-03-01 | -1           |
        """
    )
    found = measured(what, "came_into_care_aged_16_to_17", "2023-03", "2023-04").whole
    assert read(found) == ["2"]
    assert read(measured(what, "came_into_care", "2023-03", "2023-03").whole) == ["5"]


# Kim came into care on Monday 9 January 2023: the 20th working day is Monday 6 February.
KIM = "| child | started | ended |\n| kim | 2023-01-09 | - |"
HELD = "| child | date |\n"


def reviews(periods: str, held: str, first: str, last: str, **more: date) -> list[str]:
    what = known(
        as_of="2024-12-31", care_periods=periods, care_reviews=drawn("care_reviews", held), **more
    )
    return read(measured(what, "care_reviews_on_time", first, last).whole)


def test_the_first_review_is_due_within_20_working_days() -> None:
    """| held        | February 2023 |
    | 6 February  | 1 of 1        |
    | 7 February  | 0 of 1        |
    | 20 January  | 1 of 1        |
    | never       | 0 of 1        |
    """
    for day, said in (("2023-02-06", "1 of 1"), ("2023-02-07", "0 of 1"), ("2023-01-20", "1 of 1")):
        assert reviews(KIM, f"{HELD}| kim | {day} |", "2023-02", "2023-02") == [said]
    assert reviews(KIM, HELD, "2023-02", "2023-02") == ["0 of 1"]


def test_due_days_follow_from_the_reviews_that_were_held() -> None:
    """| review   | was due                           | in time |
    | 3 Feb    | 6 Feb, the 20th working day       | yes     |
    | 10 May   | 3 May, three months after         | no      |
    | 10 Nov   | 10 Nov, six months after the last | yes     |
    |          | 10 May 2024                       | no      |
    No other day is due: one late review does not make a second one late.
    """
    held = HELD + "| kim | 2023-02-03 |\n| kim | 2023-05-10 |\n| kim | 2023-11-10 |"
    found = reviews(KIM, held, "2023-01", "2024-08")
    months = [f"2023-{m:02d}" for m in range(1, 13)] + [f"2024-{m:02d}" for m in range(1, 9)]
    said = {month: each for month, each in zip(months, found, strict=True) if each != "0 of 0"}
    assert said == {
        "2023-02": "1 of 1",
        "2023-05": "0 of 1",
        "2023-11": "1 of 1",
        "2024-05": "0 of 1",
    }


def test_a_review_counts_for_one_due_day() -> None:
    """Two rows of one day are one review; the early second one moves what is due after it.

    | review | was due | the next is due       |
    | 16 Jan | 6 Feb   | 16 April              |
    | 1 Feb  | 16 April| 1 August, six months  |
    """
    held = HELD + "| kim | 2023-01-16 |\n| kim | 2023-02-01 |\n| kim | 2023-02-01 |"
    found = reviews(KIM, held, "2023-02", "2023-08")
    assert found == ["1 of 1", "0 of 0", "1 of 1", "0 of 0", "0 of 0", "0 of 0", "0 of 1"]


@pytest.mark.parametrize(
    ("ended", "said"),
    [("2023-02-05", "0 of 0"), ("2023-02-06", "0 of 1"), ("2023-02-07", "0 of 1")],
)
def test_a_due_day_after_care_ended_is_not_due(ended: str, said: str) -> None:
    """| care ended | due on 6 February            |
    | 5 February | no                           |
    | 6 February | yes: it ended on the due day |
    """
    periods = f"| child | started | ended |\n| kim | 2023-01-09 | {ended} |"
    assert reviews(periods, HELD, "2023-02", "2023-02") == [said]


def test_a_second_period_of_care_begins_anew() -> None:
    """Reviews of the first period count for it alone.

    | period              | review | due                 |
    | 9 Jan to 1 March    | 3 Feb  | 6 Feb, 3 May: over  |
    | 20 March on         |        | 19 April            |
    """
    periods = """
        | child | started    | ended      |
        | kim   | 2023-01-09 | 2023-03-01 |
        | kim   | 2023-03-20 | -          |
    """
    found = reviews(periods, HELD + "| kim | 2023-02-03 |", "2023-02", "2023-05")
    assert found == ["1 of 1", "0 of 0", "0 of 1", "0 of 0"]


def test_reviews_before_the_return_are_not_held_and_nothing_is_made_of_them() -> None:
    """The return covers from 1 April 2023; Kim came into care in 2021.

    | month                        | what is known                                |
    | April to September 2023      | the review before is not held: not available |
    | October: review of 5 October | its due day is not known: nobody is due      |
    | April 2024: due 5 April      | held on 2 April                              |
    """
    periods = "| child | started |\n| kim | 2021-01-09 |"
    held = HELD + "| kim | 2023-10-05 |\n| kim | 2024-04-02 |"
    found = reviews(periods, held, "2023-09", "2024-04", covers_from=date(2023, 4, 1))
    assert found == ["not available", *["0 of 0"] * 6, "1 of 1"]


def test_the_monthly_list_alone_says_nothing_of_reviews_on_time() -> None:
    """List 8 holds the date of the latest review only."""
    what = known(
        care_periods="| child | started | latest_review |\n| kim | 2023-01-09 | 2023-02-06 |"
    )
    found = measured(what, "care_reviews_on_time", "2023-02", "2023-02").whole
    assert read(found) == ["not available"]


def test_children_with_every_review_on_time() -> None:
    """At 31 December 2023, all in care since 9 January 2023.

    | child | reviews               | all on time                                 |
    | kim   | 3 Feb, 3 May, 3 Nov   | yes                                         |
    | lee   | 3 Feb, 4 May, 3 Nov   | no: one of three a day late                 |
    | max   | none                  | no: one was due on 6 February               |
    | ned   | left on 1 December    | not in care                                 |
    | owen  | came on 20 December   | nothing was due yet                         |
    """
    what = known(
        as_of="2024-12-31",
        care_periods="""
            | child | started    | ended      |
            | kim   | 2023-01-09 | -          |
            | lee   | 2023-01-09 | -          |
            | max   | 2023-01-09 | -          |
            | ned   | 2023-01-09 | 2023-12-01 |
            | owen  | 2023-12-20 | -          |
        """,
        care_reviews="""
            | child | date       |
            | kim   | 2023-02-03 |
            | kim   | 2023-05-03 |
            | kim   | 2023-11-03 |
            | lee   | 2023-02-03 |
            | lee   | 2023-05-04 |
            | lee   | 2023-11-03 |
            | ned   | 2023-02-03 |
        """,
    )
    found = measured(what, "children_all_reviews_on_time", "2023-12", "2024-12").whole
    assert read(found)[0] == "1 of 3"
    # A year later Max has still had none: a review that is overdue is due in every year. Kim's and
    # Lee's were due in May and never held; Owen's in January.
    assert read(found)[-1] == "0 of 4"


EPISODES = (
    "| child | started | ended | reason_started | reason_ended | placement | age_at_start |\n"
)


def stability(rows: str, measure: str, first: str = "2024-03", **more: date) -> list[str]:
    what = known(care_episodes=EPISODES + rows, **more)
    return read(measured(what, measure, first, "2024-03").whole)


def test_three_placements_in_the_year() -> None:
    """In the 12 months to 31 March 2024:

    | child | episodes                                             | placements |
    | kim   | open on 1 April, moved in June, moved in September   | 3: many    |
    | lee   | the same, but in September with the same carer (T)   | 2          |
    | max   | as Lee, then hospital (T2) and back                  | 2          |
    | ned   | legal status changes (L) in June and September       | 1          |
    | owen  | moved 30 March 2023, June and September: left by then| 3: many    |
    | pat   | as Kim, in care no more                              | not in care|
    """
    found = stability(
        """
        | kim | 2022-01-01 | 2023-06-01 | S | X1 | U6 | 5 |
        | kim | 2023-06-01 | 2023-09-01 | P | X1 | U6 | 6 |
        | kim | 2023-09-01 | -          | B | -  | K2 | 6 |
        | lee | 2022-01-01 | 2023-06-01 | S | X1 | U6 | 5 |
        | lee | 2023-06-01 | 2023-09-01 | P | X1 | U6 | 6 |
        | lee | 2023-09-01 | -          | T | -  | U4 | 6 |
        | max | 2022-01-01 | 2023-06-01 | S | X1 | U6 | 5 |
        | max | 2023-06-01 | 2023-09-01 | P | X1 | U4 | 6 |
        | max | 2023-09-01 | 2023-09-09 | P | X1 | T2 | 6 |
        | max | 2023-09-09 | -          | P | -  | U4 | 6 |
        | ned | 2022-01-01 | 2023-06-01 | S | X1 | U6 | 5 |
        | ned | 2023-06-01 | 2023-09-01 | L | X1 | U6 | 6 |
        | ned | 2023-09-01 | -          | L | -  | U6 | 6 |
        | owen | 2022-01-01 | 2023-03-30 | S | X1 | U6 | 5 |
        | owen | 2023-03-30 | 2023-06-01 | P | X1 | U6 | 5 |
        | owen | 2023-06-01 | 2023-09-01 | P | X1 | U6 | 5 |
        | owen | 2023-09-01 | -          | P | -  | U6 | 5 |
        | pat | 2022-01-01 | 2023-06-01 | S | X1 | U6 | 5 |
        | pat | 2023-06-01 | 2023-09-01 | P | X1 | U6 | 6 |
        | pat | 2023-09-01 | 2024-03-31 | B | E3 | K2 | 6 |
        """,
        "placements_three_or_more",
    )
    assert found == ["2 of 5"]


def test_short_breaks_are_no_care() -> None:
    what = known(
        care_episodes="""
            | child | started    | reason_started | legal_status | placement |
            | kim   | 2023-06-01 | S              | V4           | U6        |
            | lee   | 2023-06-01 | S              | V2           | U6        |
        """
    )
    found = measured(what, "placements_three_or_more", "2024-03", "2024-03").whole
    assert read(found) == ["0 of 1"]


def test_placements_need_a_year_and_long_ones_two_and_a_half() -> None:
    """| held from      | three placements | same placement |
    | 1 April 2023   | not available    | not available  |
    | 31 March 2023  | known            | not available  |
    | 30 Sept 2021   | known            | known          |
    """
    for first, three, same in (
        (date(2023, 4, 1), "not available", "not available"),
        (date(2023, 3, 31), "0 of 0", "not available"),
        (date(2021, 9, 30), "0 of 0", "0 of 0"),
    ):
        assert stability("", "placements_three_or_more", covers_from=first) == [three]
        assert stability("", "placements_lasting", covers_from=first) == [same]


def test_the_same_placement_for_two_years() -> None:
    """On 31 March 2024; in care for two and a half years means since 30 September 2021.

    | child | in care since | in placement since        | counted                      |
    | kim   | 1 Jan 2020    | 31 March 2022             | two years: yes               |
    | lee   | 1 Jan 2020    | 1 April 2022              | a day short: no              |
    | max   | 1 Oct 2021    | 1 Oct 2021                | not in care for long enough  |
    | ned   | 1 Jan 2020    | the same carer (T) in 2023| yes                          |
    | owen  | 1 Jan 2020    | 2020, aged 16             | too old                      |
    | pat   | 1 Jan 2020    | adopters, who fostered    | yes: the stay before counts  |
    | quin  | 1 Jan 2020, left and came back in 2023    | not in care for long enough  |
    """
    found = stability(
        """
        | kim  | 2020-01-01 | 2022-03-31 | S | X1 | U6 | 5  |
        | kim  | 2022-03-31 | -          | P | -  | U6 | 7  |
        | lee  | 2020-01-01 | 2022-04-01 | S | X1 | U6 | 5  |
        | lee  | 2022-04-01 | -          | P | -  | U6 | 7  |
        | max  | 2021-10-01 | -          | S | -  | U6 | 5  |
        | ned  | 2020-01-01 | 2023-04-01 | S | X1 | U6 | 5  |
        | ned  | 2023-04-01 | -          | T | -  | U4 | 8  |
        | owen | 2020-01-01 | -          | S | -  | U6 | 13 |
        | pat  | 2020-01-01 | 2023-04-01 | S | X1 | U6 | 1  |
        | pat  | 2023-04-01 | -          | P | -  | A5 | 4  |
        | quin | 2020-01-01 | 2023-01-01 | S | E4A | U6 | 5 |
        | quin | 2023-02-01 | -          | S | -  | U6 | 8  |
        """,
        "placements_lasting",
    )
    assert found == ["3 of 4"]


def test_an_age_that_two_episodes_narrow_down() -> None:
    """The day of birth is not held, only ages.

    | aged 7 on 1 March 2016 | born after 1 March 2008                  |
    | aged 8 on 1 June 2016  | born on 1 June 2008 or before            |
    | taken to be born       | in the middle of that, about 16 April    |
    | 31 March 2024          | under 16                                 |
    | 30 April 2024          | 16                                       |
    """
    what = known(
        as_of="2024-06-30",
        care_episodes=EPISODES
        + """
        | kim | 2016-03-01 | 2016-06-01 | S | X1 | U6 | 7 |
        | kim | 2016-06-01 | -          | L | -  | U6 | 8 |
        """,
    )
    found = measured(what, "placements_lasting", "2024-03", "2024-04", changed=MONTHLY).whole
    assert read(found) == ["1 of 1", "0 of 0"]


def test_who_comes_into_care_from_special_guardianship() -> None:
    """| child | came into care | left care before through | 2023/24      |
    | kim   | June 2023      | special guardianship, P2 | counted      |
    | kim   | January 2024   |                          | a child once |
    | lee   | June 2023      | adoption, P1             |              |
    | max   | June 2022      | P2                       | (2022/23)    |
    """
    periods = """
        | child | started    | ended      |
        | kim   | 2023-06-01 | 2023-08-01 |
        | kim   | 2024-01-05 | -          |
        | lee   | 2023-06-01 | -          |
        | max   | 2022-06-01 | -          |
    """
    before = "| child | kind |\n| kim | P2 |\n| lee | P1 |\n| max | P2 |"
    what = known(
        care_periods=periods,
        previous_permanence=before,
        origin={"care_periods": Format.SSDA903},
        covers_from={"care_periods": date(2020, 4, 1), "previous_permanence": date(2023, 4, 1)},
    )
    found = measured(what, "care_after_special_guardianship", "2022-04", "2024-03").whole
    # The file of previous permanence is of one year: the year before is not known.
    assert read(found) == ["not available", "1"]
    assert found.series.latest.release == "ssda903"
    # With the return of the year before, it is.
    earlier = {date(2023, 3, 31): drawn("previous_permanence", "| child | kind |\n| max | P2 |")}
    both = known(
        care_periods=periods,
        previous_permanence=before,
        covers_from={"care_periods": date(2020, 4, 1), "previous_permanence": date(2023, 4, 1)},
        snapshots={"previous_permanence": earlier},
    )
    found = measured(both, "care_after_special_guardianship", "2022-04", "2024-03").whole
    assert read(found) == ["1", "1"]
