"""What was promised to the committee, in words."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.recording import day
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.committee.actions import Standing
from scrutinybook.findings.actions import ActionsAll, ActionStands

STANDINGS = {
    Standing.OVERDUE: "Overdue",
    Standing.OPEN: "Not due yet",
    Standing.DONE: "Done",
}


def all_actions(found: ActionsAll) -> Sentence:
    """How many are overdue, open and done."""
    end = day(found.month.last_day)
    parts = [
        f"{words.small(n)} {'is' if n == 1 else 'are'} {what}"
        for n, what in (
            (found.overdue, "overdue"),
            (found.open, "not due yet"),
            (found.done, "done"),
        )
        if n
    ]
    of = words.small_count_of(found.n, "actions")
    start = f"The committee has been promised {of}"
    return Sentence(f"{start}. On {end}, {words.listing(parts)}.", found.id)


def overdue(found: ActionStands) -> Sentence:
    """That an action is overdue, and since when."""
    days = words.small_count_of(found.days_over, "days")
    text = (
        f"It was due on {day(found.due)}, {days} before {day(found.month.last_day)}, and is not on"
        " record as done."
    )
    return Sentence(text, found.id)


def state_text(found: ActionStands) -> str:
    """How an action stands, for a table: ``Done on 20 February 2023``."""
    action = found.action
    if found.standing is Standing.DONE and action.done is not None:
        late = ", after the day it was due" if action.done_late() else ""
        return f"Done on {day(action.done)}{late}"
    return STANDINGS[found.standing]
