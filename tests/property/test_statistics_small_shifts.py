"""What holds for every series that is watched for small shifts."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import SmallShifts, count_shifts, proportion_shifts

seeds = st.integers(0, 2**32 - 1)


def counted(counts: np.ndarray, exposures: np.ndarray | None = None) -> SmallShifts:
    found = count_shifts(
        counts, exposures, n_baseline=30, first_month=4, seed=3, run_length=24, n_samples=200
    )
    assert isinstance(found, SmallShifts)
    return found


@settings(max_examples=20, deadline=None)
@given(seeds, st.floats(2, 3000), st.floats(0, 0.4))
def test_answers_are_numbers_and_repeatable(seed: int, mean: float, spread: float) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(mean * np.exp(spread * rng.standard_normal(40))).astype(float)
    counts[rng.choice(40, 3, replace=False)] = np.nan
    found, again = counted(counts), counted(counts)
    assert found.threshold == again.threshold > 0
    np.testing.assert_array_equal(found.rising, again.rising)
    known = ~np.isnan(counts)
    assert np.isfinite(found.z[known]).all()
    assert np.isfinite(found.rising[30:]).all()
    assert np.isnan(found.rising[:30]).all()
    assert (np.diff(found.false_by) >= 0).all()
    assert 0 <= found.rho < 1
    assert found.shift > 0


@settings(max_examples=10, deadline=None)
@given(seeds, st.integers(2, 40))
def test_unit_of_exposure_does_not_matter(seed: int, times: int) -> None:
    rng = np.random.default_rng(seed)
    counts, days = rng.poisson(200, 40), rng.integers(18, 24, 40).astype(float)
    one, other = counted(counts, days), counted(counts, days * times)
    np.testing.assert_allclose(other.z, one.z)
    np.testing.assert_allclose(other.threshold, one.threshold)
    np.testing.assert_allclose(other.values * times, one.values)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_shares_and_their_rest_mirror(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = rng.integers(80, 200, 36)
    top = rng.binomial(size, 0.7)
    one, rest = (
        proportion_shifts(x, size, n_baseline=30, seed=1, run_length=24, n_samples=200)
        for x in (top, size - top)
    )
    assert isinstance(one, SmallShifts)
    assert isinstance(rest, SmallShifts)
    np.testing.assert_allclose(one.rising[30:], rest.falling[30:], atol=1e-9)
