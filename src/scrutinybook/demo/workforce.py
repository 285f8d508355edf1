"""Social workers: posts and who holds them, month by month, and how cases are shared out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scrutinybook.demo import story
from scrutinybook.demo.chance import Chance, evenly
from scrutinybook.demo.days import NEVER, Floats, Ints, number
from scrutinybook.demo.story import MonthlyRates

INITIAL, SOCIAL_WORK, PERMANENCE, OTHER, MANAGERS = range(5)
SERVICES = ("Initial Response", "Social Work", "Permanence", "Other services", "Managers")
LOCALITIES = ("North", "East", "West")
POSTS = {INITIAL: 25, SOCIAL_WORK: 58, PERMANENCE: 36, OTHER: 90, MANAGERS: 58}
"""Established posts; some are always empty, so that about 250 people are at work."""
_LEAVING = {INITIAL: 0.013, SOCIAL_WORK: 0.011, PERMANENCE: 0.006, OTHER: 0.008, MANAGERS: 0.006}
_MOVING = {INITIAL: 0.050, SOCIAL_WORK: 0.034, PERMANENCE: 0.008, OTHER: 0.010, MANAGERS: 0.0}
_FILLED = {
    INITIAL: story.INITIAL_FILLED,
    SOCIAL_WORK: 0.88,
    PERMANENCE: 0.94,
    OTHER: 0.92,
    MANAGERS: 0.96,
}
_AGENCY = {INITIAL: 0.26, SOCIAL_WORK: 0.22, PERMANENCE: 0.05, OTHER: 0.04, MANAGERS: 0.02}
_NEWLY_QUALIFIED = {INITIAL: 0.85, SOCIAL_WORK: 0.80, PERMANENCE: 0.12, OTHER: 0.10, MANAGERS: 0.0}
"""Of permanent recruits."""
NEWLY_QUALIFIED_DAYS, EXPERIENCED_DAYS = 365, 3 * 365
_SHARE_OF_CASES = (0.58, 1.0, 1.27)
"""Newly qualified, one to three years, experienced."""


@dataclass(frozen=True, eq=False)
class Workforce:
    """Who worked where and when."""

    workers: pd.DataFrame
    """number, agency, fte, qualified, born, is_woman, started, ended, origin, destination, reason,
    service (the last), absent (how often ill, beside others)."""
    spells: pd.DataFrame
    """worker, service, locality, from_day, to_day (NEVER while it goes on)."""

    def at(self, day: int) -> pd.DataFrame:
        """Who was where at the end of a day: worker, service, locality, band, fte."""
        here = self.spells[(self.spells["from_day"] <= day) & (self.spells["to_day"] > day)]
        workers = self.workers.iloc[here["worker"].to_numpy()]
        band = bands(workers["qualified"].to_numpy(), day)
        return here.assign(band=band, fte=workers["fte"].to_numpy()).reset_index(drop=True)


def bands(qualified: Ints, day: int) -> Ints:
    """0 newly qualified (first year), 1 up to three years, 2 experienced."""
    since = day - qualified
    return (since >= NEWLY_QUALIFIED_DAYS).astype(np.int64) + (since >= EXPERIENCED_DAYS)


@dataclass
class _Making:
    rng: np.random.Generator
    workers: list[dict[str, object]] = field(default_factory=list)
    spells: list[list[int]] = field(default_factory=list)

    def recruit(self, service: int, day: int, *, at_first: bool = False) -> int:
        rng = self.rng
        agency = rng.random() < _AGENCY[service]
        new = not agency and rng.random() < _NEWLY_QUALIFIED[service]
        least, most = (900, 7000) if service in (MANAGERS, OTHER, PERMANENCE) else (400, 3000)
        qualified = day - int(
            rng.integers(0, 60) if new and not at_first else rng.integers(least, most)
        )
        if at_first and new:
            qualified = day - int(rng.integers(0, 1000))
        started = day - (int(rng.integers(0, min(day - qualified, 4000) + 1)) if at_first else 0)
        if agency and at_first:
            started = max(started, day - int(rng.integers(1, 400)))
        born = qualified - int(rng.integers(22 * 365, 42 * 365))
        fte = 1.0 if agency or rng.random() < 0.72 else float(rng.choice([0.5, 0.6, 0.8, 0.9]))
        origin = (
            "4"
            if agency
            else "1"
            if new
            else str(rng.choice(["2", "3", "5", "6", "7"], p=[0.6, 0.05, 0.1, 0.15, 0.1]))
        )
        self.workers.append(
            {
                "agency": agency, "fte": fte, "qualified": qualified, "born": born,
                "is_woman": rng.random() < 0.82, "started": started, "ended": NEVER,
                "origin": origin, "destination": "", "reason": "", "service": service,
                "absent": rng.gamma(0.7, 1.0),
            }
        )  # fmt: skip
        return len(self.workers) - 1

    def leave(self, worker: int, day: int) -> None:
        rng = self.rng
        agency = self.workers[worker]["agency"]
        destination = rng.choice(
            ["1", "3", "5", "6", "7", "8"], p=[0.42, 0.22, 0.08, 0.12, 0.1, 0.06]
        )
        reason = "8" if agency else rng.choice(["1", "5", "8", "9"], p=[0.78, 0.1, 0.07, 0.05])
        self.workers[worker] |= {
            "ended": day,
            "destination": str(destination),
            "reason": str(reason),
        }


def make_workforce(chance: Chance, rates: MonthlyRates) -> Workforce:
    """Fill posts at first, then let people come, move and leave month by month."""
    making = _Making(chance.stream("workforce"))
    rng = making.rng
    service_of = np.repeat(list(POSTS), list(POSTS.values()))
    holder = np.full(service_of.size, -1)
    since = np.zeros(service_of.size, np.int64)
    begins = number(rates.months[0].first_day)
    for post, service in enumerate(service_of):
        if rng.random() < _FILLED[service]:
            holder[post], since[post] = making.recruit(int(service), begins, at_first=True), begins

    def vacate(post: int, day: int) -> None:
        making.spells.append([int(holder[post]), post, int(since[post]), day])
        holder[post] = -1

    for month, initial in zip(rates.months, rates.initial_posts_filled, strict=True):
        filled = _FILLED | {INITIAL: initial}
        first = number(month.first_day)
        length = (month.last_day - month.first_day).days + 1
        for post in np.flatnonzero(holder >= 0).tolist():
            service, drawn = int(service_of[post]), rng.random()
            day = first + int(rng.integers(1, length))
            if drawn < _LEAVING[service]:
                worker = int(holder[post])
                vacate(post, day)
                making.leave(worker, day)
            elif drawn < _LEAVING[service] + _MOVING[service]:
                free = np.flatnonzero(
                    (holder < 0) & (service_of != service) & (service_of != MANAGERS)
                )
                if free.size and day > since[post]:
                    to = int(rng.choice(free))
                    worker = int(holder[post])
                    vacate(post, day)
                    holder[to], since[to] = worker, day
                    making.workers[worker]["service"] = int(service_of[to])
        for service in POSTS:
            ours = np.flatnonzero(service_of == service)
            short = filled[service] * ours.size - (holder[ours] >= 0).sum()
            for post in ours[holder[ours] < 0].tolist():
                if rng.random() < min(0.9, max(0.06, short / 6)):
                    day = first + int(rng.integers(0, length))
                    holder[post], since[post] = making.recruit(service, day), day
                    short -= 1
    for post in np.flatnonzero(holder >= 0).tolist():
        vacate(post, NEVER)
    return _tables(making, service_of)


def _tables(making: _Making, service_of: Ints) -> Workforce:
    workers = pd.DataFrame(making.workers)
    numbers = making.rng.permutation(np.arange(1, 10_000))[: len(workers)]
    workers.insert(0, "number", [f"SYNW{each:04d}" for each in numbers])
    spells = pd.DataFrame(making.spells, columns=["worker", "post", "from_day", "to_day"])
    spells["service"] = service_of[spells["post"].to_numpy()]
    spells["locality"] = spells["post"].to_numpy() % len(LOCALITIES)
    return Workforce(workers, spells.sort_values(["from_day", "worker"], ignore_index=True))


def share_out(case: Ints, service: Ints, at_work: pd.DataFrame) -> Ints:
    """Who holds each case: a position in `at_work`, the same from month to month while it can be.

    Weighted rendezvous hashing (Thaler and Ravishankar 1998): when somebody leaves, that person's
    cases alone go to others. Weights are hours and experience.
    """
    holds = np.full(case.size, -1)
    at_service = at_work["service"].to_numpy()
    weight = np.array(_SHARE_OF_CASES)[at_work["band"].to_numpy()] * at_work["fte"].to_numpy()
    for each in (INITIAL, SOCIAL_WORK, PERMANENCE):
        people = np.flatnonzero(at_service == each)
        ours = np.flatnonzero(service == each)
        if not people.size or not ours.size:
            continue
        worker = at_work["worker"].to_numpy()[people]
        drawn: Floats = evenly(case[ours][:, None] + 1, worker[None, :] + 1)
        score = np.log(np.maximum(drawn, 1e-300)) / weight[people]
        holds[ours] = people[np.argmax(score, axis=1)]
    return holds
