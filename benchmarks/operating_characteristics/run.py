"""How often the statistics are right, over simulated series, beside the bars they have to clear.

    python benchmarks/operating_characteristics/run.py --quick     under a minute
    python benchmarks/operating_characteristics/run.py             under 20 minutes on two cores
    python benchmarks/operating_characteristics/run.py --only "small shifts"

Prints a table and, except in the quick run, writes results.csv beside this file, which the
Methods chapter shows; rows that were not asked for stay in it as they were. Every series has a seed
of its own, so that results hang neither on the number of cores nor on which rows are run. Limits of
an estimate are 95%: Wilson's for shares, ranks for medians.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, fields
from multiprocessing import get_context
from pathlib import Path

import level_changes
import numpy as np
import other_methods
import proportion_charts
from estimates import Estimate, Row, estimate

ROWS: tuple[Row, ...] = (*level_changes.ROWS, *proportion_charts.ROWS, *other_methods.ROWS)
RESULTS = Path(__file__).with_name("results.csv")

QUICK, LEAST = 40, 10
"""The quick run draws one in so many of the series; shortened runs at least so many a row."""

CHUNK = 10


def simulate(place: int, first: int, last: int, seed: int) -> list[Mapping[str, float]]:
    """Outcomes of series `first` to `last` (left out) of one row."""
    row = ROWS[place]
    name = zlib.crc32(f"{row.table}/{row.name}".encode())
    return [row.one(np.random.default_rng([seed, name, each])) for each in range(first, last)]


def measure(
    rows: Iterable[int], n_series: Mapping[int, int], seed: int, jobs: int
) -> list[Estimate]:
    """Simulate all rows, in pieces spread over `jobs` processes."""
    # One thread a process: two that each take both cores get in each other's way.
    os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
    found: list[Estimate] = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        pieces = {
            place: [
                pool.submit(simulate, place, start, min(start + CHUNK, n_series[place]), seed)
                for start in range(0, n_series[place], CHUNK)
            ]
            for place in rows
        }
        for place, parts in pieces.items():
            outcomes = [each for part in parts for each in part.result()]
            row = ROWS[place]
            for each in row.measures:
                values = [outcome.get(each.key, float("nan")) for outcome in outcomes]
                found.append(estimate(row, each, values))
                show(found)
    return found


def show(found: list[Estimate]) -> None:
    """Print the latest estimate, under a heading where its table begins."""
    one = found[-1]
    if len(found) == 1 or found[-2].table != one.table:
        print(f"\n{one.table}\n{'':99s}{'bar':>8s}{'found':>8s}   95% limits       n", flush=True)
    digits = 1 if "median" in one.measure else 3
    figures = f"{one.estimate:8.{digits}f}   {one.lower:.{digits}f} to {one.upper:.{digits}f}"
    case = f"{one.case}: {one.measure}"
    print(f"{case:99s}{one.bar:>8s}{figures:28s}{one.n:6d}  {one.verdict}", flush=True)


def write(found: list[Estimate], seed: int) -> None:
    """Write results.csv; figures to four places, so that the file shows what the draws can."""
    rows: dict[tuple[str, str], list[list[object]]] = {}
    if RESULTS.exists():
        with RESULTS.open(encoding="utf-8", newline="") as file:
            for line in list(csv.reader(file))[1:]:
                rows.setdefault((line[0], line[1]), []).append(list(line))
    for one in found:
        rows.pop((one.table, one.case), None)
    for one in found:
        values = [f"{x:.4f}" if isinstance(x, float) else x for x in asdict(one).values()]
        rows.setdefault((one.table, one.case), []).append([*values, seed])
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([*(field.name for field in fields(Estimate)), "seed"])
        for row in ROWS:
            lines.writerows(rows.get((row.table, row.name), []))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"the same as --one-in {QUICK}")
    parser.add_argument("--one-in", type=int, default=1, help="draw one in so many of the series")
    parser.add_argument("--only", default="", help="rows whose table or name holds these words")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    rows = [k for k, row in enumerate(ROWS) if asked.only in f"{row.table}: {row.name}"]
    if not rows:
        sys.exit(f"no row holds the words '{asked.only}'")
    one_in = QUICK if asked.quick else max(1, asked.one_in)
    n_series = {k: min(ROWS[k].n_series, max(LEAST, ROWS[k].n_series // one_in)) for k in rows}
    print(f"seed {asked.seed}, {sum(n_series.values())} series")
    found = measure(rows, n_series, asked.seed, asked.jobs)
    if not asked.quick:
        write(found, asked.seed)
        print(f"\nwritten to {RESULTS}")


if __name__ == "__main__":
    main()
