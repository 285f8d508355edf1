"""Findings on what was promised to the committee: how many actions stand how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scrutinybook.committee.actions import Action, Standing
from scrutinybook.findings.base import Finding
from scrutinybook.periods import Month


@dataclass(frozen=True)
class ActionStands(Finding):
    """One action at the end of an edition's month. `measure_id` is the action's id."""

    action: Action
    month: Month
    standing: Standing

    @property
    def due(self) -> date:
        """The day by which it is due."""
        return self.action.due

    @property
    def days_over(self) -> int:
        """Days past the day due, at the end of the month; 0 where it is not overdue."""
        over = (self.month.last_day - self.action.due).days
        return over if self.standing is Standing.OVERDUE else 0


@dataclass(frozen=True)
class ActionsAll(Finding):
    """All actions of an edition."""

    month: Month
    n: int
    overdue: int
    open: int
    done: int
