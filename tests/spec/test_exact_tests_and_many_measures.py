"""Exact tests and many measures at once, by hand and from the papers that introduced them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scrutinybook.statistics import (
    chance_over_many,
    chance_signals,
    count_against,
    false_discoveries,
    two_counts,
    two_proportions,
)


def test_lady_tasting_tea() -> None:
    """
    Fisher (1935): of four cups with milk first she names three, of four with tea first one.
    tables   0 1 2 3 4 named rightly | 1 16 36 16 1 of 70 ways
    3 right  as marked or more, both sides: 16 + 1 + 16 + 1 = 34 of 70
    """
    assert two_proportions((3, 4), (1, 4)).p_value == pytest.approx(34 / 70)


def test_two_small_counts_given_their_total() -> None:
    """
    count     1  9 | ten in all, each as likely in either year: 9 or more has 10 + 1 of 1024 ways
    exposure  1  1 | the smaller tail doubled: 22 of 1024
    """
    assert two_counts((1, 1.0), (9, 1.0)).p_value == pytest.approx(22 / 1024)


def test_longer_year_expects_more() -> None:
    """Three in one month and six in two are one rate; none in one and nine in two are not.

    Of nine, each falls into the first month with probability 1/3: none has (2/3)^9, doubled.
    """
    assert two_counts((3, 1.0), (6, 2.0)).p_value == 1.0
    assert two_counts((0, 1.0), (9, 2.0)).p_value == pytest.approx(2 * (2 / 3) ** 9)
    assert two_counts((0, 1.0), (0, 1.0)).p_value == 1.0


def test_count_against_what_was_expected() -> None:
    """None where two were expected: e^-2, doubled. Two where two were expected: nothing odd."""
    assert count_against(0, 2.0).p_value == pytest.approx(2 * math.exp(-2))
    assert count_against(2, 2.0).p_value == 1.0
    assert count_against(8, 3.0).p_value == pytest.approx(2 * 0.011905, abs=1e-5)


BENJAMINI_HOCHBERG_1995 = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_fifteen_p_values_of_the_paper() -> None:
    """
    place      1      2      3      4      5
    p     0.0001 0.0004 0.0019 0.0095 0.0201
    BH    0.0033 0.0067 0.0100 0.0133 0.0167 | place times 0.05 / 15: four stand
    BY    0.0010 0.0020 0.0030 0.0040 0.0050 | the same over 1 + 1/2 + ... + 1/15 = 3.318: three
    """
    found = false_discoveries(BENJAMINI_HOCHBERG_1995)
    assert list(np.flatnonzero(found.stand)) == [0, 1, 2, 3]
    assert list(np.flatnonzero(found.stand_strictly)) == [0, 1, 2]
    assert found.n_tested == 15
    assert found.adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert found.adjusted_strictly[2] == pytest.approx(0.0019 * 15 / 3 * 3.318229, rel=1e-6)


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
