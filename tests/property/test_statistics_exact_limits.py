"""What holds for exact limits, stocks and phases, whatever the numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from scrutinybook.statistics import (
    ControlChart,
    FollowsItself,
    LeftOut,
    Phase,
    TooFewCases,
    beta_binomial_chart,
    c_chart,
    individuals_chart,
    net_flow_chart,
    p_chart,
    phased_chart,
    stock_chart,
)
from scrutinybook.statistics.beta_binomial_chart import within_period_correlation

TAIL = stats.norm.sf(3)


@st.composite
def proportions(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    n = draw(st.integers(12, 30))
    size = np.array(draw(st.lists(st.integers(1, 80), min_size=n, max_size=n)), dtype=float)
    share = draw(st.floats(0, 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.binomial(size.astype(int), share).astype(float), size


levels = st.lists(
    st.one_of(st.just(float("nan")), st.integers(0, 2000).map(float)), min_size=14, max_size=40
).filter(lambda values: np.isfinite(values).sum() >= 12)


@settings(deadline=None)
@given(proportions())
def test_a_result_is_beyond_exactly_where_its_mid_p_tail_says_so(
    parts: tuple[np.ndarray, np.ndarray],
) -> None:
    top, size = parts
    chart = beta_binomial_chart(top, size)
    assume(isinstance(chart, ControlChart))
    assert isinstance(chart, ControlChart)
    share = min(max(top.sum(), 0.5), size.sum() - 0.5) / size.sum()
    alike = within_period_correlation(top, size)
    n = int(size[0])
    if alike > 1e-6:
        weight = (1 - alike) / alike
        law = stats.betabinom(n, share * weight, (1 - share) * weight)
    else:
        law = stats.binom(n, share)
    for count in range(n + 1):
        here = law.pmf(count)
        below, above = law.cdf(count) - here / 2, law.sf(count) + here / 2
        value = count / n
        for tail, outside in ((below, value < chart.lower[0]), (above, value > chart.upper[0])):
            if abs(tail / TAIL - 1) > 1e-6:  # on the edge rounding decides
                assert (tail <= TAIL) == outside


@settings(deadline=None)
@given(proportions())
def test_exact_lines_are_in_order_and_possible(parts: tuple[np.ndarray, np.ndarray]) -> None:
    chart = beta_binomial_chart(*parts)
    if isinstance(chart, TooFewCases):
        assert 2 * chart.n_telling <= chart.n_baseline
        return
    assert isinstance(chart, ControlChart)
    lines = (chart.lower, chart.near_lower, chart.centre, chart.near_upper, chart.upper)
    for low, high in pairwise(lines):
        assert (low <= high + 1e-12).all()
    assert (chart.lower >= 0).all()
    assert (chart.upper <= 1).all()
    assert chart.inflation >= 1
    assert np.isfinite(chart.sigma).all()


@settings(deadline=None)
@given(proportions())
def test_exact_limits_mirror(parts: tuple[np.ndarray, np.ndarray]) -> None:
    top, size = parts
    there, back = beta_binomial_chart(top, size), beta_binomial_chart(size - top, size)
    assert type(there) is type(back)
    if isinstance(there, ControlChart) and isinstance(back, ControlChart):
        np.testing.assert_allclose(there.upper, 1 - back.lower, atol=1e-12)
        np.testing.assert_allclose(there.near_lower, 1 - back.near_upper, atol=1e-12)


@settings(deadline=None)
@given(st.integers(1, 19), st.integers(2, 40))
def test_more_children_narrow_exact_limits(part: int, times: int) -> None:
    few, many = (
        beta_binomial_chart([part * scale] * 12, [20 * scale] * 12) for scale in (1, times)
    )
    assert isinstance(few, ControlChart)
    assert isinstance(many, ControlChart)
    assert (many.upper <= few.upper + 1e-12).all()
    assert (many.lower >= few.lower - 1e-12).all()


@settings(deadline=None)
@given(st.integers(200, 1000), st.integers(1000, 3000))
def test_exact_limits_meet_the_plain_ones_where_many_are_counted(part: int, rest: int) -> None:
    size = part + rest
    exact, plain = beta_binomial_chart([part] * 12, [size] * 12), p_chart([part] * 12, [size] * 12)
    assert isinstance(exact, ControlChart)
    assert isinstance(plain, ControlChart)
    np.testing.assert_allclose(exact.upper, plain.upper, atol=0.1 * plain.sigma[0] + 1.5 / size)
    np.testing.assert_allclose(exact.lower, plain.lower, atol=0.1 * plain.sigma[0] + 1.5 / size)


@settings(deadline=None)
@given(levels)
def test_limits_of_a_stock_are_never_narrower_than_plain_ones(values: list[float]) -> None:
    chart, plain = stock_chart(values, lowest=0.0), individuals_chart(values, lowest=0.0)
    assert isinstance(plain, ControlChart)
    if isinstance(chart, FollowsItself):
        assert 0 < chart.correlation <= 0.95
        assert chart.worth < chart.needed
        return
    assert isinstance(chart, ControlChart)
    assert chart.inflation >= 1
    assert (chart.upper >= plain.upper - 1e-9).all()
    assert (chart.lower >= 0).all()
    assert np.isfinite(chart.upper).all()


@settings(deadline=None)
@given(levels, st.integers(-500, 500))
def test_net_flow_does_not_know_the_level(values: list[float], more: int) -> None:
    known = np.isfinite(values)
    assume((known[1:] & known[:-1]).any())
    there = net_flow_chart(values, minimum=2)
    moved = net_flow_chart(np.array(values) + more, minimum=2)
    np.testing.assert_allclose(there.values, moved.values)
    assert type(there) is type(moved)
    if isinstance(there, ControlChart) and isinstance(moved, ControlChart):
        np.testing.assert_allclose(there.upper, moved.upper)


@settings(deadline=None)
@given(levels, st.integers(1, 13), st.integers(0, 13))
def test_phases_are_the_charts_of_their_parts(values: list[float], cut: int, ghost: int) -> None:
    whole = np.floor(np.array(values))
    left = np.where(np.arange(whole.size) == ghost, np.nan, whole)
    assume(np.isfinite(left[:cut]).any() and np.isfinite(left[cut:]).any())
    found = phased_chart(
        c_chart,
        whole,
        phases=[Phase(cut, "cut")],
        left_out=[LeftOut(ghost, "ghost", ghosted=True)],
        minimum=2,
    )
    for phase, part in zip(found.phases, (left[:cut], left[cut:]), strict=True):
        alone = c_chart(part, minimum=2)
        assert type(phase.chart) is type(alone)
        np.testing.assert_array_equal(phase.chart.values, alone.values)
        if isinstance(alone, ControlChart):
            np.testing.assert_array_equal(found.upper[phase.begins : phase.ends], alone.upper)
    np.testing.assert_array_equal(found.ghosts[ghost], whole[ghost])
    assert not found.beyond[ghost]
    assert found.values.size == whole.size
