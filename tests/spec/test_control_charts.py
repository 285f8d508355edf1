"""Control charts by hand: each table is small enough to check with a pencil."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    Reason,
    TooShort,
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


def test_screening_leaves_out_a_moving_range_beyond_its_own_limit() -> None:
    """
    value   1  2  1  2  1  2  1  2  1  2  1 30 | ten ranges of 1 and one of 29: mean 39/11 = 3.545
    limit of ranges 3.267 * 3.545 = 11.6: the 29 goes, the mean range is 1
    """
    values = [1, 2] * 5 + [1, 30]
    assert drawn(individuals_chart(values)).sigma[0] == pytest.approx(39 / 11 / 1.128)
    assert drawn(individuals_chart(values, screen=True)).sigma[0] == pytest.approx(1 / 1.128)


def test_rates_are_brought_back_with_an_exposure_for_each_month() -> None:
    chart = drawn(u_chart([40, 20], [10, 5], minimum=2))
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
