"""Which control chart suits a series, why, and what a plainer chart would have said.

Counts of children rarely vary as little as Poisson has it, and a Poisson limit then calls ordinary
months signals. So the spread of the baseline is measured first, and the chart follows from it.
The plain charts come with the answer, so that a page can show what they would have signalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.dispersion import (
    Dispersion,
    count_dispersion,
    proportion_dispersion,
)
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    ControlChart,
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


class _Options(TypedDict):
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


@dataclass(frozen=True)
class ChosenChart:
    """The chart to show, with the evidence for it."""

    chart: ControlChart | TooShort
    """The chart to show."""
    reason: Reason
    """Why this one."""
    dispersion: Dispersion | None
    """Spread of the baseline against counting alone; None where the series is too short."""
    plain: ControlChart | TooShort
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
) -> ChosenChart:
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
    options = _Options(baseline=baseline, exclude=exclude, minimum=minimum)
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
) -> ChosenChart:
    """Choose between p and p' for proportions; input and errors as for `p_chart`."""
    top, bottom = checks.proportion_parts(numerators, denominators)
    options = _Options(baseline=baseline, exclude=exclude, minimum=minimum)
    plain = p_chart(top, bottom, **options)
    if isinstance(plain, TooShort):
        return ChosenChart(plain, Reason.TOO_SHORT, None, plain, None)
    measured = proportion_dispersion(top, bottom, plain.baseline)
    if measured.p_value >= DISPERSION_LEVEL:
        return ChosenChart(plain, Reason.CHANCE_ONLY, measured, plain, None)
    wider = p_prime_chart(top, bottom, **options)
    return ChosenChart(wider, Reason.WIDER_PROPORTION, measured, plain, None)
