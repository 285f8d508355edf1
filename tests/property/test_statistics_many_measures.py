"""What holds for exact tests and for many measures at once, whatever the numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from scrutinybook.statistics import (
    chance_over_many,
    count_against,
    false_discoveries,
    rate_ratio,
    two_counts,
    two_proportions,
)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.2, 5))
def test_test_of_two_counts_and_interval_of_their_ratio_agree(a: int, b: int, size: float) -> None:
    assume(a + b > 0)
    p = two_counts((a, 1.0), (b, size)).p_value
    found = rate_ratio((a, 1.0), (b, size))
    assume(abs(p - 0.05) > 1e-9)
    assert (p < 0.05) == (not found.lower <= 1 <= found.upper)
    assert 0 < p <= 1


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_order_and_side_do_not_matter(a: int, n: int, b: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    p = two_proportions((a, n), (b, m)).p_value
    np.testing.assert_allclose(two_proportions((b, m), (a, n)).p_value, p)
    np.testing.assert_allclose(two_proportions((n - a, n), (m - b, m)).p_value, p)
    np.testing.assert_allclose(
        two_counts((a, n), (b, m)).p_value, two_counts((b, m), (a, n)).p_value
    )


@settings(deadline=None)
@given(st.floats(0.1, 200))
def test_exact_test_refuses_no_more_often_than_it_says(expected: float) -> None:
    """Over all counts, those with p up to 0.05 have a probability of at most 0.05."""
    counts = np.arange(int(expected + 12 * np.sqrt(expected) + 20))
    refused = [count_against(int(c), expected).p_value <= 0.05 for c in counts]
    assert stats.poisson.pmf(counts[refused], expected).sum() <= 0.05 + 1e-12


@settings(deadline=None)
@given(chances)
def test_what_stands_hangs_neither_on_order_nor_gets_more_by_strictness(
    p_values: list[float],
) -> None:
    p = np.array(p_values)
    found = false_discoveries(p)
    order = np.random.default_rng(p.size).permutation(p.size)
    mixed = false_discoveries(p[order])
    assert (mixed.stand == found.stand[order]).all()
    assert (found.stand_strictly <= found.stand).all()
    assert (found.stand <= (p <= 0.05)).all()
    assert (found.adjusted >= p - 1e-12).all()
    assert (found.adjusted_strictly >= found.adjusted - 1e-12).all()


@settings(deadline=None)
@given(chances, st.floats(0, 0.95))
def test_number_of_chance_signals_is_a_distribution_with_the_right_mean(
    each: list[float], correlation: float
) -> None:
    found = chance_over_many(each, correlation=correlation)
    assert found.probabilities.shape == (len(each) + 1,)
    assert (found.probabilities >= 0).all()
    np.testing.assert_allclose(found.probabilities.sum(), 1)
    # A steep step of the conditional chance falls between the points of the quadrature.
    np.testing.assert_allclose(found.expected, sum(each), atol=0.03 * len(each) + 1e-9)
    assert 0 <= found.lower <= found.upper <= len(each)
    assert found.probabilities[found.lower : found.upper + 1].sum() >= 0.9 - 1e-12
