"""Moving range chart: how far each value lies from the one before. Shows a change of spread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    NEAR_SIGMAS,
    RANGE_LIMIT,
    SIGMAS,
    ChartKind,
    ControlChart,
    TooShort,
    baseline_of,
    mean_range,
    too_short,
)


def moving_range_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart the ranges between each value and the latest one before it that has a figure.

    `values`: shape (n,), any unit, NaN for gaps. The first range is NaN. The centre is the mean
    range from which an individuals chart of the same values makes its limits; the upper limit is
    3.267 times that. Neighbouring ranges share a value, so runs rules do not apply.
    Montgomery, Introduction to Statistical Quality Control. Raises `ValueError` for other input.
    """
    found = checks.series("values", values)
    settled = baseline_of(found, baseline, exclude)
    known = np.flatnonzero(~np.isnan(found))
    ranges = np.full(found.size, np.nan)
    ranges[known[1:]] = np.abs(np.diff(found[known]))
    # With one figure there is no range to draw, so the figure itself is shown.
    drawn = ranges if known.size > 1 else found
    short = too_short(ChartKind.MOVING_RANGE, drawn, settled, minimum)
    if short is not None:
        return short
    centre = mean_range(found[settled.used])
    upper = RANGE_LIMIT * centre
    zero = np.zeros(found.size)
    return ControlChart(
        kind=ChartKind.MOVING_RANGE,
        values=ranges,
        centre=np.full(found.size, centre),
        lower=zero,
        upper=np.full(found.size, upper),
        near_lower=zero.copy(),
        near_upper=np.full(found.size, upper * NEAR_SIGMAS / SIGMAS),
        baseline=settled.used,
        excluded=settled.excluded,
        sigma=np.full(found.size, (upper - centre) / SIGMAS),
        inflation=1.0,
    )
