"""Individuals chart (XmR): one value a period, its spread read from month-to-month differences."""

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
    sigma_from_ranges,
    too_short,
)
from scrutinybook.statistics.sums import average


def individuals_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    screen: bool = False,
    lowest: float = -np.inf,
    highest: float = np.inf,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart single values; limits are the mean plus and minus 3 mean moving ranges / 1.128.

    `values`: shape (n,), any unit, NaN for gaps. `baseline`: True where a period makes the limits
    (all when None); leave the latest out to judge it by earlier ones. `screen` drops moving ranges
    beyond their own limit once. `lowest` and `highest`: the possible range (0 for counts).
    Wheeler (1993), Understanding Variation. Raises `ValueError` for other input.
    """
    found = checks.series("values", values)
    outside = (found < lowest) | (found > highest)
    if outside.any():
        place = int(np.argmax(outside))
        raise ValueError(
            f"values[{place}] is {found[place]:g}; values must lie from {lowest:g} to {highest:g}"
        )
    settled = baseline_of(found, baseline, exclude)
    short = too_short(ChartKind.INDIVIDUALS, found, settled, minimum)
    if short is not None:
        return short
    used = found[settled.used]
    return chart_about(
        kind=ChartKind.INDIVIDUALS,
        values=found,
        centre=average(used),
        sigma=np.full(found.size, sigma_from_ranges(used, screen=screen)),
        settled=settled,
        lowest=lowest,
        highest=highest,
    )
