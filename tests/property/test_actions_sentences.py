"""What was promised, at the end of any month: how each action stands, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from drawn_council import months
from hypothesis import given
from hypothesis import strategies as st
from sentence_rules import keep_to_the_rules

from scrutinybook.commentary import actions as said
from scrutinybook.committee.actions import Action, Actions, Standing
from scrutinybook.findings.actions import ActionsAll, ActionStands
from scrutinybook.periods import Month


@st.composite
def actions(draw: st.DrawFn) -> Action:
    meeting = draw(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
    done = draw(st.booleans())
    return Action(
        id=f"a{draw(st.integers(0, 10**6))}",
        promised="Something.",
        meeting=meeting,
        due=meeting + timedelta(draw(st.integers(0, 300))),
        owner="head of service",
        state="done" if done else "open",
        done=meeting + timedelta(draw(st.integers(0, 400))) if done else None,
        evidence="A paper." if done else None,
    )


@given(actions(), st.integers(2022, 2025), st.integers(1, 12))
def test_an_action_is_overdue_from_the_end_of_the_month_in_which_its_day_has_passed(
    action: Action, year: int, month: int
) -> None:
    at = Month(year, month)
    standing = action.standing(at)
    done_by_then = action.done is not None and action.done <= at.last_day
    assert (standing is Standing.DONE) == done_by_then
    if not done_by_then:
        assert (standing is Standing.OVERDUE) == (action.due < at.last_day)
    found = ActionStands(action.id, action, at, standing)
    assert (found.days_over > 0) == (standing is Standing.OVERDUE)
    if standing is Standing.OVERDUE:
        keep_to_the_rules([said.overdue(found)], found, at, *days(action.due, at.last_day))
    assert said.state_text(found).startswith(said.STANDINGS[standing])


@given(st.lists(actions(), max_size=9), months)
def test_overdue_ones_come_first_and_later_promises_not_at_all(
    promised: list[Action], at: Month
) -> None:
    shown = Actions(actions=tuple(promised)).as_at(at)
    order = [list(Standing).index(each.standing(at)) for each in shown]
    assert order == sorted(order)
    assert {each.id for each in shown} == {
        each.id for each in promised if each.meeting <= at.last_day
    }


@given(months, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_how_many_stand_how(at: Month, overdue: int, not_due: int, done: int) -> None:
    if overdue + not_due + done == 0:
        return
    found = ActionsAll("actions", at, overdue + not_due + done, overdue, not_due, done)
    keep_to_the_rules([said.all_actions(found)], found, *days(at.last_day))


def days(*each: date) -> list[float]:
    """The numbers that dates are written with, and days between."""
    found = [float(n) for day in each for n in (day.day, day.year)]
    return [*found, *(float((b - a).days) for a, b in pairwise(each))]
