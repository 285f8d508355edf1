"""All measures of a council's own records side by side: what needs asking, what stands out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.findings.base import Direction, Finding, is_for_the_better
from scrutinybook.findings.council import ChartsJudged, Judged, LatestFigure, Unjudged, on_page
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.symbols import Symbol


class Asks(StrEnum):
    """What a measure gives reason to ask about, the most pressing first."""

    WORSE = "stands out for the worse"
    SIGNAL = "stands out"
    MISSED = "misses its target"
    REST = "nothing that needs asking first"


class OnTarget(StrEnum):
    """What the latest figure, by itself, makes of the target."""

    MET = "meets it"
    MISSED = "misses it"


class SinceLast(StrEnum):
    """How what stands out compares with the edition before."""

    NEW = "stands out now and did not then"
    STILL = "stands out now and did then"
    OTHER_WAY = "stands out now, the other way from then"
    ENDED = "stood out then and does not now"
    NEITHER = "stood out neither time"
    FIRST_JUDGED = "could not be judged then"
    NOT_NOW = "could be judged then and not now"
    NEVER = "could be judged neither time"


@dataclass(frozen=True)
class Before:
    """What the edition before found of a measure, from the records as they stood then."""

    month: Month
    """The month of that edition."""
    judged: bool
    """Its figure was judged by limits."""
    direction: Direction
    """Which way it stood out; the same where it did not."""


@dataclass(frozen=True)
class Trend(Finding):
    """A measure's latest periods together, for a small chart."""

    measure: ExtractMeasure
    shown: tuple[Observation, ...]
    """Oldest first; those without a figure are gaps."""

    @property
    def values(self) -> tuple[float | None, ...]:
        """On the scale of pages, None for a gap."""
        return tuple(on_page(self.measure, each) for each in self.shown)

    @property
    def figures(self) -> tuple[Observation, ...]:
        """Those with a figure."""
        return tuple(o for o in self.shown if on_page(self.measure, o) is not None)

    @property
    def lowest(self) -> Observation | None:
        """The first of the lowest figures; None where there is no figure."""
        return min(self.figures, key=lambda o: on_page(self.measure, o) or 0.0, default=None)

    @property
    def highest(self) -> Observation | None:
        """The first of the highest figures; None where there is no figure."""
        return max(self.figures, key=lambda o: on_page(self.measure, o) or 0.0, default=None)

    @property
    def n_withheld(self) -> int:
        """Periods whose figure is withheld."""
        return sum(each.symbol is Symbol.SUPPRESSED for each in self.shown)


@dataclass(frozen=True)
class Glance(Finding):
    """One measure in one row: its figure, how it stands out, its target, the edition before."""

    figure: LatestFigure
    judged: Judged | Unjudged
    trend: Trend
    level: LevelChange | None
    """The latest lasting change, where no limits are drawn because of it; None otherwise."""
    before: Before | None
    """None without an edition before."""

    @property
    def measure(self) -> ExtractMeasure:
        """What the catalogue says of it."""
        return self.figure.measure

    @property
    def is_signal(self) -> bool:
        """The latest figure stands out from its limits."""
        return isinstance(self.judged, Judged) and self.judged.signal

    @property
    def direction(self) -> Direction:
        """Which way it stands out, or its level changed; the same where neither is so."""
        if isinstance(self.judged, Judged):
            return self.judged.direction if self.judged.signal else Direction.SAME
        return Direction.SAME if self.level is None else self.level.direction

    @property
    def better(self) -> bool | None:
        """Whether that is for the better; None where neither way is, or nothing stands out."""
        return is_for_the_better(self.direction, self.measure.polarity)

    @property
    def on_target(self) -> OnTarget | None:
        """None without a target or a figure, and where neither way is better."""
        measure, value = self.measure, on_page(self.measure, self.figure.latest)
        if measure.target is None or value is None or measure.polarity == "neutral":
            return None
        target = measure.target / 100 if measure.kind == "proportion" else measure.target
        met = value >= target if measure.polarity == "high" else value <= target
        return OnTarget.MET if met else OnTarget.MISSED

    @property
    def asks(self) -> Asks:
        """What it gives reason to ask about."""
        if self.direction is not Direction.SAME:
            return Asks.WORSE if self.better is False else Asks.SIGNAL
        return Asks.MISSED if self.on_target is OnTarget.MISSED else Asks.REST

    @property
    def since(self) -> SinceLast | None:
        """How what stands out compares with the edition before; None without one."""
        if self.before is None:
            return None
        if not isinstance(self.judged, Judged):
            return SinceLast.NOT_NOW if self.before.judged else SinceLast.NEVER
        if not self.before.judged:
            return SinceLast.FIRST_JUDGED
        now, then = self.direction, self.before.direction
        if now is Direction.SAME:
            return SinceLast.NEITHER if then is Direction.SAME else SinceLast.ENDED
        if then is Direction.SAME:
            return SinceLast.NEW
        return SinceLast.STILL if now is then else SinceLast.OTHER_WAY


@dataclass(frozen=True)
class MonthAtGlance(Finding):
    """All measures of an edition together."""

    month: Month
    charts: ChartsJudged | None
    """None where no measure is judged."""
    worse: tuple[ExtractMeasure, ...]
    """Those whose latest figure stands out for the worse, in the order of the pages."""
    better: tuple[ExtractMeasure, ...]
    neither: tuple[ExtractMeasure, ...]
    """Those that stand out where neither way is better."""
    n_measures: int
    n_target: int
    """Measures with a target."""
    n_met: int
    n_missed: int
    """Those whose latest figure meets it, and misses it; the others have no figure to say so."""
