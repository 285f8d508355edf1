"""What holds for charts of moving ranges and rare events, whatever the numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import (
    ControlChart,
    g_chart,
    individuals_chart,
    moving_range_chart,
    t_chart,
)

waits = st.lists(
    st.one_of(st.just(float("nan")), st.integers(1, 3000).map(float)), min_size=12, max_size=40
)


@settings(deadline=None)
@given(waits)
def test_lines_are_numbers_in_order_and_never_below_zero(values: list[float]) -> None:
    assume(np.isfinite(values).sum() >= 12)
    for make in (g_chart, t_chart, moving_range_chart):
        chart = make(values)
        assert isinstance(chart, ControlChart)
        assert (chart.lower >= 0).all()
        for low, high in (
            (chart.lower, chart.near_lower),
            (chart.near_lower, chart.near_upper),
            (chart.near_upper, chart.upper),
            (chart.lower, chart.centre),
            (chart.centre, chart.upper),
        ):
            assert (low <= high * (1 + 1e-12)).all()
        assert not chart.beyond[np.isnan(chart.values)].any()


@settings(deadline=None)
@given(waits, st.floats(0.01, 100))
@pytest.mark.parametrize("make", [t_chart, moving_range_chart])
def test_limits_scale_with_the_unit_of_time(
    make: Callable[..., object], values: list[float], factor: float
) -> None:
    assume(np.isfinite(values).sum() >= 12)
    chart, scaled = make(values), make(np.array(values) * factor)
    assert isinstance(chart, ControlChart)
    assert isinstance(scaled, ControlChart)
    for line in ("centre", "lower", "upper", "near_lower", "near_upper"):
        expected = getattr(chart, line) * factor
        # A limit that lies at 0 but for rounding is cut in one unit and not in the other.
        at = 1e-9 * float(np.nanmax(values)) * factor
        np.testing.assert_allclose(getattr(scaled, line), expected, rtol=1e-8, atol=at)


@settings(deadline=None)
@given(waits, st.randoms(use_true_random=False))
def test_order_of_events_does_not_matter_to_a_g_chart(values: list[float], random: object) -> None:
    assume(np.isfinite(values).sum() >= 12)
    mixed = list(values)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = g_chart(values), g_chart(mixed)
    assert isinstance(one, ControlChart)
    assert isinstance(other, ControlChart)
    np.testing.assert_allclose(one.upper, other.upper)


@settings(deadline=None)
@given(waits)
def test_the_mean_range_is_the_one_that_makes_individuals_limits(values: list[float]) -> None:
    assume(np.isfinite(values).sum() >= 12)
    ranges, singles = moving_range_chart(values), individuals_chart(values)
    assert isinstance(ranges, ControlChart)
    assert isinstance(singles, ControlChart)
    np.testing.assert_allclose(ranges.centre / 1.128, singles.sigma)
    np.testing.assert_allclose(ranges.centre[0], np.nanmean(ranges.values))
