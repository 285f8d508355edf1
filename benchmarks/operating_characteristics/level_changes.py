"""Rows on the search for level changes: one look, and a look every month for two years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from estimates import Measure, Summary
from series import FIRST_MONTH, Kind, Oddity

from scrutinybook.statistics import (
    LevelChange,
    LevelChanges,
    TooShortForChanges,
    find_level_changes,
)
from scrutinybook.statistics.changepoint import MINIMUM_SEGMENT
from scrutinybook.statistics.first_sight import State, may_be_one, standings
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


class Looks:
    """The looks of one series that grows by a month each time, as an edition a month sees it."""

    def __init__(self, counts: np.ndarray, rng: np.random.Generator) -> None:
        self.counts, self._rng = counts, rng
        self._answers: dict[tuple[int, int], LevelChanges | TooShortForChanges] = {}

    def search(self, begins: int, ends: int) -> LevelChanges | TooShortForChanges:
        """Search some of the months; the same months give the same answer."""
        if (begins, ends) not in self._answers:
            self._answers[begins, ends] = find_level_changes(
                self.counts[begins:ends],
                first_month=month_of(begins),
                seed=int(self._rng.integers(2**32)),
                n_bootstrap=N_BOOTSTRAP,
            )
        return self._answers[begins, ends]

    def changes(self, ends: int) -> tuple[LevelChange, ...]:
        """What the look at the latest months up to `ends` finds."""
        found = self.search(max(0, ends - WINDOW), ends)
        return found.changes if isinstance(found, LevelChanges) else ()

    def confirmed(self, ends: int) -> tuple[bool, ...]:
        """For each of these changes, whether the book would call it confirmed."""
        if not self.changes(ends):
            return ()
        found = standings(
            self.counts[:ends],
            None,
            first_month=FIRST_MONTH,
            window=WINDOW,
            search=self.search,
        )
        return tuple(each.state is State.CONFIRMED for each in found)


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
        looks = Looks(Kind(rho=self.rho, months=months, oddity=self.oddity).draw(rng), rng)
        said = {"later": 0.0, "again": 0.0, "seen": 0.0}
        for ends in range(WINDOW, months + 1):
            now = looks.changes(ends)
            if not now:
                continue
            said["seen"] = 1.0
            if any(looks.confirmed(ends)):
                said["later"] = 1.0
            found = looks.search(ends - WINDOW, ends - NOT_USED)
            earlier = found.changes if isinstance(found, LevelChanges) else ()
            if any(may_be_one(one, other) for one in now for other in earlier):
                said["again"] = 1.0
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
        looks = Looks(counts, rng)
        for look in range(1, CONFIRMED_WITHIN + 1):
            ends = WINDOW + look
            near = [
                abs(c.first_month + look - WINDOW) <= NEAR and c.after > c.before
                for c in looks.changes(ends)
            ]
            if any(near) and not said["found"] and look <= FOUND_WITHIN:
                said |= {"found": 1.0, "delay": float(look)}
            if any(a and b for a, b in zip(near, looks.confirmed(ends), strict=True)):
                return said | {"later": 1.0}
        return said


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
