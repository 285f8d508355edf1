"""Rows on the search for level changes: one look, and a look every month for two years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from estimates import Measure, Summary
from series import FIRST_MONTH, Kind, Oddity

from scrutinybook.statistics import (
    Confirmation,
    LevelChange,
    LevelChanges,
    confirm,
    find_level_changes,
)
from scrutinybook.statistics.changepoint import MINIMUM_SEGMENT
from scrutinybook.statistics.step_scan import MonthlyLayout, step_scan

N_BOOTSTRAP = 399
WINDOW, LOOKS, NOT_USED = 48, 24, 3
"""Months searched at each look, looks, and months not used at first sight to confirm a change."""

NEAR = 6
"""A change dated so many months from the true one, in its direction, is the true one."""

FOUND_WITHIN, CONFIRMED_WITHIN = 12, 18


def month_of(place: int) -> int:
    """Calendar month of a place in a series that begins in April."""
    return (FIRST_MONTH - 1 + place) % 12 + 1


def search(counts: np.ndarray, first: int, rng: np.random.Generator) -> LevelChanges:
    """Search counts whose first month is `first` months after the series' own first."""
    answer = find_level_changes(
        counts,
        first_month=month_of(first),
        seed=int(rng.integers(2**32)),
        n_bootstrap=N_BOOTSTRAP,
    )
    assert isinstance(answer, LevelChanges)
    return answer


@dataclass(frozen=True)
class Sight:
    """A change as first seen, and where it was last seen."""

    look: int
    answer: LevelChanges
    """What the search said at first sight; the change is its last."""
    earliest: int
    """Date range at the latest sight, counted from the first month of the whole series."""
    latest: int

    @property
    def rises(self) -> bool:
        last = self.answer.changes[-1]
        return last.after > last.before

    def confirmed(self, counts: np.ndarray, look: int) -> bool:
        """Months after first sight speak for the new level."""
        later = counts[self.look + WINDOW : look + WINDOW]
        if later.size == 0:
            return False
        said = confirm(self.answer, later, first_month=month_of(self.look))
        return isinstance(said, Confirmation) and said.holds


def follow(sights: list[Sight], answer: LevelChanges, look: int) -> list[Sight]:
    """Changes still seen keep their first sight; a new last change is seen for the first time."""
    kept = []
    for place, change in enumerate(answer.changes):
        earliest, latest = change.earliest + look, change.latest + look
        same = [
            old
            for old in sights
            if old.earliest <= latest
            and earliest <= old.latest
            and old.rises == (change.after > change.before)
        ]
        if same:
            kept.append(replace(same[0], earliest=earliest, latest=latest))
        elif place == len(answer.changes) - 1:
            kept.append(Sight(look, answer, earliest, latest))
    return kept


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
        changes = search(self.kind.draw(rng), 0, rng).changes
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
    n_series: int = 500
    bar: float | None = None
    oddity: Oddity = Oddity.NONE
    table: str = "level changes, 24 monthly looks"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (
            Measure("later", "ever a false change confirmed by later months", self.bar, True),
            Measure("again", "ever one that the search finds again, which confirms nothing"),
            Measure("seen", "ever one seen at all (provisional)"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        months = WINDOW + LOOKS - 1
        counts = Kind(rho=self.rho, months=months, oddity=self.oddity).draw(rng)
        said = {"later": 0.0, "again": 0.0, "seen": 0.0}
        sights: list[Sight] = []
        for look in range(LOOKS):
            window = counts[look : look + WINDOW]
            answer = search(window, look, rng)
            sights = follow(sights, answer, look)
            if not answer.changes:
                continue
            said["seen"] = 1.0
            if any(sight.confirmed(counts, look) for sight in sights):
                said["later"] = 1.0
            if not said["again"]:
                earlier = search(window[:-NOT_USED], look, rng).changes
                said["again"] = float(
                    any(_same(now, before) for now in answer.changes for before in earlier)
                )
        return said


@dataclass(frozen=True)
class HowSoon:
    """After a step, a look every month until it is found and confirmed."""

    name: str
    rho: float
    step: float
    bars: tuple[float, float]
    n_series: int = 600
    table: str = "level changes, 24 monthly looks"

    @property
    def measures(self) -> tuple[Measure, ...]:
        found, delay = self.bars
        return (
            Measure("found", f"found within {FOUND_WITHIN} months", found),
            Measure("delay", "months until found, median", delay, True, Summary.MEDIAN),
            Measure("later", f"confirmed by later months within {CONFIRMED_WITHIN}"),
        )

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        months = WINDOW + CONFIRMED_WITHIN
        counts = Kind(self.rho, months, self.step, from_end=CONFIRMED_WITHIN).draw(rng)
        # Not found in time counts as later than any that was.
        said = {"found": 0.0, "delay": FOUND_WITHIN + 1.0, "later": 0.0}
        sights: list[Sight] = []
        for look in range(1, CONFIRMED_WITHIN + 1):
            answer = search(counts[look : look + WINDOW], look, rng)
            sights = follow(sights, answer, look)
            near = [
                c
                for c in answer.changes
                if abs(c.first_month + look - WINDOW) <= NEAR and (c.after > c.before)
            ]
            if near and not said["found"] and look <= FOUND_WITHIN:
                said |= {"found": 1.0, "delay": float(look)}
            if near and any(s.rises and s.confirmed(counts, look) for s in sights):
                return said | {"later": 1.0}
        return said


def _same(now: LevelChange, before: LevelChange) -> bool:
    return (
        now.earliest <= before.latest
        and before.earliest <= now.latest
        and (now.after > now.before) == (before.after > before.before)
    )


@dataclass(frozen=True)
class Ceiling:
    """What a search could find at best: noise known, and correlation too or none for all series.

    The largest gain over all months is compared with one value for all series, set so that series
    without a change, with correlation `alarm_rho`, exceed it in a share of `alarms`.
    """

    name: str
    kind: Kind
    alarm_rho: float
    alarms: float
    n_series: int = 4000
    table: str = "level changes, the most that could be found"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return (Measure("found", "found" if self.kind.step else "false alarm"),)

    def one(self, rng: np.random.Generator) -> Mapping[str, float]:
        found = known_gain(self.kind.draw(rng)[None, :])[0]
        return {"found": float(found > known_critical(self.alarm_rho, self.alarms))}


def known_gain(counts: np.ndarray) -> np.ndarray:
    """Largest gain from a step, over counts of shape (series, 48) with correlation .3."""
    layout = MonthlyLayout(np.ones(WINDOW, bool), FIRST_MONTH, True, MINIMUM_SEGMENT)
    scores, _ = step_scan(layout, (), 0.3).scores(np.log(counts + 0.5))
    return np.asarray((scores**2).max(axis=1))


@lru_cache
def known_critical(rho: float, alarms: float) -> float:
    rng = np.random.default_rng(1)
    drawn = np.array([Kind(rho).draw(rng) for _ in range(8000)])
    return float(np.quantile(known_gain(drawn), 1 - alarms))


def _null(oddity: Oddity) -> OneLook:
    name = f"no change, rho .3, {oddity.value}"
    return OneLook(
        name, Kind(0.3, oddity=oddity), 1000, table="level changes, nulls like real series"
    )


def _power(step: float, from_end: int) -> OneLook:
    where = "mid-series" if from_end == WINDOW // 2 else "six months before the end"
    kind = Kind(0.3, step=step, from_end=from_end)
    return OneLook(f"{step:+.0%} {where}, rho .3", kind, table="level changes, by size of step")


END, MIDDLE = Kind(0.3, step=0.25, from_end=6), Kind(0.3, step=0.25, from_end=24)
ROWS = (
    OneLook("no change, rho 0", Kind(0.0), 4000, bar=0.06),
    OneLook("no change, rho .3", Kind(0.3), 4000, bar=0.10),
    OneLook("no change, rho .6", Kind(0.6), 4000, bar=0.15),
    OneLook("+25% six months before the end, rho .3", END, 3000, bar=0.45, held=(0.88, 0.85)),
    OneLook("+25% mid-series, rho .3", MIDDLE, 3000, bar=0.88, held=(0.88, 0.85)),
    OneLook("no change, rho .8", Kind(0.8), 1000),
    OneLook("no change, rho .3, half latent", Kind(0.3, latent=0.5), 1000),
    OneLook("no change, rho .6, half latent", Kind(0.6, latent=0.5), 1000),
    OneLook("no change, rho .3, 24 months", Kind(0.3, months=24), 1000),
    OneLook("no change, rho .3, 30 months", Kind(0.3, months=30), 1000),
    OneLook("no change, rho .3, 72 months", Kind(0.3, months=72), 1000),
    OneLook("no change, rho .3, 120 months", Kind(0.3, months=120), 400),
    OneLook("no change, rho .3, 240 months", Kind(0.3, months=240), 200),
    OneLook("no change, rho .3, mean 8", Kind(0.3, mean=8.0), 1000),
    OneLook("no change, rho .3, mean 2", Kind(0.3, mean=2.0), 1000),
    OneLook("-20% six months before the end, rho .3", Kind(0.3, step=-0.20, from_end=6)),
    OneLook("+25% mid-series, rho 0", Kind(0.0, step=0.25, from_end=24)),
    OneLook("+25% mid-series, rho .6", Kind(0.6, step=0.25, from_end=24)),
    *(
        _power(step, from_end)
        for from_end in (6, 24)
        for step in (0.10, 0.15, 0.20, 0.30, 0.40, 0.60)
    ),
    Ceiling("rho known: no change, rho .3", Kind(0.3), 0.3, 0.10),
    Ceiling("rho known: +25% six months before the end, rho .3", END, 0.3, 0.10),
    Ceiling("rho known: +25% mid-series, rho .3", MIDDLE, 0.3, 0.10),
    Ceiling("one rule for all rho: no change, rho .3", Kind(0.3), 0.6, 0.15),
    Ceiling("one rule for all rho: +25% six months before the end, rho .3", END, 0.6, 0.15),
    Ceiling("one rule for all rho: +25% mid-series, rho .3", MIDDLE, 0.6, 0.15),
    *(_null(oddity) for oddity in Oddity if oddity is not Oddity.NONE),
    ManyLooks("no change, rho .3", 0.3, bar=0.08),
    HowSoon("+40%, rho .3", 0.3, 0.40, bars=(0.90, 5)),
)
