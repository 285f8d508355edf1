"""A change holds where months that came in later lie at the new level by themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scrutinybook.statistics import (
    Confirmation,
    LevelChanges,
    TooEarlyToConfirm,
    confirm,
    find_level_changes,
)

NAN = float("nan")
DAYS = np.array([20.0, 22, 21, 23, 20, 22, 21, 19, 23, 20, 22, 21] * 4)
WAVE = np.exp(0.2 * np.sin(2 * np.pi * np.arange(48) / 12))
OFF = np.tile([12.0, -9, 5, -14, 8, -2, 10, -10], 6)


def searched(counts: np.ndarray, days: np.ndarray | None = None) -> LevelChanges:
    found = find_level_changes(counts, days, first_month=4, seed=1, n_bootstrap=199)
    assert isinstance(found, LevelChanges)
    return found


def told(answer: Confirmation | TooEarlyToConfirm) -> Confirmation:
    assert isinstance(answer, Confirmation)
    return answer


@pytest.fixture(scope="module")
def risen() -> LevelChanges:
    """200 a month, 300 from the 31st of 40 months on; yearly wave, noise of a few per cent."""
    level = np.where(np.arange(40) < 30, 200.0, 300.0)
    found = searched(np.round(level * WAVE[:40] + OFF[:40]))
    assert [change.first_month for change in found.changes] == [30]
    return found


def test_months_at_the_new_level_confirm(risen: LevelChanges) -> None:
    found = told(confirm(risen, np.round(300 * WAVE[40:44]), first_month=4))
    assert found.holds
    assert found.share == pytest.approx(1.0, abs=0.15)
    assert found.n_months == 4


def test_months_back_at_the_old_level_do_not(risen: LevelChanges) -> None:
    found = told(confirm(risen, np.round(200 * WAVE[40:44]), first_month=4))
    assert not found.holds
    assert found.share == pytest.approx(0.0, abs=0.15)
    assert found.p_value > 0.2


def test_months_beyond_the_old_level_on_the_other_side_speak_against(risen: LevelChanges) -> None:
    found = told(confirm(risen, np.round(150 * WAVE[40:44]), first_month=4))
    assert found.p_value > 0.99
    assert found.share < -0.3


def test_half_way_is_told_as_half_way(risen: LevelChanges) -> None:
    later = np.round(math.sqrt(200 * 300) * WAVE[40:44])
    assert told(confirm(risen, later, first_month=4)).share == pytest.approx(0.5, abs=0.15)


@pytest.mark.parametrize("later", [[300.0, 300.0], [300.0, NAN, 300.0, NAN]])
def test_two_months_are_too_early(risen: LevelChanges, later: list[float]) -> None:
    assert confirm(risen, later, first_month=4) == TooEarlyToConfirm(2, 3)


def test_more_working_days_are_no_new_level() -> None:
    """A rate of 10 a day, 15 from the 31st month; later months at the old rate, half as long again.

    Three months of 30 working days at 10 a day have as many children as 20 at 15.
    """
    rate = np.where(np.arange(40) < 30, 10.0, 15.0)
    found = searched(np.round(rate * DAYS[:40] * WAVE[:40] + OFF[:40]), DAYS[:40])
    assert len(found.changes) == 1
    days = np.append(DAYS[:40], [30.0] * 3)
    later = np.round(10 * 30 * WAVE[40:43])
    assert not told(confirm(found, later, days, first_month=4)).holds
    assert told(confirm(found, np.round(1.5 * later), days, first_month=4)).holds


def test_fall_is_confirmed_downwards() -> None:
    level = np.where(np.arange(40) < 30, 300.0, 200.0)
    found = searched(np.round(level * WAVE[:40] + OFF[:40]))
    assert told(confirm(found, np.round(200 * WAVE[40:43]), first_month=4)).holds
    assert not told(confirm(found, np.round(300 * WAVE[40:43]), first_month=4)).holds


def test_without_a_season_all_months_are_alike() -> None:
    counts = np.where(np.arange(24) < 14, 200.0, 300.0) + OFF[:24]
    found = find_level_changes(counts, first_month=4, seed=1, seasonal=False, n_bootstrap=199)
    assert isinstance(found, LevelChanges)
    assert told(confirm(found, [295, 305, 300], first_month=4)).share == pytest.approx(1, abs=0.1)
    assert not told(confirm(found, [195, 205, 200], first_month=4)).holds


@pytest.mark.parametrize(
    ("options", "later", "words"),
    [
        ({"first_month": 0}, [1, 2, 3], "first_month is 0"),
        ({"first_month": 4}, [1, -2, 3], r"later\[1\] is -2"),
        ({"first_month": 4, "level": 5}, [1, 2, 3], "level is 5"),
        ({"first_month": 4, "fewest": 0}, [1, 2, 3], "fewest is 0"),
        ({"first_month": 4, "working_days": [20.0] * 3}, [1, 2, 3], "working_days has 3 values"),
    ],
)
def test_refuses_and_says_where(
    risen: LevelChanges, options: dict[str, object], later: list[float], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        confirm(risen, later, **options)  # type: ignore[arg-type]


def test_refuses_a_search_that_found_nothing() -> None:
    calm = searched(np.round(200 * WAVE[:36] + OFF[:36]))
    assert calm.changes == ()
    with pytest.raises(ValueError, match="first_sight has no change"):
        confirm(calm, [1, 2, 3], first_month=4)
