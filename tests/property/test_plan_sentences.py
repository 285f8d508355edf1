"""Every sentence on the improvement plan: tidy, traceable, and a disagreement only where one is."""

from __future__ import annotations

import drawn_council as drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules

from scrutinybook.commentary import milestones as steps_said
from scrutinybook.commentary import plan as said
from scrutinybook.committee.plan import DataPoint
from scrutinybook.findings.council import Judged, LatestFigure, Unjudged
from scrutinybook.findings.plan import Disagreement, MilestonesStand, PlanAll, PointStands

TWELVE = 12.0
TWO_OF_THREE = [2.0, 3.0]
many_examples = settings(max_examples=200, deadline=None)


@st.composite
def plans(draw: st.DrawFn) -> PlanAll:
    n = draw(st.integers(1, 60))
    few = st.integers(0, n)
    rated = draw(few)
    steps = draw(st.integers(0, 9))
    late = draw(st.integers(0, steps))
    against = draw(st.integers(0, rated))
    return PlanAll("plan", n, draw(few), draw(few), rated, against, draw(few), steps, late)


@st.composite
def points(draw: st.DrawFn) -> PointStands:
    figure, judged = draw(drawn.figures_judged())
    point = DataPoint.model_validate(
        {"number": 7, "text": "x", "no_target": "y", "direction": "up", "owner": "z"}
    )
    held = draw(st.booleans())
    rated = draw(st.one_of(st.none(), drawn.months))
    return PointStands(
        "data-point-7",
        point,
        7,
        figure if held else None,
        judged if held else None,
        rated,
        None if rated is None else draw(st.sampled_from(["red", "amber", "green"])),
        draw(st.one_of(st.none(), st.sampled_from(Disagreement))),
    )


@many_examples
@given(plans())
def test_the_whole_plan(found: PlanAll) -> None:
    every = said.whole_plan(found)
    keep_to_the_rules(every, found)
    assert not any("no is" in each.text or "no are" in each.text for each in every)


@many_examples
@given(
    st.builds(
        MilestonesStand,
        st.just("milestones"),
        drawn.months,
        *[st.integers(0, 12)] * 3,
    )
)
def test_the_milestones(found: MilestonesStand) -> None:
    sentence = steps_said.milestones(found)
    end = found.month.last_day
    keep_to_the_rules([sentence], found, float(found.n), float(end.day), float(end.year))
    assert ("none is late" in sentence.text) == (found.n_late == 0)
    assert ("none was reached" in sentence.text) == (found.n_reached == 0)
    assert "no are" not in sentence.text and "no were" not in sentence.text
    assert sentence.text in steps_said.timeline_description(found)


@many_examples
@given(points())
def test_what_the_statistics_say_of_a_point(found: PointStands) -> None:
    figure: LatestFigure | None = found.figure
    judged: Judged | Unjudged | None = found.judged
    chance = getattr(judged, "chance", 0.0) * 100
    measure = None if figure is None else figure.measure
    every = said.statistics_say(found)
    keep_to_the_rules(every, found, figure, judged, measure, chance, TWO_OF_THREE)
    assert ("no figure of it" in every[0].text) == (figure is None)


@many_examples
@given(points())
def test_a_disagreement_is_said_where_there_is_one(found: PointStands) -> None:
    sentence = said.disagrees(found)
    assert (sentence is not None) == (found.disagreement is not None)
    if sentence is not None and found.disagreement is not None:
        keep_to_the_rules([sentence], found, TWELVE)
        assert f"rates it {found.disagreement.split(',')[0]}" in sentence.text
    assert (said.rating_text(found) == "Not rated") == (found.rating is None)
