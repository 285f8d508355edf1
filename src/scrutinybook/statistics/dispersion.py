"""Do counts vary more between periods than counting alone gives? Pearson's dispersion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from scrutinybook.statistics.checks import Bools, Floats


@dataclass(frozen=True)
class Dispersion:
    """Spread of a series about one common level, over the spread that counting alone gives."""

    ratio: float
    """Pearson's chi-squared over its degrees of freedom; about 1 where only chance is at work."""
    p_value: float
    """Probability of this much spread or more from counting alone (upper tail of chi-squared)."""
    n_periods: int
    """Periods measured."""
    mean: float
    """Mean count a period (for proportions: the pooled proportion)."""


def count_dispersion(counts: Floats, exposures: Floats, used: Bools) -> Dispersion:
    """Measure counts against Poisson with one rate per unit of exposure.

    Arrays of shape (n,); `used` marks two periods or more with figures.
    """
    found, size = counts[used], exposures[used]
    expected = size * found.sum() / size.sum()
    return _pearson(found - expected, expected, float(found.mean()))


def proportion_dispersion(numerators: Floats, denominators: Floats, used: Bools) -> Dispersion:
    """Measure numerators against binomial with one common proportion; input as above."""
    top, bottom = numerators[used], denominators[used]
    centre = float(top.sum() / bottom.sum())
    return _pearson(top - bottom * centre, bottom * centre * (1 - centre), centre)


def _pearson(residuals: Floats, variances: Floats, mean: float) -> Dispersion:
    degrees = residuals.size - 1
    if not (variances > 0).all():  # all counts 0, or all proportions 0 or 1: no spread at all
        return Dispersion(ratio=0.0, p_value=1.0, n_periods=residuals.size, mean=mean)
    statistic = float(np.sum(residuals**2 / variances))
    return Dispersion(
        ratio=statistic / degrees,
        p_value=float(stats.chi2.sf(statistic, degrees)),
        n_periods=residuals.size,
        mean=mean,
    )
