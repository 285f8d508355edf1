"""The improvement plan: its numbered data points, their targets and ratings, and its milestones."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_types import Text
from scrutinybook.edition import DateField, MonthField
from scrutinybook.errors import Fault, nearest
from scrutinybook.periods import Month
from scrutinybook.yaml_files import Strict

Rating = Literal["red", "amber", "green"]
LOCAL = "plan_data_points"
"""The measure whose parts are data points that no other measure gives, by their numbers."""


class DataPoint(Strict):
    """One numbered data point of the plan."""

    number: Annotated[int, Field(ge=1)]
    text: Text
    """What it counts, in plain words."""
    measure: Text | None = None
    """The measure of this book that it is; without one, the local figure of its number."""
    part: Text | None = None
    """A part of that measure: a service, say."""
    unit: Literal["percent"] | None = None
    """For local figures: what the number is, where it is a percentage."""
    target: float | None = None
    """In the unit of the page (per cent for shares)."""
    no_target: Text | None = None
    """Why the plan sets no target; exactly one of the two is given."""
    question: Text | None = None
    """What the committee has asked about it."""
    direction: Literal["up", "down", "neither"]
    """Which way the plan wants it to go; neither where it wants no more and no fewer."""
    owner: Text
    """Who answers for it, by role."""
    ratings: dict[MonthField, Rating] = Field(default_factory=dict)
    """The plan's own rating, by month."""

    @model_validator(mode="after")
    def _consistent(self) -> DataPoint:
        if (self.target is None) == (self.no_target is None):
            raise ValueError("give either a target, or no_target with the reason")
        return self

    def rating(self, month: Month) -> tuple[Month, Rating] | None:
        """The latest rating up to a month, with its month."""
        known = [each for each in self.ratings if each <= month]
        return (max(known), self.ratings[max(known)]) if known else None


class MilestoneState(StrEnum):
    """How a milestone stands at the end of an edition's month."""

    LATE = "late"
    AHEAD = "still to come"
    REACHED = "reached"


class Milestone(Strict):
    """One step of the plan with its day."""

    title: Text
    planned: DateField
    """The day that the plan first set."""
    moved_to: DateField | None = None
    """The day set since, where it was moved."""
    reached: DateField | None = None
    owner: Text
    note: Text | None = None

    @property
    def due(self) -> date:
        """The day it is due by now."""
        return self.moved_to or self.planned

    def state(self, month: Month) -> MilestoneState:
        """How it stands at the end of a month; what was reached later was not reached yet."""
        end = month.last_day
        if self.reached is not None and self.reached <= end:
            return MilestoneState.REACHED
        return MilestoneState.LATE if self.due <= end else MilestoneState.AHEAD

    def settled(self, month: Month) -> date:
        """The day it was reached, where it was by the end of a month; else the day it is due."""
        was_reached = self.state(month) is MilestoneState.REACHED
        return self.reached if was_reached and self.reached is not None else self.due


class Plan(Strict):
    """One authority's plan."""

    title: Text
    source: Text
    """Where the plan comes from."""
    points: tuple[DataPoint, ...]
    milestones: tuple[Milestone, ...] = ()


def plan_faults(plan: Plan, label: str, catalogue: Catalogue, *, own: bool) -> list[Fault]:
    """Numbers that stand twice, unknown measures, local figures that a published book has not."""
    faults: list[Fault] = []
    if not plan.points:
        faults.append(Fault(f"{label}: points", "empty", "one or more", "or remove the file"))
    known = [*(catalogue.extract_measures if own else catalogue.measures)]
    seen: set[int] = set()
    for number, point in enumerate(plan.points, 1):
        where = f"{label}: points, entry {number} (data point {point.number})"
        if point.number in seen:
            faults.append(Fault(f"{where}, number", f"{point.number} stands twice", "each once"))
        seen.add(point.number)
        if point.measure is not None and point.measure not in known:
            found, mend = f"no measure {point.measure!r}", nearest(point.measure, known)
            faults.append(Fault(f"{where}, measure", found, ", ".join(known), mend))
        if point.measure is None and (not own or LOCAL not in known):
            found = "this key is missing, and there are no local figures of data points"
            faults.append(Fault(f"{where}, measure", found, ", ".join(known)))
        if point.measure is None and point.part is not None:
            found = "a part, but no measure that it is a part of"
            faults.append(Fault(f"{where}, part", found, mend="add measure, or remove part"))
    for number, step in enumerate(plan.milestones, 1):
        where = f"{label}: milestones, entry {number}"
        if step.moved_to == step.planned:
            found = f"{step.moved_to} is the day planned at first"
            faults.append(Fault(f"{where}, moved_to", found, mend="remove it"))
    return faults
