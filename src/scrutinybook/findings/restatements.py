"""Past figures that a later edition, or a later release, gives otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.findings.base import Finding
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month


class Revision(StrEnum):
    """Why a past figure changed, as far as that is known."""

    SCHEDULED = "scheduled revision"
    """Expected: the month is still being recorded when it is first counted."""
    CORRECTION = "correction"
    """Not expected: a figure of a time that was thought to be complete."""


@dataclass(frozen=True)
class Restatement(Finding):
    """One past figure, as the edition before had it and as this one has it. Both are gated."""

    measure: ExtractMeasure
    part: str
    """The part of the measure; empty for all of it."""
    then: Observation
    now: Observation
    revision: Revision
    by_rule: bool
    """The kind follows from the age of the period; otherwise an analyst wrote it."""
    reason: str | None
    """As an analyst wrote it; None where none is on record."""


@dataclass(frozen=True)
class Restatements(Finding):
    """All figures that one edition gives otherwise than the edition before it."""

    then: Month
    now: Month
    changed: tuple[Restatement, ...]
    n_compared: int
    """Past figures that both editions have or withhold."""

    def of(self, revision: Revision) -> Sequence[Restatement]:
        """Those of one kind."""
        return [each for each in self.changed if each.revision is revision]
