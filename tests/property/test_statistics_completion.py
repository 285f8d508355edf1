"""What holds for every history of extracts."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import Completion, complete, same_maturity


@st.composite
def histories(draw: st.DrawFn) -> np.ndarray:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, k = draw(st.integers(12, 30)), draw(st.integers(2, 5))
    settled = rng.poisson(draw(st.floats(3, 500)), n)
    shares = np.sort(rng.uniform(0.4, 1, k))
    history = np.maximum(rng.binomial(settled[:, None], shares), 1).astype(float)
    for month in range(n - k + 1, n):
        history[month, n - month :] = np.nan
    return history


def completed(history: np.ndarray) -> Completion:
    found = complete(history, seed=5, n_samples=300)
    assert isinstance(found, Completion)
    return found


@settings(max_examples=40, deadline=None)
@given(histories())
def test_answers_are_ordered_numbers_and_repeatable(history: np.ndarray) -> None:
    found, again = completed(history), completed(history)
    np.testing.assert_array_equal(found.lower, again.lower)
    assert np.isfinite(found.completed).all()
    assert (found.lower >= 0).all()
    assert (found.lower <= found.upper).all()
    assert found.reported[-1] == found.reported_lower[-1] == found.reported_upper[-1] == 1
    assert (found.reported_lower <= found.reported_upper).all()
    settled = ~found.growing
    np.testing.assert_array_equal(found.completed[settled], found.counts[settled])
    np.testing.assert_array_equal(found.lower[settled], found.upper[settled])
    np.testing.assert_allclose(
        found.completed[found.growing],
        found.counts[found.growing] / found.reported[found.maturity[found.growing]],
    )


@settings(max_examples=25, deadline=None)
@given(histories(), st.integers(2, 9))
def test_scale_of_counts_scales_the_estimate(history: np.ndarray, times: int) -> None:
    one, other = completed(history), completed(history * times)
    np.testing.assert_allclose(other.completed, times * one.completed)
    np.testing.assert_allclose(other.reported, one.reported)


@settings(max_examples=25, deadline=None)
@given(histories())
def test_order_of_settled_months_does_not_matter_to_the_estimate(history: np.ndarray) -> None:
    settled = ~np.isnan(history).any(axis=1)
    mixed = history.copy()
    mixed[settled] = history[settled][::-1]
    np.testing.assert_allclose(completed(mixed).completed[-1], completed(history).completed[-1])
    assert same_maturity(history).maturity == 0
