"""Control charts by hand: each table is small enough to check with a pencil."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    Reason,
    TooShort,
    c_chart,
    choose_count_chart,
    choose_proportion_chart,
    in_counts,
    individuals_chart,
    p_chart,
    p_prime_chart,
    u_chart,
)

NAN = float("nan")


def drawn(chart: ControlChart | TooShort) -> ControlChart:
    assert isinstance(chart, ControlChart)
    return chart


def test_individuals_from_moving_ranges() -> None:
    """
    value          10  12  11  13 | mean 11.5
    moving range        2   1   2 | mean 5/3, over 1.128 is 1.4775, times 3 is 4.4326
    """
    chart = drawn(individuals_chart([10, 12, 11, 13], minimum=4))
    assert chart.centre == pytest.approx([11.5] * 4)
    assert chart.lower == pytest.approx([11.5 - 4.43262] * 4, abs=1e-5)
    assert chart.upper == pytest.approx([11.5 + 4.43262] * 4, abs=1e-5)


def test_latest_value_is_judged_by_limits_from_earlier_ones() -> None:
    values = [10, 12, 11, 13, 18]
    without = drawn(individuals_chart(values, baseline=np.array([True] * 4 + [False]), minimum=4))
    assert list(without.beyond) == [False, False, False, False, True]
    # Let into its own baseline, the value widens the limits until it is inside them.
    assert not drawn(individuals_chart(values, minimum=4)).beyond.any()


def test_screening_leaves_out_a_moving_range_beyond_its_own_limit() -> None:
    """
    value   1  2  1  2  1  2  1  2  1  2  1 30 | ten ranges of 1 and one of 29: mean 39/11 = 3.545
    limit of ranges 3.267 * 3.545 = 11.6: the 29 goes, the mean range is 1
    """
    values = [1, 2] * 5 + [1, 30]
    assert drawn(individuals_chart(values)).sigma[0] == pytest.approx(39 / 11 / 1.128)
    assert drawn(individuals_chart(values, screen=True)).sigma[0] == pytest.approx(1 / 1.128)


def test_month_without_a_figure_is_a_gap_not_a_zero() -> None:
    chart = drawn(individuals_chart([10, NAN, 12, 11, 13], minimum=4))
    assert chart.centre[0] == 11.5
    assert list(chart.baseline) == [True, False, True, True, True]
    assert chart.n_baseline == 4
    assert np.isnan(chart.values[1])
    assert not chart.beyond[1]
    assert np.isfinite(chart.upper).all()


def test_excluded_month_is_drawn_and_judged_but_makes_no_limits() -> None:
    excluded = np.array([False, False, True, False, False])
    chart = drawn(individuals_chart([10, 12, 99, 11, 13], exclude=excluded, minimum=4))
    assert chart.centre[0] == 11.5
    assert list(chart.beyond) == [False, False, True, False, False]
    assert list(chart.excluded) == list(excluded)


def test_proportions_pool_children_and_do_not_average_months() -> None:
    """
    on time   5   90 | 95 of 110: 0.8636, where a mean of months would say 0.70
    due      10  100 |
    sigma    sqrt(.8636 * .1364 / 10) = 0.1085; of 100: 0.0343
    """
    chart = drawn(p_chart([5, 90], [10, 100], minimum=2))
    assert chart.centre == pytest.approx([95 / 110] * 2)
    assert chart.sigma == pytest.approx([0.108521, 0.034317], abs=1e-5)
    assert chart.upper[0] == 1.0  # 0.8636 + 3 * 0.1085 is more than all
    assert chart.lower[0] == pytest.approx(0.538073, abs=1e-5)


def test_month_in_which_nobody_was_due_is_a_gap() -> None:
    chart = drawn(p_chart([8, 0, 90], [10, 0, 100], minimum=2))
    assert np.isnan(chart.values[1])
    assert np.isnan(chart.upper[1])
    assert not chart.beyond.any()


def test_sigma_z_widens_and_never_narrows() -> None:
    steady = drawn(p_prime_chart([50] * 12, [100] * 12))
    assert steady.inflation == 1.0
    restless = drawn(p_prime_chart([30, 70] * 6, [100] * 12))
    # z is 4 below and 4 above in turn: every moving range is 8.
    assert restless.inflation == pytest.approx(8 / 1.128)


def test_counts_have_no_limit_below_zero() -> None:
    """counts 4 4 4 4: 4 - 3 * 2 is -2, cut to 0; 4 + 3 * 2 is 10."""
    chart = drawn(c_chart([4, 4, 4, 4], minimum=4))
    assert (chart.lower[0], chart.upper[0]) == (0.0, 10.0)


def test_rate_limits_widen_with_fewer_working_days() -> None:
    """
    referrals     40  20 | 60 in 15 days: 4 a day
    working days  10   5 | sigma sqrt(4/10) and sqrt(4/5)
    """
    chart = drawn(u_chart([40, 20], [10, 5], minimum=2))
    assert chart.centre == pytest.approx([4, 4])
    assert chart.upper == pytest.approx([4 + 3 * 0.632456, 4 + 3 * 0.894427], abs=1e-5)


def test_rates_brought_back_to_children() -> None:
    """
    working days     10      5
    upper limit   5.897  6.683  a day | 58.97  33.42  children
    """
    chart = in_counts(drawn(u_chart([40, 20], [10, 5], minimum=2)), [10, 5])
    assert list(chart.values) == [40, 20]
    assert chart.upper == pytest.approx([58.974, 33.416], abs=1e-3)
    assert chart.near_upper == pytest.approx([40 + 2 * 6.32456, 20 + 2 * 4.47214], abs=1e-4)
    assert chart.near_lower == pytest.approx([40 - 2 * 6.32456, 20 - 2 * 4.47214], abs=1e-4)
    with pytest.raises(ValueError, match="exposures has 1 values; 2 are needed"):
        in_counts(chart, [10])


def test_all_on_time_has_limits_without_width() -> None:
    chart = drawn(p_prime_chart([20] * 12 + [19], [20] * 13, baseline=np.arange(13) < 12))
    assert (chart.centre[0], chart.lower[0], chart.upper[0]) == (1.0, 1.0, 1.0)
    assert chart.inflation == 1.0
    assert list(np.flatnonzero(chart.beyond)) == [12]


@pytest.mark.parametrize(("months", "limits"), [(11, False), (12, True)])
def test_limits_from_twelve_months(months: int, limits: bool) -> None:
    answer = individuals_chart(np.arange(months, dtype=float))
    assert isinstance(answer, ControlChart) is limits
    if not limits:
        assert isinstance(answer, TooShort)
        assert (answer.kind, answer.n_baseline, answer.needed) == (ChartKind.INDIVIDUALS, 11, 12)
        assert list(answer.values) == list(range(11))
        assert answer.run.centre[0] == 5.0  # a run chart can be drawn: values about their median


class TestChoice:
    """Which chart, from the spread of the baseline."""

    def test_spread_as_chance_has_it_keeps_the_plain_chart(self) -> None:
        calm = [90, 110, 95, 105, 100, 92, 108, 97, 103, 100, 101, 99]
        chosen = choose_count_chart(calm, [20] * 12)
        assert chosen.reason is Reason.CHANCE_ONLY
        assert drawn(chosen.chart).kind is ChartKind.U

    def test_counts_alone_keep_a_c_chart(self) -> None:
        assert drawn(choose_count_chart([100, 101] * 6).chart).kind is ChartKind.C

    def test_wider_spread_in_months_alike_takes_individuals_per_working_day(self) -> None:
        wild = [60, 140, 95, 150, 50, 92, 160, 70, 103, 40, 130, 110]
        chosen = choose_count_chart(wild, [20, 21, 22] * 4)
        assert chosen.reason is Reason.WIDER_ALIKE
        assert drawn(chosen.chart).kind is ChartKind.INDIVIDUALS
        assert drawn(chosen.plain).beyond.any()
        assert not drawn(chosen.chart).beyond.any()

    def test_wider_spread_over_unlike_sizes_takes_u_prime(self) -> None:
        sizes = np.array([10, 100] * 6)
        wild = np.array([60, 1400, 95, 1500, 50, 920, 160, 700, 103, 400, 130, 1100])
        chosen = choose_count_chart(wild, sizes)
        assert chosen.reason is Reason.WIDER_UNLIKE
        assert drawn(chosen.chart).kind is ChartKind.U_PRIME

    def test_proportions(self) -> None:
        calm = choose_proportion_chart([50, 52, 48, 50] * 3, [100] * 12)
        assert drawn(calm.chart).kind is ChartKind.P
        wild = choose_proportion_chart([30, 70] * 6, [100] * 12)
        assert drawn(wild.chart).kind is ChartKind.P_PRIME
        assert wild.dispersion is not None
        assert wild.dispersion.ratio == pytest.approx(12 * (20**2 / 25) / 11)

    def test_short_series_says_so(self) -> None:
        chosen = choose_count_chart([3, 4, 5], [20, 21, 22])
        assert chosen.reason is Reason.TOO_SHORT
        assert isinstance(chosen.chart, TooShort)
        assert chosen.dispersion is None
        assert choose_proportion_chart([3, 4], [5, 5]).reason is Reason.TOO_SHORT
        assert isinstance(p_chart([3, 4], [5, 5]), TooShort)

    def test_no_spread_at_all_keeps_the_plain_chart(self) -> None:
        chosen = choose_count_chart([0] * 12)
        assert chosen.reason is Reason.CHANCE_ONLY
        assert chosen.dispersion is not None
        assert (chosen.dispersion.ratio, chosen.dispersion.p_value) == (0.0, 1.0)
