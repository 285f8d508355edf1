"""Two runs of periods compared, drawn so that a reader can check them.

earlier months    90 of 100, eight times    all alike: no more spread than chance
later month       60 of 100                 Fisher's test and Newcombe's interval as they are

earlier months    95 and 75 of 100 in turn  more spread than chance: as if there were fewer
later month       60 of 100                 the same difference, a wider interval, a larger p
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.statistics import (
    mean_shift,
    newcombe,
    rate_ratio,
    two_count_runs,
    two_counts,
    two_proportions,
    two_share_runs,
)

ALIKE = [(90, 100)] * 8
IN_TURN = [(95, 100), (75, 100)] * 4
LATER = [(60, 100)]


def test_months_all_alike_are_compared_by_fishers_test() -> None:
    found = two_share_runs(ALIKE, LATER)
    wanted = newcombe((720, 800), (60, 100))
    assert found.spread == 1
    assert found.effect.estimate == wanted.estimate
    assert (found.effect.lower, found.effect.upper) == pytest.approx((wanted.lower, wanted.upper))
    assert found.p_value == two_proportions((720, 800), (60, 100)).p_value


def test_months_that_vary_more_than_chance_make_the_comparison_less_sure() -> None:
    alike, in_turn = two_share_runs([(85, 100)] * 8, LATER), two_share_runs(IN_TURN, LATER)
    assert in_turn.spread > 3
    assert in_turn.effect.estimate == alike.effect.estimate
    assert in_turn.effect.lower < alike.effect.lower
    assert in_turn.effect.upper > alike.effect.upper
    assert in_turn.p_value > alike.p_value


def test_counts_alike_are_compared_exactly_and_others_by_their_spread() -> None:
    alike = two_count_runs([(100, 20.0)] * 12, [(150, 20.0)])
    assert alike.p_value == two_counts((1200, 240.0), (150, 20.0)).p_value
    assert alike.effect.estimate == pytest.approx(1.5)
    in_turn = two_count_runs([(140, 20.0), (60, 20.0)] * 6, [(150, 20.0)])
    assert in_turn.effect == rate_ratio((1200, 240.0), (150, 20.0), dispersion=in_turn.spread)
    assert in_turn.p_value > alike.p_value


def test_a_run_without_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="no period"):
        two_share_runs([], LATER)
    with pytest.raises(ValueError, match="no period"):
        two_count_runs([(1, 1.0)], [])


@given(
    st.lists(st.integers(1, 200), min_size=8, max_size=12),
    st.integers(1, 400),
)
def test_p_below_a_twentieth_means_that_the_interval_leaves_one_out(
    counts: list[int], later: int
) -> None:
    found = two_count_runs([(n, 20.0) for n in counts], [(later, 20.0)])
    leaves_out = not found.effect.lower <= 1 <= found.effect.upper
    if abs(found.p_value - 0.05) > 1e-6:
        assert leaves_out == (found.p_value < 0.05)


def test_a_mean_is_set_against_the_spread_of_the_months_before() -> None:
    # Eight months of mean 5 and standard deviation 1.069 (t of 7 degrees: 2.365); one month of 8.
    before = [4, 6] * 4
    found = mean_shift(before, [8])
    assert found is not None
    assert found.difference.estimate == 3
    assert found.difference.upper - 3 == pytest.approx(2.3646 * 1.0690 * (9 / 8) ** 0.5, rel=1e-3)
    assert found.p_value == pytest.approx(0.0330, abs=2e-3)
    assert (found.difference.lower > 0) == (found.p_value < 0.05)


@pytest.mark.parametrize("before", [[1, 2, 3, 4, 5, 6, 7], [5] * 9, [float("nan")] * 9])
def test_too_few_months_or_months_all_alike_say_nothing(before: list[float]) -> None:
    assert mean_shift(before, [8]) is None
    assert mean_shift([4, 6] * 4, [float("nan")]) is None
