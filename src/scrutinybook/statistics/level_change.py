"""What a search for level changes found: typed results, no computation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.intervals import Interval


class WorkingDays(StrEnum):
    """How working days enter."""

    OFFSET = "offset"
    """Twice the working days, twice the count: the main analysis."""
    FREE = "free"
    """The exponent is fitted along with everything else."""
    NONE = "none"
    """Working days are overlooked."""


@dataclass(frozen=True)
class LevelChange:
    """One lasting change of level, found by a search."""

    first_month: int
    """Position (0 is the first month of the series) of the first month of the new level."""
    earliest: int
    """First position of its date range."""
    latest: int
    """Last position of its date range."""
    before: float
    """Level before, in counts per average month (of the year, and of working days)."""
    after: float
    """Level after, likewise."""
    ratio: Interval
    """After over before; the interval allows for the search."""
    difference: Interval
    """After less before, in counts per average month; the interval allows for the search."""
    p_value: float
    """How often a series without this change, all others kept, would speak as much for one."""
    p_without_extreme: float
    """The same without the month that lies farthest off; as `p_value` where none is outlying."""

    @property
    def confidence(self) -> float:
        """Nominal confidence of the date range and the intervals."""
        return self.ratio.confidence


@dataclass(frozen=True, eq=False)
class LevelChanges:
    """All level changes of one series of n months."""

    changes: tuple[LevelChange, ...]
    """In order of time; empty where there is no evidence of a change."""
    levels: tuple[float, ...]
    """Level of each segment in counts per average month; one more than `changes`."""
    level_line: Floats
    """Shape (n,): the level of each month's segment, for drawing a stepped line."""
    fitted: Floats
    """Shape (n,): level, season and working days together, in counts."""
    any_p_value: float
    """The one p-value for whether the level changed at all; small where it did. Draws stop once it
    is plain that nothing is there, so that a large one is known only roughly."""
    next_p_value: float
    """p-value of the best further change, which was not accepted; 1 where none fitted in."""
    next_p_without_extreme: float
    """The same without an outlying month: where only this one is high, the further change hung on
    one month."""
    level_of_test: float
    """Changes were accepted with a p-value up to this."""
    rho: float
    """Month-to-month correlation, as used for date ranges and sizes."""
    rho_measured: float
    """The same before it was drawn towards the prior."""
    noise_sd: float
    """Standard deviation of a month's log count about `fitted`."""
    seasonal: bool
    """A yearly season was fitted along."""
    period: int
    """Periods a year: 12 for months, 4 for quarters, 1 for years."""
    working_days: WorkingDays
    """How working days entered."""
    exponent: float
    """Exponent of working days: 1 as offset, 0 with none, else fitted."""
    n_months: int
    """Months with a figure."""
    n_missing: int
    """Months without one."""
    n_bootstrap: int
    """Draws behind each p-value."""
    seed: int
    """Seed of all draws."""


@dataclass(frozen=True)
class TooShortForChanges:
    """Too few months to look for a level change."""

    n_months: int
    """Months with a figure."""
    needed: int
    """Months that were needed."""


@dataclass(frozen=True)
class Sensitivity:
    """The same search with working days taken in three ways."""

    offset: LevelChanges
    free: LevelChanges
    none: LevelChanges


@dataclass(frozen=True)
class SmallestDetectable:
    """The smallest lasting change that this series would probably have shown."""

    months_after: int
    """The change is put so many months before the end."""
    power: float
    """Probability of showing it."""
    rise: float
    """Ratio after over before of the smallest rise; infinity where none up to tenfold shows."""
    fall: float
    """Ratio of the smallest fall; 0 where none down to a tenth shows."""
    rise_per_month: float
    """The rise in counts per average month."""
    fall_per_month: float
    """The fall in counts per average month, a positive number."""
