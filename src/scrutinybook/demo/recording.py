"""When an event reaches the case system, and what is put right there afterwards."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.demo.days import NEVER, Ints


@dataclass(frozen=True)
class Lag:
    """How late one kind of event is recorded, in days."""

    at_once: float
    """Share recorded on the day itself."""
    soon: float
    """Share recorded within the next `soon_days`; the rest come later."""
    soon_days: int
    late_days: int

    def after(self, rng: np.random.Generator, days: Ints) -> Ints:
        """The day on which each is recorded; `NEVER` where the event does not come."""
        kind = rng.random(days.size)
        soon = rng.integers(1, self.soon_days + 1, days.size)
        late = rng.integers(self.soon_days + 1, self.late_days + 1, days.size)
        lag = np.where(
            kind < self.at_once, 0, np.where(kind < self.at_once + self.soon, soon, late)
        )
        return np.where(days < NEVER, days + lag, NEVER)


CONTACTS = Lag(0.88, 0.09, 3, 20)
REFERRALS = Lag(0.85, 0.11, 3, 21)
ASSESSMENTS = Lag(0.78, 0.17, 4, 25)
AUTHORISED = Lag(0.86, 0.10, 4, 21)
ENQUIRIES = Lag(0.80, 0.15, 4, 21)
CONFERENCES = Lag(0.82, 0.13, 4, 21)
PLANS = Lag(0.80, 0.15, 5, 28)
CASES_CLOSED = Lag(0.55, 0.30, 9, 45)
CARE = Lag(0.80, 0.15, 5, 28)
PLACEMENTS = Lag(0.74, 0.19, 6, 35)
REVIEWS = Lag(0.90, 0.08, 3, 14)
EARLY_HELP = Lag(0.76, 0.18, 9, 42)


@dataclass(frozen=True, eq=False)
class Correction:
    """Entries of one column that stood wrong until they were put right."""

    table: str
    column: str
    rows: Ints
    """Positions in the truth's table."""
    wrong: Ints
    """What stood there first."""
    until: Ints
    """The day on which it was put right."""


def put_right(
    rng: np.random.Generator, recorded: Ints, share: float, *, days: tuple[int, int] = (12, 75)
) -> tuple[Ints, Ints]:
    """Choose a share of rows that were first recorded wrongly, and the days they are put right."""
    rows = np.flatnonzero((rng.random(recorded.size) < share) & (recorded < NEVER))
    return rows, recorded[rows] + rng.integers(days[0], days[1] + 1, rows.size)
