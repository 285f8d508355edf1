"""The process behind a series that is watched for small shifts: fitted, standardised, drawn.

Counts and proportions differ in how they vary by counting alone and in the scale on which months
differ beyond that; all else is shared. Every function takes many series at once, shape (samples,
n), so that drawn series go through the very fit that the real one went through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import special

from scrutinybook.statistics.autocorrelation import (
    PRIOR_MONTHS,
    PRIOR_RHO,
    WHITE_SHARE,
    lag_one,
)
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.null_process import CountProcess, autoregression

_RHOS = np.array([0.0, 0.2, 0.4, 0.6, 0.75, 0.9])
_SAMPLES = 200


class Kind(Protocol):
    """What a kind of series has of its own. `sizes`: shape (n,)."""

    def of_first(self, n: int) -> Kind:
        """The same for the first n months alone."""

    def expected(self, tops: Floats, sizes: Floats, used: Bools) -> Floats:
        """Expected counts from the months `used`; (samples, n) gives (samples, n)."""

    def counting(self, expected: Floats, sizes: Floats) -> Floats:
        """Variance by counting alone."""

    def between(self, expected: Floats, sizes: Floats) -> Floats:
        """What a variance of 1 between months, on the kind's own scale, adds to it."""

    def draw(
        self,
        expected: Floats,
        sizes: Floats,
        latent_sd: float,
        rho: float,
        rng: np.random.Generator,
        n_samples: int,
    ) -> Floats:
        """Draw series about `expected`, shape (n,); gives (n_samples, n)."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts per unit of exposure; months differ on the log scale."""

    waves: Floats
    """Yearly and half-yearly waves, shape (n, 4), or (n, 0) where no season is fitted."""

    def of_first(self, n: int) -> Counts:
        """The season of the first n months."""
        return Counts(self.waves[:n])

    def expected(self, tops: Floats, sizes: Floats, used: Bools) -> Floats:
        """One rate, times the season where one is fitted (least squares on log counts)."""
        season = np.ones_like(tops)
        if self.waves.shape[1]:
            known = np.column_stack([np.ones(int(used.sum())), self.waves[used]])
            logs = np.log((tops[:, used] + 0.5) / sizes[used])
            season = np.exp((np.linalg.pinv(known) @ logs.T).T[:, 1:] @ self.waves.T)
        shape = season * sizes
        rate = tops[:, used].sum(axis=1) / shape[:, used].sum(axis=1)
        return np.asarray(rate[:, None] * shape)

    def counting(self, expected: Floats, sizes: Floats) -> Floats:
        """Poisson."""
        return expected

    def between(self, expected: Floats, sizes: Floats) -> Floats:
        """The square of the mean."""
        return expected**2

    def draw(
        self,
        expected: Floats,
        sizes: Floats,
        latent_sd: float,
        rho: float,
        rng: np.random.Generator,
        n_samples: int,
    ) -> Floats:
        """Draw from the process that level changes are tested with."""
        variance = latent_sd**2
        process = CountProcess(
            log_mean=np.log(expected),
            rho=rho,
            latent_sd=float(np.sqrt((1 - WHITE_SHARE) * variance)),
            extra=WHITE_SHARE * variance,
        )
        return process.draw(rng, n_samples)


@dataclass(frozen=True)
class Proportions:
    """Numerators of denominators; months differ on the log-odds scale."""

    def of_first(self, n: int) -> Proportions:
        """Nothing hangs on the month."""
        return self

    def expected(self, tops: Floats, sizes: Floats, used: Bools) -> Floats:
        """One pooled proportion."""
        return np.asarray(tops[:, used].sum(axis=1, keepdims=True) / sizes[used].sum() * sizes)

    def counting(self, expected: Floats, sizes: Floats) -> Floats:
        """Binomial."""
        return expected * (1 - expected / sizes)

    def between(self, expected: Floats, sizes: Floats) -> Floats:
        """What is shared by the children of one month, to first order."""
        share = expected / sizes
        return np.asarray(sizes * (sizes - 1) * (share * (1 - share)) ** 2)

    def draw(
        self,
        expected: Floats,
        sizes: Floats,
        latent_sd: float,
        rho: float,
        rng: np.random.Generator,
        n_samples: int,
    ) -> Floats:
        """Draw log-odds from a first-order autoregression, then binomial numerators."""
        odds = special.logit(expected / sizes)
        odds = odds + latent_sd * autoregression(rng, (n_samples, sizes.size), rho)
        numerators = rng.binomial(sizes.astype(np.int64), special.expit(odds))
        return np.asarray(numerators, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Standardised:
    """Series about what their baseline expects; arrays of shape (samples, n)."""

    z: Floats
    """Standard deviations from the expected count, spread between months included."""
    expected: Floats
    """Expected counts."""
    sd: Floats
    """Standard deviations, in counts."""
    between: Floats
    """Variance between months beyond counting, on the kind's own scale; shape (samples,)."""


def standardise(kind: Kind, tops: Floats, sizes: Floats, used: Bools) -> Standardised:
    """Fit the baseline `used` and standardise every month; `tops`: shape (samples, n).

    The spread between months is measured by moments and never taken below nothing.
    """
    expected = kind.expected(tops, sizes, used)
    counting, between = kind.counting(expected, sizes), kind.between(expected, sizes)
    n = int(used.sum())
    squares = (tops - expected)[:, used] ** 2 * n / (n - 1)
    spare = (squares - counting[:, used]).sum(axis=1)
    scale = between[:, used].sum(axis=1)
    extra = np.maximum(spare, 0.0) / np.where(scale > 0, scale, 1.0)
    sd = np.sqrt(counting + extra[:, None] * between)
    # A drawn baseline without a single case has no spread: nothing is then beyond it.
    z = np.where(sd > 0, (tops - expected) / np.where(sd > 0, sd, 1.0), 0.0)
    return Standardised(z=z, expected=expected, sd=sd, between=extra)


def latent_correlation(
    kind: Kind, tops: Floats, sizes: Floats, used: Bools, rng: np.random.Generator
) -> float:
    """Measure how strongly a month's level follows the one before; `tops`: shape (1, n).

    Counting hides part of it and fitting a short baseline takes off more, so what is seen is
    compared with what drawn series of known correlation show through the same fit (indirect
    inference). Then it is drawn towards a modest value, as for level changes.
    """
    n_months = int(np.flatnonzero(used)[-1]) + 1  # months after the baseline tell nothing here
    kind, tops, sizes, used = (
        kind.of_first(n_months),
        tops[:, :n_months],
        sizes[:n_months],
        used[:n_months],
    )
    own = standardise(kind, tops, sizes, used)
    if own.between[0] == 0:
        return 0.0
    spread = float(np.sqrt(own.between[0]))
    shown = []
    for rho in _RHOS:
        drawn = kind.draw(own.expected[0], sizes, spread, float(rho), rng, _SAMPLES)
        shown.append(float(np.median(_seen(standardise(kind, drawn, sizes, used), used))))
    measured = np.interp(_seen(own, used)[0], np.maximum.accumulate(shown), _RHOS)
    n = int(used.sum())
    weight = n / (n + PRIOR_MONTHS)
    return float(weight * measured + (1 - weight) * PRIOR_RHO)


def _seen(found: Standardised, used: Bools) -> Floats:
    residuals = found.z[:, used]
    return lag_one(residuals - residuals.mean(axis=1, keepdims=True), used)
