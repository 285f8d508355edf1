"""Months, financial years and working days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.periods import FinancialYear, Month, working_days

MONTHS = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    "text", ["2023-3", "2023-13", "2023-00", "23-03", "2023-03-01", " 2023-03", "２０２３-03", ""]
)
def test_only_year_and_month_are_read(text: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Month.parse(text)


@given(MONTHS)
def test_a_month_is_written_as_it_is_read(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(MONTHS, st.integers(-500, 500))
def test_adding_months_goes_back_and_keeps_order(month: Month, count: int) -> None:
    assert (month + count) - count == month
    assert (month + count > month) == (count > 0)
    assert (month + count).index - month.index == count


@given(MONTHS)
def test_a_month_lies_in_the_financial_year_that_lists_it(month: Month) -> None:
    year = month.financial_year
    assert month in year.months
    assert len(year.months) == 12
    assert (year.months[0].month, year.months[-1]) == (4, Month(year.ending, 3))


@pytest.mark.parametrize(
    ("month", "year"),
    [(Month(2023, 3), "2022/23"), (Month(2023, 4), "2023/24"), (Month(1999, 12), "1999/00")],
)
def test_words_of_the_financial_year(month: Month, year: str) -> None:
    assert month.financial_year.words == year


def test_words_and_days() -> None:
    month = Month(2024, 2)
    assert (month.words, month.name) == ("February 2024", "February")
    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert FinancialYear(2023) < FinancialYear(2024)


@pytest.mark.parametrize(
    ("month", "days"),
    [
        # Counted by hand from a calendar of England, bank holidays left out.
        (Month(2023, 1), 21),
        (Month(2023, 2), 20),
        (Month(2023, 3), 23),
        (Month(2024, 3), 20),  # Good Friday fell on the 29th
        (Month(2022, 9), 21),  # the Queen's funeral
        (Month(2023, 5), 20),  # three bank holidays, one for the coronation
        (Month(2022, 6), 20),  # the jubilee
        (Month(2022, 12), 20),
    ],
)
def test_working_days_of_england(month: Month, days: int) -> None:
    assert working_days(month) == days


@given(MONTHS)
def test_a_month_has_a_plausible_number_of_working_days(month: Month) -> None:
    assert 17 <= working_days(month) <= 23
