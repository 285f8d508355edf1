"""Chart of proportions with exact limits, for where few cases fall on one side.

Limits three standard deviations about the centre trust the bell curve, and near 0% or 100% a
proportion does not follow it: its long tail points to the middle. Here each limit is the result
that chance passes as rarely as three standard deviations of a bell curve, from the beta-binomial
distribution: children counted at random, about a chance that itself differs between periods.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import stats

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    NEAR_SIGMAS,
    SIGMAS,
    Charted,
    ChartKind,
    ControlChart,
    TooFewCases,
    baseline_of,
    too_short,
)
from scrutinybook.statistics.run_chart import run_chart

LIMIT_TAIL = float(stats.norm.sf(SIGMAS))
"""Probability beyond each limit, 0.00135."""

NEAR_TAIL = float(stats.norm.sf(NEAR_SIGMAS))
"""Probability beyond each line near a limit, 0.02275."""

LARGEST_CORRELATION = 0.99
"""Beyond this all children of a period would share one answer."""


def beta_binomial_chart(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> Charted:
    """Chart proportions (0 to 1) with beta-binomial limits.

    `numerators`, `denominators`: counts of shape (n,), NaN for gaps. A value beyond a limit has a
    mid-p tail probability of at most 0.00135 (half of the result's own probability is counted in,
    as limits that may only fall on whole children would otherwise be passed too rarely). The
    correlation of children within a period is that at which Pearson's chi-squared of the baseline
    meets its expectation, 0 at least: then the limits are binomial. Where all or none of the
    baseline were counted, the limits are those of half a child fewer or more. `TooFewCases` where
    in half of the baseline or more no possible result lies beyond limits.
    Prentice (1986), JASA 81: 321-327; Lancaster (1961), JASA 56: 223-234 (mid-p). Raises
    `ValueError` for other input.
    """
    top, bottom = checks.proportion_parts(numerators, denominators)
    values = top / bottom
    settled = baseline_of(values, baseline, exclude)
    short = too_short(ChartKind.BETA_BINOMIAL, values, settled, minimum)
    if short is not None:
        return short
    used = settled.used
    counted, size = float(top[used].sum()), float(bottom[used].sum())
    inside = min(max(counted, 0.5), size - 0.5) / size
    correlation = within_period_correlation(top[used], bottom[used])
    lower, near_lower, near_upper, upper = _lines(bottom, inside, correlation)
    chart = ControlChart(
        kind=ChartKind.BETA_BINOMIAL,
        values=values,
        centre=np.full(values.size, counted / size),
        lower=lower,
        upper=upper,
        near_lower=near_lower,
        near_upper=near_upper,
        baseline=used,
        excluded=settled.excluded,
        sigma=np.sqrt(inside * (1 - inside) / bottom * (1 + (bottom - 1) * correlation)),
        inflation=float(np.sqrt(1 + (bottom[used].mean() - 1) * correlation)),
    )
    n_telling = int(telling_periods(chart)[used].sum())
    if 2 * n_telling <= chart.n_baseline:
        run = run_chart(values, baseline=used, exclude=settled.excluded)
        return TooFewCases(ChartKind.BETA_BINOMIAL, chart.n_baseline, n_telling, run)
    return chart


def telling_periods(chart: ControlChart) -> Bools:
    """Say in which periods of a chart of proportions some possible result lies beyond limits."""
    return (chart.lower > 0) | (chart.upper < 1)


def within_period_correlation(numerators: Floats, denominators: Floats) -> float:
    """Estimate how alike children of one period are, from two periods or more; 0 to 0.99.

    Arrays of shape (m,), denominators above 0. The correlation at which Pearson's chi-squared has
    the value that was found; 0 where the spread is no wider than counting gives.
    """
    size = denominators.sum()
    centre = float(numerators.sum() / size)
    if centre in (0.0, 1.0):
        return 0.0
    squares = (numerators - denominators * centre) ** 2 / (denominators * centre * (1 - centre))
    # The centre is fitted, which takes a share of each period's spread.
    left = 1 - denominators / size
    slope = float(((denominators - 1) * left).sum())
    if slope <= 0:
        return 0.0
    return float(np.clip((squares.sum() - left.sum()) / slope, 0.0, LARGEST_CORRELATION))


def _lines(denominators: Floats, centre: float, correlation: float) -> Floats:
    """Lower limit, near it, near the upper limit, upper limit; shape (4, n), NaN in gaps.

    Each is the outermost proportion with a mid-p tail above the line's own. A line never crosses
    the centre, as it otherwise could where nearly all results are the same.
    """
    lines = np.full((4, denominators.size), np.nan)
    for size in np.unique(denominators[~np.isnan(denominators)]):
        chances = _probabilities(int(size), centre, correlation)
        below = np.cumsum(chances) - chances / 2
        above = np.cumsum(chances[::-1]) - chances[::-1] / 2  # of the largest result first
        low, near_low = (np.argmax(below > tail) / size for tail in (LIMIT_TAIL, NEAR_TAIL))
        near_high, high = (
            (size - np.argmax(above > tail)) / size for tail in (NEAR_TAIL, LIMIT_TAIL)
        )
        here = denominators == size
        lines[:2, here] = np.minimum([[low], [near_low]], centre)
        lines[2:, here] = np.maximum([[near_high], [high]], centre)
    return lines


def _probabilities(size: int, centre: float, correlation: float) -> Floats:
    """Beta-binomial probabilities of 0 to `size`; binomial where the correlation is 0.

    Pólya's urn: each child counted makes the next one likelier by `step`.
    """
    step = correlation / (1 - correlation)
    drawn = np.arange(size)
    none = np.log((1 - centre + drawn * step) / (1 + drawn * step)).sum()
    more = (size - drawn) / (drawn + 1)
    more *= (centre + drawn * step) / (1 - centre + (size - drawn - 1) * step)
    return np.asarray(np.exp(none + np.concatenate([[0.0], np.cumsum(np.log(more))])))
