"""Findings on a measure from the council's own records: its latest figure, how it stands out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.findings.base import Direction, Finding
from scrutinybook.findings.yearly import LevelTested
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.statistics import Assurance, ChartKind, Rule, Withheld


def on_page(measure: ExtractMeasure, observation: Observation) -> float | None:
    """A figure as pages show it: a count, a share from 0 to 1, or a value in the page's unit."""
    if observation.value is None or measure.kind != "value" or observation.denominator is None:
        return observation.value
    return observation.value * measure.scale


@dataclass(frozen=True)
class LatestFigure(Finding):
    """The latest period of a measure, the same period a year before, and the year so far."""

    measure: ExtractMeasure
    latest: Observation
    year_before: Observation | None
    """The same period a year before; None where the series does not reach so far back."""
    to_date: Observation | None
    """Pooled from 1 April on; None for what is counted on a day, and for yearly measures."""
    to_date_before: Observation | None
    """The same months of the year before."""


class NoLimitsWhy(StrEnum):
    """Why a measure's latest figure is not judged by limits."""

    NO_FIGURE = "the latest period has no figure"
    TOO_SHORT = "too few earlier months"
    TOO_FEW_CASES = "too few cases to tell"
    LEVEL_CHANGED = "the level changed and no new limits are set"
    ROLLING_YEAR = "each figure shares most of its months with the one before"
    YEARLY = "only years are counted"
    ALIKE = "the earlier months are all alike"


@dataclass(frozen=True)
class Unjudged(Finding):
    """A measure that is shown without limits."""

    measure: ExtractMeasure
    why: NoLimitsWhy
    n_months: int
    """Earlier months with a figure."""
    needed: int
    n_withheld: int = 0
    """Earlier months whose figure is withheld, where they are why; 0 otherwise."""


@dataclass(frozen=True)
class Judged(Finding):
    """Whether the latest figure stands out from the months before it."""

    measure: ExtractMeasure
    latest: Observation
    chart: ChartKind
    first: Month
    """First month of those that set the limits."""
    last: Month
    """Last of them, before the latest."""
    n_baseline: int
    change: float | None
    """For a chart of changes from month to month, the latest change; None for all others."""
    centre: float
    """On the scale of the chart: a count of the latest month's length, a share from 0 to 1, the
    page's unit, or a change of these."""
    lower: float
    upper: float
    rule: Rule | None
    """The rule that makes the latest figure a signal; None where none does."""
    direction: Direction
    """Which way the signal points; the same without a signal."""
    in_a_row: int
    """Points in a row that make a shift or a trend."""
    recent: tuple[Month, ...]
    """The months before the latest, of a quarter of a year, that lie beyond their limits."""
    n_points: int
    """Months on the chart, the latest counted."""
    chance: float
    """Probability that the latest of so many months is a signal by chance alone."""
    assurance: Assurance | None
    """What the limits say of the target; None where that is withheld."""
    assurance_withheld: Withheld | None
    """Why."""
    recent_values: tuple[float, ...] = ()
    """What the chart shows for each of `recent`, on its scale."""

    @property
    def signal(self) -> bool:
        """The latest figure stands out."""
        return self.rule is not None


@dataclass(frozen=True)
class LevelsSearched(Finding):
    """Which monthly counts' levels changed, once it is allowed for that several were searched."""

    tested: tuple[LevelTested, ...]

    def stands(self, measure_id: str) -> bool:
        """Whether the evidence that a measure's level changed at all stands."""
        return any(each.stands for each in self.tested if each.measure_id == measure_id)


@dataclass(frozen=True)
class ChartsJudged(Finding):
    """How many charts signal, and how many would by chance alone."""

    n_charts: int
    """Those of measures that are worked out from another's numbers are not counted again."""
    n_signals: int
    expected: float
    """Signals to expect although nothing changed."""
    lower: int
    upper: int
    """The range of their number by chance alone."""
    confidence: float
    """The range holds it at least so often."""
