"""What holds for every change that later months confirm or not."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scrutinybook.statistics import Confirmation, LevelChanges, confirm, find_level_changes


def risen(seed: int, gaps: bool) -> LevelChanges:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.where(np.arange(40) < 28, 200, 320)).astype(float)
    if gaps:
        counts[[4, 33]] = np.nan
    found = find_level_changes(counts, first_month=7, seed=seed % 1000, n_bootstrap=99)
    assert isinstance(found, LevelChanges)
    return found


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.lists(st.integers(50, 600), min_size=3))
def test_more_children_speak_more_for_a_rise(seed: int, gaps: bool, later: list[int]) -> None:
    found = risen(seed, gaps)
    assume(found.changes and found.changes[-1].after > found.changes[-1].before)
    one = confirm(found, later, first_month=7)
    more = confirm(found, [*later[:-1], later[-1] + 20], first_month=7)
    assert isinstance(one, Confirmation)
    assert isinstance(more, Confirmation)
    assert 0 <= more.p_value <= one.p_value <= 1
    assert more.share > one.share
    assert np.isfinite(one.share)
    with_gap = confirm(found, [*later, np.nan], first_month=7)
    assert isinstance(with_gap, Confirmation)
    assert with_gap == one
