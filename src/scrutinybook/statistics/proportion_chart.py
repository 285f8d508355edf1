"""Charts of proportions: p, and Laney's p' for more spread between periods than counting gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    ChartKind,
    ControlChart,
    TooShort,
    baseline_of,
    chart_about,
    sigma_from_ranges,
    too_short,
)
from scrutinybook.statistics.sums import total


def p_chart(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart proportions (0 to 1) with binomial limits that widen where few were counted.

    `numerators`, `denominators`: counts of shape (n,), NaN for gaps. Limits are cut to 0 and 1.
    Montgomery, Introduction to Statistical Quality Control. Raises `ValueError` for other input.
    """
    return _chart(ChartKind.P, numerators, denominators, baseline, exclude, minimum)


def p_prime_chart(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
    floor: bool = True,
) -> ControlChart | TooShort:
    """Chart proportions with binomial limits times sigma-z, which is not taken below 1.

    Sigma-z is the spread of the standardised proportions, from their moving ranges. Below 1 it
    would say that children are counted with less than chance, and would only narrow the limits;
    `floor=False` lets it, as other programs do. Laney (2002), Quality Engineering 14(4). Input and
    errors as for `p_chart`.
    """
    return _chart(ChartKind.P_PRIME, numerators, denominators, baseline, exclude, minimum, floor)


def inflation_of(
    values: Floats, centre: float, sigma: Floats, used: Bools, *, floor: bool
) -> float:
    """Measure sigma-z over the periods `used`; 1 where counting gives no spread.

    With `floor` it is 1 at least.
    """
    if not (sigma[used] > 0).all():
        return 1.0
    found = sigma_from_ranges((values[used] - centre) / sigma[used])
    return max(1.0, found) if floor else found


def _chart(
    kind: ChartKind,
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    baseline: npt.ArrayLike | None,
    exclude: npt.ArrayLike | None,
    minimum: int,
    floor: bool = True,
) -> ControlChart | TooShort:
    top, bottom = checks.proportion_parts(numerators, denominators)
    values = top / bottom
    settled = baseline_of(values, baseline, exclude)
    short = too_short(kind, values, settled, minimum)
    if short is not None:
        return short
    # The centre pools children, it does not average months.
    centre = total(top[settled.used]) / total(bottom[settled.used])
    sigma = np.sqrt(centre * (1 - centre) / bottom)
    inflation = (
        inflation_of(values, centre, sigma, settled.used, floor=floor)
        if kind is ChartKind.P_PRIME
        else 1.0
    )
    return chart_about(
        kind=kind,
        values=values,
        centre=centre,
        sigma=sigma * inflation,
        settled=settled,
        inflation=inflation,
        lowest=0.0,
        highest=1.0,
    )
