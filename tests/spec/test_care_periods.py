"""Episodes of care joined to periods of care. One table an example; days are of 2023.

`S` is the reason with which care starts, `X1` the end of an episode after which care goes on.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from scrutinybook.sources.extracts.care_periods import join_periods, within_periods
from scrutinybook.sources.extracts.text_cells import Bools

AS_OF, COVERS = date(2024, 3, 31), date(2023, 4, 1)
Told = list[tuple[list[int], str]]


def episodes(table: str) -> pd.DataFrame:
    """Rows ``child started ended reason_started reason_ended placement place``; ``-`` for blank."""
    rows = [line.split() for line in table.strip().splitlines() if line.strip()]
    names = ["child", "started", "ended", "reason_started", "reason_ended", "placement", "place"]
    rows = [row + ["U1", "1"][len(row) - 5 :] if len(row) < 7 else row for row in rows]
    frame = pd.DataFrame(rows, columns=names, dtype="string").replace("-", pd.NA)
    for day in ("started", "ended"):
        frame[day] = pd.to_datetime("2023-" + frame[day], errors="coerce").astype("datetime64[ns]")
    return frame


def joined(table: str, *, covers_from: date = COVERS) -> tuple[list[str], Told, pd.DataFrame]:
    told: Told = []

    def warn(where: Bools, column: str, found: str, mend: str) -> None:
        if where.any():
            told.append((np.flatnonzero(where).tolist(), found))

    periods = join_periods(episodes(table), as_of=AS_OF, covers_from=covers_from, warn=warn)
    shown = [
        f"{row.child} {row.started:%m-%d} "
        f"{'-' if pd.isna(row.ended) else format(row.ended, '%m-%d')}"
        for row in periods.itertuples()
    ]
    return shown, told, periods


@pytest.mark.parametrize(
    ("table", "expected", "noticed"),
    [
        pytest.param(
            """
            a 05-01 06-01 S X1
            a 06-01 -     P -
            """,
            ["a 05-01 -"], None, id="a move within care",
        ),
        pytest.param(
            """
            a 05-01 06-01 S X1
            a 06-01 09-09 L E4A
            """,
            ["a 05-01 09-09"], None, id="care that ends",
        ),
        pytest.param(
            """
            a 06-01 09-09 L E4A
            a 05-01 06-01 S X1
            """,
            ["a 05-01 09-09"], None, id="rows in any order",
        ),
        pytest.param(
            """
            a 05-01 06-01 S E4A
            a 08-01 -     S -
            """,
            ["a 05-01 06-01", "a 08-01 -"], None, id="back in care later",
        ),
        pytest.param(
            """
            a 05-01 06-01 S E4A
            a 06-01 -     S -
            """,
            ["a 05-01 06-01", "a 06-01 -"], None, id="care that ends and starts on one day",
        ),
        pytest.param(
            """
            a 05-01 06-01 S E4A
            a 06-01 -     P -
            """,
            ["a 05-01 -"], None, id="an end that is followed on the same day is none",
        ),
        pytest.param(
            """
            a 05-01 06-01 S X1
            a 06-02 -     P -
            """,
            ["a 05-01 -"], None, id="following on the day after",
        ),
        pytest.param(
            """
            a 05-01 06-01 S X1
            a 06-09 -     P -
            """,
            ["a 05-01 -"], ([1], "a gap after an episode that says that care goes on (X1)"),
            id="a gap",
        ),
        pytest.param(
            """
            a 05-01 06-01 S E4A
            a 06-09 -     P -
            """,
            ["a 05-01 06-01", "a 06-09 -"],
            ([1], "an episode after care had ended that does not say that care starts (S)"),
            id="an episode after the end",
        ),
        pytest.param(
            """
            a 05-01 06-01 S X1
            a 06-01 -     S -
            """,
            ["a 05-01 06-01", "a 06-01 -"],
            ([1], "care starts (S) where the episode before says that it goes on (X1)"),
            id="two reasons that contradict each other",
        ),
        pytest.param(
            """
            a 05-01 06-20 S X1
            a 06-01 09-01 P E4A
            """,
            ["a 05-01 09-01"], ([1], "an episode that starts before the child's last one ends"),
            id="episodes that overlap",
        ),
        pytest.param(
            """
            a 05-01 -     S -
            a 06-01 09-01 P E4A
            """,
            ["a 05-01 -"], ([1], "an episode that starts before the child's last one ends"),
            id="an open episode that others follow",
        ),
        pytest.param(
            """
            a 05-01 06-01 S X1
            """,
            ["a 05-01 -"], ([0], "says that care goes on (X1), and no episode follows"),
            id="no episode follows",
        ),
        pytest.param(
            """
            a 05-01 06-01 P E4A
            """,
            ["a 05-01 06-01"], ([0], "a child's first episode does not say that care starts (S)"),
            id="the first episode is missing",
        ),
        pytest.param(
            """
            a 02-01 06-01 P E4A
            """,
            ["a 02-01 06-01"], ([0], "care started before the first episode in the file"),
            id="care began before the year",
        ),
        pytest.param(
            """
            b 05-01 06-01 S X1
            a 06-01 -     S -
            b 06-01 07-01 P E4A
            """,
            ["a 06-01 -", "b 05-01 07-01"], None, id="children are kept apart",
        ),
    ],
)  # fmt: skip
def test_periods(table: str, expected: list[str], noticed: tuple[list[int], str] | None) -> None:
    shown, told, _ = joined(table)
    assert shown == expected
    assert told == ([] if noticed is None else [noticed])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("a 05-01 06-01 S X1 U1 1\na 06-01 - P - U1 2", 2),
        ("a 05-01 06-01 S X1 U1 1\na 06-01 - L - U1 1", 1),
        ("a 05-01 06-01 S X1 U1 1\na 06-01 - T - U4 1", 1),
        # Respite and back to the same carer is one placement; on to another carer is two.
        ("a 05-01 06-01 S X1 U1 1\na 06-01 06-09 P X1 T0 9\na 06-09 - P - U1 1", 1),
        ("a 05-01 06-01 S X1 U1 1\na 06-01 06-09 P X1 T0 9\na 06-09 - P - U1 2", 2),
        # Back to an earlier carer after another one is a move each time.
        ("a 05-01 06-01 S X1 U1 1\na 06-01 06-09 P X1 U1 2\na 06-09 - P - U1 1", 3),
    ],
)
def test_placements_in_the_year(table: str, expected: int) -> None:
    assert joined(table)[2]["placements_in_year"].tolist() == [expected]


def test_placements_are_not_counted_where_the_file_does_not_hold_twelve_months() -> None:
    _, _, periods = joined("a 05-01 - S -", covers_from=date(2023, 6, 1))
    assert periods["placements_in_year"].isna().all()


def test_days_are_placed_in_periods() -> None:
    """
    periods   a: 1 May to 1 June, 1 August on      b: from before the file on
    a 20 April before care - a 10 May in - a 1 June in - a 2 July after - a 3 August in
    b 1 January: before its first episode, but care began earlier - c: not known
    """
    _, _, periods = joined("a 05-01 06-01 S E4A\na 08-01 - S -\nb 02-01 - P -")
    child = pd.Series(["a", "a", "a", "a", "a", "b", "c"], dtype="string")
    days = ["04-20", "05-10", "06-01", "07-02", "08-03", "01-01", "05-05"]
    day = pd.Series(pd.to_datetime([f"2023-{each}" for each in days])).astype("datetime64[ns]")
    positions, covered, before = within_periods(child, day, periods)
    assert positions.tolist() == [-1, 0, 0, 0, 1, -1, -1]
    assert covered.tolist() == [False, True, True, False, True, False, False]
    assert before.tolist() == [True, False, False, False, False, False, False]
