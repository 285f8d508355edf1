"""Names of authorities: one folder a name, and a name from any spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.months_written import guess_month
from scrutinybook.naming import Named, is_same, matching, slug
from scrutinybook.periods import Month


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Plymouth", "plymouth"),
        ("Bristol, City of", "bristol-city-of"),
        ("St. Helens", "st-helens"),
        ("Telford and Wrekin", "telford-and-wrekin"),
        ("King's Lynn", "kings-lynn"),
        ("King’s Lynn", "kings-lynn"),
        ("Ynys Môn", "ynys-mon"),
        ("---", ""),
    ],
)
def test_folder_of_a_name(name: str, folder: str) -> None:
    assert slug(name) == folder


@given(st.text())
def test_a_folder_name_is_safe_and_settled(name: str) -> None:
    folder = slug(name)
    assert set(folder) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(folder) == folder


KNOWN = [
    Named("Bristol, City of", frozenset({"801", "E06000023"})),
    Named("City of London", frozenset({"201", "E09000001"})),
    Named("North Northamptonshire", frozenset({"940"})),
    Named("West Northamptonshire", frozenset({"941"})),
    Named("Northumberland", frozenset({"929", "E06000057", "E06000048"})),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bristol", ["Bristol, City of"]),
        ("City of Bristol", ["Bristol, City of"]),
        (" 801 ", ["Bristol, City of"]),
        ("e06000048", ["Northumberland"]),
        ("London", ["City of London"]),
        ("Northamptonshire", ["North Northamptonshire", "West Northamptonshire"]),
        ("north", ["North Northamptonshire"]),
        ("Bris", []),
        ("", []),
        ("of", []),
        (".*", []),
    ],
)
def test_matching(asked: str, found: list[str]) -> None:
    assert [each.name for each in matching(asked, KNOWN)] == found


def test_spellings_of_one_name() -> None:
    assert is_same("City of Bristol", "BRISTOL, City of")
    assert not is_same("Bristol", "Brighton")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2023-03", Month(2023, 3)),
        ("2023-3", Month(2023, 3)),
        ("202303", Month(2023, 3)),
        ("2023/03", Month(2023, 3)),
        ("2023-03-31", Month(2023, 3)),
        ("03/2023", Month(2023, 3)),
        ("31/03/2023", Month(2023, 3)),
        ("March 2023", Month(2023, 3)),
        ("mar 2023", Month(2023, 3)),
        ("2023 March", Month(2023, 3)),
        ("Sept-2023", Month(2023, 9)),
        (" 2023-03 ", Month(2023, 3)),
        ("Marching 2023", None),
        ("2023-13", None),
        ("2023-00", None),
        ("2023", None),
        ("March", None),
        ("", None),
        ("soon", None),
        ("XYZ 2023", None),
    ],
)
def test_the_month_that_was_meant(text: str, month: Month | None) -> None:
    assert guess_month(text) == month


@given(st.text(max_size=20))
def test_guessing_never_raises(text: str) -> None:
    month = guess_month(text)
    assert month is None or 1 <= month.month <= 12
