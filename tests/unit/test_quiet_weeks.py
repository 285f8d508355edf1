"""An extract that falls silent weeks before its day was given the wrong day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from annex_a_workbooks import good_lists, save
from annex_a_workbooks import read as read_annex_a
from drawn_extracts import REVIEWS, read_return

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.quiet_weeks import EXPECTED, LAST_DAYS, quiet_weeks

FIRST, AS_OF = date(2022, 10, 1), date(2023, 3, 31)


def reviews(every: int, until: str) -> pd.DataFrame:
    """A review every so many days from 1 October 2022."""
    days = pd.date_range("2022-10-01", until, freq=f"{every}D")
    return EVENT_TABLES["care_reviews"].frame(
        {"child": ["c"] * len(days), "date": days, "participation": [pd.NA] * len(days)}
    )


@pytest.mark.parametrize(
    ("every", "until", "is_refused"),
    [
        (2, "2023-03-03", True),  # 14 are expected in the last 28 days, and there is none
        (2, "2023-03-04", False),  # one on the first of them
        (2, "2023-03-31", False),
        (3, "2023-02-28", False),  # 9 are expected: a small authority may have a quiet month
    ],
)
def test_silence_is_refused_where_ten_events_are_expected(
    every: int, until: str, is_refused: bool
) -> None:
    """
    | a review every | up to        | last 28 days begin | expected | said    |
    |----------------|--------------|--------------------|----------|---------|
    | 2 days         | 3 March 2023 | 4 March 2023       | 14       | refused |
    | 2 days         | 4 March      | 4 March            | 14       |         |
    | 3 days         | 28 February  | 4 March            | 9        |         |
    """
    assert (LAST_DAYS, EXPECTED) == (28, 10)
    notices = quiet_weeks("x", {"care_reviews": reviews(every, until)}, FIRST, AS_OF)
    assert bool(notices) is is_refused


def test_one_lively_table_speaks_for_all() -> None:
    tables = {
        "care_reviews": reviews(1, "2023-02-28"),
        "contacts": EVENT_TABLES["contacts"].empty(),
    }
    assert quiet_weeks("x", tables, FIRST, AS_OF)
    day = {"child": ["c"], "date": [pd.Timestamp(AS_OF)], "source": [pd.NA]}
    tables["contacts"] = EVENT_TABLES["contacts"].frame(day)
    assert not quiet_weeks("x", tables, FIRST, AS_OF)


def test_a_window_that_is_too_short_says_nothing() -> None:
    tables = {"care_reviews": reviews(1, "2022-10-20")}
    assert not quiet_weeks("x", tables, FIRST, date(2022, 11, 24))
    assert quiet_weeks("x", tables, FIRST, date(2022, 11, 25))


def test_a_return_read_as_of_a_later_month_is_refused(tmp_path: Path) -> None:
    days = pd.date_range("2023-04-01", "2023-08-31", freq="1D")
    rows = [f"A3,14/02/2018,{day:%d/%m/%Y},PN1" for day in days]
    files = {"three.csv": "\n".join([REVIEWS.split()[0], *rows]) + "\n"}
    read_return(tmp_path / "right", files, as_of=date(2023, 9, 20))
    with pytest.raises(FaultsFound, match="nothing at all in the last 28 days"):
        read_return(tmp_path / "wrong", files, as_of=date(2023, 12, 31))


def test_a_workbook_read_as_of_a_later_month_is_refused(tmp_path: Path) -> None:
    lists = good_lists()
    contacts = lists[1]
    at = contacts.headings.index("Date of Contact")
    model = contacts.rows[0]
    contacts.rows = [
        [*model[:at], day.date(), *model[at + 1 :]]
        for day in pd.date_range("2022-10-01", "2023-02-28", freq="1D")
    ]
    path = save(tmp_path / "x.xlsx", {1: contacts})
    with pytest.raises(FaultsFound, match="nothing at all in the last 28 days"):
        read_annex_a(path)
