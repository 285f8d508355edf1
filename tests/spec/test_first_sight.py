"""Since when a change has been seen: looks month by month, drawn as what each of them found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from scrutinybook.statistics import LevelChange, LevelChanges, find_level_changes
from scrutinybook.statistics.first_sight import Standing, State, standings

N, WINDOW = 40, 40
LEVELS = np.where(np.arange(60) < 20, 200.0, 300.0)
OFF = np.tile([12.0, -9, 5, -14, 8, -2, 10, -10, 3, -3], 6)
COUNTS = np.round(LEVELS + OFF)


@pytest.fixture(scope="module")
def seen() -> LevelChanges:
    """A search of all 40 months: 200 a month, 300 from the month at place 20 on."""
    found = find_level_changes(COUNTS[:N], first_month=4, seed=1, seasonal=False, n_bootstrap=199)
    assert isinstance(found, LevelChanges)
    assert [change.first_month for change in found.changes] == [20]
    return found


Looks = Callable[[int, int], LevelChanges]


def looks(seen: LevelChanges, found: dict[int, list[LevelChange]]) -> Looks:
    """Looks that end at each place find what `found` says of it, and nothing at other places."""

    def search(begins: int, ends: int) -> LevelChanges:
        cut = slice(begins, ends)
        return replace(
            seen,
            changes=tuple(found.get(ends, [])),
            fitted=seen.fitted[cut],
            level_line=seen.level_line[cut],
        )

    return search


def moved(change: LevelChange, by: int = 0, *, falls: bool = False) -> LevelChange:
    """The change so many months later, or turned into a fall."""
    before, after = (300.0, 200.0) if falls else (change.before, change.after)
    return replace(
        change,
        first_month=change.first_month + by,
        earliest=change.earliest + by,
        latest=change.latest + by,
        before=before,
        after=after,
    )


def stand(counts: np.ndarray, search: Looks, **options: int) -> tuple[Standing, ...]:
    return standings(counts, None, first_month=4, window=WINDOW, search=search, **options)


def test_seen_now_for_the_first_time_it_is_too_early_to_confirm(seen: LevelChanges) -> None:
    """
    look ends at   39  40
    change seen     .   x
    """
    (one,) = stand(COUNTS[:N], looks(seen, {40: [seen.changes[0]]}))
    assert (one.state, one.first_seen, one.n_later) == (State.TOO_EARLY, 39, 0)
    assert one.confirmation is None and not one.seen_longer


def test_three_later_months_at_the_new_level_confirm(seen: LevelChanges) -> None:
    """
    look ends at   36  37  38  39  40
    change seen     .   x   x   x   x | three months came in after the look that ends at 37
    """
    change = seen.changes[0]
    (one,) = stand(COUNTS[:N], looks(seen, {ends: [change] for ends in (37, 38, 39, 40)}))
    assert (one.state, one.first_seen, one.n_later) == (State.CONFIRMED, 36, 3)


def test_a_few_looks_that_miss_it_do_not_end_the_way_back(seen: LevelChanges) -> None:
    """
    look ends at   33  34 .. 38  39  40
    change seen     x   .     .   x   x | five looks missed it, first sight is 33
    """
    change = seen.changes[0]
    (one,) = stand(COUNTS[:N], looks(seen, {ends: [change] for ends in (33, 39, 40)}))
    assert (one.first_seen, one.n_later) == (32, 7)


def test_more_looks_that_miss_it_end_the_way_back(seen: LevelChanges) -> None:
    """
    look ends at   31  32 .. 38  39  40
    change seen     x   .     .   x   x | seven looks missed it: what was seen before was lost again
    """
    change = seen.changes[0]
    (one,) = stand(COUNTS[:N], looks(seen, {ends: [change] for ends in (31, 39, 40)}))
    assert (one.first_seen, one.state) == (38, State.TOO_EARLY)


def test_months_back_at_the_old_level_leave_it_open(seen: LevelChanges) -> None:
    counts = COUNTS[:N].copy()
    counts[36:] = 200 + OFF[36:N]
    (one,) = stand(counts, looks(seen, {ends: [seen.changes[0]] for ends in (36, 37, 38, 39, 40)}))
    assert one.state is State.OPEN
    assert one.confirmation is not None and not one.confirmation.holds


def test_a_missing_month_is_none_that_came_in(seen: LevelChanges) -> None:
    counts = COUNTS[:N].copy()
    counts[38] = np.nan
    (one,) = stand(counts, looks(seen, {ends: [seen.changes[0]] for ends in (37, 38, 39, 40)}))
    assert (one.n_later, one.state) == (2, State.TOO_EARLY)


def test_a_change_the_other_way_at_the_same_date_is_another(seen: LevelChanges) -> None:
    change = seen.changes[0]
    found = {ends: [moved(change, falls=True)] for ends in range(30, 40)} | {40: [change]}
    assert stand(COUNTS[:N], looks(seen, found))[0].first_seen == 39


def test_dates_may_drift_from_look_to_look_while_their_ranges_meet(seen: LevelChanges) -> None:
    """Each look dates it a month before the next does; the first and the last do not meet."""
    change = replace(seen.changes[0], earliest=19, latest=20)
    found = {40 - k: [moved(change, -k)] for k in range(4)}
    assert stand(COUNTS[:N], looks(seen, found))[0].first_seen == 36


def test_months_after_the_next_change_say_nothing_of_this_one(seen: LevelChanges) -> None:
    """
    place          20 .. 33  34  35 .. 39
    level         300       | 200           | seen with the figures to 32, the next from 34 on
    """
    change = seen.changes[0]
    later = replace(moved(change, falls=True), first_month=34, earliest=34, latest=35)
    found = {ends: [change, later] for ends in range(37, 41)}
    found |= {ends: [change] for ends in range(32, 37)}
    first, second = stand(COUNTS[:N], looks(seen, found))
    assert (first.first_seen, first.n_later) == (31, 2)  # places 32 and 33
    assert (second.first_seen, second.n_later) == (36, 3)


def test_a_change_only_ever_seen_together_with_a_later_one_stays_provisional(
    seen: LevelChanges,
) -> None:
    """Months after both are at the later level: they cannot speak for the earlier one."""
    change = seen.changes[0]
    later = replace(change, first_month=30, earliest=29, latest=31)
    found = {ends: [change, later] for ends in (36, 37, 38, 39, 40)}
    first, second = stand(COUNTS[:N], looks(seen, found))
    assert (first.state, first.first_seen, first.n_later) == (State.TOGETHER, 35, 0)
    assert (second.state, second.first_seen, second.n_later) == (State.CONFIRMED, 35, 4)


def test_a_change_seen_at_every_look_may_have_been_seen_before(seen: LevelChanges) -> None:
    found = {ends: [seen.changes[0]] for ends in range(30, 41)}
    (one,) = stand(COUNTS[:N], looks(seen, found), looks=5)
    assert (one.first_seen, one.seen_longer) == (34, True)


def test_a_window_that_moves_on_counts_places_anew(seen: LevelChanges) -> None:
    """44 months, 40 searched: the month at place 24 is place 20 for the latest look and place 21
    for the one before it."""
    change = seen.changes[0]
    found = {44 - k: [moved(change, k)] for k in range(5)}

    def search(begins: int, ends: int) -> LevelChanges:
        assert (begins, ends) == (max(0, ends - WINDOW), ends)
        return replace(seen, changes=tuple(found.get(ends, [])))

    counts = np.round(np.where(np.arange(44) < 24, 200.0, 300.0) + OFF[:44])
    (one,) = stand(counts, search)
    assert (one.first_seen, one.state) == (39, State.CONFIRMED)


def test_nothing_found_has_no_standing(seen: LevelChanges) -> None:
    assert stand(COUNTS[:N], looks(seen, {})) == ()


def test_refuses_what_is_no_series(seen: LevelChanges) -> None:
    with pytest.raises(ValueError, match=r"counts\[1\] is -1; counts must be a whole number"):
        stand(np.array([1.0, -1.0]), looks(seen, {}))
    with pytest.raises(ValueError, match="looks is 0"):
        stand(COUNTS[:N], looks(seen, {}), looks=0)
