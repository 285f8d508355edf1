"""Did the level of a monthly count change, when, and by how much?

Monthly counts of children vary more than chance, follow the seasons, and follow on from each
other; a search for the best place of a step finds one in almost any such series. So the search is
part of the test: the evidence for a step at whichever month (`evidence`) is compared with what
series drawn from a process without that step show (`null_process`), season and steps refitted in
every draw. Further changes are looked for with those found in the model (Bai and Perron 1998,
Econometrica 66), one at a time, or two at a time where one alone hides the other; then all dates
are settled together.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.intervals import Interval
from scrutinybook.statistics.level_change import (
    LevelChange,
    LevelChanges,
    Sensitivity,
    TooShortForChanges,
    WorkingDays,
)
from scrutinybook.statistics.monthly_series import monthly_series
from scrutinybook.statistics.step_interval import DATE_CONFIDENCE, step_interval
from scrutinybook.statistics.step_search import StepSearch

LEVEL = 0.10
"""Changes with a p-value up to this are accepted: in series without one whose months are correlated
by .3, about so many are found by chance."""

MINIMUM_SEGMENT = 5
"""Fewest months between changes and to either end. With 6 a change is found a month later."""

SHORTEST = 12
"""Fewest months (or quarters, or years) with a figure."""

YEARS_SEASONAL = 2
"""Fewest years with a season: two of every month, to tell a season from a step."""


def find_level_changes(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None = None,
    *,
    first_month: int,
    seed: int,
    seasonal: bool = True,
    period: int = 12,
    use_working_days: WorkingDays = WorkingDays.OFFSET,
    level: float = LEVEL,
    minimum_segment: int = MINIMUM_SEGMENT,
    n_bootstrap: int = 999,
) -> LevelChanges | TooShortForChanges:
    """Find lasting changes of level in n consecutive months.

    `counts`: shape (n,), whole numbers, NaN for a month without a figure. `working_days`: shape
    (n,), no gaps; None is as with `WorkingDays.NONE`. `first_month`: calendar month of the first,
    1 to 12. `period`: periods a year, 12 for months, 4 for quarters (`first_month` is then the
    first quarter, 1 to 4), 1 for years, which have no season. `seed`: the same seed and series
    give the same answer. `level`: the p-value up to which a change is accepted. Counts of two or
    three a month say little on a log scale. Raises `ValueError` for other input.
    """
    series = monthly_series(
        counts,
        working_days,
        first_month=first_month,
        seasonal=seasonal,
        use_working_days=use_working_days,
        minimum_segment=minimum_segment,
        period=period,
    )
    checks.fraction("level", level)
    checks.at_least("n_bootstrap", n_bootstrap, 99)
    years = YEARS_SEASONAL * period if series.layout.seasonal else 0
    needed = max(SHORTEST, years, 2 * minimum_segment)
    if series.n_months < needed:
        return TooShortForChanges(series.n_months, needed)
    search = StepSearch(series, level, n_bootstrap, np.random.default_rng(seed))
    return _report(search, search.settle(search.forward()), seed)


def working_day_sensitivity(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike,
    *,
    first_month: int,
    seed: int,
    seasonal: bool = True,
    level: float = LEVEL,
    minimum_segment: int = MINIMUM_SEGMENT,
    n_bootstrap: int = 999,
) -> Sensitivity | TooShortForChanges:
    """Search with working days as offset, with a free exponent and with none.

    Arguments and errors as for `find_level_changes`.
    """
    answers = []
    for way in (WorkingDays.OFFSET, WorkingDays.FREE, WorkingDays.NONE):
        answer = find_level_changes(
            counts,
            working_days,
            first_month=first_month,
            seed=seed,
            seasonal=seasonal,
            use_working_days=way,
            level=level,
            minimum_segment=minimum_segment,
            n_bootstrap=n_bootstrap,
        )
        if isinstance(answer, TooShortForChanges):
            return answer
        answers.append(answer)
    return Sensitivity(*answers)


def _report(search: StepSearch, found: tuple[int, ...], seed: int) -> LevelChanges:
    series, refused = search.series, search.test(found)
    scan = series.scan(found)
    fit = scan.fit(series.logs)
    levels = series.levels(fit)
    noise = search.noise(found)
    changes = tuple(
        _change(search, found, place, levels, series.log_mean(fit)) for place in range(len(found))
    )
    segment = np.searchsorted(found, np.arange(series.counts.size), side="right")
    return LevelChanges(
        changes=changes,
        levels=tuple(float(x) for x in levels),
        level_line=levels[segment],
        fitted=np.exp(series.log_mean(fit)),
        any_p_value=search.any_change(),
        next_p_value=refused.p_value,
        next_p_without_extreme=refused.p_without_extreme,
        level_of_test=search.level,
        rho=noise.rho,
        rho_measured=noise.rho_measured,
        noise_sd=float(np.sqrt(noise.variance)),
        seasonal=series.layout.seasonal,
        period=series.layout.period,
        working_days=series.working_days,
        exponent=series.exponent(fit),
        n_months=series.n_months,
        n_missing=series.counts.size - series.n_months,
        n_bootstrap=search.n_bootstrap,
        seed=seed,
    )


def _change(
    search: StepSearch, found: tuple[int, ...], place: int, levels: Floats, log_mean: Floats
) -> LevelChange:
    others = found[:place] + found[place + 1 :]
    tested = search.test(others)
    # The noise of the test, so that draws and the F they have to pass belong together.
    noise = search.noise(others)
    near = step_interval(
        search.series,
        found,
        place,
        noise.process(log_mean),
        critical=tested.critical,
        counting=noise.counting,
        n_samples=search.n_bootstrap,
        rng=search.rng,
    )
    before, after = float(levels[place]), float(levels[place + 1])
    bounds = (0, *found, search.series.counts.size)[place : place + 3]
    weights = (bounds[1] - bounds[0], bounds[2] - bounds[1])
    total = weights[0] * before + weights[1] * after

    def difference(ratio: float) -> float:
        # The two segments' total is known far better than how it divides: hold it fixed.
        return float(total * (ratio - 1) / (weights[0] + weights[1] * ratio))

    method = f"estimated after a search, repeated in {near.n_used} draws that showed a change"
    # The estimate goes through the same steps as its ends, so that rounding cannot put it outside.
    low, middle, high = (
        float(np.exp(each)) for each in (near.effect_low, near.effect, near.effect_high)
    )
    return LevelChange(
        first_month=found[place],
        earliest=near.earliest,
        latest=near.latest,
        before=before,
        after=after,
        ratio=Interval(middle, low, high, DATE_CONFIDENCE, method),
        difference=Interval(
            difference(middle), difference(low), difference(high), DATE_CONFIDENCE, method
        ),
        p_value=tested.p_value,
        p_without_extreme=tested.p_without_extreme,
    )
