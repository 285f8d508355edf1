"""Months that are still growing: completed by hand, and compared at one age."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    Completion,
    TooShortToComplete,
    choose_count_chart,
    complete,
    same_maturity,
)

NAN = float("nan")


def completed(answer: Completion | TooShortToComplete) -> Completion:
    assert isinstance(answer, Completion)
    return answer


def test_latest_months_grow_as_earlier_ones_did() -> None:
    """
    month   first  next  third | 180 grew to 225: by 1.25; 215 of the third's 200: by 1.075
    1          80   100   110
    2          40    50    55
    3          40    50    50
    4          20    25     .  | 25 * 1.075 = 26.875
    5          60     .     .  | 60 * 1.25 * 1.075 = 80.625
    share seen  1 / 1.34375 = 0.744, 1 / 1.075 = 0.930, 1
    """
    history = [[80, 100, 110], [40, 50, 55], [40, 50, 50], [20, 25, NAN], [60, NAN, NAN]]
    found = completed(complete(history, seed=1, fewest=3))
    assert found.completed == pytest.approx([110, 55, 50, 26.875, 80.625])
    assert found.reported == pytest.approx([1 / 1.34375, 1 / 1.075, 1.0])
    assert list(found.maturity) == [2, 2, 2, 1, 0]
    assert list(found.growing) == [False, False, False, True, True]
    assert list(found.n_pairs) == [4, 3]
    assert found.last_growth == pytest.approx(0.075)
    assert (found.lower[:3] == found.upper[:3]).all()
    assert (found.lower[3:] < found.completed[3:]).all()
    assert (found.completed[3:] < found.upper[3:]).all()


def test_records_taken_out_again_make_a_month_shrink() -> None:
    found = completed(complete([[100, 95], [100, 97], [100, 96], [200, NAN]], seed=1, fewest=3))
    assert found.completed[-1] == pytest.approx(192)
    assert found.reported[0] == pytest.approx(1 / 0.96)
    assert found.upper[-1] < 200


def test_zero_so_far_is_told_apart_from_zero_and_from_missing() -> None:
    history = [[8.0, 10.0]] * 8 + [[0.0, 0.0], [0.0, NAN], [NAN, NAN]]
    found = completed(complete(history, seed=1))
    assert found.completed[8] == 0
    assert list(found.untold) == [False] * 9 + [True, False]
    assert np.isnan(found.completed[9:]).all()
    assert found.maturity[10] == -1


def test_only_maturities_that_enough_months_reached_are_used() -> None:
    """Eight months are known to the second extract, one to the third: settled after one step."""
    found = completed(complete([[8, 10, 11]] + [[8, 10, NAN]] * 7 + [[4, NAN, NAN]], seed=1))
    assert found.settled_after == 1
    assert found.completed[-1] == pytest.approx(5)
    assert found.completed[0] == 11


def test_window_follows_a_change_in_recording() -> None:
    history = [[50, 100]] * 10 + [[90, 100]] * 8 + [[90, NAN]]
    assert completed(complete(history, seed=1)).completed[-1] > 120
    assert completed(complete(history, seed=1, window=8)).completed[-1] == pytest.approx(100)


@pytest.mark.parametrize("history", [[[8, 10]] * 7 + [[4, NAN]], [[0, 0]] * 12, [[8, NAN]] * 12])
def test_short_history_says_so(history: list[list[float]]) -> None:
    answer = complete(history, seed=1)
    assert isinstance(answer, TooShortToComplete)
    assert answer.needed == 8


def test_months_at_one_age_do_not_fall_at_the_end() -> None:
    """Settled counts of 100, first seen as 80: as they stand now the last is far below limits."""
    rng = np.random.default_rng(2)
    settled = rng.poisson(100, 24).astype(float)
    first = np.round(0.6 * settled)
    history = np.column_stack([first, settled])
    history[-1, 1] = NAN
    now = np.where(np.isnan(history[:, 1]), history[:, 0], history[:, 1])
    baseline = np.arange(24) < 23
    compared = same_maturity(history)
    assert compared.maturity == 0
    np.testing.assert_array_equal(compared.counts, first)
    charts = [choose_count_chart(line, baseline=baseline).chart for line in (now, compared.counts)]
    lowest = [float(chart.lower[-1]) for chart in charts]  # type: ignore[union-attr]
    assert now[-1] < lowest[0]
    assert compared.counts[-1] >= lowest[1]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: complete([1, 2, 3], seed=1), r"history has shape \(3,\)"),
        (lambda: complete([[1], [2]], seed=1), r"history has shape \(2, 1\)"),
        (lambda: complete([[1, 2], [1, -2]], seed=1), r"history\[1\]\[1\] is -2"),
        (lambda: complete([[1, 2.5]], seed=1), r"history\[0\]\[1\] is 2.5"),
        (lambda: complete([[1, 2]], seed=1, fewest=2), "fewest is 2"),
        (lambda: complete([[1, 2]], seed=1, window=3), "window is 3"),
        (lambda: complete([[1, 2]], seed=1, confidence=2), "confidence is 2"),
        (lambda: same_maturity([[1, 2], [NAN, NAN]]), r"history\[1\] holds no count"),
    ],
)
def test_refuses_and_says_where(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
