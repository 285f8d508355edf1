"""Findings on the improvement plan: each data point's rating beside what the statistics say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.committee.plan import DataPoint, Rating
from scrutinybook.findings.base import Finding
from scrutinybook.findings.council import Judged, LatestFigure, Unjudged
from scrutinybook.periods import Month


class Disagreement(StrEnum):
    """How a plan's rating and the statistics speak against each other."""

    GREEN_WORSE = "green, but the latest figure stands out for the worse"
    GREEN_MISSED = "green, but the target would be missed in nearly every month"
    GREEN_MISSED_YEAR = "green, but each of the latest twelve months missed the target"
    RED_BETTER = "red, but the latest figure stands out for the better"
    RED_MET = "red, but the target would be met in nearly every month"
    RED_MET_YEAR = "red, but each of the latest twelve months met the target"


@dataclass(frozen=True)
class PointStands(Finding):
    """One data point at an edition's month. `measure_id` is ``data-point-41``."""

    point: DataPoint
    number: int
    figure: LatestFigure | None
    """None where the records hold no figure of it."""
    judged: Judged | Unjudged | None
    rated: Month | None
    """The month of the plan's latest rating."""
    rating: Rating | None
    disagreement: Disagreement | None


@dataclass(frozen=True)
class PlanAll(Finding):
    """All data points and milestones."""

    n: int
    n_with_figure: int
    n_without_target: int
    n_rated: int
    n_disagreements: int
    n_signals: int
    """Points whose latest figure stands out."""
    n_milestones: int
    n_late: int


@dataclass(frozen=True)
class MilestonesStand(Finding):
    """All milestones at the end of an edition's month. `measure_id` is ``milestones``."""

    month: Month
    n_reached: int
    n_late: int
    n_ahead: int

    @property
    def n(self) -> int:
        """All of them."""
        return self.n_reached + self.n_late + self.n_ahead
