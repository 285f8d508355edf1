"""The "Making data count" rules on drawn lines, and the icons that they make."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scrutinybook.statistics import (
    Assurance,
    ControlChart,
    Polarity,
    Rule,
    Withheld,
    beta_binomial_chart,
    chance_of_rules,
    icons_of,
    individuals_chart,
    making_data_count_chart,
    point_signals,
)

NAN = float("nan")
MARKS = {None: ".", Rule.BEYOND: "B", Rule.TREND: "T", Rule.NEAR: "N", Rule.SHIFT: "S"}


def about_zero(values: list[float], excluded: tuple[int, ...] = ()) -> ControlChart:
    """A chart with centre 0, near lines at 2 and limits at 3, whatever the values."""
    chart = individuals_chart(np.zeros(len(values)), minimum=2)
    assert isinstance(chart, ControlChart)
    n = len(values)
    return replace(
        chart,
        values=np.array(values),
        lower=np.full(n, -3.0),
        upper=np.full(n, 3.0),
        near_lower=np.full(n, -2.0),
        near_upper=np.full(n, 2.0),
        excluded=np.isin(np.arange(n), excluded),
    )


def marks(values: list[float], **options: int) -> str:
    return "".join(MARKS[rule] for rule in point_signals(about_zero(values), **options).rules)


DRAWN = [
    # what                                       values, signals
    ("a point beyond a limit", [0.5, -3.1, 0.5], ".B."),
    ("a point on a limit is inside", [3, -3, 1], "..."),
    ("seven above", [-1, 1, 1.2, 1, 1.2, 1, 1.2, 1, -1], ".SSSSSSS."),
    ("six above", [-1, 1, 1.2, 1, 1.2, 1, 1.2, -1], "........"),
    ("a point on the centre ends a shift", [1, 1.2, 1, 0, 1.2, 1, 1.2, 1], "........"),
    ("seven rising", [1, -1, -0.8, -0.5, 0.1, 0.3, 0.6, 0.9, 0], ".TTTTTTT."),
    ("two equal end a trend", [-1, -0.8, -0.5, -0.5, 0.1, 0.3, 0.6, 0.9], "........"),
    ("two of three near", [1, 2.5, 0.5, 2.5, 1], ".N.N."),
    ("two of three, the third on the other side", [1, 2.5, -0.5, 2.5, 1], "....."),
    ("one near and one beyond", [1, 2.5, 3.5, 0.5, 1], "..B.."),
    ("beyond outweighs a shift", [1, 1.2, 1, 3.5, 1, 1.2, 1], "SSSBSSS"),
    ("a trend outweighs a shift", [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.2], "TTTTTTTS"),
    ("gaps are stepped over", [1, 1.2, 1, NAN, 1.2, 1, 1.2, 1], "SSS.SSSS"),
]


@pytest.mark.parametrize(
    ("values", "expected"), [row[1:] for row in DRAWN], ids=[row[0] for row in DRAWN]
)
def test_drawn_lines(values: list[float], expected: str) -> None:
    assert marks(values) == expected


def test_six_points_where_six_are_asked_for() -> None:
    six = [-1, 1, 1.2, 1, 1.2, 1, 1.2, -1]
    assert marks(six, shift=6) == ".SSSSSS."
    assert marks([1, -1, -0.8, -0.5, 0.1, 0.3, 0.6, 0], trend=6) == ".TTTTTT."


def test_ways_of_signals() -> None:
    falling = [0.9, 0.6, 0.3, 0.1, -0.5, -0.8, -1, 0]
    assert list(point_signals(about_zero(falling)).direction) == [-1] * 7 + [0]
    assert list(point_signals(about_zero([-2.5, -1, -2.5])).direction) == [-1, 0, -1]


def test_a_peak_between_two_trends_belongs_to_the_later_one() -> None:
    """Seven up to 1.4, and from there seven down."""
    up = [0.2 * k - 0.6 for k in range(7)]
    found = point_signals(about_zero([*up, *[x - 0.05 for x in reversed(up[:-1])]]))
    assert list(found.trend) == [1] * 6 + [-1] * 7


def test_an_excluded_point_is_judged_by_limits_and_by_no_other_rule() -> None:
    """The seven above hold together over the one that is left out, which lies beyond a limit."""
    chart = about_zero([1, 1.2, 1, -9, 1.2, 1, 1.2, 1], excluded=(3,))
    assert "".join(MARKS[rule] for rule in point_signals(chart).rules) == "SSSBSSSS"


def test_limits_at_2_66_mean_ranges_screened() -> None:
    """
    value          10  12  11  13  | mean 11.5, mean moving range 5/3, times 2.66 is 4.4333
    """
    chart = making_data_count_chart([10, 12, 11, 13], minimum=4)
    assert isinstance(chart, ControlChart)
    assert chart.upper[0] == pytest.approx(11.5 + 4.43333, abs=1e-5)
    assert chart.near_upper[0] == pytest.approx(11.5 + 2 / 3 * 4.43333, abs=1e-5)
    spiked = making_data_count_chart([1, 2] * 5 + [1, 30])
    assert isinstance(spiked, ControlChart)
    assert spiked.sigma[0] * 3 == pytest.approx(2.66)  # the range of 29 goes, the mean range is 1


TARGETS = [
    # target polarity       assurance, limits at -3 and 3
    (-3.5, Polarity.HIGH, Assurance.CONSISTENT_PASS),
    (-3.5, Polarity.LOW, Assurance.CONSISTENT_FAIL),
    (3.5, Polarity.HIGH, Assurance.CONSISTENT_FAIL),
    (3.5, Polarity.LOW, Assurance.CONSISTENT_PASS),
    (0.0, Polarity.HIGH, Assurance.INCONSISTENT),
    (3.0, Polarity.LOW, Assurance.INCONSISTENT),
]


@pytest.mark.parametrize(("target", "polarity", "assurance"), TARGETS)
def test_assurance_of_a_target(target: float, polarity: Polarity, assurance: Assurance) -> None:
    found = icons_of(about_zero([0.5, -0.5] * 7), polarity=polarity, target=target)
    assert found.assurance is assurance
    assert found.assurance_withheld is None


def test_a_recent_signal_withholds_assurance_and_an_old_one_does_not() -> None:
    quiet = [0.5, -0.5] * 6
    recent = icons_of(about_zero([*quiet, 3.5, *quiet[:6]]), polarity=Polarity.HIGH, target=-4)
    assert (recent.assurance, recent.assurance_withheld) == (None, Withheld.UNSTEADY)
    assert recent.by_limits is Assurance.CONSISTENT_PASS
    known = about_zero([*quiet, 3.5, *quiet[:6]], excluded=(12,))
    assert icons_of(known, polarity=Polarity.HIGH, target=-4).assurance is not None
    old = icons_of(about_zero([3.5, *quiet]), polarity=Polarity.HIGH, target=-4)
    assert old.assurance is Assurance.CONSISTENT_PASS


def test_icons_withheld() -> None:
    quiet = [0.5, -0.5] * 6
    gap = icons_of(about_zero([*quiet, NAN]), polarity=Polarity.HIGH, target=-4)
    assert gap.variation_withheld is Withheld.NO_LATEST
    assert gap.assurance is Assurance.CONSISTENT_PASS
    neutral = icons_of(about_zero(quiet), polarity=Polarity.NEUTRAL, target=1)
    assert neutral.assurance_withheld is Withheld.NEUTRAL
    assert neutral.by_limits is None
    short = making_data_count_chart(quiet[:11])
    assert icons_of(short, polarity=Polarity.HIGH).variation_withheld is Withheld.SHORT
    few = icons_of(beta_binomial_chart([1] * 12, [3] * 12), polarity=Polarity.HIGH, target=0.5)
    assert few.variation_withheld is few.assurance_withheld is Withheld.TOO_FEW_CASES
    moved = icons_of(short, polarity=Polarity.HIGH, rebased=True)
    assert moved.assurance_withheld is Withheld.JUST_REBASED
    assert moved.signals is None


class TestChance:
    """How often nothing but chance signals."""

    def test_the_shift_rule_against_the_exact_answer_about_a_known_centre(self) -> None:
        """Seven in a row of twelve: at the start 2^-7, later 2^-8 at each of 5 places, twice."""
        exact = 2 * 2**-7 * (1 + 5 / 2)
        # The centre comes from the same points, which makes long runs rarer.
        assert 0 < chance_of_rules(12, seed=1).any_shift < exact

    def test_a_trend_of_five_among_seven_against_the_exact_answer(self) -> None:
        """Three places to begin at, 1/5! each, less two neighbours both, 1/6! each; up or down."""
        found = chance_of_rules(7, seed=1, trend=5, draws=40_000).any_trend
        assert found == pytest.approx(2 * (3 / 120 - 2 / 720), abs=0.003)

    def test_longer_series_and_shorter_rules_signal_more_often(self) -> None:
        year, four_years = chance_of_rules(12, seed=1), chance_of_rules(48, seed=1)
        assert year.any_signal < four_years.any_signal
        assert four_years.any_signal < chance_of_rules(48, seed=1, shift=6, trend=6).any_signal
        assert four_years.latest_signal < four_years.any_signal
        assert four_years.standard_error < 0.005

    def test_it_is_what_the_charts_of_the_same_draws_say(self) -> None:
        """One series at a time, through the functions that make every chart of the book."""
        found = chance_of_rules(16, seed=2, draws=2000)
        draws = np.random.default_rng(2).standard_normal((2000, 16))
        charts = [making_data_count_chart(values) for values in draws]
        told = [point_signals(chart) for chart in charts if isinstance(chart, ControlChart)]
        assert found.any_signal == pytest.approx(np.mean([each.any.any() for each in told]))
        assert found.latest_signal == pytest.approx(np.mean([each.any[-1] for each in told]))
        for rule in ("beyond", "trend", "near", "shift"):
            share = np.mean([getattr(each, rule).any() for each in told])
            assert getattr(found, f"any_{rule}") == pytest.approx(share)

    def test_the_same_seed_gives_the_same_answer(self) -> None:
        assert chance_of_rules(24, seed=3) == chance_of_rules(24, seed=3)
        assert chance_of_rules(24, seed=3) != chance_of_rules(24, seed=4)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: point_signals(about_zero([1, 2]), shift=2), "shift is 2; shift must be 3 or more"),
        (lambda: point_signals(about_zero([1, 2]), trend=1), "trend is 1"),
        (lambda: icons_of(about_zero([1, 2]), polarity=Polarity.LOW, target=NAN), "target is nan"),
        (lambda: icons_of(about_zero([1, 2]), polarity=Polarity.LOW, steady=0), "steady is 0"),
        (lambda: chance_of_rules(2, seed=1), "n_points is 2; n_points must be 3 or more"),
        (lambda: chance_of_rules(9, seed=1, draws=0), "draws is 0"),
    ],
)
def test_refuses_what_makes_no_rule(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
