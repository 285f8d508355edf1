"""The one test of each kind of claim: what is compared, how large the difference, how sure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from scrutinybook.analysis.claims_figures import Held, count_parts, n_withheld, share_parts
from scrutinybook.committee.claims import Claim
from scrutinybook.committee.spans import Span
from scrutinybook.findings.claims import Effect, Points, Scale, Side, WhyUntested
from scrutinybook.measures.series import Observation
from scrutinybook.periods import working_days
from scrutinybook.statistics import (
    Interval,
    TooShortForTrend,
    Trend,
    count_trend,
    mean_shift,
    newcombe,
    proportion_trend,
    two_count_runs,
    two_proportions,
    two_share_runs,
    value_trend,
    wilson,
)
from scrutinybook.statistics.trend import FEWEST_SEASONAL

CONFIDENCE = 0.95
MOST_WITHHELD = 1 / 3
"""Largest share of the periods named that may be withheld. Months are withheld by their numbers, so
that those which are shown speak for all the less, the fewer they are."""


@dataclass(frozen=True)
class Tested:
    """What a test found, before all claims are looked at together."""

    periods: Span
    now: Side
    then: Side | None
    effect: Effect | None
    points: Points


def points_of(difference: float, direction: str | None) -> Points:
    """Which way a difference points for a statement of a direction."""
    if difference == 0 or direction not in ("up", "down"):
        return Points.NEITHER
    return Points.TOWARD if (difference > 0) == (direction == "up") else Points.AWAY


def two_runs(claim: Claim, held: Held, then: Span, now: Span) -> Tested | WhyUntested:
    """Some periods against earlier ones: shares, counts a working day, or values."""
    before, after = held.of(then), held.of(now)
    if not (_enough(before) and _enough(after)):
        return WhyUntested.WITHHELD
    sides = _side(held, before, then), _side(held, after, now)
    if sides[0] is None or sides[1] is None:
        return _why_none([*before, *after])
    if held.measure.kind == "proportion":
        found = two_share_runs(share_parts(before), share_parts(after), confidence=CONFIDENCE)
        effect = _effect(Scale.SHARE, found.effect, found.p_value, found.method)
    elif held.measure.kind in ("count", "stock"):
        first, second = count_parts(before), count_parts(after)
        if not sum(count for count, _ in [*first, *second]):
            return WhyUntested.TOO_FEW
        runs = two_count_runs(first, second, confidence=CONFIDENCE)
        effect = _effect(Scale.RATIO, runs.effect, runs.p_value, runs.method)
    else:
        shift = mean_shift(held.values(before), held.values(after), confidence=CONFIDENCE)
        if shift is None:
            return WhyUntested.TOO_FEW
        effect = _effect(Scale.VALUE, shift.difference, shift.p_value, shift.method)
    if claim.direction == "steady" and effect.scale is Scale.SHARE:
        effect, points = _steady(claim, effect)
    else:
        points = points_of(effect.estimate - (effect.scale is Scale.RATIO), claim.direction)
    return Tested(now, sides[1], sides[0], effect, points)


def trend(claim: Claim, held: Held, span: Span) -> Tested | WhyUntested:
    """A straight line through the months named."""
    found = held.of(span)
    if not found:
        return WhyUntested.NO_FIGURES
    if not _enough(found):
        return WhyUntested.WITHHELD
    line = _line(claim, held, found)
    if isinstance(line, TooShortForTrend):
        return WhyUntested.TOO_FEW
    kinds = {"proportion": Scale.SHARE, "value": Scale.VALUE}
    scale = kinds.get(held.measure.kind, Scale.RATIO)
    interval = line.change if line.ratio is None else line.ratio
    method = "straight line that allows for months being alike"
    effect = _effect(scale, interval, line.p_value, method)
    ends = (Side(value, None, line.n_months, span.n_months) for value in (line.first, line.last))
    start, end = ends
    points = points_of(line.last - line.first, claim.direction)
    return Tested(span, end, start, effect, points)


def level(claim: Claim, held: Held, span: Span) -> Tested | WhyUntested:
    """A share against the stated level: Wilson's interval, and the test it is made from."""
    found = held.of(span)
    now = _side(held, found, span)
    if now is None or now.parts is None or claim.level is None:
        return _why_none(found)
    stated = claim.level / 100
    top, bottom = now.parts
    if claim.relation == "exactly":
        same = abs(top / bottom - stated) < 0.005
        return Tested(span, now, None, None, Points.TOWARD if same else Points.AWAY)
    share = wilson(top, bottom, confidence=CONFIDENCE)
    error = np.sqrt(stated * (1 - stated) / bottom)
    distance = abs(share.estimate - stated)
    p_value = float(2 * stats.norm.sf(distance / error)) if error else float(distance == 0)
    difference = Interval(
        share.estimate - stated, share.lower - stated, share.upper - stated, CONFIDENCE, ""
    )
    way = "up" if claim.relation == "at least" else "down"
    effect = _effect(Scale.SHARE, difference, p_value, "score test (Wilson) against the level")
    return Tested(span, now, None, effect, points_of(difference.estimate, way))


def comparison(claim: Claim, one: Held, other: Held, span: Span) -> Tested | WhyUntested:
    """One part's share against another's, over the same periods."""
    if not (_enough(one.of(span)) and _enough(other.of(span))):
        return WhyUntested.WITHHELD
    then, now = _side(other, other.of(span), span), _side(one, one.of(span), span)
    if then is None or now is None or then.parts is None or now.parts is None:
        return _why_none([*one.of(span), *other.of(span)])
    interval = newcombe(then.parts, now.parts, confidence=CONFIDENCE)
    test = two_proportions(then.parts, now.parts)
    effect = _effect(Scale.SHARE, interval, test.p_value, test.method)
    now, then = _named(now, claim.part), _named(then, claim.other_part)
    return Tested(span, now, then, effect, points_of(interval.estimate, claim.direction))


def composition(held: Held, rest: Held, span: Span) -> Tested | WhyUntested:
    """Whether one count makes up more than half of two together."""
    here, beside = held.of(span), rest.of(span)
    if n_withheld([*here, *beside]):
        # Months are withheld by how many moved or left: those that are shown are no fair sample.
        return WhyUntested.WITHHELD
    one, two = (sum(n for n, _ in count_parts(each)) for each in (here, beside))
    n = min(len(count_parts(here)), len(count_parts(beside)))
    if n == 0 or one + two == 0:
        return _why_none([*here, *beside])
    share = wilson(one, one + two, confidence=CONFIDENCE)
    half = Interval(
        share.estimate - 0.5, share.lower - 0.5, share.upper - 0.5, CONFIDENCE, share.method
    )
    p_value = float(stats.binomtest(one, one + two, 0.5).pvalue)
    effect = _effect(Scale.SHARE, half, p_value, "exact binomial test against a half")
    now = Side(share.estimate, (one, one + two), n, span.n_months)
    return Tested(span, now, None, effect, points_of(half.estimate, "up"))


def _steady(claim: Claim, effect: Effect) -> tuple[Effect, Points]:
    """Whether a share moved by less than was said, or by more: two one-sided tests."""
    room = (claim.within or 0.0) / 100
    error = (effect.upper - effect.lower) / (2 * stats.norm.isf((1 - effect.confidence) / 2))
    inside = abs(effect.estimate) < room
    if error == 0:
        p_value = 0.0
    elif inside:
        p_value = float(stats.norm.sf((room - abs(effect.estimate)) / error))
    else:
        p_value = float(stats.norm.sf((abs(effect.estimate) - room) / error))
    test = f"two one-sided tests against {claim.within:g} percentage points"
    found = Effect(
        effect.scale, effect.estimate, effect.lower, effect.upper, effect.confidence, p_value, test
    )
    return found, Points.TOWARD if inside else Points.AWAY


def _line(claim: Claim, held: Held, found: Sequence[Observation]) -> Trend | TooShortForTrend:
    first = found[0].period.month.month
    seed = zlib.crc32(f"{claim.id}/{found[-1].period}".encode())
    seasonal = len(found) >= FEWEST_SEASONAL
    if held.measure.kind == "proportion":
        parts = np.array([o.parts or (np.nan, np.nan) for o in found], dtype=float)
        return proportion_trend(
            parts[:, 0], parts[:, 1], first_month=first, seed=seed, seasonal=seasonal
        )
    values = held.values(found)
    if held.measure.kind == "value":
        return value_trend(values, first_month=first, seed=seed, seasonal=seasonal)
    days = None
    if held.measure.kind == "count":
        days = np.array([working_days(o.period.month) for o in found], dtype=float)
    return count_trend(values, days, first_month=first, seed=seed, seasonal=seasonal)


def _side(held: Held, found: Sequence[Observation], span: Span) -> Side | None:
    if held.measure.kind == "proportion":
        parts = share_parts(found)
        if not parts:
            return None
        top, bottom = (sum(each[k] for each in parts) for k in (0, 1))
        return Side(top / bottom, (top, bottom), len(parts), span.n_months)
    values = held.values(found)
    known = values[~np.isnan(values)]
    return Side(float(known.mean()), None, known.size, span.n_months) if known.size else None


def _enough(found: Sequence[Observation]) -> bool:
    """Whether few enough periods are withheld for the others to speak for all."""
    return n_withheld(found) <= MOST_WITHHELD * len(found)


def _named(side: Side, name: str | None) -> Side:
    return Side(side.value, side.parts, side.n_periods, side.n_asked, name or "")


def _effect(scale: Scale, found: Interval, p_value: float, test: str) -> Effect:
    return Effect(scale, found.estimate, found.lower, found.upper, found.confidence, p_value, test)


def _why_none(found: Sequence[Observation]) -> WhyUntested:
    return WhyUntested.WITHHELD if n_withheld(found) else WhyUntested.NO_FIGURES
