"""How strongly a month follows the one before, estimated without being fooled by level changes.

A level change that the model does not know looks like strong correlation, and a model that may
place steps where it likes soaks up correlation that is there. So steps are let in freely first,
and the bias this brings is measured by simulation and taken off (indirect inference). What remains
is noisy in a short series and is drawn towards a modest value, the less so the longer it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.null_process import CountProcess, autoregression
from scrutinybook.statistics.step_scan import StepScan

MONTHS_A_STEP = 30
"""One step is let in freely for so many months of series, one at least."""

PRIOR_RHO = 0.3
"""Correlation towards which the estimate is drawn."""

PRIOR_MONTHS = 16
"""Months of data that the prior weighs as much as. Dates, sizes and the confirmation of changes
rest on the estimate; whether there is a change hardly does (`evidence`)."""

WHITE_SHARE = 0.05
"""Share of the spread beyond Poisson that is taken as negative binomial, month by month; two months
of memory cannot be told from one in short series, so this is set, not fitted."""

_RHOS = (0.0, 0.2, 0.4, 0.6, 0.75, 0.9)
_SHARES = (0.0, 0.35, 0.7, 1.0)
"""Shares of the spread that are latent, for which the bias is simulated; between them, a line."""
_SAMPLES = 400


@dataclass(frozen=True)
class Noise:
    """The noise of one series about its level, season and steps, on the log scale."""

    rho: float
    """Correlation of the latent process from month to month, as used in every draw."""
    rho_measured: float
    """The same before it was drawn towards the prior."""
    variance: float
    """Variance of a month's log count about its fitted value."""
    counting: float
    """The part of it that counting alone gives (Poisson)."""

    def process(self, log_mean: Floats) -> CountProcess:
        """Give the process with this noise about `log_mean`, shape (n,)."""
        extra = max(self.variance - self.counting, 0.0)
        return CountProcess(
            log_mean=log_mean,
            rho=self.rho,
            latent_sd=float(np.sqrt((1 - WHITE_SHARE) * extra)),
            extra=WHITE_SHARE * extra,
        )


def measure_noise(scan: StepScan, logs: Floats, typical_counts: Floats) -> Noise:
    """Measure correlation and variance of one series.

    `scan`: with the steps found so far. `logs`: shape (m,), log counts less the offset;
    `typical_counts`: shape (m,), counts of those months, for the part that is Poisson.
    """
    observed = scan.layout.observed
    residuals = _about_steps(scan, logs[None, :])
    counting = float(np.mean(1 / (typical_counts + 0.5)))
    rough = float((residuals**2).sum() / max(scan.degrees - 1, 1))
    latent_share = (1 - WHITE_SHARE) * max(1 - counting / rough, 0.0) if rough > 0 else 0.0

    high = int(np.searchsorted(_SHARES, latent_share).clip(1))
    low = high - 1
    weight = (latent_share - _SHARES[low]) / (_SHARES[high] - _SHARES[low])
    seen, squares = (1 - weight) * _simulated(scan, low)
    if weight > 0:
        more = weight * _simulated(scan, high)
        seen, squares = seen + more[0], squares + more[1]

    measured = 0.0
    if latent_share > 0:
        own = lag_one(residuals, observed)[0]
        measured = float(np.interp(own, np.maximum.accumulate(seen), _RHOS))
    weight = observed.size / (observed.size + PRIOR_MONTHS)
    rho = weight * measured + (1 - weight) * PRIOR_RHO
    variance = float((residuals**2).sum() / np.interp(rho, _RHOS, squares))
    return Noise(rho=rho, rho_measured=measured, variance=variance, counting=counting)


def _about_steps(scan: StepScan, series: Floats) -> Floats:
    """Residuals about the steps that a series of this length is let have freely."""
    budget = scan.layout.n_months // MONTHS_A_STEP - len(scan.found)
    return scan.greedy_residuals(series, max(1, budget))


@lru_cache(maxsize=256)
def _simulated(scan: StepScan, share: int) -> Floats:
    """What series of variance 1 show for each of `_RHOS`: median correlation, mean of squares.

    Shape (2, rhos). It hangs on the layout and the share only, so that all series of one layout
    have it in common; the draws have a seed of their own.
    """
    observed, latent = scan.layout.observed, _SHARES[share]
    rng, shape = np.random.default_rng(share), (_SAMPLES, observed.size)
    seen, squares = [], []
    for rho in _RHOS:
        noise = np.sqrt(latent) * autoregression(rng, shape, rho)
        noise += np.sqrt(1 - latent) * rng.standard_normal(shape)
        drawn = _about_steps(scan, noise[:, observed])
        seen.append(float(np.median(lag_one(drawn, observed))))
        squares.append(float(np.mean((drawn**2).sum(axis=1))))
    return np.array([seen, squares])


def lag_one(residuals: Floats, observed: Bools) -> Floats:
    """Correlate each month with the one before, gaps left out; (samples, m) gives (samples,)."""
    following = np.diff(np.flatnonzero(observed)) == 1
    products = residuals[:, 1:] * residuals[:, :-1]
    squares = np.maximum((residuals**2).sum(axis=1), 1e-300)
    return np.asarray(products[:, following].sum(axis=1) / squares)
