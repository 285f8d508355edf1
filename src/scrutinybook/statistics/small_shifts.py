"""Has a count or proportion drifted by less than one month's chance, but month after month?

A point beyond its limits shows a large change at once and a small one late or never. A cumulative
sum (Page 1954, Biometrika 41) adds up how far each month lies from what a baseline expects, less
an allowance, and starts again at nothing: small differences one way build up, chance does not.
How far it may build up is settled by simulation for the very series at hand, since tables in
textbooks hold for independent normal values about a known mean, and here months vary more than
counting gives, follow on from each other, and expectation and spread come from a short baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.wandering_level import seasonal_waves
from scrutinybook.statistics.watched_process import (
    Counts,
    Kind,
    Proportions,
    latent_correlation,
    standardise,
)

ALLOWANCE = 0.5
"""Standard deviations taken off each month: best for a lasting shift of twice as much."""

RUN_LENGTH = 120
"""Half of all unchanged series give no false signal for so many months: ten years."""

FEWEST_BASELINE = 24
"""Fewest months from which expectation and spread are taken."""

FEWEST_CASES = 1.0
"""Fewest cases (for proportions also fewest of the others) that a month of the baseline expects."""


class WhyNot(StrEnum):
    """Why a series is not watched."""

    TOO_SHORT = "too few months in the baseline"
    TOO_FEW_CASES = "too few cases a month"


@dataclass(frozen=True)
class NotWatched:
    """A series in which small shifts cannot be told from chance."""

    why: WhyNot
    found: float
    """Months in the baseline, or cases that a month expects."""
    needed: float
    """How many were needed."""


@dataclass(frozen=True, eq=False)
class SmallShifts:
    """Two cumulative sums over n months; arrays of shape (n,)."""

    values: Floats
    """Rate or proportion; NaN where a month has no figure."""
    expected: Floats
    """What the baseline expects, in the unit of `values`; the season included."""
    z: Floats
    """Standard deviations from it; NaN where a month has no figure."""
    rising: Floats
    """Sum towards more; NaN in the baseline, carried over where a month has no figure."""
    falling: Floats
    """Sum towards less, likewise; both are 0 or above."""
    threshold: float
    """A sum above this is a signal."""
    allowance: float
    """Standard deviations taken off each month."""
    baseline: Bools
    """Months from which expectation and spread come."""
    shift: float
    """Lasting shift for which the allowance is best, in the unit of `values`."""
    months_to_find: float
    """Months after which half of all series with that shift have signalled; infinity if longer
    than was drawn."""
    run_length: int
    """Half of all unchanged series give no false signal for so many months."""
    false_by: Floats
    """Share of unchanged series that have signalled, by months watched from 1; length as drawn."""
    between_sd: float
    """Spread between months beyond counting (of log rates or of log-odds)."""
    rho: float
    """Correlation of that spread from month to month, as drawn."""
    n_samples: int
    """Series drawn: a share near one half is known to about 1 / (2 * root of this)."""
    seed: int
    """Seed of all draws."""

    @property
    def signals(self) -> Bools:
        """Months at which either sum is above the threshold."""
        return self.rises | self.falls

    @property
    def rises(self) -> Bools:
        """Months at which the rising sum is above the threshold."""
        return np.asarray(np.nan_to_num(self.rising) > self.threshold)

    @property
    def falls(self) -> Bools:
        """Months at which the falling sum is above the threshold."""
        return np.asarray(np.nan_to_num(self.falling) > self.threshold)

    @property
    def n_watched(self) -> int:
        """Months after the baseline."""
        return int(np.isfinite(self.rising).sum())

    @property
    def false_so_far(self) -> float:
        """Share of unchanged series that would have signalled in as many months; 0 for none."""
        return float(self.false_by[self.n_watched - 1]) if self.n_watched else 0.0

    def began(self, month: int) -> int | None:
        """Give the first month of the build-up that signals at `month`; None where none does.

        The month after the sum was last at nothing: a rough date, early rather than late. Raises
        `ValueError` for a month outside the series.
        """
        if month not in range(self.values.size):
            raise ValueError(f"month is {month}; month must be from 0 to {self.values.size - 1}")
        if not self.signals[month]:
            return None
        line = self.rising if self.rises[month] else self.falling
        quiet = np.flatnonzero(~(line[: month + 1] > 0))
        return int(quiet[-1]) + 1


def count_shifts(
    counts: npt.ArrayLike,
    exposures: npt.ArrayLike | None = None,
    *,
    n_baseline: int,
    first_month: int,
    seed: int,
    seasonal: bool = True,
    exclude: npt.ArrayLike | None = None,
    run_length: int = RUN_LENGTH,
    allowance: float = ALLOWANCE,
    n_samples: int = 1000,
) -> SmallShifts | NotWatched:
    """Watch counts per unit of exposure (working days, say) for small lasting shifts.

    `counts`, `exposures`: shape (n,), NaN for gaps. The first `n_baseline` months say what to
    expect, less those that `exclude` marks; later ones are watched. `first_month`: calendar month
    of the first, 1 to 12; with `seasonal` a yearly and a half-yearly wave are fitted. `run_length`:
    months without a false signal in half of all unchanged series. Raises `ValueError` for other
    input.
    """
    top = checks.counts("counts", counts)
    size = np.ones(top.size)
    if exposures is not None:
        size = checks.exposures("exposures", exposures, length=top.size)
    if first_month not in range(1, 13):
        raise ValueError(f"first_month is {first_month}; first_month must be from 1 to 12")
    top[np.isnan(size)] = np.nan
    watch = _Watch(top, size, n_baseline, exclude, run_length, allowance, n_samples, seed)
    kind = Counts(seasonal_waves(first_month, watch.n_drawn, seasonal=seasonal))
    short = watch.too_short()
    if short is not None:
        return short
    mean = float(top[watch.used].mean())
    if mean < FEWEST_CASES:
        return NotWatched(WhyNot.TOO_FEW_CASES, mean, FEWEST_CASES)
    return watch.through(kind)


def proportion_shifts(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    n_baseline: int,
    seed: int,
    exclude: npt.ArrayLike | None = None,
    run_length: int = RUN_LENGTH,
    allowance: float = ALLOWANCE,
    n_samples: int = 1000,
) -> SmallShifts | NotWatched:
    """Watch proportions (0 to 1) for small lasting shifts; no season is fitted.

    `numerators`, `denominators`: counts of shape (n,), NaN for gaps; the rest as `count_shifts`.
    """
    top, size = checks.proportion_parts(numerators, denominators)
    watch = _Watch(top, size, n_baseline, exclude, run_length, allowance, n_samples, seed)
    short = watch.too_short()
    if short is not None:
        return short
    share = float(top[watch.used].sum() / size[watch.used].sum())
    fewest = min(share, 1 - share) * float(size[watch.used].mean())
    if fewest < FEWEST_CASES:
        return NotWatched(WhyNot.TOO_FEW_CASES, fewest, FEWEST_CASES)
    return watch.through(Proportions())


class _Watch:
    """One series with its baseline, and months beyond its end for the draws."""

    def __init__(
        self,
        tops: Floats,
        sizes: Floats,
        n_baseline: int,
        exclude: npt.ArrayLike | None,
        run_length: int,
        allowance: float,
        n_samples: int,
        seed: int,
    ) -> None:
        n = tops.size
        checks.at_least("n_baseline", n_baseline, 1)
        if n_baseline > n:
            raise ValueError(f"n_baseline is {n_baseline}; the series has {n} months")
        self.run_length = checks.at_least("run_length", run_length, 12)
        self.allowance = checks.positive("allowance", allowance)
        self.n_samples = checks.at_least("n_samples", n_samples, 200)
        self.tops, self.n_baseline, self.seed = tops, n_baseline, seed
        self.n_drawn = max(n, n_baseline + run_length)
        left_out = checks.mask("exclude", exclude, length=n, default=False)
        months = np.arange(self.n_drawn)
        self.known = np.ones(self.n_drawn, dtype=np.bool_)
        self.known[:n] = ~np.isnan(tops)
        self.used = self.known[:n] & ~left_out & (months[:n] < n_baseline)
        # Gaps have no size, and months to come have none yet: they are like those there are.
        known_sizes = sizes[self.known[:n]]
        filled = np.where(np.isnan(sizes), np.median(known_sizes) if known_sizes.size else 1, sizes)
        whole = bool((known_sizes == np.round(known_sizes)).all())
        self.sizes: Floats = np.asarray(np.round(filled) if whole else filled)
        self.all_sizes: Floats = self.sizes[months % n]

    def too_short(self) -> NotWatched | None:
        found = int(self.used.sum())
        return (
            None
            if found >= FEWEST_BASELINE
            else NotWatched(WhyNot.TOO_SHORT, found, FEWEST_BASELINE)
        )

    def through(self, kind: Kind) -> SmallShifts:
        n, months = self.tops.size, np.arange(self.n_drawn)
        used = np.zeros(self.n_drawn, dtype=np.bool_)
        used[:n] = self.used
        extended = np.where(months < n, np.resize(self.tops, self.n_drawn), np.nan)[None, :]
        own = standardise(kind, extended, self.all_sizes, used)
        spread = float(np.sqrt(own.between[0]))
        rng = np.random.default_rng(self.seed)
        rho = latent_correlation(kind, extended, self.all_sizes, used, rng)
        drawn = kind.draw(own.expected[0], self.all_sizes, spread, rho, rng, self.n_samples)
        z = standardise(kind, drawn, self.all_sizes, used).z
        watched = slice(self.n_baseline, None)
        farthest = np.maximum.accumulate(self._larger(z[:, watched]), axis=1)
        threshold = float(np.quantile(farthest[:, self.run_length - 1], 0.5))
        shifted = self._larger(z[:, watched] + 2 * self.allowance)
        found = np.mean(np.maximum.accumulate(shifted, axis=1) > threshold, axis=0) >= 0.5
        lines = cumulative_sums(own.z[:, self.n_baseline : n], self.allowance)
        blank = np.full(self.n_baseline, np.nan)
        sizes = self.sizes
        return SmallShifts(
            values=self.tops / sizes,
            expected=own.expected[0, :n] / sizes,
            z=own.z[0, :n],
            rising=np.concatenate([blank, lines[0][0]]),
            falling=np.concatenate([blank, lines[1][0]]),
            threshold=threshold,
            allowance=self.allowance,
            baseline=self.used,
            shift=float(np.median((own.sd[0, :n] / sizes)[self.used])) * 2 * self.allowance,
            months_to_find=float(np.argmax(found)) + 1 if found.any() else np.inf,
            run_length=self.run_length,
            false_by=np.mean(farthest > threshold, axis=0),
            between_sd=spread,
            rho=rho,
            n_samples=self.n_samples,
            seed=self.seed,
        )

    def _larger(self, z: Floats) -> Floats:
        gaps = ~self.known[self.n_baseline :]
        return np.maximum(*cumulative_sums(np.where(gaps, np.nan, z), self.allowance))


def cumulative_sums(z: Floats, allowance: float) -> tuple[Floats, Floats]:
    """Add up z, shape (samples, n), towards more and towards less; NaN leaves both as they are."""
    rising, falling = np.zeros_like(z), np.zeros_like(z)
    up, down = np.zeros(z.shape[0]), np.zeros(z.shape[0])
    for month, found in enumerate(z.T):
        gap = np.isnan(found)
        up = np.where(gap, up, np.maximum(0.0, up + found - allowance))
        down = np.where(gap, down, np.maximum(0.0, down - found - allowance))
        rising[:, month], falling[:, month] = up, down
    return rising, falling
