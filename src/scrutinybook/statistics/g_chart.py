"""g chart: how many children, or days, pass between rare events.

Where an event is so rare that most months hold none, a count a month says little; the number
between one event and the next says more. A value above the limit says that events became rarer.

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
    too_short,
)
from scrutinybook.statistics.sums import average


def g_chart(
    between: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart whole numbers between events, which follow a geometric distribution.

    `between`: counts of shape (n,), NaN for gaps. Limits are the mean m plus and minus three times
    sqrt(m (m + 1)), cut at 0; the centre line is the median, as half the values should lie on
    either side of it for the runs rules. Benneyan (2001), Health Care Management Science 4;
    Montgomery. Raises `ValueError` for other input.
    """
    found = checks.counts("between", between)
    settled = baseline_of(found, baseline, exclude)
    short = too_short(ChartKind.G, found, settled, minimum)
    if short is not None:
        return short
    used = found[settled.used]
    mean = average(used)
    sigma = float(np.sqrt(mean * (mean + 1)))

    def line(sigmas: float) -> checks.Floats:
        return np.full(found.size, max(mean + sigmas * sigma, 0.0))

    return ControlChart(
        kind=ChartKind.G,
        values=found,
        centre=np.full(found.size, float(np.median(used))),
        lower=line(-SIGMAS),
        upper=line(SIGMAS),
        near_lower=line(-NEAR_SIGMAS),
        near_upper=line(NEAR_SIGMAS),
        baseline=settled.used,
        excluded=settled.excluded,
        sigma=np.full(found.size, sigma),
        inflation=1.0,
    )
