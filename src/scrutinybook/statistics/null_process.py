"""The process that monthly counts follow while nothing changes, and draws from it.

The logarithm of a month's mean is what the model fits (level, season, working days) plus a
latent first-order autoregression: a busy month tends to be followed by a busy month. Given
that mean, the count is negative binomial: Poisson, and a little wider. Every p-value and interval
for level changes rests on draws from this process.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Floats


@dataclass(frozen=True, eq=False)
class CountProcess:
    """Latent log AR(1) with negative binomial counts over n consecutive months."""

    log_mean: Floats
    """Logarithm of the typical count of each month; shape (n,)."""
    rho: float
    """Correlation of the latent process with itself a month earlier."""
    latent_sd: float
    """Stationary standard deviation of the latent process, on the log scale."""
    extra: float
    """Negative binomial dispersion: given its mean m, a count's variance is m + extra * m^2."""

    def draw(self, rng: np.random.Generator, n_samples: int) -> Floats:
        """Draw counts; shape (n_samples, n)."""
        latent = autoregression(rng, (n_samples, self.log_mean.size), self.rho)
        mean = np.exp(self.log_mean + self.latent_sd * latent)
        if self.extra > 0:
            mean *= rng.gamma(1 / self.extra, self.extra, mean.shape)
        return rng.poisson(np.minimum(mean, 1e15)).astype(np.float64)


def autoregression(rng: np.random.Generator, shape: tuple[int, int], rho: float) -> Floats:
    """Draw stationary normal AR(1) series of variance 1; shape (samples, months)."""
    series = rng.standard_normal(shape)
    fresh = np.sqrt(1 - rho**2)
    for month in range(1, shape[1]):
        series[:, month] = rho * series[:, month - 1] + fresh * series[:, month]
    return series
