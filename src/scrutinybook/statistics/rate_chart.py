"""Charts of counts and rates: c, u, and Laney's u' for more spread than counting gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    ChartKind,
    ControlChart,
    TooShort,
    baseline_of,
    chart_about,
    too_short,
)
from scrutinybook.statistics.proportion_chart import inflation_of
from scrutinybook.statistics.sums import total


def c_chart(
    counts: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart counts as they are, with Poisson limits: mean plus and minus 3 roots of the mean.

    `counts`: shape (n,), NaN for gaps. The lower limit is cut to 0. Raises `ValueError` for other
    input.
    """
    found = checks.counts("counts", counts)
    return _chart(ChartKind.C, found, np.ones(found.size), baseline, exclude, minimum)


def u_chart(
    counts: npt.ArrayLike,
    exposures: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart counts per unit of exposure (working days, children, posts) with Poisson limits.

    `counts`, `exposures`: shape (n,), NaN for gaps; values are counts / exposures. The lower limit
    is cut to 0. Raises `ValueError` for other input.
    """
    found = checks.counts("counts", counts)
    size = checks.exposures("exposures", exposures, length=found.size)
    return _chart(ChartKind.U, found, size, baseline, exclude, minimum)


def u_prime_chart(
    counts: npt.ArrayLike,
    exposures: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
    floor: bool = True,
) -> ControlChart | TooShort:
    """Chart rates with Poisson limits times sigma-z, which `floor` keeps from falling below 1.

    Laney (2002), Quality Engineering 14(4). Input and errors as for `u_chart`.
    """
    found = checks.counts("counts", counts)
    size = checks.exposures("exposures", exposures, length=found.size)
    return _chart(ChartKind.U_PRIME, found, size, baseline, exclude, minimum, floor)


def _chart(
    kind: ChartKind,
    counts: checks.Floats,
    exposures: checks.Floats,
    baseline: npt.ArrayLike | None,
    exclude: npt.ArrayLike | None,
    minimum: int,
    floor: bool = True,
) -> ControlChart | TooShort:
    values = counts / exposures
    settled = baseline_of(values, baseline, exclude)
    short = too_short(kind, values, settled, minimum)
    if short is not None:
        return short
    used = settled.used
    centre = total(counts[used]) / total(exposures[used])
    sigma = np.sqrt(centre / exposures)
    inflation = 1.0
    if kind is ChartKind.U_PRIME:
        inflation = inflation_of(values, centre, sigma, used, floor=floor)
    return chart_about(
        kind=kind,
        values=values,
        centre=centre,
        sigma=sigma * inflation,
        settled=settled,
        inflation=inflation,
        lowest=0.0,
    )
