"""What one edition found, in the form in which editions are compared: gated figures alone."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.findings.base import Direction
from scrutinybook.findings.claims import Verdict
from scrutinybook.findings.glance import OnTarget
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.statistics import Rule

SHOWN_MONTHS = 24
"""Latest months of each chart that are kept to look back at."""


@dataclass(frozen=True)
class MonthFound:
    """One month of a measure's chart."""

    month: Month
    figure: Observation
    rule: Rule | None
    """What makes it stand out on this edition's chart; None where nothing does, or no limits."""
    direction: Direction


@dataclass(frozen=True)
class LevelFound:
    """A lasting change of level that the edition reports."""

    first: Month
    last: Month
    """The range of months that holds it."""
    direction: Direction
    before: float
    after: float
    confirmed: bool


@dataclass(frozen=True)
class MeasureFound:
    """One measure as the edition shows it."""

    measure_id: str
    latest: Observation
    direction: Direction
    """Which way its latest figure stands out; the same where it does not."""
    judged: bool
    """The latest figure is judged by limits."""
    why: str
    """Why it is not; empty where it is."""
    months: tuple[MonthFound, ...] = ()
    """The latest months on its chart, oldest first; none for what is counted by the year."""
    levels: tuple[LevelFound, ...] | None = None
    """None where lasting changes are not looked for."""
    searched_from: Month | None = None
    """The first month searched; None likewise."""
    on_target: OnTarget | None = None
    """What the latest figure makes of the target; None where there is none to make."""
    tested: bool = False
    """A year's figure was tested against the year before."""

    def month(self, month: Month) -> MonthFound | None:
        """One month, where the chart has it."""
        return next((each for each in self.months if each.month == month), None)


@dataclass(frozen=True)
class ClaimFound:
    """A claim's verdict."""

    claim_id: str
    verdict: Verdict


@dataclass(frozen=True)
class EditionFound:
    """One edition."""

    edition_id: str
    month: Month
    measures: tuple[MeasureFound, ...]
    claims: tuple[ClaimFound, ...]

    def measure(self, measure_id: str) -> MeasureFound | None:
        """A measure, where the edition has figures of it."""
        return next((m for m in self.measures if m.measure_id == measure_id), None)

    def claim(self, claim_id: str) -> ClaimFound | None:
        """A claim, where the edition looks at it."""
        return next((c for c in self.claims if c.claim_id == claim_id), None)
