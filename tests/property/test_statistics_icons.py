"""What holds for the "Making data count" rules and icons, whatever the numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import (
    ControlChart,
    PointSignals,
    Polarity,
    icons_of,
    making_data_count_chart,
    point_signals,
)

RULES = ("beyond", "trend", "near", "shift")
lines = st.lists(
    st.one_of(st.just(float("nan")), st.integers(-50, 50).map(float)), min_size=12, max_size=48
).filter(lambda values: np.isfinite(values).sum() >= 12)


def signals(values: list[float] | np.ndarray, **options: int) -> PointSignals:
    chart = making_data_count_chart(values)
    assert isinstance(chart, ControlChart)
    return point_signals(chart, **options)


@settings(deadline=None)
@given(lines)
def test_gaps_never_signal_and_a_signal_has_a_rule_and_a_way(values: list[float]) -> None:
    found = signals(values)
    assert not found.any[np.isnan(values)].any()
    for marked, rule, way in zip(found.any, found.rules, found.direction, strict=True):
        assert marked == (rule is not None) == (way != 0)


@settings(deadline=None)
@given(lines)
def test_upside_down_every_signal_turns_over(values: list[float]) -> None:
    there, back = signals(values), signals(-np.array(values))
    for rule in RULES:
        np.testing.assert_array_equal(getattr(there, rule), -getattr(back, rule))


@settings(deadline=None)
@given(lines, st.integers(1, 20), st.integers(-200, 200))
def test_unit_and_origin_do_not_matter(values: list[float], factor: int, origin: int) -> None:
    chart = making_data_count_chart(values)
    assert isinstance(chart, ControlChart)
    # A value that lies on a line but for rounding may fall to either side of it.
    for line in (chart.centre, chart.upper, chart.lower, chart.near_upper, chart.near_lower):
        assume(not np.isclose(chart.values, line, rtol=0, atol=1e-6).any())
    there, moved = signals(values), signals(np.array(values) * factor + origin)
    for rule in RULES:
        np.testing.assert_array_equal(getattr(there, rule), getattr(moved, rule))


@settings(deadline=None)
@given(lines, st.integers(3, 9))
def test_a_longer_run_is_harder_to_reach(values: list[float], length: int) -> None:
    few = signals(values, shift=length, trend=length)
    many = signals(values, shift=length + 1, trend=length + 1)
    assert (np.abs(many.shift) <= np.abs(few.shift)).all()
    assert (np.abs(many.trend) <= np.abs(few.trend)).all()


@settings(deadline=None)
@given(lines, st.sampled_from(Polarity), st.one_of(st.none(), st.integers(-100, 100).map(float)))
def test_an_icon_is_shown_or_withheld_with_a_reason(
    values: list[float], polarity: Polarity, target: float | None
) -> None:
    for chart in (making_data_count_chart(values), making_data_count_chart(values, minimum=60)):
        found = icons_of(chart, polarity=polarity, target=target)
        assert (found.variation is None) == (found.variation_withheld is not None)
        assert (found.assurance is None) == (found.assurance_withheld is not None)
        if polarity is Polarity.NEUTRAL or target is None:
            assert found.assurance is None
        if polarity is Polarity.NEUTRAL and found.variation is not None:
            assert "concern" not in found.variation.value
            assert "improvement" not in found.variation.value
