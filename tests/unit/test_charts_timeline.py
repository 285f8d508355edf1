"""The timeline: a shape and words for each state, marks at their days, the day it is as at."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.timeline_chart import Step, timeline_chart
from scrutinybook.committee.plan import MilestoneState

SVG = "{http://www.w3.org/2000/svg}"
LATE, AHEAD, REACHED = MilestoneState.LATE, MilestoneState.AHEAD, MilestoneState.REACHED
AS_AT = date(2023, 3, 31)


def step(state: MilestoneState, day: date, planned: date | None = None, title: str = "x") -> Step:
    return Step(title, f"{state.value} {day}", state, planned or day, day)


def timeline(*steps: Step) -> Drawing:
    return timeline_chart(
        *("timeline", "Title", "Description"), steps=steps, as_at=AS_AT, as_at_label="as at"
    )


def marks(svg: str) -> list[tuple[float, str]]:
    """Each mark's place from the left, and its outline."""
    root = ElementTree.fromstring(svg)
    outlines = {f"#{e.get('id')}": e.get("d", "") for e in root.iter(f"{SVG}path") if e.get("id")}
    return [
        (float(e.get("x", "nan")), outlines[e.get("href", "")])
        for e in root.iter(f"{SVG}use")
        if e.get("y") is not None and e.get("href") in outlines
    ]


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("variant", ["wide", "narrow"])
def test_each_state_has_a_shape_or_filling_and_words_of_its_own(variant: str) -> None:
    day = date(2023, 2, 1)
    drawn = {s: getattr(timeline(step(s, day)), variant) for s in MilestoneState}
    for state, svg in drawn.items():
        assert f"{state.value} {day}" in words(svg)
    round_ = "C"  # a curve: the square has none
    outlines = {s: [o for _, o in marks(svg) if len(o) > 20] for s, svg in drawn.items()}
    assert not any(round_ in o for o in outlines[LATE])
    assert any(round_ in o for o in outlines[REACHED])
    assert any(round_ in o for o in outlines[AHEAD])
    # Of the two circles one is open: it alone is filled with the paper's colour.
    filled = {
        s: "fill:var(--sb-paper,#ffffff);stroke:var(--sb-accent" in svg for s, svg in drawn.items()
    }
    assert filled == {LATE: False, REACHED: False, AHEAD: True}


def test_a_later_day_stands_further_to_the_right() -> None:
    days = [date(2022, 11, 30), date(2023, 1, 31), date(2023, 9, 30)]
    svg = timeline(*(step(REACHED, day) for day in days)).wide
    places = [x for x, outline in marks(svg) if "C" in outline]
    assert len(places) == 3 and places == sorted(set(places))
    # Two months and eight: the lengths keep to the days.
    assert (places[2] - places[1]) / (places[1] - places[0]) == pytest.approx(8 / 2, rel=0.05)


def test_a_day_that_was_moved_and_days_that_passed_are_drawn() -> None:
    plain = timeline(step(AHEAD, date(2023, 9, 30)))
    moved = timeline(step(AHEAD, date(2023, 9, 30), planned=date(2023, 2, 28)))
    late = timeline(step(LATE, date(2023, 2, 28)))
    assert plain.wide.count("<path") + 2 == moved.wide.count("<path")
    assert "stroke-dasharray" in late.wide and "stroke-dasharray" not in moved.wide


@pytest.mark.parametrize("n", [1, 7, 40])
def test_it_grows_with_its_rows_and_no_words_are_lost(n: int) -> None:
    title = "The strategy for young people’s learning and work is published " * 3
    steps = [step(LATE, AS_AT - timedelta(days=20 * k), title=title) for k in range(n)]
    drawn = timeline(*steps)
    heights = []
    for svg in (drawn.wide, drawn.narrow):
        box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
        assert box is not None
        heights.append(float(box[2]))
        said = " ".join(words(svg))
        assert said.count("strategy") == said.count("published") == 3 * n
        assert "as at" in said
        places = [float(y) for y in re.findall(r'<text[^>]* y="([\d.]+)"', svg)]
        assert all(0 <= y <= heights[-1] for y in places)
    assert heights[1] > heights[0] > 60 * n  # a phone has more lines of words


def test_the_axis_is_marked_however_few_days_there_are() -> None:
    drawn = timeline(step(REACHED, AS_AT))
    assert all(
        any(re.fullmatch(r"20\d\d", each) for each in words(s)) for s in (drawn.wide, drawn.narrow)
    )


def test_the_same_steps_make_the_same_bytes() -> None:
    steps = [step(s, date(2023, 2, 1), planned=date(2023, 1, 1)) for s in MilestoneState]
    assert timeline(*steps) == timeline(*steps)


def test_no_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="one step or more"):
        timeline()
