"""What holds for every search for level changes, and for the parts it is made of."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import (
    LevelChanges,
    TooShortForChanges,
    WorkingDays,
    find_level_changes,
)
from scrutinybook.statistics.autocorrelation import measure_noise
from scrutinybook.statistics.changepoint import MINIMUM_SEGMENT
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
    assert all(b - a >= MINIMUM_SEGMENT for a, b in pairwise(firsts))
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
@given(
    seeds,
    st.integers(12, 120),
    st.sampled_from([1, 4, 12]),
    st.floats(0.0, 0.3),
    st.sampled_from([0.0, 0.3, 5.0, 300.0, 1e7]),
    st.sampled_from(list(WorkingDays)),
)
def test_whatever_is_counted_the_answer_is_whole(
    seed: int, n: int, period: int, missing: float, mean: float, use: WorkingDays
) -> None:
    """Gaps, runs of zeros, steps, few or very many: no number is missing from what comes out."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(mean * rng.gamma(20, 1 / 20, n)).astype(float)
    counts[rng.random(n) < missing] = np.nan
    start, stop = np.sort(rng.integers(0, n + 1, 2))
    counts[start:stop] *= rng.choice([0.0, 1.0, 3.0])
    days = rng.integers(18, 24, n).astype(float)
    found = find_level_changes(
        counts, days, first_month=2, seed=1, period=period, use_working_days=use, n_bootstrap=99
    )
    if isinstance(found, TooShortForChanges):
        assert found.n_months < found.needed <= 24
        return
    assert all(np.isfinite([*found.levels, found.rho, found.noise_sd, found.exponent]))
    assert np.isfinite(found.fitted).all()
    assert 0 < found.next_p_value <= 1
    assert 0 < found.next_p_without_extreme <= 1
    assert 0 < found.any_p_value <= 1
    for change in found.changes:
        assert 0 < change.p_value <= found.level_of_test
        assert 0 < change.p_without_extreme <= found.level_of_test
        assert change.earliest <= change.first_month <= change.latest
        for interval in (change.ratio, change.difference):
            assert np.isfinite([interval.lower, interval.upper]).all()


@settings(max_examples=10, deadline=None)
@given(seeds, st.sampled_from([0.5, 3.0, 21.0]))
def test_only_how_working_days_differ_matters(seed: int, unit: float) -> None:
    """Days, half days or hours: the same answer."""
    rng = np.random.default_rng(seed)
    days = rng.integers(18, 24, 40).astype(float)
    counts = rng.poisson(10 * days * np.repeat([1.0, 1.5], 20)).astype(float)
    one, other = (
        find_level_changes(counts, each, first_month=4, seed=3, n_bootstrap=99)
        for each in (days, unit * days)
    )
    assert isinstance(one, LevelChanges)
    assert isinstance(other, LevelChanges)
    assert [c.first_month for c in one.changes] == [c.first_month for c in other.changes]
    np.testing.assert_allclose(one.levels, other.levels, rtol=1e-9)


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
    first, second = best_pair(scan, logs[0])

    def squares(pair: tuple[int, int]) -> float:
        return float(StepScan(plan, pair).scores(logs)[1][0])

    months = [int(month) for month in scan.candidates]
    assert second - first >= 6
    every = [(i, j) for i in months for j in months if j - i >= 6]
    np.testing.assert_allclose(squares((first, second)), min(map(squares, every)), rtol=1e-9)


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
