"""How long measures take at size, and how much memory.

    python benchmarks/measures_at_size.py                  a large authority, then all of England
    python benchmarks/measures_at_size.py authority        30,000 referrals a year, six years
    python benchmarks/measures_at_size.py england          4 million referrals and assessments
    python benchmarks/measures_at_size.py --profile 25     and the functions that take longest

The authority: every measure of the catalogue by month, from event tables drawn in memory. England:
referrals, no further action and assessments on time by month for each of 153 authorities, from the
same formulas. Aim: England in under 60 seconds and 8 GB. Making the tables is not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scrutinybook.catalogue import read_catalogue
from scrutinybook.history.known import Known
from scrutinybook.measures.events import assessments, contacts_referrals
from scrutinybook.measures.events.asked import Asked
from scrutinybook.measures.events.counting import month_counts
from scrutinybook.measures.events.registry import compute
from scrutinybook.periods import Month
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.vocabulary import ACTIVITIES, CASE_STATUSES, SOURCES
from scrutinybook.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
YEARS, REFERRALS_A_YEAR = 6, 30_000
FIRST, LAST = Month(2018, 4), Month(2024, 3)
AS_OF = date(2024, 3, 31)
BEGIN, END = np.datetime64("2018-04-01"), np.datetime64("2024-03-31")
ENGLAND_ROWS, AUTHORITIES = 4_000_000, 153
AIM_SECONDS, AIM_GIGABYTES = 60.0, 8.0


def frame(name: str, **columns: Any) -> pd.DataFrame:
    """An event table without its checks, which are not what is measured."""
    n = len(next(iter(columns.values())))
    kind = EVENT_TABLES[name].columns
    return pd.DataFrame(
        {
            column: pd.Series(columns.get(column, [None] * n), dtype=str(each.dtype))
            for column, each in kind.items()
        }
    )


class Drawn:
    """Event tables at random; what they say means nothing."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def children(self, n: int, of: int) -> pd.Series:
        names = np.array([f"{number:016x}" for number in range(of)])
        return pd.Series(names[self.rng.integers(0, of, n)], dtype="string")

    def days(self, n: int) -> np.ndarray:
        span = int((END - BEGIN).astype(int)) + 1
        found = BEGIN + self.rng.integers(0, span, n).astype("timedelta64[D]")
        return found.astype("datetime64[ns]")

    def later(self, start: np.ndarray, most: int, open_share: float = 0.02) -> np.ndarray:
        end = start + self.rng.integers(0, most, start.size).astype("timedelta64[D]")
        still = (self.rng.random(start.size) < open_share) | (end > END.astype("datetime64[ns]"))
        return np.where(still, np.datetime64("NaT"), end)

    def words(self, n: int, words: tuple[str, ...]) -> pd.Series:
        return pd.Series(np.array(words)[self.rng.integers(0, len(words), n)], dtype="string")

    def authority(self) -> dict[str, pd.DataFrame]:
        n, rng = YEARS * REFERRALS_A_YEAR, self.rng
        started = self.days(n)
        care, plans = 4_000, 12_000
        in_care, on_plan = self.days(care), self.days(plans)
        who, planned = self.children(care, care), self.children(plans, plans)
        reviewed = rng.integers(0, care, care * 5)
        of_plan = rng.integers(0, plans, plans * 3)
        moved = rng.integers(0, care, care * 4)
        next_ = in_care[moved] + rng.integers(1, 900, moved.size).astype("timedelta64[D]")
        episodes = np.concatenate([in_care, next_])
        return {
            "contacts": frame("contacts", child=self.children(4 * n, n), date=self.days(4 * n),
                              source=self.words(4 * n, SOURCES)),
            "early_help": frame("early_help", child=self.children(n, n), started=started,
                                completed=self.later(started, 200)),
            "referrals": frame("referrals", child=self.children(n, n), date=self.days(n),
                               source=self.words(n, SOURCES),
                               no_further_action=rng.random(n) < 0.1),
            "assessments": frame("assessments", child=self.children(n, n), started=started,
                                 authorised=self.later(started, 90)),
            "section_47": frame("section_47", child=self.children(n // 3, n),
                                started=started[: n // 3],
                                conference=self.later(started[: n // 3], 40, 0.6)),
            "protection_plans": frame("protection_plans", child=planned, started=on_plan,
                                      ended=self.later(on_plan, 500),
                                      previous_plans=rng.integers(0, 2, plans)),
            "plan_reviews": frame(
                "plan_reviews", child=planned.to_numpy()[of_plan], plan_started=on_plan[of_plan],
                date=on_plan[of_plan] + rng.integers(0, 500, of_plan.size).astype("m8[D]")),
            "care_periods": frame("care_periods", child=who, started=in_care,
                                  ended=self.later(in_care, 1500, 0.3),
                                  age_at_start=rng.integers(0, 18, care)),
            "care_reviews": frame(
                "care_reviews", child=who.to_numpy()[reviewed],
                date=in_care[reviewed] + rng.integers(0, 900, reviewed.size).astype("m8[D]")),
            "care_episodes": frame(
                "care_episodes",
                child=np.concatenate([who.to_numpy(), who.to_numpy()[moved]]),
                started=episodes, ended=self.later(episodes, 400, 0.2),
                reason_started=["S"] * care + ["P"] * moved.size,
                reason_ended=self.words(episodes.size, ("X1", "E3")),
                placement=self.words(episodes.size, ("U6", "K2", "T2")),
                age_at_start=rng.integers(0, 18, episodes.size)),
            "previous_permanence": frame("previous_permanence", child=who,
                                         kind=self.words(care, ("P1", "P2", "Z1"))),
        }  # fmt: skip

    def standing(self) -> dict[str, dict[date, pd.DataFrame]]:
        """Cases and care leavers of every month's extract."""
        n, months = 12_000, [FIRST + k for k in range(12 * YEARS)]
        teams = tuple(f"team {number}" for number in range(40))
        workers = tuple(f"{number:016x}" for number in range(700))
        return {
            "cases": {
                month.last_day: frame(
                    "cases", child=self.children(n, 4 * n), status=self.words(n, CASE_STATUSES),
                    team=self.words(n, teams), worker=self.words(n, workers))
                for month in months
            },
            "care_leavers": {
                month.last_day: frame(
                    "care_leavers", child=self.children(1_500, n),
                    age=self.rng.integers(16, 25, 1_500), in_touch=["in touch"] * 1_500,
                    activity=self.words(1_500, ACTIVITIES))
                for month in months
            },
        }  # fmt: skip


def known() -> Known:
    drawn = Drawn(1)
    tables, standing = drawn.authority(), drawn.standing()
    tables |= {name: held[AS_OF] for name, held in standing.items()}
    return Known(AS_OF, tables, dict.fromkeys(tables, date(2010, 1, 1)), standing)


def authority(profile: cProfile.Profile) -> None:
    what = known()
    measures = read_catalogue(Workspace(ROOT)).extract_measures
    places = {f"team {number}": f"place {number % 5}" for number in range(40)}
    asked = Asked("Anywhere", FIRST, LAST, {2017: 300_000.0}, localities=places)
    rows = sum(len(each) for each in what.tables.values())
    print(f"a large authority: {rows:,} rows, {len(measures)} measures, {len(asked.months)} months")
    took = {}
    before = peak()
    profile.enable()
    for name, entry in measures.items():
        start = time.perf_counter()
        compute(what, asked, name, entry)
        took[name] = time.perf_counter() - start
    profile.disable()
    for name in sorted(took, key=lambda each: -took[each])[:8]:
        print(f"    {took[name]:6.2f} s  {name}")
    print(f"    {sum(took.values()):6.2f} s  all")
    print(f"    most memory: {before:.2f} GB before, {peak():.2f} GB after")


def england(profile: cProfile.Profile) -> None:
    drawn, n = Drawn(2), ENGLAND_ROWS
    area = drawn.rng.integers(0, AUTHORITIES, n).astype(np.int16)
    started = drawn.days(n)
    referrals = pd.DataFrame(
        {
            "date": drawn.days(n),
            "source": drawn.words(n, SOURCES),
            "no_further_action": pd.array(drawn.rng.random(n) < 0.1, dtype="boolean"),
        }
    )
    assessed = pd.DataFrame({"started": started, "authorised": drawn.later(started, 90)})
    print(f"England: {n:,} referrals and as many assessments, {AUTHORITIES} authorities")
    before, begun = peak(), time.perf_counter()
    profile.enable()
    for name, formula, table in (
        ("referrals", contacts_referrals.referrals, referrals),
        ("no further action", contacts_referrals.no_further_action, referrals),
        ("assessments on time", assessments.in_time, assessed),
        ("assessments due on time", assessments.due_in_time, assessed),
    ):
        start = time.perf_counter()
        counts = month_counts(formula(table), FIRST, LAST, area, AUTHORITIES)
        print(f"    {time.perf_counter() - start:6.2f} s  {name}: {counts.counted.sum():,.0f} of "
              f"{counts.all.sum():,.0f} in {counts.all.size:,} authority-months")  # fmt: skip
    profile.disable()
    took = time.perf_counter() - begun
    met = took < AIM_SECONDS and peak() < AIM_GIGABYTES
    print(f"    {took:6.2f} s  all; most memory {before:.2f} GB before, {peak():.2f} GB after; "
          f"aim {'met' if met else 'NOT met'}")  # fmt: skip


def peak() -> float:
    """Most memory so far, in GB; macOS counts in bytes and Linux in kilobytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "which", nargs="?", choices=["authority", "england", "both"], default="both"
    )
    parser.add_argument("--profile", type=int, default=0, metavar="N")
    given = parser.parse_args()
    runs: dict[str, Callable[[cProfile.Profile], None]] = {
        "england": england,
        "authority": authority,
    }
    for name, run in runs.items():
        if given.which in (name, "both"):
            profile = cProfile.Profile() if given.profile else _NoProfile()
            run(profile)  # type: ignore[arg-type]
            if given.profile:
                pstats.Stats(profile).sort_stats("cumulative").print_stats(given.profile)  # type: ignore[arg-type]


class _NoProfile:
    """In place of the profiler, which slows what it measures."""

    def enable(self) -> None: ...

    def disable(self) -> None: ...


if __name__ == "__main__":
    main()
