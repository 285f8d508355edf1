"""How long the statistics of one authority take: 60 measures of 120 months, on one core.

    python benchmarks/speed_statistics.py
    python benchmarks/speed_statistics.py --whole       level changes over all 120 months
    python benchmarks/speed_statistics.py --profile 25  the 25 functions that take longest

Thirty counts, twenty proportions and ten single values, drawn. Each gets its chart, the rules, its
interval and, for counts, the search for level changes; counts and proportions are watched for small
shifts and forecast too. Level changes are searched over the latest 48 months, as the book does.
Aim: charts, rules, level changes and intervals in under 2 seconds.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from scrutinybook.statistics import (
    ControlChart,
    choose_count_chart,
    choose_proportion_chart,
    count_shifts,
    find_level_changes,
    forecast_counts,
    forecast_proportions,
    individuals_chart,
    newcombe,
    proportion_shifts,
    rate_ratio,
    runs_test,
    wilson,
)
from scrutinybook.statistics.making_data_count import point_signals

MONTHS, COUNTS, PROPORTIONS, VALUES = 120, 30, 20, 10
SEARCHED, WATCHED_AFTER, AHEAD = 48, 36, 6
AIM = 2.0
AIMED_AT = ("charts", "rules", "intervals", "level changes")


class Clock:
    """Seconds of processor by name: a busy machine slows the clock on the wall, not this one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[name] += time.process_time() - start


def one_authority(clock: Clock, searched: int) -> None:
    """Do everything for one authority."""
    rng = np.random.default_rng(1)
    for seed in range(COUNTS):
        days = rng.integers(19, 24, MONTHS).astype(float)
        mean = rng.uniform(20, 500) * days / 21
        one_count(clock, rng.poisson(mean * rng.gamma(50, 1 / 50, MONTHS)), days, seed, searched)
    for seed in range(PROPORTIONS):
        size = rng.integers(50, 300, MONTHS)
        share = rng.uniform(0.6, 0.95)
        one_proportion(clock, rng.binomial(size, rng.beta(99 * share, 99 - 99 * share)), size, seed)
    for _ in range(VALUES):
        values = rng.normal(18, 1, MONTHS)
        with clock.on("charts"):
            chart = individuals_chart(values)
        rules(clock, chart)


def one_count(clock: Clock, counts: np.ndarray, days: np.ndarray, seed: int, searched: int) -> None:
    with clock.on("charts"):
        chart = choose_count_chart(counts, days).chart
    rules(clock, chart)
    with clock.on("intervals"):
        year, before = counts[-12:].sum(), counts[-24:-12].sum()
        rate_ratio((int(before), 252.0), (int(year), 252.0), dispersion=2.0)
    with clock.on("level changes"):
        find_level_changes(counts[-searched:], days[-searched:], first_month=4, seed=seed)
    with clock.on("small shifts"):
        count_shifts(counts, days, n_baseline=WATCHED_AFTER, first_month=4, seed=seed)
    with clock.on("forecasts"):
        forecast_counts(counts[-searched:], ahead=AHEAD, first_month=4, seed=seed)


def one_proportion(clock: Clock, tops: np.ndarray, sizes: np.ndarray, seed: int) -> None:
    with clock.on("charts"):
        chart = choose_proportion_chart(tops, sizes).chart
    rules(clock, chart)
    with clock.on("intervals"):
        for top, size in zip(tops, sizes, strict=True):
            wilson(int(top), int(size))
        newcombe((int(tops[-2]), int(sizes[-2])), (int(tops[-1]), int(sizes[-1])))
    with clock.on("small shifts"):
        proportion_shifts(tops, sizes, n_baseline=WATCHED_AFTER, seed=seed)
    with clock.on("forecasts"):
        forecast_proportions(tops, sizes, ahead=AHEAD, first_month=4, seed=seed)


def rules(clock: Clock, chart: object) -> None:
    assert isinstance(chart, ControlChart)
    with clock.on("rules"):
        runs_test(chart.values, chart.centre)
        point_signals(chart)


def stay_on_one_core() -> None:
    """Keep to one core where the system lets a program choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true", help="search all months for level changes")
    parser.add_argument("--profile", type=int, default=12, metavar="N", help="functions to list")
    asked = parser.parse_args()
    stay_on_one_core()
    searched = MONTHS if asked.whole else SEARCHED
    # The first time, libraries are still being set up. A month fewer, so that nothing that searches
    # of one length have in common is at hand already.
    one_authority(Clock(), searched - 1)

    clock = Clock()
    one_authority(clock, searched)
    print(f"{COUNTS + PROPORTIONS + VALUES} measures of {MONTHS} months, {searched} searched")
    for name, seconds in clock.seconds.items():
        print(f"{name:16s}{seconds:8.3f} s")
    aimed = sum(clock.seconds[name] for name in AIMED_AT)
    print(f"{', '.join(AIMED_AT)}: {aimed:.2f} s (aim: under {AIM:g} s)")
    print(f"all: {sum(clock.seconds.values()):.2f} s")

    profile = cProfile.Profile(time.process_time)
    profile.runcall(one_authority, Clock(), searched)
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(asked.profile)


if __name__ == "__main__":
    main()
