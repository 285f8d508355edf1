"""Where a plan's rating and the statistics disagree, drawn.

rating   latest figure        the limits and the target      months      disagree
green    stands out, worse    -                              -           yes
green    no signal            missed in nearly every month   -           yes
green    no signal            by chance                      all missed  yes
green    stands out, better   -                              some met    no
red      stands out, better   -                              -           yes
red      no signal            met in nearly every month      -           yes
amber    anything             anything                       anything    no
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scrutinybook.analysis.plan import as_the_plan_has_it, disagreement, met_all_year
from scrutinybook.catalogue import read_catalogue
from scrutinybook.committee.plan import DataPoint, Milestone, MilestoneState
from scrutinybook.council.recording import Recording
from scrutinybook.council_context import CouncilContext
from scrutinybook.edition import Edition
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged, Unjudged
from scrutinybook.findings.plan import Disagreement
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.statistics import Assurance, ChartKind, Rule
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace.find(Path(__file__).resolve()))
HIGH = CATALOGUE.extract_measure("supervision_on_time").model_copy(update={"target": 80.0})
MARCH = Month(2023, 3)
UP, DOWN, SAME = Direction.HIGHER, Direction.LOWER, Direction.SAME
PASS, FAIL, CHANCE = Assurance.CONSISTENT_PASS, Assurance.CONSISTENT_FAIL, Assurance.INCONSISTENT


def judged(direction: Direction, assurance: Assurance | None) -> Judged:
    latest = Observation(FigurePeriod(PeriodKind.MONTH, MARCH.last_day), 70, 100, None, "")
    return Judged(
        measure_id="x", measure=HIGH, latest=latest, chart=ChartKind.P, first=MARCH - 30,
        last=MARCH - 1, n_baseline=30, change=None, centre=0.8, lower=0.7, upper=0.9,
        rule=None if direction is SAME else Rule.BEYOND, direction=direction, in_a_row=7,
        recent=(), n_points=31, chance=0.01, assurance=assurance, assurance_withheld=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "direction", "assurance", "met", "wanted"),
    [
        ("green", DOWN, None, None, Disagreement.GREEN_WORSE),
        ("green", SAME, FAIL, None, Disagreement.GREEN_MISSED),
        ("green", SAME, CHANCE, False, Disagreement.GREEN_MISSED_YEAR),
        ("green", UP, None, None, None),
        ("green", SAME, PASS, True, None),
        ("red", UP, None, None, Disagreement.RED_BETTER),
        ("red", SAME, PASS, None, Disagreement.RED_MET),
        ("red", SAME, CHANCE, True, Disagreement.RED_MET_YEAR),
        ("red", DOWN, FAIL, False, None),
        ("amber", DOWN, FAIL, False, None),
        (None, DOWN, FAIL, False, None),
    ],
)
def test_where_a_rating_and_the_statistics_disagree(
    rating: Any,
    direction: Direction,
    assurance: Assurance | None,
    met: bool | None,
    wanted: Disagreement | None,
) -> None:
    assert disagreement(rating, judged(direction, assurance), met) is wanted


def test_a_measure_whose_lower_figures_are_better_turns_it_round() -> None:
    low = replace(judged(UP, None), measure=HIGH.model_copy(update={"polarity": "low"}))
    assert disagreement("green", low, None) is Disagreement.GREEN_WORSE
    neutral = replace(judged(UP, None), measure=HIGH.model_copy(update={"polarity": "neutral"}))
    assert disagreement("green", neutral, None) is None


def test_without_limits_only_a_whole_year_of_months_speaks() -> None:
    unjudged: Judged | Unjudged | None = None
    assert disagreement("green", unjudged, False) is Disagreement.GREEN_MISSED_YEAR
    assert disagreement("green", unjudged, None) is None


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([0.9] * 12, True),
        ([0.8] * 12, True),
        ([0.7] * 12, False),
        ([0.9] * 11 + [0.7], None),
        ([0.9] * 11, None),
        ([0.9] * 11 + [None], None),
        ([0.7, *[0.9] * 12], True),
    ],
)
def test_twelve_months_on_one_side_of_the_target(
    values: list[float | None], wanted: bool | None
) -> None:
    assert met_all_year(HIGH, values) is wanted


def test_without_a_target_no_month_meets_or_misses_it() -> None:
    assert met_all_year(HIGH.model_copy(update={"target": None}), [0.9] * 12) is None


def test_the_plan_sets_target_and_direction_and_the_catalogue_the_rest() -> None:
    edition = {"authority": "Demo", "month": "2023-03", "kind": "demonstration"}
    context = CouncilContext(Edition.from_parameters(edition), CATALOGUE, {}, Recording(tables=()))
    point = DataPoint.model_validate(
        {"number": 1, "text": "Contacts", "measure": "contacts", "target": 900,
         "direction": "down", "owner": "head"}
    )  # fmt: skip
    measure = as_the_plan_has_it(context, point)
    assert (measure.target, measure.polarity) == (900, "low")
    assert measure.things == CATALOGUE.extract_measure("contacts").things


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, MilestoneState.LATE),
        ({"moved_to": "2023-06-30"}, MilestoneState.AHEAD),
        ({"reached": "2023-03-31"}, MilestoneState.REACHED),
        ({"reached": "2023-04-01"}, MilestoneState.LATE),
    ],
)
def test_a_milestone_at_the_end_of_the_month(more: dict[str, str], wanted: MilestoneState) -> None:
    values = {"title": "x", "planned": "2023-02-28", "owner": "head", **more}
    assert Milestone.model_validate(values).state(MARCH) is wanted


def test_a_rating_is_the_latest_up_to_the_month() -> None:
    point = DataPoint.model_validate(
        {"number": 1, "text": "x", "no_target": "y", "direction": "up", "owner": "z",
         "ratings": {"2023-01": "red", "2023-03": "green", "2023-05": "amber"}}
    )  # fmt: skip
    assert point.rating(Month(2023, 4)) == (Month(2023, 3), "green")
    assert point.rating(Month(2022, 12)) is None
    assert Milestone.model_validate(
        {"title": "x", "planned": "2023-02-28", "owner": "head"}
    ).planned == date(2023, 2, 28)
