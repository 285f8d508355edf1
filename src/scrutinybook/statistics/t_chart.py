"""t chart: how much time passes between rare events.

Times between events that come at random are very skew. Their 3.6th root is close to normal, and is
judged by individuals limits, which are then brought back to time (Nelson 1994, Journal of Quality
Technology 26). A value above the limit says that events became rarer.

Each point is one event, so a published chart would point at single children: it is meant for
internal use. `choose_chart` takes it only for a measure declared as what lies between events.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    NEAR_SIGMAS,
    SIGMAS,
    ChartKind,
    ControlChart,
    TooShort,
    baseline_of,
    sigma_from_ranges,
    too_short,
)
from scrutinybook.statistics.sums import average

ROOT = 3.6
"""An exponential time to the power 1/3.6 has a Weibull shape that is near to normal."""


def t_chart(
    times: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart the time between one event and the next.

    `times`: shape (n,), above zero, any unit of time, NaN for gaps. Two events at one time make one
    point. Limits are never below 0; `sigma` is NaN. Raises `ValueError` for other input.
    """
    found = checks.exposures("times", times)
    settled = baseline_of(found, baseline, exclude)
    short = too_short(ChartKind.T, found, settled, minimum)
    if short is not None:
        return short
    roots = found[settled.used] ** (1 / ROOT)
    middle, sigma = average(roots), sigma_from_ranges(roots)

    def line(sigmas: float) -> checks.Floats:
        if sigma == 0:  # the root and its power would leave a rounding beside the values
            return np.full(found.size, float(np.median(found[settled.used])))
        return np.full(found.size, max(middle + sigmas * sigma, 0.0) ** ROOT)

    return ControlChart(
        kind=ChartKind.T,
        values=found,
        centre=line(0.0),
        lower=line(-SIGMAS),
        upper=line(SIGMAS),
        near_lower=line(-NEAR_SIGMAS),
        near_upper=line(NEAR_SIGMAS),
        baseline=settled.used,
        excluded=settled.excluded,
        sigma=np.full(found.size, np.nan),
        inflation=1.0,
    )
