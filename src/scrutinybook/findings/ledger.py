"""The ledger of signals: when each was first published, and what later editions say of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.findings.base import Direction, Finding
from scrutinybook.findings.claims import Verdict
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.statistics import Rule


class Sort(StrEnum):
    """What kind of signal."""

    MONTH = "a month outside its limits"
    RUN = "a run of months"
    LEVEL = "a lasting change of level"
    YEAR = "a change from one year to the next"
    VERDICT = "a verdict on a statement"


class Hold(StrEnum):
    """What a later edition says of a signal."""

    HELD = "still held"
    NOT_HELD = "no longer held"
    WITHHELD = "its figure is now withheld"
    NOT_JUDGED = "no longer judged"
    OUT_OF_REACH = "before the months that are looked at"
    NOT_AGAIN = "not tested again"


@dataclass(frozen=True)
class Later:
    """What one later edition says."""

    edition: Month
    hold: Hold
    figure: Observation | None = None
    """The month's figure as that edition has it; None where it is no matter, or not there."""
    why: str = ""
    """Why it is no longer judged; empty otherwise."""
    verdict: Verdict | None = None
    """For a statement: what that edition says of it."""


@dataclass(frozen=True)
class Signal(Finding):
    """One signal. `measure_id` is the claim's id for a verdict."""

    sort: Sort
    first_published: Month
    """The edition that said it first."""
    direction: Direction
    first: Month
    last: Month
    """The months it is about: one, those of a run's ends, or the range that holds a change."""
    rule: Rule | None = None
    figure: Observation | None = None
    """The figure as it was first published."""
    before: float | None = None
    after: float | None = None
    """The levels on either side of a lasting change, as first published."""
    confirmed_in: Month | None = None
    """The edition that first called a lasting change confirmed; None while it is provisional."""
    verdict: Verdict | None = None
    later: tuple[Later, ...] = ()
    """One entry a later edition, oldest first."""

    @property
    def now(self) -> Hold:
        """What the newest edition says."""
        return self.later[-1].hold if self.later else Hold.HELD

    @property
    def lost_in(self) -> Later | None:
        """The first of the latest editions that no longer hold it; None while it is held."""
        lost = None
        for each in reversed(self.later):
            if each.hold is Hold.HELD:
                break
            lost = each
        return lost


@dataclass(frozen=True)
class Ledger(Finding):
    """All signals of an authority's editions up to one."""

    editions: tuple[Month, ...]
    """Oldest first; the last is the edition's own."""
    signals: tuple[Signal, ...]
    """The newest first."""

    @property
    def new(self) -> tuple[Signal, ...]:
        """Those that the newest edition is the first to say."""
        return tuple(s for s in self.signals if s.first_published == self.editions[-1])

    @property
    def held(self) -> tuple[Signal, ...]:
        """Earlier ones that it still holds."""
        return tuple(s for s in self.signals if s.later and s.now is Hold.HELD)

    @property
    def not_held(self) -> tuple[Signal, ...]:
        """Earlier ones that it does not."""
        return tuple(s for s in self.signals if s.now is not Hold.HELD)
