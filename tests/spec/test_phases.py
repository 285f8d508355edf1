"""Phases, frozen baselines and points left out, by hand."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from scrutinybook.statistics import (
    ControlChart,
    LeftOut,
    Phase,
    PhasedChart,
    TooShort,
    individuals_chart,
    moving_range_chart,
    p_chart,
    phased_chart,
)

NAN = float("nan")
STEP = [10.0, 12, 11, 13, 30, 32, 31, 33]
NEW_TEAM = Phase(4, "new team")


def test_two_phases_have_limits_of_their_own() -> None:
    """
    value          10  12  11  13 | 30  32  31  33
    centre         11.5           | 31.5
    limits         4.4326 either side of both; no range reaches from 13 to 30
    """
    found = phased_chart(individuals_chart, STEP, phases=[NEW_TEAM], minimum=4)
    assert list(found.centre) == [11.5] * 4 + [31.5] * 4
    assert found.upper - found.centre == pytest.approx([4.43262] * 8, abs=1e-5)
    assert [(each.begins, each.ends, each.reason) for each in found.phases] == [
        (0, 4, None),
        (4, 8, "new team"),
    ]
    assert found.rebased
    assert not found.beyond.any()
    assert [each.runs.n_useful for each in found.phases if each.runs] == [4, 4]


def test_without_phases_it_is_the_plain_chart() -> None:
    found = phased_chart(individuals_chart, STEP, minimum=4)
    plain = individuals_chart(STEP, minimum=4)
    assert isinstance(plain, ControlChart)
    for line in ("values", "centre", "lower", "upper", "beyond"):
        np.testing.assert_array_equal(getattr(found, line), getattr(plain, line))
    assert not found.rebased


def test_excluded_is_drawn_and_judged_and_ghosted_is_neither() -> None:
    values = [10.0, 12, 99, 11, 13]
    excluded = phased_chart(individuals_chart, values, left_out=[LeftOut(2, "strike")], minimum=4)
    ghosted = phased_chart(
        individuals_chart, values, left_out=[LeftOut(2, "strike", ghosted=True)], minimum=4
    )
    assert list(excluded.centre) == list(ghosted.centre) == [11.5] * 5
    assert excluded.values[2] == 99
    assert excluded.beyond[2]
    assert np.isnan(excluded.ghosts).all()
    assert np.isnan(ghosted.values[2])
    assert not ghosted.beyond[2]
    assert ghosted.ghosts == pytest.approx([NAN, NAN, 99, NAN, NAN], nan_ok=True)
    assert ghosted.left_out[0].reason == "strike"
    assert ghosted.phases[0].runs == excluded.phases[0].runs


def test_ghosts_of_proportions_are_drawn_as_proportions() -> None:
    found = phased_chart(
        p_chart, [5, 1, 6, 5], [10, 10, 10, 10], left_out=[LeftOut(1, "office closed", True)],
        minimum=3,
    )  # fmt: skip
    assert found.ghosts[1] == pytest.approx(0.1)
    assert found.centre[0] == pytest.approx(16 / 30)


def test_a_phase_just_begun_has_a_median_and_no_limits() -> None:
    found = phased_chart(individuals_chart, STEP, phases=[Phase(6, "moved office")], minimum=6)
    assert isinstance(found.latest, TooShort)
    assert list(found.centre[6:]) == [32, 32]
    assert np.isnan(found.upper[6:]).all()
    assert not found.beyond[6:].any()
    assert found.phases[1].runs is not None
    assert found.phases[1].runs.n_useful == 2


def test_moving_ranges_begin_anew_in_every_phase() -> None:
    found = phased_chart(moving_range_chart, STEP, phases=[NEW_TEAM], minimum=4)
    assert list(np.flatnonzero(np.isnan(found.values))) == [0, 4]
    assert [each.runs for each in found.phases] == [None, None]  # ranges share their values


def test_options_of_a_chart_are_bound_beforehand() -> None:
    found = phased_chart(partial(individuals_chart, lowest=9.0), STEP, minimum=4)
    assert (found.lower >= 9).all()


def chart(**options: object) -> PhasedChart:
    return phased_chart(individuals_chart, STEP, minimum=4, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: chart(phases=[Phase(8, "x")]), "phases name point 8; points are numbered 0 to 7"),
        (lambda: chart(phases=[Phase(4, "x"), Phase(4, "y")]), "phases name point 4 twice"),
        (lambda: chart(phases=[Phase(4, " ")]), "phases give no reason for point 4"),
        (lambda: chart(phases=[Phase(4, "x", frozen=5)]), "phase at 4 freezes its first 5 points"),
        (lambda: chart(left_out=[LeftOut(-1, "x")]), "left_out name point -1"),
        (lambda: chart(left_out=[LeftOut(1, "")]), "left_out give no reason for point 1"),
        (
            lambda: chart(phases=[Phase(7, "x")], left_out=[LeftOut(7, "y", ghosted=True)]),
            "phase at 7 holds no figure in its 1 points",
        ),
        (lambda: phased_chart(individuals_chart), "columns are missing"),
        (lambda: phased_chart(p_chart, [1, 2], [3]), "columns has 1 values; 2 are needed"),
    ],
)
def test_refuses_what_makes_no_phase(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
