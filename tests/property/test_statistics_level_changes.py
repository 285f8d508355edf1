"""What holds for every search for level changes, and for the parts it is made of."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import LevelChanges, find_level_changes
from scrutinybook.statistics.autocorrelation import measure_noise
from scrutinybook.statistics.drawn_steps import DrawnSteps
from scrutinybook.statistics.null_process import CountProcess
from scrutinybook.statistics.pair_scan import best_pair
from scrutinybook.statistics.step_scan import MonthlyLayout, StepScan

seeds = st.integers(0, 2**32 - 1)


def layout(n: int, missing: tuple[int, ...] = (), *, seasonal: bool = True) -> MonthlyLayout:
    observed = np.ones(n, dtype=np.bool_)
    observed[list(missing)] = False
    return MonthlyLayout(observed, first_month=4, seasonal=seasonal, minimum_segment=6)


def level_changes(counts: np.ndarray) -> LevelChanges:
    found = find_level_changes(counts, first_month=4, seed=3, n_bootstrap=99)
    assert isinstance(found, LevelChanges)
    return found


@settings(max_examples=10, deadline=None)
@given(seeds, st.integers(26, 60), st.floats(0.5, 500))
def test_answers_are_whole_ordered_and_repeatable(seed: int, n: int, mean: float) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(mean * rng.choice([1.0, 1.6], n)).astype(float)
    counts[rng.choice(n, 2, replace=False)] = np.nan
    found = level_changes(counts)
    again = level_changes(counts)
    assert (found.changes, found.next_p_value) == (again.changes, again.next_p_value)
    assert (found.levels, found.rho) == (again.levels, again.rho)
    firsts = [0, *(change.first_month for change in found.changes), n]
    assert all(b - a >= 6 for a, b in pairwise(firsts))
    assert np.isfinite(found.fitted).all()
    assert np.isfinite(found.level_line).all()
    assert 0 <= found.rho < 1
    for change in found.changes:
        assert change.earliest <= change.first_month <= change.latest
        assert change.ratio.lower <= change.ratio.estimate <= change.ratio.upper
        assert change.difference.lower <= change.difference.estimate <= change.difference.upper
        np.testing.assert_allclose(change.ratio.estimate, change.after / change.before)
        np.testing.assert_allclose(change.difference.estimate, change.after - change.before)
        assert 0 < change.p_value <= found.level_of_test


@settings(max_examples=25, deadline=None)
@given(seeds, st.booleans())
def test_gain_of_every_step_is_that_of_fitting_it(seed: int, gaps: bool) -> None:
    """The inner products agree with fitting each step by itself, gaps or not."""
    rng = np.random.default_rng(seed)
    plan = layout(36, (5, 20) if gaps else ())
    scan = StepScan(plan)
    logs = rng.normal(5, 0.2, plan.months.size)
    f, _ = scan.gains(logs[None, :])
    effects = scan.effects(logs[None, :])[0]
    for place in rng.choice(scan.candidates.size, 3, replace=False):
        fit = StepScan(plan, (int(scan.candidates[place]),)).fit(logs)
        np.testing.assert_allclose(np.diff(fit.levels)[0], effects[place], atol=1e-9)
    assert (f >= 0).all()


@settings(max_examples=25, deadline=None)
@given(seeds, st.floats(-3, 3), st.floats(0.1, 10))
def test_level_and_spread_of_a_series_do_not_matter_to_f(
    seed: int, shift: float, scale: float
) -> None:
    scan = StepScan(layout(36))
    logs = np.random.default_rng(seed).normal(0, 0.2, (1, 36))
    np.testing.assert_allclose(
        scan.gains(shift + scale * logs)[0], scan.gains(logs)[0], rtol=1e-6, atol=1e-9
    )


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(0, 20), st.floats(-1, 1))
def test_adding_a_step_afterwards_is_adding_it_to_the_series(
    seed: int, place: int, size: float
) -> None:
    scan = StepScan(layout(36))
    logs = np.random.default_rng(seed).normal(5, 0.2, (4, 36))
    everywhere = np.ones(scan.candidates.size, dtype=np.bool_)
    later = DrawnSteps.through(scan, logs, here=everywhere, place=place).search(size)
    stepped = logs + size * (np.arange(36) >= scan.candidates[place])
    np.testing.assert_allclose(later.f, scan.best(stepped)[0], rtol=1e-6)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_best_pair_is_the_best_of_all_pairs(seed: int) -> None:
    plan = layout(30, seasonal=False)
    scan = StepScan(plan)
    logs = np.random.default_rng(seed).normal(5, 0.2, (1, 30))
    pair = best_pair(scan, logs)
    first, second = int(pair.first[0]), int(pair.second[0])
    chosen = scan.greedy_residuals(logs, 0, (pair.first, pair.second))

    def squares(residuals: np.ndarray) -> float:
        whitened = residuals @ scan._whiten.T
        return float((whitened**2).sum())

    months = scan.candidates
    assert months[second] - months[first] >= 6
    others = [
        (np.array([i]), np.array([j]))
        for i in range(months.size)
        for j in range(i + 1, months.size)
        if months[j] - months[i] >= 6
    ]
    best = min(squares(scan.greedy_residuals(logs, 0, other)) for other in others)
    np.testing.assert_allclose(squares(chosen), best, rtol=1e-9)


def test_draws_have_the_variance_and_the_memory_that_the_process_states() -> None:
    process = CountProcess(np.full(4000, np.log(400.0)), rho=0.5, latent_sd=0.15, extra=0.01)
    logs = np.log(process.draw(np.random.default_rng(1), 20))
    centred = logs - logs.mean()
    expected = 0.15**2 + 0.01 + 1 / 400
    np.testing.assert_allclose((centred**2).mean(), expected, rtol=0.05)
    memory = (centred[:, 1:] * centred[:, :-1]).mean()
    np.testing.assert_allclose(memory, 0.5 * 0.15**2, rtol=0.1)


def test_measured_correlation_is_not_biased_by_steps_or_by_the_search() -> None:
    """Forty long series with rho .4, half of them with a step: the middle measure is near .4."""
    scan, measured = StepScan(layout(120)), []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        level = np.log(400.0) + 0.4 * (seed % 2) * (np.arange(120) >= 60)
        counts = CountProcess(level, rho=0.4, latent_sd=0.15, extra=0.002).draw(rng, 1)[0]
        noise = measure_noise(scan, np.log(counts + 0.5), counts)
        measured.append(noise.rho_measured)
    assert 0.3 < np.median(measured) < 0.5
