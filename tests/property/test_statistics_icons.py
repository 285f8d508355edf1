"""What holds for the "Making data count" rules and icons, whatever the numbers."""

from __future__ import annotations

from itertools import pairwise

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


def in_a_run(same: list[bool], at: int, length: int) -> bool:
    """Whether `length` marked places in a row hold the place `at`."""
    first = max(0, at - length + 1)
    return any(
        start + length <= len(same) and all(same[start : start + length])
        for start in range(first, at + 1)
    )


@settings(deadline=None)
@given(lines, st.integers(3, 8))
def test_every_point_as_the_words_of_the_rules_have_it(values: list[float], length: int) -> None:
    """The rules once more, point by point and without any of the arrays they are made with."""
    chart = making_data_count_chart(values)
    assert isinstance(chart, ControlChart)
    found = point_signals(chart, shift=length, trend=length)
    places = [place for place, value in enumerate(values) if not np.isnan(value)]
    known = [values[place] for place in places]
    centre = float(chart.centre[0])
    above, below = [x > centre for x in known], [x < centre for x in known]
    up = [b > a for a, b in pairwise(known)]
    down = [b < a for a, b in pairwise(known)]
    close = [
        chart.near_upper[0] < x <= chart.upper[0] or chart.lower[0] <= x < chart.near_lower[0]
        for x in known
    ]

    def moving(steps: list[bool], at: int) -> bool:
        # A point belongs to a trend with the step into it or the step out of it.
        return any(
            0 <= step < len(steps) and in_a_run(steps, step, length - 1) for step in (at - 1, at)
        )

    for at, place in enumerate(places):
        shifted = in_a_run(above, at, length) - in_a_run(below, at, length)
        assert found.shift[place] == shifted
        rising, falling = moving(up, at), moving(down, at)
        later = 1 if at < len(up) and up[at] else -1
        assert found.trend[place] == (later if rising and falling else rising - falling)
        windows = [range(start, start + 3) for start in range(at - 2, at + 1)]
        near = any(
            w.start >= 0
            and w.stop <= len(known)
            and (all(above[i] for i in w) or all(below[i] for i in w))
            and sum(close[i] for i in w) >= 2
            for w in windows
        )
        assert abs(found.near[place]) == (close[at] and near)


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
