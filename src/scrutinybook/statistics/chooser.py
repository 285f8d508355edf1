"""Which control chart suits a series, why, and what a plainer chart would have said.

Counts of children rarely vary as little as Poisson has it, and a Poisson limit then calls ordinary
months signals. So the spread of the baseline is measured first, and the chart follows from it.
The plain charts come with the answer, so that a page can show what they would have signalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypedDict, TypeVar

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.beta_binomial_chart import beta_binomial_chart
from scrutinybook.statistics.dispersion import (
    Dispersion,
    count_dispersion,
    proportion_dispersion,
)
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    Charted,
    ControlChart,
    TooFewCases,
    TooShort,
)
from scrutinybook.statistics.proportion_chart import p_chart, p_prime_chart
from scrutinybook.statistics.rate_chart import c_chart, u_chart, u_prime_chart

DISPERSION_LEVEL = 0.05
"""A p-value below this refuses the plain chart."""

ALIKE = 1.5
"""Exposures whose largest is at most this many times the smallest count as alike, so that one
width of limits fits all periods (working days: 18 to 23)."""

ENOUGH_FOR_INDIVIDUALS = 10.0
"""Mean count from which single rates are near enough to symmetric for an individuals chart."""


FEW_ON_ONE_SIDE = 50.0
"""Proportions with fewer cases than this on the rarer side in a typical period have exact limits.
Frozen by simulation (36 months of 100 to 300 children, correlation .01): limits of equal width on
both sides alarm falsely on 12 of 100 charts at 80%, with 40 children on the rarer side, and on 27
at 95%; exact ones on 5 and 3."""

Outcome_co = TypeVar("Outcome_co", covariant=True)


class Options(TypedDict):
    """What every chart takes."""

    baseline: npt.ArrayLike | None
    exclude: npt.ArrayLike | None
    minimum: int


class Reason(StrEnum):
    """Why a chart was chosen."""

    TOO_SHORT = "too few periods for limits"
    CHANCE_ONLY = "the spread is no wider than counting alone would give"
    WIDER_ALIKE = "the spread is wider than counting gives; periods are alike in size"
    WIDER_UNLIKE = (
        "the spread is wider than counting gives; periods differ in size or counts are small"
    )
    WIDER_PROPORTION = "the spread is wider than counting alone would give"
    FEW_ON_ONE_SIDE = "few cases on one side in a typical period, where equal limits mislead"
    TOO_FEW_CASES = "too few cases to tell"
    SINGLE_VALUES = "single values, whose spread is read from one period to the next"
    STOCK = "a stock carries children from one period into the next; limits allow for it"
    STOCK_FOLLOWS_ITSELF = "the stock follows itself too closely, so its change is charted"
    BETWEEN_EVENTS = "rare events, judged by what lies between them"
    ROLLING_YEAR = "periods of a rolling year share their months, so no limits hold"
    ASKED_FOR = "asked for by name"


@dataclass(frozen=True)
class ChosenChart(Generic[Outcome_co]):
    """The chart to show, with the evidence for it."""

    chart: Outcome_co
    """The chart to show, or why there is none."""
    reason: Reason
    """Why this one."""
    dispersion: Dispersion | None
    """Spread of the baseline against counting alone; None where the series is too short, or where
    nothing is counted."""
    plain: ControlChart | TooShort | None
    """The chart that trusts counting alone, on the same scale (u for counts, p for proportions)."""
    plain_counts: ControlChart | TooShort | None
    """For counts: the c chart, in children a period, that overlooks exposures too."""


def choose_count_chart(
    counts: npt.ArrayLike,
    exposures: npt.ArrayLike | None = None,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ChosenChart[ControlChart | TooShort]:
    """Choose among c, u, u' and individuals per unit of exposure.

    `counts`: shape (n,), NaN for gaps. `exposures`: working days, say, of the same shape; None for
    counts as they are. Raises `ValueError` for other input.
    """
    found = checks.counts("counts", counts)
    plain_size = np.ones(found.size)
    size = (
        plain_size
        if exposures is None
        else checks.exposures("exposures", exposures, length=found.size)
    )
    options = Options(baseline=baseline, exclude=exclude, minimum=minimum)
    by_count = c_chart(found, **options)
    plain = by_count if exposures is None else u_chart(found, size, **options)
    if isinstance(plain, TooShort):
        return ChosenChart(plain, Reason.TOO_SHORT, None, plain, by_count)
    used = plain.baseline
    measured = count_dispersion(found, size, used)
    chart: ControlChart | TooShort
    if measured.p_value >= DISPERSION_LEVEL:
        chart, reason = plain, Reason.CHANCE_ONLY
    elif size[used].max() <= ALIKE * size[used].min() and measured.mean >= ENOUGH_FOR_INDIVIDUALS:
        chart = individuals_chart(found / size, lowest=0.0, **options)
        reason = Reason.WIDER_ALIKE
    else:
        chart = u_prime_chart(found, size, **options)
        reason = Reason.WIDER_UNLIKE
    return ChosenChart(chart, reason, measured, plain, by_count)


def choose_proportion_chart(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ChosenChart[Charted]:
    """Choose among p, p' and exact limits for proportions; input and errors as for `p_chart`.

    Exact limits where few cases fall on one side; else p' where the spread is wider than counting
    gives, and p where it is not.
    """
    top, bottom = checks.proportion_parts(numerators, denominators)
    options = Options(baseline=baseline, exclude=exclude, minimum=minimum)
    plain = p_chart(top, bottom, **options)
    if isinstance(plain, TooShort):
        return ChosenChart(plain, Reason.TOO_SHORT, None, plain, None)
    used = plain.baseline
    measured = proportion_dispersion(top, bottom, used)
    rarer_side = min(measured.mean, 1 - measured.mean) * float(np.median(bottom[used]))
    if rarer_side < FEW_ON_ONE_SIDE:
        exact = beta_binomial_chart(top, bottom, **options)
        told = not isinstance(exact, TooFewCases)
        reason = Reason.FEW_ON_ONE_SIDE if told else Reason.TOO_FEW_CASES
        return ChosenChart(exact, reason, measured, plain, None)
    if measured.p_value >= DISPERSION_LEVEL:
        return ChosenChart(plain, Reason.CHANCE_ONLY, measured, plain, None)
    wider = p_prime_chart(top, bottom, **options)
    return ChosenChart(wider, Reason.WIDER_PROPORTION, measured, plain, None)
