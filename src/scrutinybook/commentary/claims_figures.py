"""Figures and effects of claims in words: a share with its parts, a mean, a difference, a ratio."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.figures import share_text
from scrutinybook.committee.spans import Span
from scrutinybook.findings.claims import AnyMeasure, ClaimTested, Effect, Scale, Side
from scrutinybook.sources.figure_periods import PeriodKind


def number(measure: AnyMeasure, side: Side) -> str:
    """A side's figure alone: ``29% (10 of 35)``, ``406``, ``6.0%``."""
    if measure.kind == "proportion":
        top, bottom = side.parts or (0, 0)
        share = share_text(side.value, bottom if side.parts else 100)
        return f"{share} ({words.whole(top)} of {words.whole(bottom)})" if side.parts else share
    if measure.kind == "value":
        return f"{words.decimal(side.value)}{'%' if measure.unit == 'percent' else ''}"
    return words.whole(side.value)


def side_text(found: ClaimTested) -> str:
    """One figure with what it is of and when: ``in March 2023, 24 of 24 …``."""
    measure, side = found.measure, found.now
    where = f", for {found.claim.part}" if found.claim.part else ""
    start = f"{_when(found, found.periods)}{where}"
    if measure.kind == "proportion" and side.parts is not None:
        top, bottom = (words.whole(each) for each in side.parts)
        share = share_text(side.value, side.parts[1])
        return f"{start}, {share} of {measure.things} {measure.predicate} ({top} of {bottom})"
    return f"{start}, {measure.noun}: {number(measure, side)}"


def two_sides(found: ClaimTested) -> str:
    """Two figures side by side, or both ends of a line."""
    measure, then, claim = found.measure, found.then, found.claim
    if then is None:
        return f"{words.upper_first(side_text(found))}."
    part = f", for {claim.part}" if claim.part and claim.kind != "comparison" else ""
    if claim.kind == "trend":
        return (
            f"{words.upper_first(measure.noun)}{part}: a straight line through"
            f" {found.periods.words} goes from {number(measure, then)} to"
            f" {number(measure, found.now)}."
        )
    if claim.kind == "comparison":
        now = side_text(found)
        return f"{words.upper_first(now)}; for {then.name} it was {number(measure, then)}."
    before = claim.periods if claim.kind == "forecast" else claim.against
    earlier = "" if before is None else _when(found, before)
    if measure.kind == "proportion":
        return f"{words.upper_first(side_text(found))}; {earlier} it was {number(measure, then)}."
    if measure.kind == "value":
        return (
            f"{words.upper_first(measure.noun)}{part}: {number(measure, found.now)}"
            f" {_when(found, found.periods)}, {number(measure, then)} {earlier}."
        )
    there = words.there_were(found.now.value, measure.things)
    there += "" if found.periods.n_months == 1 else " a month on average"
    was = "was" if words.whole(then.value) == "1" else "were"
    mean = " a month on average" if before is not None and before.n_months > 1 else ""
    return (
        f"{there}{part} {_when(found, found.periods)}; {earlier} there {was}"
        f" {words.whole(then.value)}{mean}."
    )


def difference(found: ClaimTested) -> str:
    """The size and way of a difference: ``12.6 percentage points higher``."""
    effect = found.effect
    if effect is None or nothing(effect):
        return "about the same"
    size = _amount(effect, found.measure, abs(effect.estimate))
    return f"{size} {'higher' if effect.estimate > 0 else 'lower'}"


def ratio(effect: Effect) -> str:
    """``1.42 times as many``."""
    if nothing(effect):
        return "about as many"
    return f"{words.decimal(effect.estimate, 2)} times as many"


def nothing(effect: Effect) -> bool:
    """Whether an effect is none as pages round it."""
    if effect.scale is Scale.RATIO:
        return words.decimal(effect.estimate, 2) == "1.00"
    scale = 100 if effect.scale is Scale.SHARE else 1
    return float(words.decimal(abs(scale * effect.estimate)).replace(",", "")) == 0


def interval(effect: Effect, measure: AnyMeasure | None = None) -> str:
    """``95% interval: from 1.11 to 1.82``; a difference has its sign before it."""
    if effect.scale is Scale.RATIO:
        low, high = (words.decimal(each, 2) for each in (effect.lower, effect.upper))
        unit = " times"
    else:
        scale = 100 if effect.scale is Scale.SHARE else 1
        low, high = (_signed(scale * each) for each in (effect.lower, effect.upper))
        points = effect.scale is Scale.SHARE or (measure is not None and measure.unit == "percent")
        unit = " percentage points" if points else ""
    return f"{words.percent(effect.confidence)} interval: from {low} to {high}{unit}"


def _signed(value: float) -> str:
    text = words.decimal(value)
    return text if text.startswith("−") or float(text.replace(",", "")) == 0 else f"+{text}"


def _amount(effect: Effect, measure: AnyMeasure, size: float) -> str:
    if effect.scale is Scale.SHARE:
        return words.points(size)
    if measure.unit == "percent":
        return words.points(size / 100)
    return words.decimal(size)


def _when(found: ClaimTested, span: Span) -> str:
    """``in March 2023``, ``at the end of March 2023``, ``in June 2022 to March 2023``, a year."""
    timing = getattr(getattr(found.measure, "formula_facts", None), "timing", "flow")
    if span.first.kind is PeriodKind.SNAPSHOT:
        return f"on {span.words}"
    if span.first.kind is PeriodKind.WORKFORCE_YEAR:
        return f"in the {span.words}"
    if timing != "flow":
        return f"at the end of {span.words}"
    return f"in {span.words}" if span.n_months == 1 else f"from {span.words}"
