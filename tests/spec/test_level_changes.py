"""Level changes: what is found, what is not, and what is said about it."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    LevelChanges,
    TooShortForChanges,
    WorkingDays,
    find_level_changes,
    smallest_detectable,
    working_day_sensitivity,
)
from scrutinybook.statistics.null_process import CountProcess

DAYS = np.tile([21, 20, 23, 18, 21, 22, 21, 23, 20, 22, 22, 19], 20).astype(float)


def counts(
    *levels: tuple[int, float],
    seed: int = 0,
    cycle: float = 0.0,
    rho: float = 0.2,
    days: np.ndarray | None = None,
) -> np.ndarray:
    """Draw months: so many at this level, then so many at that."""
    level = np.concatenate([np.full(months, np.log(height)) for months, height in levels])
    month = np.arange(level.size)
    level = level + cycle * np.sin(2 * np.pi * month / 12)
    if days is not None:
        level = level + np.log(days[: level.size] / days.mean())
    process = CountProcess(log_mean=level, rho=rho, latent_sd=0.08, extra=0.001)
    return process.draw(np.random.default_rng(seed), 1)[0]


def search(values: np.ndarray, days: np.ndarray | None = None, **options: object) -> LevelChanges:
    found = find_level_changes(values, days, first_month=4, seed=1, n_bootstrap=299, **options)  # type: ignore[arg-type]
    assert isinstance(found, LevelChanges)
    return found


def test_one_fall_is_found_dated_and_measured() -> None:
    (change,) = search(counts((30, 300), (18, 200))).changes
    assert change.earliest <= 30 <= change.latest
    assert change.before == pytest.approx(300, rel=0.07)
    assert change.after == pytest.approx(200, rel=0.07)
    assert change.ratio.lower < 2 / 3 < change.ratio.upper < 1
    assert change.difference.lower < -100 < change.difference.upper < 0
    assert change.p_value <= 0.05


def test_fall_and_rise_that_hide_each_other_are_both_found() -> None:
    fall, rise = search(counts((16, 300), (16, 200), (16, 300))).changes
    assert (fall.first_month, rise.first_month) == (16, 32)
    assert fall.ratio.upper < 1 < rise.ratio.lower


def test_level_line_steps_where_the_changes_are() -> None:
    found = search(counts((24, 300), (24, 200)))
    steps = np.flatnonzero(np.diff(found.level_line)) + 1
    assert list(steps) == [change.first_month for change in found.changes]
    assert found.level_line[0] == found.levels[0]


def test_no_change_says_what_was_looked_at_and_what_would_have_shown() -> None:
    values = counts((48, 300), cycle=0.15)
    found = search(values)
    assert found.changes == ()
    assert found.next_p_value > 0.05
    assert len(found.levels) == 1
    least = smallest_detectable(values, None, found, first_month=4)
    assert least is not None
    assert least.months_after == 12
    assert 0.6 < least.fall < 1 < least.rise < 1.6
    assert least.rise_per_month == pytest.approx(found.levels[0] * (least.rise - 1))


def test_a_longer_look_back_makes_smaller_changes_detectable() -> None:
    values = counts((72, 300))
    found = search(values)
    near = smallest_detectable(values, None, found, first_month=4, months_after=6)
    far = smallest_detectable(values, None, found, first_month=4, months_after=30)
    assert near is not None
    assert far is not None
    assert far.rise < near.rise


@pytest.mark.parametrize("direction", [1, -1])
def test_whole_searches_show_a_change_of_that_size_about_as_often_as_is_said(
    direction: int,
) -> None:
    """In its direction and at about its place; within what 60 draws can tell."""
    values = counts((48, 300))
    least = smallest_detectable(values, None, search(values), first_month=4, months_after=6)
    assert least is not None
    size = least.rise if direction > 0 else least.fall
    shown = 0
    for seed in range(100, 160):
        drawn = counts((42, 300), (6, 300 * size), seed=seed, rho=search(values).rho)
        found = find_level_changes(drawn, first_month=4, seed=1, n_bootstrap=199)
        assert isinstance(found, LevelChanges)
        shown += any(
            abs(each.first_month - 42) <= 3 and direction * (each.after - each.before) > 0
            for each in found.changes
        )
    assert 0.68 <= shown / 60 <= 0.95


def test_what_could_be_seen_beside_a_change_is_not_known() -> None:
    values = counts((30, 300), (10, 500))
    found = search(values)
    assert len(found.changes) == 1
    assert smallest_detectable(values, None, found, first_month=4, months_after=6) is None


@pytest.mark.parametrize("place", [8, 20, 41, 47])
def test_one_extreme_month_is_no_change_of_level(place: int) -> None:
    values = counts((48, 300))
    values[place] = 750
    found = search(values)
    assert found.changes == ()
    # Accepting a further change takes both p-values; the second allows three times the level.
    assert found.next_p_value > 0.05 or found.next_p_without_extreme > 0.15


def test_season_is_no_change_of_level() -> None:
    assert search(counts((48, 300), cycle=0.3)).changes == ()


def test_months_without_figures_are_gaps_not_zeros() -> None:
    values = counts((30, 300), (18, 200))
    values[[3, 17, 40]] = np.nan
    found = search(values)
    assert (found.n_months, found.n_missing) == (45, 3)
    (change,) = found.changes
    assert change.earliest <= 30 <= change.latest
    assert np.isfinite(found.fitted).all()


def test_months_with_nobody_can_be_searched() -> None:
    found = search(counts((24, 1.0), (24, 12.0), rho=0.0))
    (change,) = found.changes
    assert change.earliest <= 24 <= change.latest


def test_all_zero_shows_nothing() -> None:
    found = search(np.zeros(36))
    assert found.changes == ()
    assert found.levels == (0.0,)


@pytest.mark.parametrize(("months", "seasonal", "needed"), [(23, True, 24), (11, False, 12)])
def test_too_short(months: int, seasonal: bool, needed: int) -> None:
    found = find_level_changes(np.full(months, 9.0), first_month=4, seed=1, seasonal=seasonal)
    assert found == TooShortForChanges(n_months=months, needed=needed)


def test_too_short_is_said_for_all_three_ways_at_once() -> None:
    answer = working_day_sensitivity([9.0] * 20, [20.0] * 20, first_month=4, seed=1)
    assert answer == TooShortForChanges(n_months=20, needed=24)


def test_every_answer_tells_its_confidence() -> None:
    (change,) = search(counts((30, 300), (18, 200))).changes
    assert change.confidence == change.difference.confidence == 0.9


def test_twelve_unseasonal_months_leave_room_for_one_step_only() -> None:
    """Six months either side: the middle is the only first month there is."""
    (change,) = search(counts((6, 100), (6, 300)), seasonal=False, minimum_segment=6).changes
    assert (change.first_month, change.earliest, change.latest) == (6, 6, 6)


def test_quarters_have_a_season_of_four() -> None:
    """Ten years of quarters, the third always a fifth lower, then half as many again."""
    quarter = np.tile([1.0, 1.1, 0.8, 1.1], 10)
    level = np.repeat([100.0, 150.0], 20)
    values = np.random.default_rng(1).poisson(level * quarter).astype(float)
    found = find_level_changes(values, first_month=1, seed=1, period=4, n_bootstrap=299)
    assert isinstance(found, LevelChanges)
    (change,) = found.changes
    assert change.earliest <= 20 <= change.latest
    assert change.ratio.lower < 1.5 < change.ratio.upper
    season = found.fitted[:4] / found.level_line[:4]
    assert season == pytest.approx(quarter[:4], rel=0.1)


def test_years_have_no_season() -> None:
    values = counts((20, 300), (20, 200), rho=0.0)
    found = find_level_changes(values, first_month=1, seed=1, period=1, n_bootstrap=299)
    assert isinstance(found, LevelChanges)
    assert (found.seasonal, found.period) == (False, 1)
    assert found.changes == search(values, seasonal=False).changes


def test_a_service_that_ends_is_a_change_and_three_months_with_none_are_not() -> None:
    """A run of zeros is a level; one or three months with none are not long enough for one."""
    values = counts((30, 60), (18, 60))
    ended = np.where(np.arange(48) < 30, values, 0.0)
    (change,) = search(ended).changes
    assert (change.first_month, change.earliest, change.latest) == (30, 30, 30)
    assert change.after < 1
    for last in (1, 3):
        gap = np.where((np.arange(48) >= 20) & (np.arange(48) < 20 + last), 0.0, values)
        assert search(gap).changes == ()


def test_a_service_that_starts_is_dated_to_the_month() -> None:
    started = np.where(np.arange(48) < 20, 0.0, counts((48, 60)))
    (change,) = search(started).changes
    assert (change.first_month, change.earliest, change.latest) == (20, 20, 20)
    assert change.before < 1


def test_counts_that_never_vary_show_the_step_they_have() -> None:
    assert search(np.full(48, 100.0)).changes == ()
    (change,) = search(np.repeat([100.0, 200.0], 24)).changes
    assert (change.first_month, change.earliest, change.latest) == (24, 24, 24)
    assert change.ratio.lower < 2 < change.ratio.upper


@pytest.mark.parametrize("place", range(0, 48, 3))
@pytest.mark.parametrize("factor", [0.0, 0.2, 3.0, 30.0])
def test_one_odd_month_wherever_it_is_makes_no_change(place: int, factor: float) -> None:
    values = counts((48, 100), seed=2, rho=0.0)
    assert search(values).changes == ()
    values[place] = np.round(values[place] * factor)
    assert search(values).changes == ()


def test_whole_years_in_another_order_are_as_flat_as_before() -> None:
    values = counts((60, 300), cycle=0.2, rho=0.0)
    years = values.reshape(5, 12)
    found = search(years[[3, 0, 4, 2, 1]].ravel())
    assert search(values).changes == found.changes == ()
    assert found.levels[0] == pytest.approx(search(values).levels[0], rel=1e-3)


def test_working_days_are_taken_three_ways() -> None:
    values = counts((30, 300), (18, 200), days=DAYS)
    answer = working_day_sensitivity(values, DAYS[:48], first_month=4, seed=1, n_bootstrap=299)
    assert not isinstance(answer, TooShortForChanges)
    assert [[c.first_month for c in way.changes] for way in (answer.free, answer.none)] == [
        [c.first_month for c in answer.offset.changes]
    ] * 2
    assert answer.offset.exponent == 1.0
    assert answer.none.exponent == 0.0
    assert 0 < answer.free.exponent < 2
    assert answer.free.working_days is WorkingDays.FREE


def test_level_is_that_of_an_average_month() -> None:
    """Counts in step with working days have one level: their mean."""
    values = np.round(15 * DAYS[:48])
    found = search(values, DAYS[:48])
    assert found.levels[0] == pytest.approx(values.mean(), rel=0.01)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([3.0, -1.0] * 15, {}, r"counts\[1\] is -1"),
        ([3.0, 2.5] * 15, {}, r"counts\[1\] is 2.5"),
        ([3.0] * 30, {"first_month": 13}, "first_month is 13"),
        ([3.0] * 30, {"level": 1.5}, "level is 1.5"),
        ([3.0] * 30, {"period": 6}, "period is 6; period must be one of 1, 4, 12"),
        ([3.0] * 30, {"minimum_segment": 2}, "minimum_segment is 2"),
        ([3.0] * 30, {"n_bootstrap": 10}, "n_bootstrap is 10"),
        ([3.0] * 30, {"working_days": [20.0] * 29}, "working_days has 29 values; 30 are needed"),
        ([3.0] * 30, {"working_days": [20.0] * 29 + [np.nan]}, r"working_days\[29\] is missing"),
        ([3.0] * 30, {"working_days": [20.0] * 29 + [0.0]}, r"working_days\[29\] is 0"),
    ],
)
def test_refuses(values: list[float], options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        find_level_changes(values, **{"first_month": 4, "seed": 1, **options})  # type: ignore[arg-type]
