"""Exact tests and many measures at once, by hand and from the papers that introduced them."""

from __future__ import annotations

import math

import pytest

from scrutinybook.statistics import (
    chance_over_many,
    chance_signals,
    count_against,
    false_discoveries,
    two_counts,
    two_proportions,
)


def test_count_against_what_was_expected() -> None:
    """None where two were expected: e^-2, doubled. Two where two were expected: nothing odd."""
    assert count_against(0, 2.0).p_value == pytest.approx(2 * math.exp(-2))
    assert count_against(2, 2.0).p_value == 1.0
    assert count_against(8, 3.0).p_value == pytest.approx(2 * 0.011905, abs=1e-5)


def test_chance_signals_of_unlike_charts() -> None:
    """
    chance of a signal  0.1  0.2
    both quiet          0.9 * 0.8 = 0.72
    one                 0.1 * 0.8 + 0.9 * 0.2 = 0.26
    both                0.02
    """
    found = chance_over_many([0.1, 0.2])
    assert found.probabilities == pytest.approx([0.72, 0.26, 0.02])
    assert found.expected == pytest.approx(0.3)
    assert (found.lower, found.upper) == (0, 1)
    assert found.at_least(1) == pytest.approx(0.28)
    assert found.at_least(3) == 0.0


def test_sixty_charts_signal_a_dozen_times_by_chance() -> None:
    """36 months each: points beyond limits or runs signal on one chart in six or so."""
    each = chance_signals(36).any_signal
    found = chance_over_many([each] * 60)
    assert found.expected == pytest.approx(60 * each)
    assert found.lower < found.expected < found.upper
    inside = found.probabilities[found.lower : found.upper + 1].sum()
    assert 0.9 <= inside < 0.97


def test_charts_that_hang_together_signal_together() -> None:
    apart, together = chance_over_many([0.2] * 20), chance_over_many([0.2] * 20, correlation=0.5)
    assert together.expected == pytest.approx(apart.expected)
    assert together.upper > apart.upper
    assert together.probabilities[0] > apart.probabilities[0]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: two_proportions((3, 2), (1, 2)), "first numerator is 3"),
        (lambda: two_proportions((1, 2), (0, 0)), "second denominator is 0"),
        (lambda: two_proportions((0.5, 2), (0, 1)), "first numerator is 0.5"),
        (lambda: two_counts((-1, 1.0), (2, 1.0)), "first count is -1"),
        (lambda: two_counts((1, 1.0), (2, 0.0)), "second exposure is 0"),
        (lambda: count_against(1, 0.0), "expected is 0"),
        (lambda: count_against(1.5, 2.0), "count is 1.5"),
        (lambda: false_discoveries([0.1, 1.2]), r"p_values\[1\] is 1.2"),
        (lambda: false_discoveries([0.1, math.nan]), r"p_values\[1\] is nan"),
        (lambda: false_discoveries([]), "p_values has shape"),
        (lambda: false_discoveries([0.1], false_share=5), "false_share is 5"),
        (lambda: chance_over_many([-0.1]), r"chances\[0\] is -0.1"),
        (lambda: chance_over_many([0.1], correlation=1.0), "correlation is 1"),
        (lambda: chance_over_many([0.1], confidence=90), "confidence is 90"),
        (lambda: chance_over_many([0.1]).at_least(-1), "n_signals is -1"),
    ],
)
def test_refuses_and_says_where(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
