"""Small lasting shifts: sums by hand, the textbook's table, and what a signal says."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    NotWatched,
    SmallShifts,
    WhyNot,
    count_shifts,
    proportion_shifts,
)
from scrutinybook.statistics.small_shifts import cumulative_sums

NAN = float("nan")


def watched(answer: SmallShifts | NotWatched) -> SmallShifts:
    assert isinstance(answer, SmallShifts)
    return answer


def test_sums_build_up_one_way_and_start_again_at_nothing() -> None:
    """
    z              1    0   gap    2   -1   -2
    less 0.5     0.5 -0.5        1.5 -1.5 -2.5 | towards more
    rising       0.5  0.0   0.0  1.5  0.0  0.0
    falling      0.0  0.0   0.0  0.0  0.5  2.0 | towards less: 1 - 0.5, then 2 - 0.5 on top
    """
    rising, falling = cumulative_sums(np.array([[1.0, 0.0, NAN, 2.0, -1.0, -2.0]]), 0.5)
    assert rising[0] == pytest.approx([0.5, 0, 0, 1.5, 0, 0])
    assert falling[0] == pytest.approx([0, 0, 0, 0, 0.5, 2.0])


MONTGOMERY = [
    *(9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34),
    *(9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84),
    *(10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52),
]


def test_textbook_table() -> None:
    """Montgomery, Introduction to Statistical Quality Control: target 10, sigma 1, K 0.5.

    The mean is 11 from the 21st value on; the upper sum passes 5 at the 29th.
    """
    rising, falling = cumulative_sums(np.array([MONTGOMERY]) - 10, 0.5)
    assert rising[0, 22:30] == pytest.approx([1.79, 2.79, 2.89, 3.47, 3.35, 4.47, 5.28, 5.30])
    assert int(np.argmax(rising[0] > 5)) + 1 == 29
    assert falling[0].max() < 5


def test_threshold_of_the_textbook_where_its_conditions_hold() -> None:
    """Independent, all but normal, baseline as good as known: 4.77 gives a mean of 370 months.

    Run lengths are then close to geometric, so that the middle one is ln 2 of the mean: 256.
    (Hawkins and Olwell 1998 for the threshold.)
    """
    calm = np.random.default_rng(1).poisson(10_000, 600)
    found = watched(
        count_shifts(
            calm,
            n_baseline=600,
            first_month=1,
            seed=1,
            seasonal=False,
            run_length=256,
            n_samples=1500,
        )
    )
    assert found.threshold == pytest.approx(4.77, abs=0.3)
    # The same table: a shift of one standard deviation is found after 9.9 on average.
    assert 7 <= found.months_to_find <= 11


def test_small_rise_is_found_where_no_month_is_beyond_limits() -> None:
    """Counts about 400, then about 435: a root of 400 is 20, no month is three of them away."""
    counts = [380, 410, 405, 390, 420, 395] * 6 + [430, 441, 428, 437, 433, 440] * 2
    found = watched(count_shifts(counts, n_baseline=36, first_month=4, seed=2, seasonal=False))
    assert np.abs(found.z).max() < 3
    assert found.rises.any()
    assert not found.falls.any()
    signal = int(np.flatnonzero(found.signals)[0])
    began = found.began(signal)
    assert began is not None
    assert 36 <= began <= 39
    assert found.began(36) is None
    assert found.n_watched == 12


def test_half_of_unchanged_series_are_quiet_for_the_run_length_asked_for() -> None:
    counts = np.random.default_rng(5).poisson(100, 40)
    found = watched(count_shifts(counts, n_baseline=36, first_month=1, seed=3, run_length=60))
    assert found.false_by[59] == pytest.approx(0.5, abs=0.01)
    assert found.false_so_far == found.false_by[3]
    longer = watched(count_shifts(counts, n_baseline=36, first_month=1, seed=3, run_length=120))
    assert longer.threshold > found.threshold


def test_correlated_months_need_a_higher_threshold() -> None:
    rng = np.random.default_rng(6)
    steps = rng.normal(0, 0.1, 60)
    following = np.array([0.0])
    for step in steps:
        following = np.append(following, 0.7 * following[-1] + step)
    apart = rng.permutation(following)
    high, low = (
        watched(count_shifts(np.round(400 * np.exp(x)), n_baseline=60, first_month=1, seed=1))
        for x in (following, apart)
    )
    assert high.rho > 0.4 > low.rho
    assert high.threshold > low.threshold + 1


def test_season_is_expected_and_no_signal() -> None:
    months = np.arange(60)
    counts = np.round(400 * np.exp(0.25 * np.sin(2 * np.pi * months / 12)))
    with_season = watched(count_shifts(counts, n_baseline=36, first_month=4, seed=1))
    assert np.abs(with_season.z).max() < 0.5
    assert not with_season.signals.any()


def test_fewer_on_time_is_found_and_gaps_carry_the_sum_over() -> None:
    on_time = np.array([180.0, 182, 178, 181, 179, 183, 177, 180, 182, 178, 181, 179] * 2)
    later = np.array([168.0, 170, NAN, 166, 169])
    found = watched(
        proportion_shifts(np.append(on_time, later), np.full(29, 200.0), n_baseline=24, seed=1)
    )
    assert found.expected[0] == pytest.approx(0.9)
    assert np.isnan(found.z[26])
    assert found.falling[26] == found.falling[25]
    assert found.falls.any()
    # Binomial: the root of 0.9 * 0.1 / 200 is 0.0212, the shift for which the allowance is best.
    assert found.shift == pytest.approx(0.0212, abs=1e-4)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (count_shifts([5] * 30, n_baseline=23, first_month=1, seed=1), WhyNot.TOO_SHORT),
        (
            count_shifts([5] * 23 + [NAN] * 3, n_baseline=26, first_month=1, seed=1),
            WhyNot.TOO_SHORT,
        ),
        (count_shifts([0] * 30, n_baseline=24, first_month=1, seed=1), WhyNot.TOO_FEW_CASES),
        (proportion_shifts([20] * 30, [20] * 30, n_baseline=24, seed=1), WhyNot.TOO_FEW_CASES),
        (proportion_shifts([0] * 30, [0] * 30, n_baseline=24, seed=1), WhyNot.TOO_SHORT),
    ],
)
def test_says_why_a_series_is_not_watched(answer: SmallShifts | NotWatched, why: WhyNot) -> None:
    assert isinstance(answer, NotWatched)
    assert answer.why is why
    assert answer.found < answer.needed


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: count_shifts([5] * 30, n_baseline=31, first_month=1, seed=1), "n_baseline is 31"),
        (lambda: count_shifts([5] * 30, n_baseline=24, first_month=0, seed=1), "first_month is 0"),
        (lambda: count_shifts([-5] * 30, n_baseline=24, first_month=1, seed=1), r"counts\[0\]"),
        (
            lambda: count_shifts([5] * 30, [0] * 30, n_baseline=24, first_month=1, seed=1),
            r"exposures\[0\] is 0",
        ),
        (
            lambda: count_shifts([5] * 30, n_baseline=24, first_month=1, seed=1, run_length=3),
            "run_length is 3",
        ),
        (
            lambda: proportion_shifts([5] * 30, [4] * 30, n_baseline=24, seed=1),
            r"numerators\[0\] is 5",
        ),
        (
            lambda: proportion_shifts([3] * 30, [4] * 30, n_baseline=24, seed=1, allowance=0),
            "allowance is 0",
        ),
        (
            lambda: watched(
                proportion_shifts([8] * 30, [10] * 30, n_baseline=24, seed=1, n_samples=200)
            ).began(30),
            "month is 30",
        ),
    ],
)
def test_refuses_and_says_where(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
