"""Intervals and funnels against published worked examples and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from scrutinybook.statistics import (
    Overdispersion,
    proportion_funnel,
    rate_funnel,
    rate_ratio,
)
from scrutinybook.statistics.funnel import KEPT, WINSORISED


def test_exact_rate_ratio_is_the_exact_binomial_turned_into_a_ratio() -> None:
    """12 then 24 counted in like times: 24 of 36 is 2/3, its exact interval in odds."""
    found = rate_ratio((12, 20.0), (24, 20.0))
    exact = stats.binomtest(24, 36).proportion_ci(method="exact")
    assert found.estimate == 2.0
    assert found.lower == pytest.approx(exact.low / (1 - exact.low))
    assert found.upper == pytest.approx(exact.high / (1 - exact.high))


def test_rate_ratio_allows_for_working_days() -> None:
    assert rate_ratio((10, 20.0), (20, 40.0)).estimate == 1.0


def test_spread_widens_a_rate_ratio() -> None:
    plain, wide = (
        rate_ratio((100, 1.0), (150, 1.0)),
        rate_ratio((100, 1.0), (150, 1.0), dispersion=4),
    )
    assert wide.lower < plain.lower < plain.upper < wide.upper
    assert wide.method != plain.method


def test_nothing_counted_has_one_open_end() -> None:
    assert rate_ratio((0, 1.0), (3, 1.0)).upper == math.inf
    assert rate_ratio((3, 1.0), (0, 1.0)).lower == 0.0


def authorities(n: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    size = rng.integers(100, 2000, n)
    share = np.clip(rng.normal(0.8, spread, n), 0, 1)
    return rng.binomial(size, share).astype(float), size.astype(float)


def test_authorities_that_differ_by_chance_alone_get_chance_limits() -> None:
    funnel = proportion_funnel(*authorities(150, spread=0.0))
    assert funnel.tau < 0.01
    assert funnel.outside_outer.sum() <= 2


def test_real_spread_between_authorities_widens_the_limits() -> None:
    top, bottom = authorities(150, spread=0.05)
    added = proportion_funnel(top, bottom)
    chance = proportion_funnel(top, bottom, overdispersion=Overdispersion.NONE)
    # What drawing in the outer tenths takes of the spread is given back.
    assert added.tau == pytest.approx(0.05, abs=0.007)
    assert chance.outside_outer.sum() > 50
    assert added.outside_outer.sum() <= 3
    times = proportion_funnel(top, bottom, overdispersion=Overdispersion.MULTIPLICATIVE)
    assert times.outside_outer.sum() <= 4
    assert times.tau == 0.0


def test_what_drawing_in_keeps_of_normal_values() -> None:
    z = stats.norm.ppf((np.arange(100_000) + 0.5) / 100_000)
    low, high = stats.norm.ppf([WINSORISED, 1 - WINSORISED])
    assert pytest.approx(np.mean(np.clip(z, low, high) ** 2), abs=1e-4) == KEPT
    assert pytest.approx(0.6787, abs=5e-5) == KEPT


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.08])
def test_ordinary_authorities_lie_outside_as_often_as_the_limits_say(spread: float) -> None:
    """400 funnels of 140 authorities of very different sizes, all of one normal spread."""
    rng = np.random.default_rng(29)
    inner, outer, taus = [], [], []
    for _ in range(400):
        size = np.exp(rng.normal(6, 0.9, 140)).round().clip(30)
        share = np.clip(rng.normal(0.7, spread, 140), 0, 1)
        funnel = proportion_funnel(rng.binomial(size.astype(int), share), size)
        inner.append(funnel.outside_inner.mean())
        outer.append(funnel.outside_outer.mean())
        taus.append(funnel.tau)
    assert np.mean(inner) == pytest.approx(0.05, abs=0.01)
    assert np.mean(outer) == pytest.approx(0.002, abs=0.0012)
    assert np.mean(taus) == pytest.approx(spread, abs=0.004)


def test_rates_lie_outside_as_often_as_the_limits_say() -> None:
    """One factor on all limits, and a variance added, each where it is what the rates have."""
    rng = np.random.default_rng(31)
    outside: dict[Overdispersion, list[float]] = {how: [] for how in Overdispersion}
    for _ in range(300):
        posts = rng.uniform(50, 400, 140)
        alike = rng.poisson(rng.gamma(16 * posts / 3, 3))  # variance four times the mean
        mixed = rng.poisson(np.clip(rng.normal(16, 2, 140), 0, None) * posts)
        for how, counts in (
            (Overdispersion.MULTIPLICATIVE, alike),
            (Overdispersion.ADDITIVE, mixed),
        ):
            outside[how].append(rate_funnel(counts, posts, overdispersion=how).outside_inner.mean())
    assert np.mean(outside[Overdispersion.MULTIPLICATIVE]) == pytest.approx(0.05, abs=0.01)
    assert np.mean(outside[Overdispersion.ADDITIVE]) == pytest.approx(0.05, abs=0.01)


def test_a_few_very_different_authorities_hardly_widen_the_limits() -> None:
    top, bottom = authorities(150, spread=0.03)
    usual = proportion_funnel(top, bottom)
    top[:6] = np.floor(np.repeat([0.5, 1.0], 3) * bottom[:6])
    odd = proportion_funnel(top, bottom)
    assert np.std(odd.values) > 2 * odd.tau
    assert odd.tau < 1.35 * usual.tau
    assert odd.outside_outer[:6].all()


def test_the_same_values_in_all_sizes_have_the_spread_worked_out_by_hand() -> None:
    """Of one size z is the same multiple of every distance, so the variance is closed."""
    size = 1000.0
    top = np.round(size * (0.5 + 0.04 * stats.norm.ppf((np.arange(40) + 0.5) / 40)))
    funnel = proportion_funnel(top, np.full(40, size))
    distance = top / size - funnel.centre
    low, high = np.quantile(distance, [0.1, 0.9])
    total = np.mean(np.clip(distance, low, high) ** 2) / KEPT * 40 / 39
    assert funnel.tau**2 == pytest.approx(total - funnel.centre * (1 - funnel.centre) / size)


def test_authority_with_a_symbol_is_left_out_and_counted() -> None:
    top, bottom = authorities(20, spread=0.03)
    top[4] = np.nan
    funnel = proportion_funnel(top, bottom)
    kept = np.arange(20) != 4
    assert funnel.n_left_out == 1
    assert np.isnan(funnel.z[4])
    assert not funnel.outside_inner[4]
    assert funnel.centre == pytest.approx(top[kept].sum() / bottom[kept].sum())


def test_limits_narrow_with_size_down_to_the_spread_between_authorities() -> None:
    funnel = proportion_funnel(*authorities(150, spread=0.05))
    lines = funnel.limits([50, 500, 5000, 1e9])
    width = lines.upper_outer - lines.lower_outer
    assert (np.diff(width) < 0).all()
    assert lines.upper_inner[-1] - funnel.centre == pytest.approx(1.96 * funnel.tau, rel=1e-3)
    assert (lines.upper_outer <= 1).all()


def test_rates_have_no_upper_end() -> None:
    rng = np.random.default_rng(3)
    posts = rng.uniform(20, 200, 40)
    funnel = rate_funnel(rng.poisson(16 * posts), posts)
    assert funnel.centre == pytest.approx(16, rel=0.05)
    assert funnel.limits([1]).upper_outer[0] > 20
    assert funnel.limits([0.1]).lower_outer[0] == 0.0
