"""How months grow from extract to extract, drawn small.

Referrals that each extract holds, by month (-: not the whole month in its window):

    extract      Dec  Jan  Feb  Mar
    31 January    5    3    .    .
    29 February   6    4    2    .
    31 March      -    4    3    1

By age, in months since its first count: December -, 5, 6 (no extract was made at its end); January
3, 4, 4; February 2, 3; March 1.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from drawn_histories import extract, frame, keep

from scrutinybook.history.known import Known
from scrutinybook.history.quality import FieldCompleteness, completeness, timeliness
from scrutinybook.history.store import History
from scrutinybook.history.triangle import Reports, Restated, reports, reports_by
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.statistics import TooShortToComplete, complete, same_maturity

DECEMBER, JANUARY, FEBRUARY, MARCH = (
    Month.parse(m) for m in ("2023-12", "2024-01", "2024-02", "2024-03")
)
NONE = np.nan


def holding(as_of: str, covers_from: str, **counts: int) -> Extract:
    days = {"dec": "2023-12-04", "jan": "2024-01-08", "feb": "2024-02-05", "mar": "2024-03-04"}
    rows = [
        {"child": f"{month}{k}", "date": days[month], "no_further_action": k == 0}
        for month, n in counts.items()
        for k in range(n)
    ]
    return extract(as_of, covers_from, {"referrals": rows})


@pytest.fixture
def history(tmp_path: Path) -> History:
    return keep(
        tmp_path,
        holding("2024-01-31", "2023-12-01", dec=5, jan=3),
        holding("2024-02-29", "2023-12-01", dec=6, jan=4, feb=2),
        holding("2024-03-31", "2023-12-05", jan=4, feb=3, mar=1),
    )


def found(history: History, **more) -> Reports:
    made = reports(history, "referrals", **more)
    assert made is not None
    return made


def test_counts_as_each_extract_gives_them(history: History) -> None:
    made = found(history)
    assert made.months == (DECEMBER, JANUARY, FEBRUARY, MARCH)
    np.testing.assert_array_equal(
        made.counts, [[5, 6, NONE], [3, 4, 4], [NONE, 2, 3], [NONE, NONE, 1]]
    )


def test_the_triangle_by_age(history: History) -> None:
    triangle = found(history).triangle
    np.testing.assert_array_equal(
        triangle.counts, [[NONE, 5, 6], [3, 4, 4], [2, 3, NONE], [1, NONE, NONE]]
    )
    np.testing.assert_array_equal(triangle.first, [NONE, 3, 2, 1])
    np.testing.assert_array_equal(triangle.current, [6, 4, 3, 1])


def test_it_is_what_the_completion_of_months_takes(history: History) -> None:
    counts = found(history).triangle.counts
    assert complete(counts, seed=1) == TooShortToComplete(n_months=2, needed=8)
    np.testing.assert_array_equal(same_maturity(counts).counts, [NONE, 3, 2, 1])


def test_what_a_later_extract_restates(history: History) -> None:
    made = found(history)
    assert made.restated(date(2024, 1, 31), date(2024, 2, 29)) == (
        Restated(DECEMBER, 5, 6),
        Restated(JANUARY, 3, 4),
    )
    assert made.restated(date(2024, 2, 29), date(2024, 3, 31)) == (
        Restated(JANUARY, 4, 4),
        Restated(FEBRUARY, 2, 3),
    )
    with pytest.raises(ValueError, match="no extract as at 2024-01-30"):
        made.restated(date(2024, 1, 30), date(2024, 3, 31))


def test_only_some_rows_and_only_extracts_up_to_a_day(history: History) -> None:
    some = found(history, where=lambda rows: rows["no_further_action"])
    np.testing.assert_array_equal(some.triangle.current, [1, 1, 1, 1])
    early = found(history, as_of=date(2024, 2, 29))
    assert (early.months[-1], len(early.days)) == (FEBRUARY, 2)


def test_a_month_with_nothing_in_it_is_0_where_held_and_unknown_elsewhere(tmp_path: Path) -> None:
    made = found(keep(tmp_path, holding("2024-03-31", "2023-12-02", mar=2)))
    assert made.months == (JANUARY, FEBRUARY, MARCH)
    np.testing.assert_array_equal(made.counts[:, 0], [0, 0, 2])


def test_an_extract_of_some_days_later_is_of_the_month_before(tmp_path: Path) -> None:
    """Made on the 3rd of each month: March's first count, not its second; nothing of April."""
    triangle = found(keep(tmp_path, holding("2024-04-03", "2024-03-01", mar=2))).triangle
    assert triangle.months == (MARCH,)
    np.testing.assert_array_equal(triangle.counts, [[2, NONE]])


def test_of_two_extracts_of_one_age_the_later_counts(tmp_path: Path) -> None:
    both = keep(
        tmp_path,
        holding("2024-04-03", "2024-03-01", mar=2),
        holding("2024-04-20", "2024-03-01", mar=3),
    )
    np.testing.assert_array_equal(found(both).triangle.counts, [[3, NONE]])


def test_a_skipped_month_leaves_its_place_empty(tmp_path: Path) -> None:
    both = keep(
        tmp_path,
        holding("2024-01-31", "2024-01-01", jan=2),
        holding("2024-03-31", "2024-01-01", jan=3, mar=1),
    )
    np.testing.assert_array_equal(
        found(both).triangle.counts, [[2, NONE, 3], [NONE, 0, NONE], [1, NONE, NONE]]
    )


def test_no_whole_month_is_none(tmp_path: Path) -> None:
    assert reports(keep(tmp_path, holding("2024-03-30", "2024-03-01")), "referrals") is None
    assert reports(keep(tmp_path), "contacts") is None


def test_tables_without_days_cannot_be_counted_by_month(history: History) -> None:
    with pytest.raises(ValueError, match="care_leavers has no day"):
        reports(history, "care_leavers")


def test_any_measure_from_what_was_known_at_each_extract(history: History) -> None:
    """Repeat referrals look back before the window: December is known at March through January."""

    def all_children(known: Known) -> dict[Month, float]:
        so_far = known.tables["referrals"]
        month = so_far["date"].dt.to_period("M")
        return {Month.parse(str(each)): float((month <= each).sum()) for each in month.unique()}

    made = reports_by(history, ["referrals"], all_children)
    assert made is not None
    np.testing.assert_array_equal(
        made.counts, [[5, 6, NONE], [8, 10, 10], [NONE, 12, 13], [NONE, NONE, 14]]
    )


def test_a_measure_of_two_tables_needs_the_windows_of_both(tmp_path: Path) -> None:
    both = extract(
        "2024-03-31",
        {"referrals": "2024-01-01", "contacts": "2024-02-01"},
        {"referrals": [], "contacts": []},
    )
    made = reports_by(keep(tmp_path, both), ["referrals", "contacts"], lambda known: {MARCH: 1.0})
    assert made is not None
    assert made.months == (FEBRUARY, MARCH)
    np.testing.assert_array_equal(made.counts[:, 0], [NONE, 1])


def test_how_prompt_recording_was(history: History) -> None:
    one, two = timeliness(found(history).triangle)
    assert (one.age, one.months, one.first, one.later) == (1, 2, 5, 7)
    assert one.share == pytest.approx(0.4)
    assert one.recorded_at_first == pytest.approx(5 / 7)
    assert (two.age, two.months, two.first, two.later) == (2, 1, 3, 4)


def test_growth_from_nothing_has_no_share(tmp_path: Path) -> None:
    both = keep(
        tmp_path, holding("2024-01-31", "2024-01-01"), holding("2024-02-29", "2024-01-01", jan=2)
    )
    (growth,) = timeliness(found(both).triangle)
    assert (growth.share, growth.recorded_at_first) == (None, 0)


def test_how_complete_columns_were() -> None:
    day, later = date(2024, 1, 31), date(2024, 2, 29)
    rows = frame(
        "protection_plans",
        [
            {"child": "a", "started": "2024-01-01", "previous_plans": 0},
            {"child": "b", "started": "2024-01-01"},
        ],
    )
    empty = pd.DataFrame(rows[:0])
    table = "protection_plans"
    assert completeness(table, {later: empty, day: rows}) == (
        FieldCompleteness(table, "previous_plans", day, rows=2, missing=1),
        FieldCompleteness(table, "previous_plans", later, rows=0, missing=0),
        FieldCompleteness(table, "latest_review", day, rows=2, missing=2),
        FieldCompleteness(table, "latest_review", later, rows=0, missing=0),
    )
    assert completeness(table, {day: rows})[0].share_missing == 0.5
    assert completeness(table, {later: empty})[0].share_missing is None


def test_another_format_may_be_asked_for(tmp_path: Path) -> None:
    census = extract(
        "2023-03-31",
        "2022-04-01",
        {"referrals": [{"child": "a", "date": "2023-03-01"}]},
        fmt=Format.CIN_CENSUS,
    )
    history = keep(tmp_path, census, holding("2024-03-31", "2024-03-01", mar=2))
    assert found(history).months == (MARCH,)
    assert found(history, fmt=Format.CIN_CENSUS).triangle.current[-1] == 1
