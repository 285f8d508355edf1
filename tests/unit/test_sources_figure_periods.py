"""Four kinds of period, each written in one way only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.periods import FinancialYear
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

MONTH, YEAR = PeriodKind.MONTH, PeriodKind.YEAR
WORKFORCE, SNAPSHOT = PeriodKind.WORKFORCE_YEAR, PeriodKind.SNAPSHOT


@pytest.mark.parametrize(
    ("text", "kind", "end", "words", "year"),
    [
        ("2023-02", MONTH, date(2023, 2, 28), "February 2023", 2023),
        ("2022/23", YEAR, date(2023, 3, 31), "2022/23", 2023),
        ("1999/00", YEAR, date(2000, 3, 31), "1999/00", 2000),
        ("2023-03-31", SNAPSHOT, date(2023, 3, 31), "31 March 2023", 2023),
        ("2022-06-30", SNAPSHOT, date(2022, 6, 30), "30 June 2022", 2023),
        ("y/e 2022-09-30", WORKFORCE, date(2022, 9, 30), "year to 30 September 2022", 2023),
    ],
)
def test_each_notation(text: str, kind: PeriodKind, end: date, words: str, year: int) -> None:
    period = FigurePeriod.parse(text)
    assert period == FigurePeriod(kind, end)
    assert (str(period), period.words) == (text, words)
    assert period.financial_year == FinancialYear(year)


@pytest.mark.parametrize(
    "wrong", ["2023", "2022/24", "2022-23", "2023-13", "2023-02-30", "y/e 2022/23", "", "2022/2023"]
)
def test_other_notations_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        FigurePeriod.parse(wrong)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from([SNAPSHOT, WORKFORCE]))
def test_what_is_written_reads_back(day: date, kind: PeriodKind) -> None:
    period = FigurePeriod(kind, day)
    assert FigurePeriod.parse(str(period)) == period
