"""Findings on a monthly series: its latest month, its limits, its lasting changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.findings.base import Finding
from scrutinybook.findings.level_change import (
    Agreement,
    LevelChange,
    OtherWay,
    agreement,
    overlap,
)
from scrutinybook.periods import Month


@dataclass(frozen=True)
class MonthCount:
    """Events of one month and the working days they fell on."""

    month: Month
    count: float
    working_days: int

    @property
    def per_day(self) -> float:
        """Events a working day."""
        return self.count / self.working_days


@dataclass(frozen=True)
class LatestMonth(Finding):
    """The latest month among the months of its year, from 1 April, as counts and per day."""

    months: tuple[MonthCount, ...]
    """Months of the year with a figure, in order; the latest is last."""

    @property
    def latest(self) -> MonthCount:
        """The month the finding is about."""
        return self.months[-1]

    @property
    def highest_counts(self) -> tuple[MonthCount, ...]:
        """The month with the highest count, or several where they are equal."""
        top = max(m.count for m in self.months)
        return tuple(m for m in self.months if m.count == top)

    @property
    def highest_per_day(self) -> tuple[MonthCount, ...]:
        """The month with the most a working day, or several where they are equal."""
        top = max(m.per_day for m in self.months)
        return tuple(m for m in self.months if m.per_day == top)


class ChartName(StrEnum):
    """A control chart, as pages name it."""

    INDIVIDUALS = "individuals chart"
    U = "u chart"
    U_PRIME = "u′ chart"
    C = "c chart"


@dataclass(frozen=True)
class PlainLimit:
    """What a chart that trusts counting alone would have said, from the months just before."""

    first: Month
    last: Month
    upper: float
    """Upper limit, in events a month."""
    lower: float
    """Lower limit, in events a month."""
    beyond: bool
    days_alone: MonthLimits | None
    """From the same months, allowing for working days but not for spread beyond chance."""
    spread_alone: MonthLimits | None
    """From the same months, allowing for spread beyond chance but not for working days."""


@dataclass(frozen=True)
class MonthLimits:
    """Limits for a month with as many working days as the latest, in events a month."""

    lower: float
    upper: float
    beyond: bool
    """The latest month lies outside them."""


@dataclass(frozen=True)
class OtherBaseline:
    """Limits from another baseline, to see whether the answer hangs on the choice."""

    first: Month
    n_baseline: int
    lower: float
    """Events a working day."""
    upper: float
    beyond: bool


@dataclass(frozen=True)
class ControlVerdict(Finding):
    """Whether the latest month lies within the limits that earlier months set."""

    latest: MonthCount
    chart: ChartName
    asked: bool
    """The catalogue names this chart; otherwise it was chosen from the figures."""
    first: Month
    """First month of the baseline."""
    last: Month
    """Last month of the baseline, before the latest month."""
    n_baseline: int
    centre: float
    """Events a working day."""
    lower: float
    upper: float
    beyond: bool
    spread_ratio: float
    """Variance of the baseline's months over that of counting alone."""
    plain: PlainLimit | None
    chance_latest: float
    """Probability that one month, judged by limits from so many, lies outside them by chance."""
    phase_reason: str | None
    """Why the baseline begins where it does, as an analyst decided; None without a phase."""
    other_baseline: OtherBaseline | None
    """The same question with months after the last change's whole date range alone."""

    @property
    def count_limits(self) -> tuple[float, float]:
        """Limits for a month with as many working days as the latest, in events."""
        days = self.latest.working_days
        return self.lower * days, self.upper * days


class NoLimitsWhy(StrEnum):
    """Why no limits are drawn."""

    TOO_SHORT = "too few months"
    NO_PHASE = "no phase set since the level changed"


@dataclass(frozen=True)
class NoLimits(Finding):
    """No limits are drawn; the months are shown about their median."""

    latest: MonthCount
    why: NoLimitsWhy
    first: Month
    """First month shown."""
    n_months: int
    """Months before the latest from which limits could have been worked out."""
    needed: int
    median: float
    """Of the months shown, in events a working day."""
    phase_reason: str | None


@dataclass(frozen=True)
class SmallestChange:
    """The smallest lasting change that the search would probably have shown."""

    months_before_end: int
    """The change is put so many months before the end of the series."""
    power: float
    """Probability of showing it."""
    rise: float | None
    """Events a month; None where not even a tenfold rise would."""
    fall: float | None
    """Events a month, a positive number; None where not even a fall to a tenth would."""


@dataclass(frozen=True)
class LevelChanges(Finding):
    """Lasting changes in the level of a monthly series, oldest first."""

    first: Month
    last: Month
    """Months that were searched."""
    n_months: int
    """Months among them that have a figure."""
    changes: tuple[LevelChange, ...]
    levels: tuple[float, ...]
    """Level of each stretch between changes, in events a month of average length."""
    any_p_value: float
    """The one p-value for whether the level changed at all."""
    next_p_value: float
    """p-value of the best further change, which was not accepted."""
    autocorrelation: float
    """Month-to-month correlation that the search allowed for."""
    smallest: SmallestChange | None
    """What could have been seen; None where a change was found."""
    other_ways: tuple[OtherWay, ...]
    """What the search finds where working days are taken into account in other ways."""
    months_to_confirm: int
    """Later months that it takes to confirm a change."""

    @property
    def agreement(self) -> Agreement:
        """How far the other ways of taking working days find the same."""
        return agreement(self.changes, self.other_ways)

    @property
    def span(self) -> int:
        """Months that were searched, with a figure or without."""
        return self.last.index - self.first.index + 1

    def is_recent(self, change: LevelChange) -> bool:
        """Whether a change may have come in the last year, so that later months will tell more."""
        return change.last > self.last - 12


@dataclass(frozen=True)
class TooShortToSearch(Finding):
    """Too few months to look for a change of level."""

    n_months: int
    needed: int


@dataclass(frozen=True)
class SinceThen(Finding):
    """What an earlier edition could say, and what the later months show."""

    earlier: Month
    """The earlier edition's month."""
    then: LevelChanges
    now: LevelChanges
    mean_before: float | None
    mean_after: float | None
    """Events a month in the months up to the earlier edition's month, and in those since; None
    where no month has a figure."""
    n_before: int
    """Months with a figure among the 12 up to the earlier edition's month."""
    n_after: int
    """Months with a figure since."""
    right_after: tuple[MonthCount, ...]
    """The first months with a figure since, three at most."""

    @property
    def new_changes(self) -> tuple[LevelChange, ...]:
        """Changes found now that begin after the earlier edition's month."""
        return tuple(c for c in self.now.changes if c.month > self.earlier)

    @property
    def held(self) -> tuple[LevelChange, ...]:
        """Changes the earlier edition reported that are still found, as now estimated."""
        return tuple(c for c in self.now.changes if any(overlap(c, t) for t in self.then.changes))

    @property
    def held_as(self) -> tuple[tuple[LevelChange, LevelChange], ...]:
        """The same changes with what the earlier edition made of each: now and then."""
        return tuple((c, t) for c in self.now.changes for t in self.then.changes if overlap(c, t))

    @property
    def lost(self) -> tuple[LevelChange, ...]:
        """Changes the earlier edition reported that were looked for and are no longer found."""
        return tuple(t for t in self._unmatched if t.first > self.now.first)

    @property
    def out_of_reach(self) -> tuple[LevelChange, ...]:
        """Changes the earlier edition reported that begin before the months searched now."""
        return tuple(t for t in self._unmatched if t.first <= self.now.first)

    @property
    def _unmatched(self) -> tuple[LevelChange, ...]:
        return tuple(
            t for t in self.then.changes if not any(overlap(c, t) for c in self.now.changes)
        )
