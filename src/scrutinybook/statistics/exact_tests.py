"""Exact tests for counts too small for any approximation.

Each works from the probabilities of the counts themselves, so that it holds for two children as for
two thousand. The price is caution: with few cases the p-value is larger than it need be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from scrutinybook.statistics import checks


@dataclass(frozen=True)
class ExactTest:
    """A two-sided exact test."""

    p_value: float
    """Probability of a difference at least as marked if there were none behind it."""
    method: str
    """Which test, in words for the methods page."""


def two_proportions(first: tuple[int, int], second: tuple[int, int]) -> ExactTest:
    """Test whether two independent proportions differ; each is (numerator, denominator).

    Fisher (1934), with all tables no more probable than the one found counted as at least as
    marked. Not for overlapping groups of children. Raises `ValueError` unless 0 <= numerator
    <= denominator and denominator above 0.
    """
    table = []
    for name, (top, bottom) in (("first", first), ("second", second)):
        _whole(f"{name} denominator", bottom, lowest=1)
        _whole(f"{name} numerator", top, highest=bottom)
        table.append([top, bottom - top])
    return ExactTest(float(stats.fisher_exact(table).pvalue), "Fisher's exact test")


def two_counts(first: tuple[int, float], second: tuple[int, float]) -> ExactTest:
    """Test whether two rates differ; each is (count, exposure), counts varying as Poisson has it.

    Given the total of both, the second count is binomial (Przyborowski and Wilenski 1940,
    Biometrika 31). The smaller tail is doubled, so that the test and the interval of `rate_ratio`
    never disagree. Two counts of 0 say nothing: p is 1. Raises `ValueError` for negative counts
    and exposures of 0 or below.
    """
    (a, a_size), (b, b_size) = first, second
    for name, count, size in (("first", a, a_size), ("second", b, b_size)):
        _whole(f"{name} count", count)
        checks.positive(f"{name} exposure", size)
    share = b_size / (a_size + b_size)
    tails = (stats.binom.cdf(b, a + b, share), stats.binom.sf(b - 1, a + b, share))
    return ExactTest(_doubled(*tails), "exact test of two counts, given their total")


def count_against(count: int, expected: float) -> ExactTest:
    """Test a count against the number expected, taken as known; Poisson, smaller tail doubled.

    Garwood (1936), Biometrika 28. Raises `ValueError` for a negative count or nothing expected.
    """
    _whole("count", count)
    checks.positive("expected", expected)
    tails = (stats.poisson.cdf(count, expected), stats.poisson.sf(count - 1, expected))
    return ExactTest(_doubled(*tails), "exact Poisson test")


def _whole(name: str, value: float, *, lowest: int = 0, highest: int | None = None) -> None:
    if value != math.floor(value) or value < lowest or (highest is not None and value > highest):
        most = "or more" if highest is None else f"to {highest:g}"
        raise ValueError(f"{name} is {value:g}; it must be a whole number, {lowest} {most}")


def _doubled(down: float, up: float) -> float:
    return float(min(1.0, 2 * min(down, up)))
