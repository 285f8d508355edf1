"""Numbers, dates and agreement as pages say them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from scrutinybook.catalogue import read_catalogue
from scrutinybook.commentary import words
from scrutinybook.periods import Month
from scrutinybook.workspace import Workspace

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (0.5, "1"),
        (1.49, "1"),
        (2.5, "3"),
        (3302, "3,302"),
        (-2.5, "-3"),
        (1e6, "1,000,000"),
    ],
)
def test_whole_numbers_are_rounded_half_up(number: float, said: str) -> None:
    assert words.whole(number) == said


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [
        (11.0869, 1, "11.1"),
        (0.25, 1, "0.3"),
        (28.5, 0, "29"),
        (-4.25, 1, "−4.3"),
        (1234.5, 1, "1,234.5"),
        (100 * 0.285, 0, "29"),  # in floating point 28.499999999999996
    ],
)
def test_decimals_are_rounded_half_up(number: float, places: int, said: str) -> None:
    assert words.decimal(number, places) == said


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_said_as_one(number: float) -> None:
    for say in (words.whole, words.decimal, words.percent, words.points):
        with pytest.raises(ValueError, match="cannot be said"):
            say(number)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.046, "4.6 percentage points"),
        (-0.01, "1.0 percentage point"),
        (0.1, "10.0 percentage points"),
    ],
)
def test_points(share: float, said: str) -> None:
    assert words.points(share).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("number", "things", "said"),
    [
        (255, "referrals", "255 referrals"),
        (1, "referrals", "1 referral"),
        (0, "referrals", "0 referrals"),
        (0.6, "referrals", "1 referral"),
        (
            1,
            "children on a plan for three months or more",
            "1 child on a plan for three months or more",
        ),
        (1, "initial child protection conferences", "1 initial child protection conference"),
        (1, "child protection plans started", "1 child protection plan started"),
        (1, "care leavers aged 17 and 18", "1 care leaver aged 17 and 18"),
        (1, "authorities", "1 authority"),
        (1, "working days", "1 working day"),
        (2, "working days", "2 working days"),
    ],
)
def test_a_number_agrees_with_its_noun(number: float, things: str, said: str) -> None:
    assert words.count_of(number, things).replace(NBSP, " ") == said


def test_every_noun_of_the_catalogue_has_a_singular() -> None:
    catalogue = read_catalogue(Workspace.find(Path(__file__)))
    for measure in catalogue.measures.values():
        assert words.agreeing(measure.things, 2) == measure.things
        assert words.agreeing(measure.things, 1) != measure.things


def test_small_numbers_are_words_up_to_ten() -> None:
    assert [words.small(n) for n in (0, 1, 10, 11, 1200)] == ["no", "one", "ten", "11", "1,200"]
    assert words.small_count_of(1, "months").replace(NBSP, " ") == "one month"
    assert words.small_count_of(12, "months").replace(NBSP, " ") == "12 months"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8", "an 8"), ("80%", "an 80%"), ("8,000", "an 8,000"), ("11", "an 11"), ("18%", "an 18%"),
        ("11,400", "an 11,400"), ("18.5%", "an 18.5%"), ("1", "a 1"), ("110", "a 110"),
        ("1,100", "a 1,100"), ("70%", "a 70%"), ("individuals chart", "an individuals chart"),
        ("u chart", "a u chart"), ("u′ chart", "a u′ chart"), ("c chart", "a c chart"),
        ("hour", "an hour"), ("house", "a house"), ("unit", "a unit"), ("uncle", "an uncle"),
        ("one-off", "a one-off"), ("assessment", "an assessment"),
        ("‘open’ case", "an ‘open’ case"),
    ],
)  # fmt: skip
def test_a_or_an_goes_by_sound(text: str, said: str) -> None:
    assert words.a_or_an(text) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2021-12", "2021-12", "in December 2021"),
        ("2021-04", "2021-05", "in April or May 2021"),
        ("2021-12", "2022-01", "in December 2021 or January 2022"),
        ("2021-10", "2021-12", "between October and December 2021"),
        ("2021-11", "2022-03", "between November 2021 and March 2022"),
    ],
)
def test_a_range_of_months(first: str, last: str, said: str) -> None:
    assert words.month_range(Month.parse(first), Month.parse(last)) == said


def test_one_event_in_a_range_came_at_some_point_of_it() -> None:
    one, other = Month(2021, 11), Month(2022, 3)
    assert words.some_month(one, one) == "in November 2021"
    assert words.some_month(one, other).startswith("at some point between November 2021 and")


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (["2023-01"], "January 2023"),
        (["2023-01", "2023-02", "2023-03"], "January, February and March 2023"),
        (["2022-12", "2023-01"], "December 2022 and January 2023"),
        (["2022-11", "2022-12", "2023-01"], "November 2022, December 2022 and January 2023"),
    ],
)
def test_months_listed(months: list[str], said: str) -> None:
    assert words.months_listed([Month.parse(m) for m in months]) == said


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (11.33, 11.09, ("11.3", "11.1")),
        (11.33, 11.29, ("11.33", "11.29")),
        (11.331, 11.329, ("11.331", "11.329")),
        (11.0, 11.0, ("11.0", "11.0")),
        (11.00001, 11.0, ("11.0", "11.0")),
    ],
)
def test_two_numbers_are_said_finely_enough_to_be_told_apart(
    one: float, other: float, said: tuple[str, str]
) -> None:
    assert words.told_apart(one, other) == said


@pytest.mark.parametrize(
    ("low", "high", "inside"),
    [
        (133.6, 303.6, (134, 303)),
        (134.0, 304.0, (134, 304)),
        (133.9999999999, 304.0000000001, (134, 304)),
        (10.2, 10.8, (11, 10)),
    ],
)
def test_whole_numbers_inside_limits(low: float, high: float, inside: tuple[int, int]) -> None:
    assert words.whole_inside(low, high) == inside


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.001, "fewer than one in a hundred"),
        (0.005, "about one in a hundred"),
        (0.042, "about four in a hundred"),
        (0.5, "about 50 in a hundred"),
    ],
)
def test_probabilities_in_a_hundred(share: float, said: str) -> None:
    assert words.in_a_hundred(share) == said


def test_probabilities_in_ten() -> None:
    assert words.times_in_ten(0.9).replace(NBSP, " ") == "nine times in ten"
    assert words.times_in_ten(0.8).replace(NBSP, " ") == "eight times in ten"
    assert words.times_in_ten(0.1).replace(NBSP, " ") == "one time in ten"


def test_listing_and_between() -> None:
    assert [words.listing(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert words.listing(["a", "b"], "or") == "a or b"
    assert words.between("96", "122") == "between 96 and 122"
    assert words.between("96", "96") == "about 96"
    assert words.upper_first("the South West") == "The South West"
    assert words.upper_first("") == ""
