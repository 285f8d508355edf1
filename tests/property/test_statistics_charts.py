"""What holds for every chart, interval and funnel, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import (
    ControlChart,
    c_chart,
    chance_signals,
    individuals_chart,
    newcombe,
    p_chart,
    p_prime_chart,
    proportion_funnel,
    rate_ratio,
    run_chart,
    runs_test,
    t_chart,
    u_chart,
    u_prime_chart,
    wilson,
)

figures = st.one_of(st.just(float("nan")), st.integers(0, 5000).map(float))
sizes = st.integers(1, 5000).map(float)


@st.composite
def rates(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    n = draw(st.integers(12, 40))
    counts = np.array(draw(st.lists(figures, min_size=n, max_size=n)))
    assume(np.isfinite(counts).sum() >= 12)
    return counts, np.array(draw(st.lists(sizes, min_size=n, max_size=n)))


@st.composite
def proportions(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    counts, size = draw(rates())
    return np.floor(np.minimum(counts, size)), size


def drawn(chart: object) -> ControlChart:
    assert isinstance(chart, ControlChart)
    return chart


@settings(deadline=None)
@given(proportions())
def test_limits_of_proportions_stay_between_nothing_and_all(
    parts: tuple[np.ndarray, np.ndarray],
) -> None:
    for make in (p_chart, p_prime_chart):
        chart = drawn(make(*parts))
        known = ~np.isnan(chart.values)
        assert ((chart.lower[known] >= 0) & (chart.upper[known] <= 1)).all()
        assert (chart.lower[known] <= chart.centre[known] + 1e-12).all()
        assert (chart.centre[known] <= chart.upper[known] + 1e-12).all()
        assert np.isfinite(chart.centre).all()
        assert not chart.beyond[~known].any()


@settings(deadline=None)
@given(rates())
def test_limits_of_rates_are_numbers_and_never_below_zero(
    parts: tuple[np.ndarray, np.ndarray],
) -> None:
    for chart in (drawn(c_chart(parts[0])), drawn(u_chart(*parts)), drawn(u_prime_chart(*parts))):
        assert (chart.lower >= 0).all()
        assert np.isfinite(chart.upper).all()
        assert chart.inflation >= 1


@settings(deadline=None)
@given(rates())
def test_prime_limits_are_never_narrower_than_plain(
    parts: tuple[np.ndarray, np.ndarray],
) -> None:
    plain, wide = drawn(u_chart(*parts)), drawn(u_prime_chart(*parts))
    assert (wide.upper >= plain.upper).all()
    assert (wide.lower <= plain.lower).all()


@settings(deadline=None)
@given(rates(), st.floats(0.01, 1000))
def test_individuals_scale_with_their_unit(
    parts: tuple[np.ndarray, np.ndarray], factor: float
) -> None:
    values = parts[0]
    chart, scaled = drawn(individuals_chart(values)), drawn(individuals_chart(values * factor))
    np.testing.assert_allclose(scaled.upper, chart.upper * factor, rtol=1e-9)
    np.testing.assert_allclose(scaled.lower, chart.lower * factor, rtol=1e-9, atol=1e-7)


@settings(deadline=None)
@given(rates(), st.randoms(use_true_random=False))
def test_order_matters_to_no_plain_chart(
    parts: tuple[np.ndarray, np.ndarray], random: object
) -> None:
    order = np.arange(parts[0].size)
    random.shuffle(order)  # type: ignore[attr-defined]
    chart = drawn(u_chart(*parts))
    mixed = drawn(u_chart(parts[0][order], parts[1][order]))
    np.testing.assert_allclose(mixed.upper, chart.upper[order])
    np.testing.assert_array_equal(mixed.beyond, chart.beyond[order])


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(1, 100), st.integers(2, 50))
def test_more_children_narrow_the_limits(part: int, whole: int, times: int) -> None:
    part = min(part, whole)
    few = drawn(p_chart([part] * 12, [whole] * 12))
    many = drawn(p_chart([part * times] * 12, [whole * times] * 12))
    assert (many.upper <= few.upper + 1e-12).all()
    assert (many.lower >= few.lower - 1e-12).all()
    one, other = wilson(part, whole), wilson(part * times, whole * times)
    assert other.upper - other.lower < one.upper - one.lower


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_wilson_holds_its_estimate_and_mirrors(part: int, whole: int) -> None:
    part = min(part, whole)
    found, rest = wilson(part, whole), wilson(whole - part, whole)
    assert 0 <= found.lower <= found.estimate <= found.upper <= 1
    assert (found.lower, found.upper) == pytest.approx((1 - rest.upper, 1 - rest.lower))


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 200), st.integers(50, 200))
def test_differences_and_ratios_turn_round(a: int, b: int, n: int, m: int) -> None:
    there, back = newcombe((a, n), (b, m)), newcombe((b, m), (a, n))
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
    assert there.lower <= there.estimate <= there.upper
    assume(a > 0 and b > 0)
    for spread in (1.0, 2.5):
        up = rate_ratio((a, n), (b, m), dispersion=spread)
        down = rate_ratio((b, m), (a, n), dispersion=spread)
        assert up.lower <= up.estimate <= up.upper
        assert (up.lower, up.upper) == pytest.approx((1 / down.upper, 1 / down.lower))


@settings(deadline=None)
@given(st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=60))
def test_runs_and_crossings_are_the_same_upside_down_and_backwards(values: list[float]) -> None:
    line, zero = np.array(values), np.zeros(len(values))
    found = runs_test(line, zero)
    assert found == runs_test(-line, zero) == runs_test(line[::-1], zero)
    assert found.longest_run + found.crossings <= max(found.n_useful, 0)


@settings(deadline=None)
@given(st.integers(1, 200))
def test_chances_are_chances(n: int) -> None:
    found = chance_signals(n)
    assert 0 <= found.any_runs <= found.any_signal + 1e-12 <= 1 + 1e-12
    assert found.any_beyond <= found.expected_beyond + 1e-12


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_order_of_authorities_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = rng.integers(20, 500, 30).astype(float)
    top = rng.binomial(size.astype(int), rng.uniform(0.3, 0.9, 30)).astype(float)
    order = rng.permutation(30)
    funnel, mixed = proportion_funnel(top, size), proportion_funnel(top[order], size[order])
    np.testing.assert_allclose(mixed.z, funnel.z[order])
    assert np.isfinite(funnel.z).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: c_chart([1.0, -2.0]), r"counts\[1\] is -2; counts must be a whole number"),
        (lambda: c_chart([]), "counts has shape"),
        (lambda: c_chart([[1.0]]), "counts has shape"),
        (lambda: c_chart([1.0, np.inf]), r"counts\[1\] is inf"),
        (lambda: u_chart([1.0, 2.0], [5.0, 0.0]), r"exposures\[1\] is 0; exposures must be above"),
        (lambda: u_chart([1.0, 2.0], [5.0]), "exposures has 1 values; 2 are needed"),
        (lambda: p_chart([3.0], [2.0]), r"numerators\[0\] is 3; .* no higher than its denominator"),
        (lambda: individuals_chart([1.0, -1.0], lowest=0), r"values\[1\] is -1; values must lie"),
        (lambda: individuals_chart([1.0] * 3, baseline=[1, 0, 1]), "baseline has shape"),
        (lambda: individuals_chart([1.0] * 3, minimum=1), "minimum is 1"),
        (lambda: run_chart([np.nan]), "values hold no figure"),
        (lambda: wilson(3, 2), "numerator is 3"),
        (lambda: wilson(0, 0), "denominator is 0"),
        (lambda: wilson(1, 2, confidence=95), "confidence is 95"),
        (lambda: rate_ratio((0, 1.0), (0, 1.0)), "both 0"),
        (lambda: rate_ratio((1, 0.0), (2, 1.0)), "first exposure is 0"),
        (lambda: rate_ratio((1, 1.0), (2, 1.0), dispersion=0.5), "dispersion is 0.5"),
        (lambda: proportion_funnel([1.0] * 9, [2.0] * 9), "9 authorities have a figure"),
        (lambda: proportion_funnel([2.0] * 12, [2.0] * 12), "same value, 1"),
        (lambda: chance_signals(0), "n_points is 0"),
    ],
)
def test_refuses_what_no_method_can_use_and_says_where(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]


@settings(deadline=None)
@given(st.decimals(min_value="0.1", max_value=100, places=1).map(float), st.integers(2, 60))
def test_a_series_that_never_varies_never_signals(value: float, n: int) -> None:
    """0.1 added up many times over is not that many tenths; the mean must be 0.1 all the same."""
    values = np.full(n, value)
    for make in (individuals_chart, t_chart):
        found = drawn(make(values, minimum=2))
        assert not found.beyond.any()
        assert runs_test(found.values, found.centre).n_useful == 0


@settings(deadline=None)
@given(proportions())
def test_the_floor_of_sigma_z_only_ever_widens_limits(
    parts: tuple[np.ndarray, np.ndarray],
) -> None:
    for make in (p_prime_chart, u_prime_chart):
        floored, free = drawn(make(*parts)), drawn(make(*parts, floor=False))
        assert floored.inflation == max(1.0, free.inflation)
        known = ~np.isnan(free.upper)
        assert (floored.upper[known] >= free.upper[known]).all()
        assert (floored.lower[known] <= free.lower[known]).all()


def test_excluded_points_make_no_median_and_no_run() -> None:
    values = [1.0, 9, 1, 9, 5, 8, 8, 8, 8, 100]
    left_out = np.arange(10) >= 5
    chart = run_chart(values, exclude=left_out)
    assert chart.centre[0] == 5
    assert (chart.runs.n_useful, chart.runs.longest_run) == (4, 1)
