"""What could have been seen: the smallest lasting change that a series would probably have shown.

"No evidence of a change" says little where only a doubling would have shown. So steps of growing
size are added to draws of the series' own process, and the size is read off at which enough
of them show. That takes the series' correlation as known and one step as all that is looked for; a
whole search shows a little less. So sizes are made larger by a margin measured on whole searches.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.changepoint import MINIMUM_SEGMENT
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.evidence import evidence
from scrutinybook.statistics.level_change import LevelChanges, SmallestDetectable
from scrutinybook.statistics.monthly_series import monthly_series
from scrutinybook.statistics.step_search import NULL_RHO, StepSearch

MONTHS_AFTER = 12
"""The change is put a year before the end: mid-way through the last two years."""

MARGIN = 1.05
"""Sizes (log scale) are so many times what the quick rule gives. Frozen by simulation: series of 48
months, mean 200 and 400, correlation 0 and .3, a tenth of season, a step six months before the end.
Of 100 steps of the quick rule's size whole searches showed 71 to 81 in the step's direction and
within three months of its place; with the margin 79 to 89."""

_SIZES = np.linspace(0.0, np.log(10), 93)
"""Log ratios tried, up to tenfold, in steps of 2.5%."""


def smallest_detectable(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None,
    searched: LevelChanges,
    *,
    first_month: int,
    months_after: int = MONTHS_AFTER,
    power: float = 0.8,
    minimum_segment: int = MINIMUM_SEGMENT,
) -> SmallestDetectable | None:
    """Find the smallest rise and fall that would have shown with probability `power`.

    `searched`: the answer of `find_level_changes` for the same counts, working days, first month
    and segment length. The change is put `months_after` months before the end, or at the next later
    month at which one can be looked for. None where the search found changes: beside those, a
    whole search shows far less than this rule says, by an amount that was not measured. Raises
    `ValueError` as `find_level_changes` does.
    """
    series = monthly_series(
        counts,
        working_days,
        first_month=first_month,
        seasonal=searched.seasonal,
        period=searched.period,
        use_working_days=searched.working_days,
        minimum_segment=minimum_segment,
    )
    checks.fraction("power", power)
    checks.at_least("months_after", months_after, minimum_segment)
    if searched.changes:
        return None
    rng = np.random.default_rng(searched.seed)
    search = StepSearch(series, searched.level_of_test, searched.n_bootstrap, rng)
    scan = series.scan(())
    later = np.flatnonzero(scan.candidates >= series.counts.size - months_after)
    if later.size == 0:
        return None
    place = int(later[0])
    speaks, log_mean = evidence(scan), series.log_mean(scan.fit(series.logs))

    def draws(rho: float) -> Floats:
        process = replace(search.noise(()), rho=rho).process(log_mean)
        return series.to_logs(process.draw(rng, searched.n_bootstrap))

    critical = np.quantile(speaks.of(draws(NULL_RHO)), 1 - searched.level_of_test)
    drawn = draws(search.noise(()).rho)
    step = (series.layout.months >= scan.candidates[place]).astype(np.float64)

    def smallest(direction: int) -> float:
        def shows(size: float) -> bool:
            shown = speaks.of(drawn + direction * size * step) > critical
            return bool(np.mean(shown) >= power)

        # The more, the larger the step.
        size = MARGIN * _SIZES[min(bisect_left(_SIZES, True, key=shows), _SIZES.size - 1)]
        return float(np.exp(direction * size)) if size < _SIZES[-1] else float("nan")

    rise, fall = smallest(1), smallest(-1)
    level = searched.levels[-1]
    return SmallestDetectable(
        months_after=series.counts.size - int(scan.candidates[place]),
        power=power,
        rise=np.inf if np.isnan(rise) else rise,
        fall=0.0 if np.isnan(fall) else fall,
        rise_per_month=np.inf if np.isnan(rise) else level * (rise - 1),
        fall_per_month=level if np.isnan(fall) else level * (1 - fall),
    )
