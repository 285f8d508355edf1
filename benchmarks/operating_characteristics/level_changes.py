"""Rows on the search for level changes: one look, and a look every month for two years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from estimates import Measure, Summary
from series import FIRST_MONTH, Kind, Oddity

from scrutinybook.statistics import LevelChange, LevelChanges, find_level_changes

N_BOOTSTRAP = 399
WINDOW, LOOKS, NOT_USED = 48, 24, 3
"""Months searched at each look, looks, and months not used at first sight to confirm a change."""

NEAR = 6
"""A change dated so many months from the true one, in its direction, is the true one."""

FOUND_WITHIN = 12


def search(counts: np.ndarray, first: int, rng: np.random.Generator) -> tuple[LevelChange, ...]:
    """Search counts whose first month is `first` months after the series' own first."""
    answer = find_level_changes(
        counts,
        first_month=(FIRST_MONTH - 1 + first) % 12 + 1,
        seed=int(rng.integers(2**32)),
        n_bootstrap=N_BOOTSTRAP,
    )
    assert isinstance(answer, LevelChanges)
    return answer.changes


@dataclass(frozen=True)
class OneLook:
    """A whole series is searched once."""

    name: str
    kind: Kind
    n_series: int = 400
    bar: float | None = None
    held: tuple[float, float] | None = None
    """Bars for the date range and the effect's interval."""
    table: str = "level changes, one look"

    @property
    def measures(self) -> tuple[Measure, ...]:
        if not self.kind.step:
            return (Measure("found", "false alarm", self.bar, at_most=True),)
        date, effect = self.held or (None, None)
        return (
            Measure("found", "found", self.bar),
            Measure("date", "date range holds the true month (90%)", date),
            Measure("effect", "interval holds the true effect (90%)", effect),
            Measure("width", "months in the date range, median", summary=Summary.MEDIAN),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        changes = search(self.kind.draw(rng), 0, rng)
        if not changes:
            return {"found": 0.0}
        true = self.kind.first_new
        near = min(changes, key=lambda change: abs(change.first_month - true))
        return {
            "found": 1.0,
            "date": float(near.earliest <= true <= near.latest),
            "effect": float(near.ratio.lower <= 1 + self.kind.step <= near.ratio.upper),
            "width": near.latest - near.earliest + 1,
        }


@dataclass(frozen=True)
class ManyLooks:
    """Two years of months come in, and the latest 48 are searched each time."""

    name: str
    rho: float
    n_series: int = 600
    bar: float | None = None
    oddity: Oddity = Oddity.NONE
    table: str = "level changes, 24 monthly looks"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (
            Measure("confirmed", "ever a confirmed false change", self.bar, at_most=True),
            Measure("seen", "ever a provisional false change"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        months = WINDOW + LOOKS - 1
        counts = Kind(rho=self.rho, months=months, oddity=self.oddity).draw(rng)
        seen = False
        for first in range(LOOKS):
            window = counts[first : first + WINDOW]
            changes = search(window, first, rng)
            if not changes:
                continue
            seen = True
            earlier = search(window[:-NOT_USED], first, rng)
            if any(_same(now, before) for now in changes for before in earlier):
                return {"confirmed": 1.0, "seen": 1.0}
        return {"confirmed": 0.0, "seen": float(seen)}


@dataclass(frozen=True)
class HowSoon:
    """After a step, a look every month until it is found."""

    name: str
    rho: float
    step: float
    bars: tuple[float, float]
    n_series: int = 500
    table: str = "level changes, 24 monthly looks"

    @property
    def measures(self) -> tuple[Measure, ...]:
        found, delay = self.bars
        return (
            Measure("found", f"found within {FOUND_WITHIN} months", found),
            Measure("delay", "months until found, median", delay, True, Summary.MEDIAN),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        months = WINDOW + FOUND_WITHIN
        counts = Kind(self.rho, months, self.step, from_end=FOUND_WITHIN).draw(rng)
        for after in range(1, FOUND_WITHIN + 1):
            changes = search(counts[after : after + WINDOW], after, rng)
            true = WINDOW - after
            if any(abs(c.first_month - true) <= NEAR and c.after > c.before for c in changes):
                return {"found": 1.0, "delay": float(after)}
        # Not found within a year counts as later than any that was.
        return {"found": 0.0, "delay": float(FOUND_WITHIN + 1)}


def _same(now: LevelChange, before: LevelChange) -> bool:
    return (
        now.earliest <= before.latest
        and before.earliest <= now.latest
        and (now.after > now.before) == (before.after > before.before)
    )


def _null(oddity: Oddity) -> OneLook:
    name = f"no change, rho .3, {oddity.value}"
    return OneLook(name, Kind(0.3, oddity=oddity), table="level changes, nulls like real series")


ROWS = (
    OneLook("no change, rho 0", Kind(0.0), 1000, bar=0.06),
    OneLook("no change, rho .3", Kind(0.3), 1000, bar=0.10),
    OneLook("no change, rho .6", Kind(0.6), 1000, bar=0.15),
    OneLook(
        "+25% six months before the end, rho .3",
        Kind(0.3, step=0.25, from_end=6),
        1000,
        bar=0.45,
        held=(0.88, 0.85),
    ),
    OneLook(
        "+25% mid-series, rho .3",
        Kind(0.3, step=0.25, from_end=24),
        1000,
        bar=0.88,
        held=(0.88, 0.85),
    ),
    OneLook("no change, rho .3, half latent", Kind(0.3, latent=0.5)),
    OneLook("no change, rho .6, half latent", Kind(0.6, latent=0.5)),
    OneLook("no change, rho .3, 30 months", Kind(0.3, months=30)),
    OneLook("no change, rho .3, 72 months", Kind(0.3, months=72), 200),
    OneLook("no change, rho .3, 120 months", Kind(0.3, months=120), 100),
    OneLook("no change, rho .3, mean 8", Kind(0.3, mean=8.0)),
    OneLook("+40% mid-series, rho .3", Kind(0.3, step=0.40, from_end=24)),
    OneLook("-20% six months before the end, rho .3", Kind(0.3, step=-0.20, from_end=6)),
    OneLook("+25% mid-series, rho 0", Kind(0.0, step=0.25, from_end=24)),
    *(_null(oddity) for oddity in Oddity if oddity is not Oddity.NONE),
    ManyLooks("no change, rho .3", 0.3, bar=0.08),
    HowSoon("+40%, rho .3", 0.3, 0.40, bars=(0.90, 5)),
)
