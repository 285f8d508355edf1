"""Funnel plot: one authority among all, with limits that allow for its size.

No league table: being outside the limits is a reason to ask, and ranks are not given. Real
authorities differ by more than chance, so limits are widened by that spread (Spiegelhalter 2005,
Statistics in Medicine 24: 1185-1202; Quality and Safety in Health Care 14: 347-351).

The spread is measured after the outer tenths are drawn in. Drawing in takes some of the spread of
ordinary authorities too: the mean square of standard normal values falls to 0.68. Left so, limits
would be a fifth too narrow, so what is measured is divided by that share (`KEPT`). The variance
between authorities is the one at which the z, with it, have the spread that chance gives (Paule
and Mandel 1982, Journal of Research of the National Bureau of Standards 87: 377-385, on values
drawn in). One step from the chance-only z (DerSimonian and Laird 1986) would fall short: of many
sizes together those z have long tails, and drawing in takes more of them than of normal ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats

WINSORISED = 0.1
"""Share of authorities at each end whose z is drawn in before the spread is measured, so that
a few very different ones do not widen the limits for all (Spiegelhalter 2005)."""

_END = float(stats.norm.isf(WINSORISED))
KEPT = float((1 - 2 * WINSORISED) - 2 * _END * stats.norm.pdf(_END) + 2 * WINSORISED * _END**2)
"""Mean square of standard normal values once so many are drawn in: 0.6787."""

INNER, OUTER = 0.95, 0.998
"""Shares of authorities that lie inside the two pairs of limits when only the fitted spread is at
work: about two and three standard deviations."""

FEWEST = 10
"""Fewest authorities from which a spread can be measured."""


class Overdispersion(StrEnum):
    """How the spread between authorities widens the limits."""

    ADDITIVE = "additive"
    """A variance tau squared between authorities is added: limits stay apart for large ones."""
    MULTIPLICATIVE = "multiplicative"
    """All limits are widened by one factor, the root of phi."""
    NONE = "none"
    """Chance alone; only for showing what that would have said."""


@dataclass(frozen=True, eq=False)
class FunnelLimits:
    """Limits over sizes, for plotting; arrays of one shape, cut to the possible range."""

    sizes: Floats
    lower_outer: Floats
    lower_inner: Floats
    upper_inner: Floats
    upper_outer: Floats


@dataclass(frozen=True, eq=False)
class Funnel:
    """All authorities about their pooled value; arrays of shape (n,) in the order given."""

    values: Floats
    """Proportion or rate; NaN where an authority was left out."""
    sizes: Floats
    """Denominator or exposure; NaN where an authority was left out."""
    centre: float
    """Pooled over all authorities with figures."""
    z: Floats
    """Standard deviations from the centre, chance and fitted spread together; NaN if left out."""
    left_out: Bools
    """Authorities without a figure (suppressed, not available or nobody counted)."""
    overdispersion: Overdispersion
    phi: float
    """Mean square of the chance-only z, winsorised and divided by what that keeps of normal
    values; 1 or near where only chance is at work."""
    tau: float
    """Standard deviation between authorities, in the unit of `values`; 0 unless additive."""
    highest: float
    """Highest possible value: 1 for proportions, infinity for rates."""

    @property
    def n_left_out(self) -> int:
        """Number of authorities without a figure."""
        return int(self.left_out.sum())

    @property
    def outside_inner(self) -> Bools:
        """Outside the 95% limits; shape (n,). One in twenty is, by chance."""
        return np.abs(np.nan_to_num(self.z)) > _z_of(INNER)

    @property
    def outside_outer(self) -> Bools:
        """Outside the 99.8% limits; shape (n,). One in five hundred is, by chance."""
        return np.abs(np.nan_to_num(self.z)) > _z_of(OUTER)

    def limits(self, sizes: npt.ArrayLike) -> FunnelLimits:
        """Work out the limits at `sizes` (above 0) for drawing. Raises `ValueError`."""
        at = checks.exposures("sizes", sizes)
        sd = self._sd(at)

        def line(z: float) -> Floats:
            return np.clip(self.centre + z * sd, 0.0, self.highest)

        return FunnelLimits(
            sizes=at,
            lower_outer=line(-_z_of(OUTER)),
            lower_inner=line(-_z_of(INNER)),
            upper_inner=line(_z_of(INNER)),
            upper_outer=line(_z_of(OUTER)),
        )

    def _sd(self, sizes: Floats) -> Floats:
        variance = _chance_variance(self.centre, sizes, self.highest)
        factor = self.phi if self.overdispersion is Overdispersion.MULTIPLICATIVE else 1.0
        return np.sqrt(variance * max(1.0, factor) + self.tau**2)


def proportion_funnel(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    overdispersion: Overdispersion = Overdispersion.ADDITIVE,
) -> Funnel:
    """Compare proportions (0 to 1) of n authorities; NaN where one has no figure.

    Raises `ValueError` for other input or fewer than 10 authorities with figures.
    """
    top, bottom = checks.proportion_parts(numerators, denominators)
    return _funnel(top, bottom, overdispersion, highest=1.0)


def rate_funnel(
    counts: npt.ArrayLike,
    exposures: npt.ArrayLike,
    *,
    overdispersion: Overdispersion = Overdispersion.ADDITIVE,
) -> Funnel:
    """Compare counts per unit of exposure (children per full-time post) of n authorities.

    NaN where one has no figure. Raises `ValueError` for other input or fewer than 10 authorities
    with figures.
    """
    top = checks.counts("counts", counts)
    bottom = checks.exposures("exposures", exposures, length=top.size)
    gone = np.isnan(top) | np.isnan(bottom)
    top[gone] = bottom[gone] = np.nan
    return _funnel(top, bottom, overdispersion, highest=np.inf)


def _funnel(
    top: Floats, bottom: Floats, overdispersion: Overdispersion, *, highest: float
) -> Funnel:
    left_out = np.isnan(top)
    n = int((~left_out).sum())
    if n < FEWEST:
        raise ValueError(f"{n} authorities have a figure; a funnel needs {FEWEST} or more")
    values = top / bottom
    centre = float(np.nansum(top) / np.nansum(bottom))
    variance = _chance_variance(centre, bottom, highest)
    if not (variance[~left_out] > 0).all():
        raise ValueError(
            f"all authorities have the same value, {centre:g}; a funnel has no limits to draw"
        )
    distance, chance = (values - centre)[~left_out], variance[~left_out]
    tau = 0.0
    if overdispersion is Overdispersion.ADDITIVE:
        tau = float(np.sqrt(_variance_between(distance, chance)))
    shape = Funnel(
        values=values,
        sizes=bottom,
        centre=centre,
        z=np.full(top.size, np.nan),
        left_out=left_out,
        overdispersion=overdispersion,
        phi=_spread(distance / np.sqrt(chance)),
        tau=tau,
        highest=highest,
    )
    return replace(shape, z=(values - centre) / shape._sd(bottom))


def _spread(z: Floats) -> float:
    """Mean square of z with its ends drawn in, divided by what that keeps of normal values."""
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(z, low, high) ** 2)) / KEPT


def _variance_between(distance: Floats, chance: Floats) -> float:
    """The variance that, added to that of chance, leaves z with a spread of (n - 1) / n.

    That is what n values about their own mean have. 0 where chance alone gives as much.
    """
    aim = 1 - 1 / distance.size

    def spare(added: float) -> float:
        return _spread(distance / np.sqrt(chance + added)) - aim

    if spare(0.0) <= 0:
        return 0.0
    # With this much added not even the largest z, all alike, would reach the aim.
    ample = float((distance**2).max()) / (KEPT * aim)
    return float(optimize.brentq(spare, 0.0, ample, xtol=1e-12 * ample))


def _chance_variance(centre: float, sizes: Floats, highest: float) -> Floats:
    """Binomial variance of a proportion, Poisson variance of a rate."""
    return centre * ((1 - centre) if highest == 1.0 else 1.0) / sizes


def _z_of(share: float) -> float:
    return float(stats.norm.isf((1 - share) / 2))
