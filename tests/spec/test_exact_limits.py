"""Exact limits of proportions by hand, from counts small enough to write every chance out."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    TooFewCases,
    TooShort,
    beta_binomial_chart,
    telling_periods,
)
from scrutinybook.statistics.beta_binomial_chart import within_period_correlation

NAN = float("nan")


def drawn(chart: object) -> ControlChart:
    assert isinstance(chart, ControlChart)
    return chart


def test_half_of_a_results_own_chance_is_counted() -> None:
    """None of nine has chance 1/512, .00195, and half of it, .00098: beyond, as mid-p has it."""
    chart = drawn(beta_binomial_chart([4, 5] * 6 + [0], [9] * 13, baseline=np.arange(13) < 12))
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((1 / 9, 8 / 9))
    assert list(np.flatnonzero(chart.beyond)) == [12]


def test_children_of_one_month_alike() -> None:
    """
    counted of 10    2    8    2    8 | pooled 1/2, chance alone has variance 2.5
    chi-squared    3.6  3.6  3.6  3.6 | 14.4 on 3 degrees; each tenth of r adds 10 * 9/10 * 3 = 2.7
    correlation    (14.4 - 3) / 27
    """
    found = within_period_correlation(np.array([2.0, 8, 2, 8]), np.full(4, 10.0))
    assert found == pytest.approx(11.4 / 27)
    chart = drawn(beta_binomial_chart([40, 60] * 6, [100] * 12))
    plain = drawn(beta_binomial_chart([50] * 12, [100] * 12))
    assert chart.inflation == pytest.approx(np.sqrt(12 * 4 / 11), rel=1e-9)
    assert (chart.upper > plain.upper).all()


def test_spread_narrower_than_counting_gives_is_no_correlation() -> None:
    assert within_period_correlation(np.array([5.0, 5, 5]), np.full(3, 10.0)) == 0.0
    assert within_period_correlation(np.array([1.0, 0, 1]), np.ones(3)) == 0.0
    assert within_period_correlation(np.array([2.0, 0]), np.full(2, 2.0)) == 0.99


def test_all_on_time_has_the_limits_of_half_a_child_late() -> None:
    """
    240 of 240, taken as 239.5 of 240: of 20 children, 1 late by chance 4%, 2 or more .08%
    late             1      2
    mid-p        .0208  .0004 | 18 of 20 is beyond, 19 is not
    """
    chart = drawn(beta_binomial_chart([20] * 12 + [19, 18], [20] * 14, baseline=np.arange(14) < 12))
    assert chart.centre[0] == 1.0
    assert (chart.lower[0], chart.upper[0]) == (0.95, 1.0)
    assert list(np.flatnonzero(chart.beyond)) == [13]
    none = drawn(beta_binomial_chart([0] * 12, [20] * 12))
    assert (none.lower[0], none.upper[0]) == (0.0, pytest.approx(0.05))


def test_too_few_cases_to_tell() -> None:
    """One of three: none of three comes up in 30 of 100 months, three of three in 4."""
    found = beta_binomial_chart([1] * 12, [3] * 12)
    assert isinstance(found, TooFewCases)
    assert (found.kind, found.n_baseline, found.n_telling) == (ChartKind.BETA_BINOMIAL, 12, 0)
    assert found.values == pytest.approx([1 / 3] * 12)
    assert found.run.centre[0] == pytest.approx(1 / 3)


@pytest.mark.parametrize(("large", "enough"), [(6, False), (7, True)])
def test_more_than_half_of_the_months_must_be_able_to_tell(large: int, enough: bool) -> None:
    small = 12 - large
    found = beta_binomial_chart([40] * large + [1] * small, [100] * large + [3] * small)
    assert isinstance(found, ControlChart) is enough
    assert enough or found.n_telling == 6  # type: ignore[union-attr]


def test_a_limit_never_crosses_the_centre() -> None:
    """Two of 6,002 late: where two children were due, both on time is the only result inside."""
    chart = drawn(beta_binomial_chart([500] * 11 + [499, 1], [500] * 12 + [2]))
    share = chart.centre[0]
    assert 0.5 < chart.lower[12] == chart.near_lower[12] <= share < chart.upper[12] == 1.0
    assert chart.beyond[12]


def test_a_month_of_three_children_tells_nothing_among_larger_ones() -> None:
    chart = drawn(beta_binomial_chart([40] * 12 + [0], [100] * 12 + [3]))
    assert list(telling_periods(chart)) == [True] * 12 + [False]
    assert (chart.lower[12], chart.upper[12]) == (0.0, 1.0)
    assert not chart.beyond[12]


def test_gaps_and_short_series() -> None:
    chart = drawn(beta_binomial_chart([5] * 12 + [NAN, 0], [10] * 12 + [10, 0]))
    assert list(np.isnan(chart.lower)) == [False] * 12 + [True, True]
    assert chart.n_baseline == 12
    assert isinstance(beta_binomial_chart([5] * 11, [10] * 11), TooShort)
