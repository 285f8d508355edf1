"""Intervals for one proportion, for two compared, and for two counts compared."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from scrutinybook.statistics import checks


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval."""

    estimate: float
    lower: float
    upper: float
    confidence: float
    """Share of such intervals that hold the true value, e.g. 0.95."""
    method: str
    """Which method, in words for the methods page."""


def wilson(numerator: int, denominator: int, *, confidence: float = 0.95) -> Interval:
    """Give Wilson's score interval for one proportion (0 to 1).

    Wilson (1927), JASA 22. Raises `ValueError` unless 0 <= numerator <= denominator, denominator
    above 0 and confidence between 0 and 1.
    """
    _check_parts(numerator, denominator)
    z = _z(confidence)
    p, n = numerator / denominator, denominator
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(
        estimate=p,
        # The formula gives exactly 0 and 1 at the ends; rounding must not step over them.
        lower=0.0 if numerator == 0 else max(0.0, middle - half),
        upper=1.0 if numerator == denominator else min(1.0, middle + half),
        confidence=confidence,
        method="Wilson score",
    )


def newcombe(
    first: tuple[int, int], second: tuple[int, int], *, confidence: float = 0.95
) -> Interval:
    """Give the interval for second minus first of two independent proportions (-1 to 1).

    Each is (numerator, denominator). Newcombe (1998), Statistics in Medicine 17, method 10: Wilson
    intervals squared and added. Not for overlapping groups of children. Raises `ValueError` as
    `wilson` does.
    """
    one = wilson(*first, confidence=confidence)
    two = wilson(*second, confidence=confidence)
    difference = two.estimate - one.estimate
    down = math.hypot(two.estimate - two.lower, one.upper - one.estimate)
    up = math.hypot(two.upper - two.estimate, one.estimate - one.lower)
    return Interval(
        estimate=difference,
        lower=max(-1.0, difference - down),
        upper=min(1.0, difference + up),
        confidence=confidence,
        method="Newcombe hybrid score",
    )


def rate_ratio(
    first: tuple[int, float],
    second: tuple[int, float],
    *,
    dispersion: float = 1.0,
    confidence: float = 0.95,
) -> Interval:
    """Give the interval for the second rate over the first; each is (count, exposure).

    With `dispersion` 1 (counts vary as chance alone has it) the interval is exact: given both
    counts' total, the second is binomial (Clopper and Pearson 1934). Above 1, `dispersion` is the
    variance over the mean that the series itself showed, and the interval is normal on the log
    scale with the variance times `dispersion`, half a count added to each. A ratio over a first
    count of 0 is infinite, as is its upper end. Raises `ValueError` for negative counts, both
    counts 0, exposures of 0 or below, and dispersion below 1.
    """
    (a, a_size), (b, b_size) = first, second
    for name, count, size in (("first", a, a_size), ("second", b, b_size)):
        if count < 0 or count != int(count):
            raise ValueError(f"{name} count is {count:g}; it must be a whole number, zero or more")
        checks.positive(f"{name} exposure", size)
    if a + b == 0:
        raise ValueError("first and second count are both 0; a ratio of nothing to nothing is open")
    if not dispersion >= 1:
        raise ValueError(f"dispersion is {dispersion:g}; dispersion must be 1 or more")
    z = _z(confidence)
    size_ratio = a_size / b_size
    estimate = b / a * size_ratio if a else math.inf
    if dispersion == 1:
        tail = (1 - confidence) / 2
        low = float(stats.beta.ppf(tail, b, a + 1)) if b else 0.0
        high = float(stats.beta.isf(tail, b + 1, a)) if a else 1.0
        return Interval(
            estimate=estimate,
            lower=low / (1 - low) * size_ratio,
            upper=high / (1 - high) * size_ratio if high < 1 else math.inf,
            confidence=confidence,
            method="exact, given the total of both counts",
        )
    middle = math.log((b + 0.5) / (a + 0.5) * size_ratio)
    half = z * math.sqrt(dispersion * (1 / (a + 0.5) + 1 / (b + 0.5)))
    return Interval(
        estimate=estimate,
        lower=math.exp(middle - half) if b else 0.0,
        upper=math.exp(middle + half) if a else math.inf,
        confidence=confidence,
        method="log ratio, widened by the spread of the series",
    )


def _check_parts(numerator: int, denominator: int) -> None:
    if denominator <= 0 or denominator != int(denominator):
        raise ValueError(f"denominator is {denominator:g}; it must be a whole number above 0")
    if not 0 <= numerator <= denominator or numerator != int(numerator):
        raise ValueError(
            f"numerator is {numerator:g}; it must be a whole number from 0 to {denominator:g}"
        )


def _z(confidence: float) -> float:
    return float(stats.norm.isf((1 - checks.fraction("confidence", confidence)) / 2))
