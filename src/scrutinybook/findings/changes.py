"""What changed from one edition to a later one: measures, targets, verdicts, each side gated."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.findings.base import Direction, Finding
from scrutinybook.findings.claims import AnyMeasure, Verdict
from scrutinybook.findings.found import MeasureFound
from scrutinybook.findings.glance import OnTarget, SinceLast
from scrutinybook.periods import Month


@dataclass(frozen=True)
class MeasureChange(Finding):
    """One measure in both editions."""

    measure: AnyMeasure
    then: MeasureFound | None
    """None where the earlier edition has no figures of it."""
    now: MeasureFound | None
    """None where the later one has none."""
    since: SinceLast

    @property
    def target_now(self) -> OnTarget | None:
        """What the later figure makes of the target, where the earlier made something else."""
        now = None if self.now is None else self.now.on_target
        then = None if self.then is None else self.then.on_target
        return now if now is not None and then is not None and now is not then else None


@dataclass(frozen=True)
class VerdictChange(Finding):
    """A statement of which the two editions say different things. `measure_id` is its id."""

    sentence: str
    then: Verdict
    now: Verdict


@dataclass(frozen=True)
class EditionChanges(Finding):
    """Everything that changed between two editions."""

    then: Month
    now: Month
    measures: tuple[MeasureChange, ...]
    verdicts: tuple[VerdictChange, ...]

    def of(self, *since: SinceLast) -> tuple[MeasureChange, ...]:
        """The measures of some kinds of change."""
        return tuple(each for each in self.measures if each.since in since)

    @property
    def targets(self) -> tuple[MeasureChange, ...]:
        """Those whose figure newly meets or newly misses its target."""
        return tuple(each for each in self.measures if each.target_now is not None)


def since(then: MeasureFound | None, now: MeasureFound | None) -> SinceLast:
    """How what stands out in one edition compares with an earlier one."""
    was, can = (each is not None and (each.judged or each.tested) for each in (then, now))
    if now is None or not can:
        return SinceLast.NOT_NOW if was else SinceLast.NEVER
    if then is None or not was:
        return SinceLast.FIRST_JUDGED
    if now.direction is Direction.SAME:
        return SinceLast.NEITHER if then.direction is Direction.SAME else SinceLast.ENDED
    if then.direction is Direction.SAME:
        return SinceLast.NEW
    return SinceLast.STILL if now.direction is then.direction else SinceLast.OTHER_WAY
