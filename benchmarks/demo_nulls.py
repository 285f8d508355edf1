"""How often the book's methods find something in demonstration series in which nothing changes.

    python benchmarks/demo_nulls.py             40 seeds
    python benchmarks/demo_nulls.py --seeds 200

Each seed gives 36 months that end in January 2022: before anything was planted. Counts are searched
for level changes; shares are charted with the chart that the book chooses, and months beyond limits
are counted. Expected: about one search in ten or fewer with a change (the level accepted is 0.10),
and about one chart in ten with a month beyond limits (36 months at 3 sigma).
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np

from scrutinybook.demo.true_series import true_counts, true_shares, true_values
from scrutinybook.demo.truth import simulate
from scrutinybook.periods import Month, working_days
from scrutinybook.statistics import (
    ControlChart,
    LevelChanges,
    choose_proportion_chart,
    find_level_changes,
    individuals_chart,
)

UNTIL = Month(2022, 1)


def has_signal(chart: object) -> bool:
    """Whether a month lies beyond a chart's limits."""
    if not isinstance(chart, ControlChart):
        return False
    return bool(((chart.values > chart.upper) | (chart.values < chart.lower)).any())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=40)
    seeds = parser.parse_args().seeds
    found, looked = Counter[str](), Counter[str]()
    for seed in range(1000, 1000 + seeds):
        truth = simulate(seed, 36, UNTIL)
        days = np.array([working_days(month) for month in truth.months], float)
        for name, counts in true_counts(truth).items():
            first = truth.months[0].month
            changes = find_level_changes(counts, days, first_month=first, seed=seed)
            looked[name] += 1
            found[name] += isinstance(changes, LevelChanges) and bool(changes.changes)
        for name, (top, bottom) in true_shares(truth).items():
            chart = choose_proportion_chart(top, bottom).chart
            looked[name] += 1
            found[name] += has_signal(chart)
        for name, values in true_values(truth).items():
            looked[name] += 1
            found[name] += has_signal(individuals_chart(values, lowest=0.0))
    for name, many in looked.items():
        print(f"{name:32s} {found[name]:3d} of {many} ({found[name] / many:.2f})")


if __name__ == "__main__":
    main()
