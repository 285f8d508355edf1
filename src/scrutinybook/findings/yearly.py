"""Findings on a yearly figure: the year before, other authorities, the years together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue import Measure
from scrutinybook.findings.base import Direction, Finding
from scrutinybook.measures.series import Observation
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.statistics import Interval


@dataclass(frozen=True)
class EarlierSteps:
    """How often a share moved as much from one year to the next before."""

    since: FigurePeriod
    n: int
    """Steps from one year to the next, both with a figure; the latest is not among them."""
    n_as_large: int
    """Those as large as the latest or larger, whichever way."""


@dataclass(frozen=True)
class NeighboursSteps:
    """How often neighbours' shares moved by more than chance from one year to the next."""

    n: int
    """Steps of all neighbours in all years, both years with parts."""
    n_beyond_chance: int
    """Those whose 95% interval leaves out no difference at all."""


@dataclass(frozen=True)
class ChangeOnYear(Finding):
    """A proportion against the year before."""

    measure: Measure
    now: Observation
    then: Observation
    difference: Interval
    """Now less then, as shares."""
    p_value: float
    """Fisher's exact test."""
    earlier: EarlierSteps | None
    """None where the steps are too few to say how often."""
    neighbours: NeighboursSteps | None
    """None likewise, and where neighbours were not looked at."""

    @property
    def evidence(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return not self.difference.lower <= 0 <= self.difference.upper

    @property
    def direction(self) -> Direction:
        """Of the difference, whether or not it could be chance."""
        return Direction.of(self.difference.estimate)


@dataclass(frozen=True)
class FigureOnYear(Finding):
    """A count, stock or printed value beside the year before; nothing is tested."""

    measure: Measure
    now: Observation
    then: Observation | None


@dataclass(frozen=True)
class NotPublished(Finding):
    """The latest figure is a symbol."""

    measure: Measure
    now: Observation


class FunnelPlace(StrEnum):
    """Where the authority lies among all authorities."""

    INSIDE = "inside"
    ABOVE_INNER = "above the inner limits"
    BELOW_INNER = "below the inner limits"
    ABOVE_OUTER = "above the outer limits"
    BELOW_OUTER = "below the outer limits"


@dataclass(frozen=True)
class AmongAuthorities(Finding):
    """A proportion among all authorities of England in the same year."""

    measure: Measure
    now: Observation
    place: FunnelPlace
    n_authorities: int
    n_left_out: int
    centre: float
    """Those with a figure together."""
    n_outside_inner: int
    """Authorities outside the 95% limits, this one and those outside both included."""
    n_outside_outer: int
    """Authorities outside the 99.8% limits, this one included."""
    lower: float
    """Lower 99.8% limit at this authority's size; 0 where no figure can lie below it."""
    upper: float
    """Upper 99.8% limit at this authority's size; 1 where no figure can lie above it."""


@dataclass(frozen=True)
class BesideOthers(Finding):
    """Neighbours and England in the same period."""

    measure: Measure
    now: Observation
    neighbours: float | None
    """Neighbours together (proportions) or the middle of their values (values); None if none."""
    n_neighbours: int
    """Neighbours with a figure."""
    england: float | None
    region: float | None
    region_name: str


@dataclass(frozen=True)
class OverYears(Finding):
    """Range of a yearly series."""

    measure: Measure
    first: Observation
    latest: Observation
    lowest: tuple[Observation, ...]
    """The year with the lowest figure, or several whose figures are printed alike."""
    highest: tuple[Observation, ...]
    n_years: int
    n_lower: int
    """Years whose figure is lower than the latest."""
    n_higher: int
    """Years whose figure is higher than the latest."""


@dataclass(frozen=True)
class FewYears(Finding):
    """Too few yearly figures for their range to say anything."""

    measure: Measure
    n_years: int


@dataclass(frozen=True)
class Detectable:
    """The smallest moves of a share that would probably (80%) have been seen."""

    rise: float | None
    """As a share; None where the share cannot rise so far."""
    fall: float | None
    """Likewise. Both are None where so few could show no move at all."""


@dataclass(frozen=True)
class LevelTested:
    """One monthly count that was searched for lasting changes of its level."""

    measure_id: str
    p_value: float
    stands: bool
    """A change is there when all tests of the edition are allowed for."""
    stands_strictly: bool
    """It is there whatever the dependence between the tests."""


@dataclass(frozen=True)
class ManyTested(Finding):
    """All that one edition tests, and what stands when that is allowed for."""

    tested: tuple[ChangeOnYear, ...]
    alone: tuple[ChangeOnYear, ...]
    """Those with a p-value below 0.05 when looked at alone."""
    stand: tuple[ChangeOnYear, ...]
    """Those that stand at a false discovery rate of 5% (Benjamini-Hochberg)."""
    stand_strictly: tuple[ChangeOnYear, ...]
    """Those that stand whatever the dependence between measures (Benjamini-Yekutieli)."""
    false_share: float
    """Share of false changes among those said to stand that is accepted."""
    detectable: tuple[Detectable, ...]
    """For each tested, at the strictest threshold that the number of tests can mean."""
    n_printed: int
    """Figures shown without a test: printed values and counts."""
    n_first: int
    """Shares shown without a test: no figure for the year before."""
    levels: tuple[LevelTested, ...] = ()
    """Monthly counts that were searched for lasting changes; they are allowed for too."""

    @property
    def n_tests(self) -> int:
        """p-values that the verdicts allow for."""
        return len(self.tested) + len(self.levels)

    def level(self, measure_id: str) -> LevelTested | None:
        """The search of one monthly count, or None."""
        return next((each for each in self.levels if each.measure_id == measure_id), None)

    def stands(self, change: ChangeOnYear) -> bool:
        """Whether a change stands once the number of measures tested is allowed for."""
        return any(c.measure_id == change.measure_id for c in self.stand)

    def could_be_seen(self, change: ChangeOnYear) -> Detectable:
        """The smallest change of one measure. Raises `KeyError` for one that was not tested."""
        by_id = {c.measure_id: d for c, d in zip(self.tested, self.detectable, strict=True)}
        return by_id[change.measure_id]

    def clear(self, change: ChangeOnYear) -> bool:
        """Whether there is clear evidence of a change: the one verdict that all pages give."""
        return change.evidence and self.stands(change)
