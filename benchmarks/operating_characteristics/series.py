"""Series whose truth is known: counts that do or do not change level, and what real ones add.

Mean 400 a month, variance mean + mean^2 / 50, a yearly cycle of 10% at a phase drawn for each
series, correlation `rho` from month to month on the log scale. `latent` is the share of the
spread beyond Poisson that carries that correlation; the rest is new every month.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scrutinybook.statistics.null_process import CountProcess

SPREAD, CYCLE = 1 / 50, 0.10
FIRST_MONTH = 4


class Oddity(StrEnum):
    """What real series have that the plain null has not. None of them is a lasting change."""

    NONE = "nothing else"
    LAGGING = "last month 15% short, the one before 5%"
    SUMMER = "August 35% and December 10% short, no other season"
    SPIKE = "one month twice as high"
    GAP = "three months in a row and one more without a figure"
    TREND = "5% more each year"


@dataclass(frozen=True)
class Kind:
    """One kind of series."""

    rho: float
    months: int = 48
    step: float = 0.0
    from_end: int = 0
    latent: float = 1.0
    mean: float = 400.0
    oddity: Oddity = Oddity.NONE

    @property
    def first_new(self) -> int:
        """First month of the new level."""
        return self.months - self.from_end

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """Draw one series of counts, from April on; NaN where a month has none."""
        months = np.arange(self.months)
        spread = np.log1p(SPREAD)
        latent_variance = self.latent * spread
        log_mean = np.log(self.mean) - latent_variance / 2
        log_mean = log_mean + np.log1p(self.step) * (months >= self.first_new)
        if self.oddity is Oddity.SUMMER:
            calendar = (FIRST_MONTH - 1 + months) % 12 + 1
            log_mean = log_mean + np.log(0.65) * (calendar == 8) + np.log(0.9) * (calendar == 12)
        else:
            phase = rng.uniform(0, 2 * np.pi)
            log_mean = log_mean + CYCLE * np.sin(2 * np.pi * months / 12 + phase)
        if self.oddity is Oddity.TREND:
            log_mean = log_mean + np.log1p(0.05) * (months - months.mean()) / 12
        process = CountProcess(
            log_mean=log_mean,
            rho=self.rho,
            latent_sd=float(np.sqrt(latent_variance)),
            extra=float(np.expm1(spread - latent_variance)),
        )
        return self._odd(process.draw(rng, 1)[0], rng)

    def _odd(self, counts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        if self.oddity is Oddity.LAGGING:
            counts[-2:] = rng.binomial(counts[-2:].astype(int), [0.95, 0.85])
        elif self.oddity is Oddity.SPIKE:
            counts[rng.integers(self.months)] *= 2
        elif self.oddity is Oddity.GAP:
            start = int(rng.integers(6, self.months - 9))
            counts[start : start + 3] = np.nan
            counts[(start + self.months // 2) % self.months] = np.nan
        return counts


def proportions(
    rng: np.random.Generator, shares: np.ndarray, correlation: float = 0.01
) -> tuple[np.ndarray, np.ndarray]:
    """Draw numerators of 100 to 300 children, those of one month alike by `correlation`."""
    size = rng.integers(100, 301, shares.size)
    strength = 1 / correlation - 1
    month = rng.beta(shares * strength, (1 - shares) * strength)
    return rng.binomial(size, month).astype(float), size.astype(float)
