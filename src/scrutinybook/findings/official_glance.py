"""All yearly measures of a published edition side by side: what changed, what lies far out."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.catalogue import Measure
from scrutinybook.findings.base import Direction, Finding, is_for_the_better
from scrutinybook.findings.changes import MeasureChange
from scrutinybook.findings.glance import Asks
from scrutinybook.findings.yearly import (
    AmongAuthorities,
    BesideOthers,
    ChangeOnYear,
    FewYears,
    FigureOnYear,
    FunnelPlace,
    NotPublished,
    OverYears,
)

_FAR_OUT = {
    FunnelPlace.ABOVE_OUTER: Direction.HIGHER,
    FunnelPlace.BELOW_OUTER: Direction.LOWER,
}


@dataclass(frozen=True)
class OfficialGlance(Finding):
    """One measure in one row."""

    latest: ChangeOnYear | FigureOnYear | NotPublished
    changed: bool
    """There is clear evidence of a change from the year before, all tests allowed for."""
    among: AmongAuthorities | None
    beside: BesideOthers
    years: OverYears | FewYears
    values: tuple[float | None, ...]
    """Of all years, oldest first, for a small chart; None for a gap."""
    since: MeasureChange | None
    """The same measure in the edition before; None without one."""

    @property
    def measure(self) -> Measure:
        """What the catalogue says of it."""
        return self.latest.measure

    @property
    def direction(self) -> Direction:
        """Which way it clearly changed; the same where it did not."""
        if self.changed and isinstance(self.latest, ChangeOnYear):
            return self.latest.direction
        return Direction.SAME

    @property
    def far_out(self) -> Direction:
        """On which side of nearly all authorities it lies; the same where on neither."""
        return Direction.SAME if self.among is None else _FAR_OUT.get(self.among.place, _SAME)

    @property
    def better(self) -> bool | None:
        """Whether its change, or else its place, is for the better; None where neither way is."""
        way = self.direction if self.direction is not Direction.SAME else self.far_out
        return is_for_the_better(way, self.measure.polarity)

    @property
    def asks(self) -> Asks:
        """What it gives reason to ask about."""
        if self.direction is self.far_out is Direction.SAME:
            return Asks.REST
        ways = (self.direction, self.far_out)
        worse = any(is_for_the_better(way, self.measure.polarity) is False for way in ways)
        return Asks.WORSE if worse else Asks.SIGNAL


_SAME = Direction.SAME
