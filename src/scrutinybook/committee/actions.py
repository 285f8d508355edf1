"""Actions: what was promised to the committee, when it is due, and how it stands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_types import Text
from scrutinybook.committee.claims import IdField
from scrutinybook.edition import DateField
from scrutinybook.errors import Fault, nearest
from scrutinybook.periods import Month
from scrutinybook.yaml_files import Strict


class Standing(StrEnum):
    """How an action stands at the end of an edition's month."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"


class Action(Strict):
    """One promise."""

    id: IdField
    promised: Text
    """What was promised, in this book's own words."""
    meeting: DateField
    """The meeting to which it was promised."""
    due: DateField
    """The meeting or day by which it is due."""
    owner: Text
    """Who answers for it, by role."""
    state: Literal["open", "done"]
    done: DateField | None = None
    """The day it was done; needed for what is done."""
    evidence: Text | None = None
    """What shows it, in words; needed for what is done."""
    measure: Text | None = None
    """A measure of this book that shows it."""

    def standing(self, month: Month) -> Standing:
        """How it stands at the end of a month: what was done later was not done yet."""
        if self.state == "done" and self.done is not None and self.done <= month.last_day:
            return Standing.DONE
        return Standing.OVERDUE if self.due < month.last_day else Standing.OPEN

    def done_late(self) -> bool:
        """Done, and after the day it was due."""
        return self.done is not None and self.done > self.due


class Actions(Strict):
    """All actions of one authority."""

    actions: tuple[Action, ...]

    def as_at(self, month: Month) -> tuple[Action, ...]:
        """Those promised by the end of a month: overdue ones first, then by the day due."""
        order = list(Standing)
        known = [each for each in self.actions if each.meeting <= month.last_day]
        return tuple(sorted(known, key=lambda a: (order.index(a.standing(month)), a.due, a.id)))


def action_faults(actions: Actions, label: str, catalogue: Catalogue, *, own: bool) -> list[Fault]:
    """Two of an id, unknown measures, days that cannot be, and done without its day or evidence."""
    faults: list[Fault] = []
    if not actions.actions:
        faults.append(Fault(f"{label}: actions", "empty", "one or more", "or remove the file"))
    known = [*(catalogue.extract_measures if own else catalogue.measures)]
    ids = [action.id for action in actions.actions]
    for number, action in enumerate(actions.actions, 1):
        where = f"{label}: actions, entry {number} ({action.id})"
        if ids.index(action.id) != number - 1:
            faults.append(Fault(f"{where}, id", f"{action.id} stands twice", "each id once"))
        if action.measure is not None and action.measure not in known:
            found = f"no measure {action.measure!r}"
            mend = nearest(action.measure, known)
            faults.append(Fault(f"{where}, measure", found, ", ".join(known), mend))
        faults += _day_faults(action, where)
    return faults


def _day_faults(action: Action, where: str) -> list[Fault]:
    faults = []
    if action.due < action.meeting:
        found = f"{action.due} is before the meeting of {action.meeting}"
        faults.append(Fault(f"{where}, due", found, "a day after the meeting"))
    done: tuple[tuple[str, date | str | None], ...]
    done = (("done", action.done), ("evidence", action.evidence or action.measure))
    if action.state == "done":
        faults += [
            Fault(f"{where}, {key}", "this key is missing; what is done needs it")
            for key, value in done
            if value is None
        ]
    elif action.done is not None:
        faults.append(Fault(f"{where}, done", "a day, but the state is open", "state: done"))
    if action.done is not None and action.done < action.meeting:
        found = f"{action.done} is before the meeting of {action.meeting}"
        faults.append(Fault(f"{where}, done", found, "a day after the meeting"))
    return faults
