"""The milestones of the improvement plan in words: how many stand how, and each with its days."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.recording import day
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.committee.plan import Milestone, MilestoneState
from scrutinybook.findings.plan import MilestonesStand
from scrutinybook.periods import Month

TITLE = "Milestones of the improvement plan by day"
CAPTION = (
    "A filled circle was reached, a square is late, an open circle is still to come. A short bar"
    " marks the day first planned, where it is another; dots lead from a late one to the day of"
    " this edition. The list below gives every day in words."
)

_STATES = {
    MilestoneState.LATE: "Late",
    MilestoneState.AHEAD: "Still to come",
    MilestoneState.REACHED: "Reached",
}


def milestones(found: MilestonesStand) -> Sentence:
    """How many were reached, are late and are still to come at the end of the month."""
    parts = [
        f"{words.small_or_none(n)} {one if n <= 1 else many} {state}"
        for n, one, many, state in (
            (found.n_reached, "was", "were", "reached"),
            (found.n_late, "is", "are", "late"),
            (found.n_ahead, "is", "are", "still to come"),
        )
    ]
    text = (
        f"{as_at(found.month)}, of {words.small_count_of(found.n, 'milestones')}"
        f" {words.listing(parts)}."
    )
    return Sentence(words.upper_first(text), found.id)


def timeline_description(found: MilestonesStand) -> str:
    """What the drawing shows, for readers who do not see it."""
    return f"Timeline with one row a milestone. {milestones(found).text}"


def as_at(month: Month) -> str:
    """The day as at which milestones are judged."""
    return f"as at {day(month.last_day)}"


def milestone_label(step: Milestone, month: Month) -> str:
    """How it stands, with the one day that counts: for a drawing."""
    state = step.state(month)
    due = "due " if state is MilestoneState.LATE else ""
    return f"{_STATES[state]}: {due}{day(step.settled(month))}"


def milestone_text(step: Milestone, month: Month) -> str:
    """When it is due, whether it was moved, and how it stands."""
    state = step.state(month)
    moved = f", moved to {day(step.moved_to)}" if step.moved_to else ""
    planned = f"planned for {day(step.planned)}{moved}"
    if state is MilestoneState.REACHED and step.reached is not None:
        late = ", late" if step.reached > step.due else ""
        return f"Reached on {day(step.reached)}{late}; {planned}"
    return f"{_STATES[state]}; {planned}"


def in_order(steps: tuple[Milestone, ...]) -> list[Milestone]:
    """By the day that each is due by now."""
    return sorted(steps, key=lambda step: step.due)
