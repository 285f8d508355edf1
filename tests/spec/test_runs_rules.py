"""Runs rules: a drawn line, what is counted in it, and how often chance alone signals."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from scrutinybook.statistics import chance_signals, runs_test
from scrutinybook.statistics.rules import chance_of_runs_signal

# + above the centre, - below, 0 on it, . no figure
DRAWN = [
    # line            useful longest crossings
    ("++--++--", 8, 2, 3),
    ("++++----", 8, 4, 1),
    ("+0+0+---", 6, 3, 1),  # points on the centre line are stepped over
    ("++..++--", 6, 4, 1),  # so are gaps
    ("00000000", 0, 0, 0),
    ("+", 1, 1, 0),
]


@pytest.mark.parametrize(("line", "useful", "longest", "crossings"), DRAWN)
def test_counts(line: str, useful: int, longest: int, crossings: int) -> None:
    values = [{"+": 1.0, "-": -1.0, "0": 0.0, ".": np.nan}[mark] for mark in line]
    found = runs_test(values, np.zeros(len(line)))
    assert (found.n_useful, found.longest_run, found.crossings) == (useful, longest, crossings)


def test_run_of_eight_among_sixteen_signals() -> None:
    """16 points allow log2(16) + 3 = 7 in a row."""
    found = runs_test([1.0] * 8 + [-1.0, 1.0] * 4, np.zeros(16))
    assert found.longest_allowed == 7
    assert found.long_run
    assert not runs_test([1.0] * 7 + [-1.0, 1.0] * 4 + [-1.0], np.zeros(16)).long_run


@pytest.mark.parametrize("n", [1, 2, 5, 10, 13])
def test_chance_of_a_runs_signal_agrees_with_trying_all_lines(n: int) -> None:
    lines = [runs_test(line, np.zeros(n)) for line in product([-1.0, 1.0], repeat=n)]
    assert chance_of_runs_signal(n) == pytest.approx(np.mean([each.signal for each in lines]))


def test_a_longer_chart_signals_more_often_by_chance() -> None:
    """24 points: one in sixteen charts has a point beyond three sigma, 1 - 0.9973^24."""
    assert chance_signals(24).any_beyond == pytest.approx(0.0628, abs=1e-4)
    assert chance_signals(24).expected_beyond == pytest.approx(24 * 0.0026998, abs=1e-5)
    assert chance_signals(12).any_signal < chance_signals(24).any_signal
