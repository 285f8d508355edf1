"""Variation and assurance icons of "Making data count", shown only where they can be trusted.

The variation icon says whether the latest point signals, and whether that is for better or worse.
The assurance icon says whether the limits lie wholly on one side of the target. Both read as firm
statements, so they are withheld, with the reason, where the figures cannot bear one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from scrutinybook.statistics import checks
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    Charted,
    ControlChart,
    TooFewCases,
    TooShort,
)
from scrutinybook.statistics.making_data_count import POINTS, PointSignals, Rule, point_signals

STEADY_POINTS = MINIMUM_BASELINE
"""No point among so many latest ones may signal, or the limits say little about what is to come."""


class Polarity(StrEnum):
    """Whether a higher figure is better, worse, or neither by itself."""

    HIGH = "high"
    LOW = "low"
    NEUTRAL = "neutral"


class Variation(StrEnum):
    """What the latest point says: expected variation, or a signal, its way and its worth."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "special_cause_improvement_high"
    IMPROVEMENT_LOW = "special_cause_improvement_low"
    CONCERN_HIGH = "special_cause_concern_high"
    CONCERN_LOW = "special_cause_concern_low"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Assurance(StrEnum):
    """What the limits say of a target, if nothing changes."""

    CONSISTENT_PASS = "consistent_pass"
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class Withheld(StrEnum):
    """Why an icon is not shown."""

    SHORT = "too few periods for limits"
    JUST_REBASED = "too few periods since the baseline was moved"
    TOO_FEW_CASES = "too few cases to tell"
    NO_LATEST = "the latest period has no figure"
    NO_SPREAD = "the baseline does not vary, so its limits have no width"
    UNSTEADY = "a recent point signals, so the limits say little about what is to come"
    NEUTRAL = "neither higher nor lower is better"
    NO_TARGET = "no target is set"


@dataclass(frozen=True, eq=False)
class Icons:
    """The two icons of one chart, each with the reason where it is withheld."""

    variation: Variation | None
    """None where it is withheld."""
    variation_withheld: Withheld | None
    """Why the variation icon is withheld, or None."""
    rule: Rule | None
    """The rule that makes the latest point signal; None where none does."""
    assurance: Assurance | None
    """None where it is withheld."""
    assurance_withheld: Withheld | None
    """Why the assurance icon is withheld, or None."""
    by_limits: Assurance | None
    """What target and limits say, trusted or not: to compare with other programs, not for pages."""
    signals: PointSignals | None
    """What each rule says of each point; None where there are no limits."""


def icons_of(
    chart: Charted,
    *,
    polarity: Polarity,
    target: float | None = None,
    rebased: bool = False,
    shift: int = POINTS,
    trend: int = POINTS,
    steady: int = STEADY_POINTS,
) -> Icons:
    """Give both icons of a chart, for several phases of the latest one.

    `target` in the unit of the chart's values. `rebased`: the chart is a phase that follows an
    earlier one. `steady`: no signal may lie among so many latest points, or assurance is withheld;
    an excluded point, which has its reason, does not count.
    A target that equals a limit but for rounding lies on it, and passes or fails inconsistently.
    Raises `ValueError` for a target that is no number and for lengths that make no rule.
    """
    if target is not None and not math.isfinite(target):
        raise ValueError(f"target is {target:g}; target must be a number, or None for none")
    checks.at_least("steady", steady, 1)
    if isinstance(chart, TooShort):
        why = Withheld.JUST_REBASED if rebased else Withheld.SHORT
        return Icons(None, why, None, None, why, None, None)
    if isinstance(chart, TooFewCases):
        why = Withheld.TOO_FEW_CASES
        return Icons(None, why, None, None, why, None, None)
    signals = point_signals(chart, shift=shift, trend=trend)
    variation_why = _no_variation(chart)
    by_limits = None if target is None else _by_limits(chart, polarity, target)
    assurance_why = _no_assurance(chart, signals, polarity, target, steady)
    return Icons(
        variation=None if variation_why else _variation(int(signals.direction[-1]), polarity),
        variation_withheld=variation_why,
        rule=None if variation_why else signals.rules[-1],
        assurance=None if assurance_why else by_limits,
        assurance_withheld=assurance_why,
        by_limits=by_limits,
        signals=signals,
    )


def _no_variation(chart: ControlChart) -> Withheld | None:
    if _without_width(chart):
        return Withheld.NO_SPREAD
    return Withheld.NO_LATEST if np.isnan(chart.values[-1]) else None


def _no_assurance(
    chart: ControlChart,
    signals: PointSignals,
    polarity: Polarity,
    target: float | None,
    steady: int,
) -> Withheld | None:
    counted = np.flatnonzero(~np.isnan(chart.values) & ~chart.excluded)
    conditions = (
        (target is None, Withheld.NO_TARGET),
        (polarity is Polarity.NEUTRAL, Withheld.NEUTRAL),
        (_without_width(chart), Withheld.NO_SPREAD),
        (bool(np.isnan(chart.upper[-1])), Withheld.NO_LATEST),
        (bool(signals.any[counted[-steady:]].any()), Withheld.UNSTEADY),
    )
    return next((why for holds, why in conditions if holds), None)


def _without_width(chart: ControlChart) -> bool:
    """Say whether the limits leave no room about the centre in any period."""
    wide = chart.upper - chart.lower
    return not bool((wide[~np.isnan(wide)] > 0).any())


def _variation(direction: int, polarity: Polarity) -> Variation:
    if direction == 0:
        return Variation.COMMON_CAUSE
    if polarity is Polarity.NEUTRAL:
        return Variation.NEUTRAL_HIGH if direction > 0 else Variation.NEUTRAL_LOW
    if direction > 0:
        better = polarity is Polarity.HIGH
        return Variation.IMPROVEMENT_HIGH if better else Variation.CONCERN_HIGH
    better = polarity is Polarity.LOW
    return Variation.IMPROVEMENT_LOW if better else Variation.CONCERN_LOW


def _by_limits(chart: ControlChart, polarity: Polarity, target: float) -> Assurance | None:
    lower, upper = float(chart.lower[-1]), float(chart.upper[-1])
    if polarity is Polarity.NEUTRAL or math.isnan(upper):
        return None
    if any(math.isclose(target, limit, rel_tol=1e-9) for limit in (lower, upper)):
        return Assurance.INCONSISTENT
    if lower < target < upper:
        return Assurance.INCONSISTENT
    reached = target < lower if polarity is Polarity.HIGH else target > upper
    return Assurance.CONSISTENT_PASS if reached else Assurance.CONSISTENT_FAIL
