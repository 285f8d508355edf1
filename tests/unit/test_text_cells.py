"""Text cells as days, numbers, codes and yes or no: read, blank, or neither."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.row_checks import whole_years


def text(*cells: str | None) -> pd.Series:
    return pd.Series(list(cells), dtype="string")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("31/12/2023", date(2023, 12, 31)),
        (" 1/2/2023 ", date(2023, 2, 1)),
        ("01-02-2023", date(2023, 2, 1)),
        ("01.02.2023", date(2023, 2, 1)),
        ("2023-02-01", date(2023, 2, 1)),
        ("01/02/2023 00:00", date(2023, 2, 1)),
        ("01/02/2023 09:30:00", date(2023, 2, 1)),
        ("2023-02-01T00:00:00Z", date(2023, 2, 1)),
        ("2023-02-01T00:00:00.000+01:00", date(2023, 2, 1)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_days_that_are_read(cell: str, expected: date) -> None:
    cells = text_cells.days(text(cell))
    assert cells.values[0].date() == expected
    assert not cells.unread[0] and not cells.blank[0]


@pytest.mark.parametrize(
    "cell",
    ["29/02/2023", "31/04/2023", "01/02/23", "1 February 2023", "01/02-2023", "2023", "x",
     "45000", "01/02/1899", "31/12/9999", "00/00/0000", "٠١/٠٢/٢٠٢٣", "01/02/2023x", "9" * 500],
)  # fmt: skip
def test_days_that_are_not_read(cell: str) -> None:
    cells = text_cells.days(text(cell))
    assert cells.unread[0] and pd.isna(cells.values[0]) and not cells.month_first[0]


def test_a_day_after_the_twelfth_in_the_month_s_place_is_told_from_a_wrong_day() -> None:
    cells = text_cells.days(text("12/31/2023", "31/31/2023", "12/12/2023"))
    assert cells.month_first.tolist() == [True, False, False]
    assert cells.unread.tolist() == [True, True, False]


def test_blank_is_neither_read_nor_unread() -> None:
    for read in (
        text_cells.days,
        text_cells.whole_numbers,
        text_cells.decimals,
        text_cells.yes_no,
        lambda cells: text_cells.codes(cells, ["A"]),
    ):
        cells = read(text("", "  ", None))
        assert cells.blank.all() and not cells.unread.any() and cells.values.isna().all()


def test_whole_numbers() -> None:
    cells = text_cells.whole_numbers(text("7", "-1", "3.0", "+2", "1.5", "1,000", "x", "9" * 17))
    assert cells.values[:4].tolist() == [7, -1, 3, 2]
    assert cells.unread.tolist() == [False] * 4 + [True] * 4


def test_decimals() -> None:
    cells = text_cells.decimals(text("0.5", ".5", "-1", "2.", "1,5", "1e5", "nan", "inf", "85%"))
    assert cells.values[:4].tolist() == [0.5, 0.5, -1, 2]
    assert cells.unread.tolist() == [False] * 4 + [True] * 5


def test_codes_in_any_case_are_read_as_the_list_writes_them() -> None:
    cells = text_cells.codes(text("e4a", " X1", "E99"), ("X1", "E4A"))
    assert cells.values[:2].tolist() == ["E4A", "X1"]
    assert cells.unread.tolist() == [False, False, True] and pd.isna(cells.values[2])


def test_codes_are_read_as_what_the_list_maps_them_to() -> None:
    assert text_cells.codes(text("b1", "B2"), {"B1": "good", "B2": "bad"}).values.tolist() == [
        "good",
        "bad",
    ]


def test_yes_and_no() -> None:
    cells = text_cells.yes_no(text("1", "true", "Yes", "Y", "0", "FALSE", "no", "n", "2"))
    assert cells.values[:8].tolist() == [True] * 4 + [False] * 4
    assert cells.unread.tolist() == [False] * 8 + [True]


def test_readings_do_not_show_an_entry() -> None:
    for read in (text_cells.days, text_cells.whole_numbers, text_cells.decimals):
        assert "Zebedee" not in repr(read(text("Zebedee")))
        assert "2011" not in repr(read(text("27/03/2011")))


def test_ages_in_whole_years() -> None:
    born = pd.Series(pd.to_datetime(["2006-04-01", "2006-03-31", "2008-02-29", None, "2024-05-01"]))
    on = pd.Series(pd.to_datetime(["2024-03-31", "2024-03-31", "2023-02-28", "2024-03-31"] * 2))[:5]
    assert whole_years(born, on)[:3].tolist() == [17, 18, 14]
    assert whole_years(born, on)[3:].isna().all()


@given(st.lists(st.text(max_size=20) | st.none(), max_size=20))
def test_any_cell_is_blank_read_or_unread(cells: list[str | None]) -> None:
    column = pd.Series(cells, dtype="string", index=range(3, 3 + len(cells)))
    for read in (text_cells.days, text_cells.whole_numbers, text_cells.decimals, text_cells.yes_no):
        found = read(column)
        assert found.values.index.equals(column.index)
        states = found.blank.astype(int) + found.unread + found.values.notna().to_numpy()
        assert (states == 1).all()


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_both_ways_of_writing(day: date) -> None:
    cells = text_cells.days(text(f"{day:%d/%m/%Y}", day.isoformat()))
    assert [each.date() for each in cells.values] == [day, day]
