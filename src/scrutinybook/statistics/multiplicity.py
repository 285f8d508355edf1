"""Many measures looked at together: which p-values stand, and how many signals chance would give.

Of sixty measures without a change, three have a p-value below 0.05. Benjamini and Hochberg (1995,
JRSS B 57) hold the share of false changes among those said to stand; Benjamini and Yekutieli (2001,
Annals of Statistics 29) hold it however the measures hang together. Chart rules have no p-value:
for them the number of charts that chance alone would make signal is given, with its range.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.multitest import multipletests

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats

FALSE_SHARE = 0.05
"""Share of false changes among those said to stand that is accepted."""

_FACTOR_POINTS = 61
"""Gauss-Hermite points of the common factor at which the number of signals is worked out."""


@dataclass(frozen=True, eq=False)
class Discoveries:
    """What stands of n p-values; arrays of shape (n,) in the order given."""

    stand: Bools
    """Stands at the false discovery rate `false_share` (Benjamini-Hochberg)."""
    stand_strictly: Bools
    """Stands whatever the dependence between the measures (Benjamini-Yekutieli)."""
    adjusted: Floats
    """The smallest `false_share` at which each would stand (Benjamini-Hochberg)."""
    adjusted_strictly: Floats
    """The same for Benjamini-Yekutieli."""
    false_share: float
    """Share of false changes among those said to stand that was accepted."""

    @property
    def n_tested(self) -> int:
        """Number of p-values."""
        return self.stand.size


@dataclass(frozen=True, eq=False)
class ChanceOverMany:
    """How many of n series would signal by chance alone."""

    probabilities: Floats
    """Of 0, 1, ... n signalling series; shape (n + 1,), sums to 1."""
    lower: int
    """Lower end of the range."""
    upper: int
    """Upper end of the range."""
    confidence: float
    """The range holds the number at least so often, at most half of the rest on either side."""

    @property
    def expected(self) -> float:
        """Signalling series to expect."""
        return float(self.probabilities @ np.arange(self.probabilities.size))

    def at_least(self, n_signals: int) -> float:
        """Give the probability of `n_signals` or more. Raises `ValueError` below 0."""
        checks.at_least("n_signals", n_signals, 0)
        return float(min(1.0, self.probabilities[n_signals:].sum()))


def false_discoveries(p_values: npt.ArrayLike, *, false_share: float = FALSE_SHARE) -> Discoveries:
    """Say which of n p-values stand once their number is allowed for.

    `p_values`: shape (n,), one pre-declared test a measure; measures that were not tested are left
    out, not given as NaN. Raises `ValueError` for other input.
    """
    p = _probabilities("p_values", p_values)
    level = checks.fraction("false_share", false_share)
    found = {
        method: multipletests(p, alpha=level, method=method)[:2] for method in ("fdr_bh", "fdr_by")
    }
    return Discoveries(
        stand=found["fdr_bh"][0],
        stand_strictly=found["fdr_by"][0],
        adjusted=found["fdr_bh"][1],
        adjusted_strictly=found["fdr_by"][1],
        false_share=level,
    )


def chance_over_many(
    chances: npt.ArrayLike, *, correlation: float = 0.0, confidence: float = 0.9
) -> ChanceOverMany:
    """Work out how many of n series would signal though nothing but chance is at work.

    `chances`: shape (n,), each series' own probability of a signal (of `chance_signals`, say).
    `correlation`: between any two series. Measures of one authority share children and staff; the
    expected number is the same, its range wider. Exact (Poisson-binomial) for correlation 0; above,
    the same given a common normal factor, averaged over that factor. Raises `ValueError` for
    chances outside 0 to 1 and correlation outside 0 to below 1.
    """
    each = _probabilities("chances", chances)
    checks.fraction("confidence", confidence)
    if not 0 <= correlation < 1:
        raise ValueError(f"correlation is {correlation:g}; correlation must be from 0 to below 1")
    if correlation == 0:
        number = _poisson_binomial(each[None, :])[0]
    else:
        factor, weight = np.polynomial.hermite_e.hermegauss(_FACTOR_POINTS)
        pull = np.sqrt(correlation) * factor[:, None]
        given = stats.norm.cdf((stats.norm.ppf(each) - pull) / np.sqrt(1 - correlation))
        number = weight / weight.sum() @ _poisson_binomial(given)
    up_to = np.cumsum(number)
    tail = (1 - confidence) / 2
    return ChanceOverMany(
        probabilities=number,
        lower=int(np.searchsorted(up_to, tail, side="right")),
        upper=min(int(np.searchsorted(up_to, 1 - tail)), each.size),
        confidence=confidence,
    )


def _probabilities(name: str, values: npt.ArrayLike) -> Floats:
    found = checks.series(name, values)
    bad = ~((found >= 0) & (found <= 1))
    if bad.any():
        place = int(np.argmax(bad))
        raise ValueError(f"{name}[{place}] is {found[place]:g}; {name} must be from 0 to 1")
    return found


def _poisson_binomial(chances: Floats) -> Floats:
    """Distribution of the number of successes; (cases, n) gives (cases, n + 1)."""
    number = np.zeros((chances.shape[0], chances.shape[1] + 1))
    number[:, 0] = 1.0
    for chance in chances.T[:, :, None]:
        number[:, 1:] = number[:, 1:] * (1 - chance) + number[:, :-1] * chance
        number[:, :1] *= 1 - chance
    return number
