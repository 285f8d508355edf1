"""Funnel plot: one authority among all, with limits that allow for its size.

No league table: being outside the limits is a reason to ask, and ranks are not given. Real
authorities differ by more than chance, so limits are widened by that spread (Spiegelhalter 2005,
Statistics in Medicine 24: 1185-1202; Quality and Safety in Health Care 14: 347-351).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats

WINSORISED = 0.1
"""Share of authorities at each end whose z is drawn in before the spread is measured, so that
a few very different ones do not widen the limits for all (Spiegelhalter 2005)."""

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
    """Winsorised mean square of the chance-only z; 1 or near where only chance is at work."""
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
    chance_z = ((values - centre) / np.sqrt(variance))[~left_out]
    low, high = np.quantile(chance_z, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(chance_z, low, high) ** 2))
    tau = 0.0
    if overdispersion is Overdispersion.ADDITIVE:
        weight = 1 / variance[~left_out]
        spare = weight.sum() - (weight**2).sum() / weight.sum()
        tau = float(np.sqrt(max(0.0, (n * phi - (n - 1)) / spare)))
    shape = Funnel(
        values=values,
        sizes=bottom,
        centre=centre,
        z=np.full(top.size, np.nan),
        left_out=left_out,
        overdispersion=overdispersion,
        phi=phi,
        tau=tau,
        highest=highest,
    )
    return replace(shape, z=(values - centre) / shape._sd(bottom))


def _chance_variance(centre: float, sizes: Floats, highest: float) -> Floats:
    """Binomial variance of a proportion, Poisson variance of a rate."""
    return centre * ((1 - centre) if highest == 1.0 else 1.0) / sizes


def _z_of(share: float) -> float:
    return float(stats.norm.isf((1 - share) / 2))
