"""Stocks by hand: how alike neighbouring months are, and what the limits make of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    FollowsItself,
    TooShort,
    individuals_chart,
    net_flow_chart,
    point_signals,
    stock_chart,
)
from scrutinybook.statistics.stock_chart import lag_one_correlation

NAN = float("nan")
IN_PAIRS = [101.0, 101, 99, 99] * 3


def drawn(chart: object) -> ControlChart:
    assert isinstance(chart, ControlChart)
    return chart


def test_correlation_of_neighbours() -> None:
    """
    about 100    + + - - + + - - + + - -
    products      + - + - + - + - + - +  | sum 1, of 12 squares; for 12 months (1 + 1) / (12 - 4)
    """
    assert lag_one_correlation(np.array(IN_PAIRS), np.full(12, True)) == pytest.approx(0.25)
    to_and_fro = np.array([99.0, 101] * 6)
    assert lag_one_correlation(to_and_fro, np.full(12, True)) == 0.0
    assert lag_one_correlation(np.full(12, 7.0), np.full(12, True)) == 0.0


def test_a_gap_breaks_a_pair_and_leaves_the_others_their_weight() -> None:
    """
    about 100    + + - - . + + - - + + - -
    products      + - +     + - + - + - +  | sum 2 in 10 pairs of 11, of 12 squares: 2/12 * 11/10
    """
    values = np.array([101.0, 101, 99, 99, NAN, *IN_PAIRS[4:]])
    expected = (2 / 12 * 11 / 10 * 12 + 1) / 8
    assert lag_one_correlation(values, ~np.isnan(values)) == pytest.approx(expected)


def test_limits_allow_for_the_correlation() -> None:
    """
    moving ranges    0 2 0 2 0 2 0 2 0 2 0 | mean 10/11, over 1.128, over sqrt(1 - .25)
    worth            12 * .75 / 1.25 = 7.2 independent months
    """
    chart = drawn(stock_chart(IN_PAIRS))
    assert chart.kind is ChartKind.STOCK
    assert chart.inflation == pytest.approx(1 / np.sqrt(0.75))
    assert chart.sigma[0] == pytest.approx(10 / 11 / 1.128 / np.sqrt(0.75))
    assert chart.upper[0] == pytest.approx(100 + 3 * chart.sigma[0])
    plain = drawn(individuals_chart(IN_PAIRS))
    assert (chart.upper > plain.upper).all()
    assert (drawn(stock_chart(IN_PAIRS, highest=101.5)).upper == 101.5).all()


def test_a_stock_that_grows_month_by_month_follows_itself() -> None:
    found = stock_chart(np.arange(300.0, 324.0))
    assert isinstance(found, FollowsItself)
    assert found.correlation == 0.95
    assert found.worth == pytest.approx(24 * 0.05 / 1.95)
    assert found.needed == 6
    assert list(found.values[:2]) == [300, 301]


def test_a_wrong_count_spoils_the_change_into_it_and_out_of_it() -> None:
    stock = [100, 101, 100, 99, 500, 100, 101, 100]
    chart = drawn(net_flow_chart(stock, exclude=np.arange(8) == 4, minimum=5))
    assert list(np.flatnonzero(chart.excluded)) == [4, 5]
    assert list(chart.values[chart.baseline]) == [1, -1, -1, 1, -1]
    assert list(np.flatnonzero(chart.beyond)) == [4, 5]


def test_short_stocks() -> None:
    for chart in (stock_chart([5.0] * 11), net_flow_chart([5.0] * 12)):
        assert isinstance(chart, TooShort)
        assert chart.n_baseline == 11
    assert stock_chart([5.0] * 11).kind is ChartKind.STOCK  # type: ignore[union-attr]


def test_runs_of_a_stock_are_no_signals() -> None:
    """Twenty months up, twenty down, within limits: alike by their making."""
    rng = np.random.default_rng(5)
    values = np.repeat([100.0, 104, 100, 104], 10) + rng.normal(0, 6, 40)
    chart = drawn(stock_chart(values))
    assert not point_signals(chart, shift=3, trend=3).any.any()
    assert point_signals(drawn(individuals_chart(values)), shift=3, trend=3).any.any()


def stocks_without_change(correlation: float, seed: int) -> np.ndarray:
    """A hundred stocks of 48 months about one level; shape (100, 48)."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((100, 48))
    values = noise.copy()
    for month in range(1, 48):
        fresh = np.sqrt(1 - correlation**2) * noise[:, month]
        values[:, month] = correlation * values[:, month - 1] + fresh
    return 300 + 10 * values


def signalling(chart: Callable[[np.ndarray], object], series: np.ndarray) -> int:
    """How many of the series have a point beyond limits, where the chart draws any."""
    charts = [chart(values) for values in series]
    return sum(isinstance(each, ControlChart) and bool(each.beyond.any()) for each in charts)


@pytest.mark.parametrize("correlation", [0.4, 0.7, 0.9])
def test_plain_limits_of_a_stock_alarm_by_chance_and_these_do_not(correlation: float) -> None:
    series = stocks_without_change(correlation, seed=1)
    assert signalling(individuals_chart, series) >= 40
    assert signalling(stock_chart, series) <= 10
    assert signalling(net_flow_chart, series) <= 15


def test_why_a_rolling_year_is_never_charted() -> None:
    """The last twelve months of independent counts, month by month: nothing but chance."""
    rng = np.random.default_rng(2)
    counts = rng.poisson(20, (100, 59))
    rolling = np.stack([counts[:, month : month + 12].sum(axis=1) for month in range(48)], axis=1)
    assert signalling(individuals_chart, counts[:, :48]) <= 25
    assert signalling(individuals_chart, rolling) >= 95


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: net_flow_chart([1, NAN, 2, NAN]), "no two neighbouring figures"),
        (lambda: stock_chart([1, -2], lowest=0), r"values\[1\] is -2; values must lie from 0"),
        (lambda: stock_chart([1, np.inf]), r"values\[1\] is inf"),
    ],
)
def test_refuses_what_is_no_stock(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
