"""What holds for every trend and forecast."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import (
    Forecast,
    Trend,
    count_trend,
    forecast_counts,
    forecast_proportions,
    value_trend,
)

seeds = st.integers(0, 2**32 - 1)


def trend(values: np.ndarray, *, seasonal: bool = False) -> Trend:
    found = value_trend(values, first_month=4, seed=1, seasonal=seasonal)
    assert isinstance(found, Trend)
    return found


@settings(max_examples=30, deadline=None)
@given(seeds, st.floats(-50, 50), st.floats(0.01, 100), st.booleans())
def test_unit_of_values_is_the_unit_of_the_trend(
    seed: int, shift: float, scale: float, seasonal: bool
) -> None:
    values = np.random.default_rng(seed).normal(0, 1, 36)
    values[[3, 20]] = np.nan
    one, other = trend(values, seasonal=seasonal), trend(shift + scale * values, seasonal=seasonal)
    np.testing.assert_allclose(other.change.estimate, scale * one.change.estimate, rtol=1e-6)
    np.testing.assert_allclose(other.change.upper, scale * one.change.upper, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(other.p_value, one.p_value, rtol=1e-6)
    np.testing.assert_allclose(other.first, shift + scale * one.first, rtol=1e-6, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_backwards_the_change_is_turned_round(seed: int) -> None:
    values = np.random.default_rng(seed).normal(0, 1, 20)
    there, back = trend(values), trend(values[::-1])
    np.testing.assert_allclose(back.change.estimate, -there.change.estimate, atol=1e-9)
    np.testing.assert_allclose(back.p_value, there.p_value)


@settings(max_examples=30, deadline=None)
@given(seeds, st.floats(0, 500))
def test_count_trends_are_ordered_numbers(seed: int, mean: float) -> None:
    counts = np.random.default_rng(seed).poisson(mean, 12).astype(float)
    found = count_trend(counts, first_month=1, seed=1, seasonal=False)
    assert isinstance(found, Trend)
    assert found.ratio is not None
    assert found.ratio.lower <= found.ratio.estimate <= found.ratio.upper
    assert found.change.lower <= found.change.estimate <= found.change.upper
    assert 0 <= found.p_value <= 1
    assert (found.p_value < 0.05) == (not found.ratio.lower <= 1 <= found.ratio.upper)


@settings(max_examples=20, deadline=None)
@given(seeds, st.floats(20, 5000), st.floats(0, 0.4), st.integers(1, 12))
def test_forecasts_are_ordered_and_repeatable(
    seed: int, mean: float, spread: float, ahead: int
) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(mean * np.exp(spread * rng.standard_normal(40))).astype(float)
    counts[rng.choice(40, 4, replace=False)] = np.nan
    found, again = (
        forecast_counts(counts, ahead=ahead, first_month=4, seed=2, n_samples=400) for _ in range(2)
    )
    assert isinstance(found, Forecast)
    assert isinstance(again, Forecast)
    np.testing.assert_array_equal(found.paths, again.paths)
    assert found.paths.shape == (400, ahead)
    assert (found.lower >= 0).all()
    assert (found.lower <= found.middle).all()
    assert (found.middle <= found.upper).all()
    assert found.level.lower <= found.level.estimate <= found.level.upper
    later = found.compare(found.middle)
    assert later is not None
    assert later.inside.all()
    assert 0 < later.p_value <= 1


@settings(max_examples=20, deadline=None)
@given(seeds, st.floats(0.2, 0.8))
def test_shares_forecast_as_their_rest_does(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    size = rng.integers(80, 300, 30)
    top = rng.binomial(size, share)
    one, rest = (
        forecast_proportions(x, size, ahead=4, first_month=1, seed=1) for x in (top, size - top)
    )
    assert isinstance(one, Forecast)
    assert isinstance(rest, Forecast)
    # Drawn apart, so that they agree up to what 4,000 draws leave open.
    np.testing.assert_allclose(one.middle, 1 - rest.middle, atol=0.02)
