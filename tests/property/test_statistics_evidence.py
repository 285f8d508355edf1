"""What holds for the evidence of a step, worked out another way, and for draws that stop early."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import evidence as settings_of
from scrutinybook.statistics.draws import drawn_share
from scrutinybook.statistics.evidence import RHOS, Evidence, evidence
from scrutinybook.statistics.step_scan import MONTH_SHRINKAGE, MonthlyLayout, StepScan, step_scan

seeds = st.integers(0, 2**32 - 1)


def layout(n: int, missing: tuple[int, ...] = (), *, period: int = 12) -> MonthlyLayout:
    observed = np.ones(n, dtype=np.bool_)
    observed[list(missing)] = False
    return MonthlyLayout(observed, 4, seasonal=period > 1, minimum_segment=6, period=period)


def speaks(plan: MonthlyLayout, found: tuple[int, ...] = ()) -> Evidence:
    return evidence(step_scan(plan, found))


def density(
    plan: MonthlyLayout, found: tuple[int, ...], logs: np.ndarray, rho: float, steps: np.ndarray
) -> float:
    """Log density of a series whose effects and noise variance are integrated out.

    Straight from the covariance: month effects and `steps`, shape (m, k), each scaled to a prior
    standard deviation of 1, are random; level, wave and the steps found are unknown.
    """
    months = plan.months
    wave, month = plan.season_columns()
    apart = np.abs(months[:, None] - months[None, :])
    random = np.hstack([month[months] / np.sqrt(MONTH_SHRINKAGE), steps])
    covariance = rho**apart + random @ random.T
    levels = [(months >= step).astype(float) for step in found]
    fixed = np.column_stack([np.ones(months.size), *levels, wave[months]])
    inverse = np.linalg.inv(covariance)
    information = fixed.T @ inverse @ fixed
    away = logs - fixed @ np.linalg.solve(information, fixed.T @ inverse @ logs)
    half = (months.size - fixed.shape[1]) / 2
    volumes = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    return float(-volumes / 2 - half * np.log(away @ inverse @ away))


def by_definition(
    plan: MonthlyLayout, found: tuple[int, ...], logs: np.ndarray, *, pairs: bool
) -> float:
    months, firsts = plan.months, step_scan(plan, found).candidates
    step = (months[:, None] >= firsts[None, :]).astype(float)
    if pairs:
        size = settings_of.PAIR_SD
        chosen = [[i, j] for i in range(firsts.size) for j in range(i, firsts.size)]
        chosen = [[i, j] for i, j in chosen if firsts[j] - firsts[i] >= 6]
        weights = np.ones(len(chosen))
    else:
        size, chosen = settings_of.STEP_SD, [[i] for i in range(firsts.size)]
        weights = np.ones(len(chosen))
        weights[[0, 1, -2, -1]] = settings_of.END_WEIGHT
        weights /= weights.sum()
    without = np.array(
        [density(plan, found, logs, rho, np.zeros((months.size, 0))) for rho in RHOS]
    )
    ratios = np.array(
        [[density(plan, found, logs, rho, size * step[:, c]) for c in chosen] for rho in RHOS]
    )
    likely = (1 - RHOS) / (1 - RHOS).sum()
    over = likely @ np.exp(ratios - without.max())
    with_steps = over.max() if pairs else over @ weights
    return float(np.log(with_steps / np.exp(without - without.max()).mean()))


@settings(max_examples=6, deadline=None)
@given(seeds, st.booleans(), st.sampled_from([1, 4, 12]), st.sampled_from([(), (14,)]))
def test_evidence_is_the_ratio_of_averaged_densities(
    seed: int, gaps: bool, period: int, found: tuple[int, ...]
) -> None:
    plan = layout(28, (3, 17) if gaps else (), period=period)
    logs = np.random.default_rng(seed).normal(5, 0.2, plan.months.size)
    np.testing.assert_allclose(
        speaks(plan, found).of(logs[None, :])[0],
        by_definition(plan, found, logs, pairs=False),
        atol=1e-8,
    )


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_evidence_for_two_steps_is_that_of_the_best_pair(seed: int) -> None:
    plan = layout(24, (9,))
    logs = np.random.default_rng(seed).normal(5, 0.2, plan.months.size)
    np.testing.assert_allclose(
        speaks(plan).of_pairs(logs[None, :])[0],
        by_definition(plan, (), logs, pairs=True),
        atol=1e-8,
    )


@settings(max_examples=25, deadline=None)
@given(seeds, st.floats(-3, 3), st.floats(0.1, 10))
def test_level_and_spread_of_a_series_do_not_matter(seed: int, shift: float, scale: float) -> None:
    one, logs = speaks(layout(36)), np.random.default_rng(seed).normal(0, 0.2, (3, 36))
    moved = shift + scale * logs
    np.testing.assert_allclose(one.of(moved), one.of(logs), rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(one.of_pairs(moved), one.of_pairs(logs), rtol=1e-6, atol=1e-8)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(0, 35), st.floats(-5, 5))
def test_a_month_taken_for_missing_says_nothing(seed: int, place: int, added: float) -> None:
    one, logs = speaks(layout(36)), np.random.default_rng(seed).normal(5, 0.2, 36)
    other = logs + added * (np.arange(36) == place)
    np.testing.assert_allclose(one.without(other, place), one.without(logs, place), atol=1e-6)


def test_a_month_taken_for_missing_is_as_if_it_had_never_been_there() -> None:
    """The first of 30 months; its going shortens the first segment by a month."""
    plan, whole = layout(30, (0,)), layout(30)
    later = MonthlyLayout(plan.observed, 4, seasonal=True, minimum_segment=5)
    kept = step_scan(whole).candidates
    logs = np.random.default_rng(2).normal(5, 0.2, 30)
    scans = []
    for rho in RHOS:
        scan = StepScan(later, rho=float(rho))
        here = np.isin(scan.candidates, kept)
        scan.candidates = scan.candidates[here]
        scan._directions, scan._norms = scan._directions[:, here], scan._norms[here]
        scans.append(scan)
    expected = Evidence(tuple(scans)).of(logs[None, 1:])[0]
    np.testing.assert_allclose(speaks(whole).without(logs, 0), expected, atol=1e-9)


@settings(max_examples=200, deadline=None)
@given(seeds, st.integers(99, 500), st.sampled_from([0.005, 0.05, 0.1]), st.floats(0, 1))
def test_draws_that_stop_early_accept_and_refuse_what_all_draws_would(
    seed: int, n: int, level: float, value: float
) -> None:
    values = np.random.default_rng(seed).random(n)
    given_out = 0

    def draw(k: int) -> np.ndarray:
        nonlocal given_out
        given_out += k
        return values[given_out - k : given_out]

    found = drawn_share(value, draw, lambda x: x, level=level, n_samples=n)
    of_all = (1 + (values >= value).sum()) / (n + 1)
    assert (found.p_value <= level) == (of_all <= level)
    assert 0 < found.p_value <= 1
    np.testing.assert_array_equal(found.values, values[: found.values.size])
    if found.p_value <= level:
        assert found.values.size == n
        assert found.p_value == of_all
