"""How often the search for level changes is right, over simulated series.

    python benchmarks/operating_characteristics/level_changes.py --quick
    python benchmarks/operating_characteristics/level_changes.py --series 1000

Series of 48 months, mean 400 a month, variance mean + mean^2 / 50, a yearly cycle of 10% at a phase
drawn for each series, and correlation `rho` from month to month on the log scale. `latent` is
the share of the spread beyond Poisson that carries that correlation; the rest is new every month.
Each line: share of series with a change found, and over those with a change found, how often the
date range and the effect's interval hold the truth (nominal 0.90), with the median width of the
range in months.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics import LevelChanges, find_level_changes
from scrutinybook.statistics.null_process import CountProcess

MEAN, SPREAD, CYCLE = 400.0, 1 / 50, 0.10


@dataclass(frozen=True)
class Row:
    """One kind of series."""

    name: str
    rho: float
    months: int = 48
    step: float = 0.0
    from_end: int = 0
    latent: float = 1.0
    mean: float = MEAN


QUICK = (
    Row("no change, rho 0", 0.0),
    Row("no change, rho .3", 0.3),
    Row("no change, rho .6", 0.6),
    Row("+25% six months before the end, rho .3", 0.3, step=0.25, from_end=6),
    Row("+25% mid-series, rho .3", 0.3, step=0.25, from_end=24),
)
FULL = (
    *QUICK,
    Row("no change, rho .3, half latent", 0.3, latent=0.5),
    Row("no change, rho .6, half latent", 0.6, latent=0.5),
    Row("no change, rho .3, 30 months", 0.3, months=30),
    Row("no change, rho .3, 72 months", 0.3, months=72),
    Row("no change, rho .3, 120 months", 0.3, months=120),
    Row("no change, rho .3, mean 8", 0.3, mean=8.0),
    Row("+40% mid-series, rho .3", 0.3, step=0.40, from_end=24),
    Row("-20% six months before the end, rho .3", 0.3, step=-0.20, from_end=6),
    Row("+25% mid-series, rho 0", 0.0, step=0.25, from_end=24),
)


@dataclass(frozen=True)
class Answer:
    """What became of one row."""

    found: float
    date_held: float
    effect_held: float
    width: float


def draw(row: Row, rng: np.random.Generator) -> np.ndarray:
    """Draw one series of counts."""
    months = np.arange(row.months)
    spread = np.log1p(SPREAD)
    latent_variance = row.latent * spread
    phase = rng.uniform(0, 2 * np.pi)
    log_mean = np.log(row.mean) - latent_variance / 2
    log_mean = log_mean + CYCLE * np.sin(2 * np.pi * months / 12 + phase)
    log_mean = log_mean + np.log1p(row.step) * (months >= row.months - row.from_end)
    process = CountProcess(
        log_mean=log_mean,
        rho=row.rho,
        latent_sd=float(np.sqrt(latent_variance)),
        extra=float(np.expm1(spread - latent_variance)),
    )
    return process.draw(rng, 1)[0]


def measure(row: Row, n_series: int, n_bootstrap: int, seed: int) -> Answer:
    """Search `n_series` series of one kind."""
    rng = np.random.default_rng([seed, row.months, int(100 * row.rho), row.from_end])
    found, date_held, effect_held, widths = 0, [], [], []
    true_month = row.months - row.from_end
    for each in range(n_series):
        answer = find_level_changes(
            draw(row, rng), first_month=4, seed=each, n_bootstrap=n_bootstrap
        )
        assert isinstance(answer, LevelChanges)
        if not answer.changes:
            continue
        found += 1
        near = min(answer.changes, key=lambda change: abs(change.first_month - true_month))
        date_held.append(near.earliest <= true_month <= near.latest)
        effect_held.append(near.ratio.lower <= 1 + row.step <= near.ratio.upper)
        widths.append(near.latest - near.earliest + 1)
    if not found:
        return Answer(0.0, np.nan, np.nan, np.nan)
    return Answer(
        found / n_series, np.mean(date_held), np.mean(effect_held), float(np.median(widths))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="five rows, 200 series each")
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--bootstrap", type=int, default=399)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    n_series = 200 if asked.quick else asked.series
    print(f"{n_series} series a row, {asked.bootstrap} bootstrap draws, seed {asked.seed}")
    print(f"{'':42s}{'found':>8s}{'date':>8s}{'effect':>8s}{'width':>8s}")
    for row in QUICK if asked.quick else FULL:
        got = measure(row, n_series, asked.bootstrap, asked.seed)
        held = [f"{x:8.3f}" if row.step else f"{'-':>8s}" for x in (got.date_held, got.effect_held)]
        width = f"{got.width:8.1f}" if row.step else f"{'-':>8s}"
        print(f"{row.name:42s}{got.found:8.3f}{held[0]}{held[1]}{width}", flush=True)


if __name__ == "__main__":
    main()
