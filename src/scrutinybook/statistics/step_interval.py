"""When, and how much: a date range and an interval for one step that a search has found.

A step is reported only since it was found, and steps that are found look larger than they are. So
series are drawn with steps of many sizes at the place that was found, each is searched for its best
step, and only those count in which one of that direction showed, judged by its F. The effect's
interval holds the sizes under which what was found is no rarity (a test turned round): towards
nothing judged by F, and away from it by the squares explained. The date range holds the months at
which the step explains the series nearly as well as at the best month, where "nearly" is what the
draws of the most fitting size needed to hold their own true month (an inverted likelihood ratio;
Eo and Morley 2015, Quantitative Economics 6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Bools, Floats, Ints
from scrutinybook.statistics.drawn_steps import DrawnSteps, Searched
from scrutinybook.statistics.monthly_series import MonthlySeries
from scrutinybook.statistics.null_process import CountProcess

DATE_CONFIDENCE = 0.9
"""Nominal confidence of date ranges and effects."""

_RANGE_SHARE = 0.94
"""Share of draws whose date range would hold their own month. Above the nominal confidence, since
the draws know correlation and noise exactly and the series does not. Frozen where ranges of
simulated series held the true month in nine of ten."""

_TAIL = 0.035
"""Share of draws beyond either end of the effect's interval, where 0.05 would be nominal: for the
same reason, and frozen likewise."""

_SIZES = np.linspace(-5.0, 4.0, 37)
"""Sizes tried: the estimate plus so many of its standard deviations."""

_FEWEST = 30
"""Fewest draws with a step showing from which a share is read."""


@dataclass(frozen=True)
class StepInterval:
    """Date range and effect of one step."""

    earliest: int
    """First month of the date range."""
    latest: int
    """Last month of the date range."""
    effect: float
    """Step on the log scale, as estimated."""
    effect_low: float
    """Lower end of its interval; 0 where even smaller steps would look like this when found."""
    effect_high: float
    """Upper end of its interval; likewise."""
    n_used: int
    """Draws of the most fitting size that showed a change."""


def step_interval(
    series: MonthlySeries,
    found: tuple[int, ...],
    place: int,
    process: CountProcess,
    *,
    critical: float,
    counting: float,
    n_samples: int,
    rng: np.random.Generator,
) -> StepInterval:
    """Work out date range and effect of step `found[place]`.

    `process`: the fitted process with all steps in. `critical`: F above which a step shows.
    `counting`: variance of a log count from counting alone, below which no residual is believed.
    """
    scan = series.scan(found[:place] + found[place + 1 :])
    edges = (0, *found, series.counts.size)
    # Other gaps between steps have their own searches; this one stays between its neighbours.
    here = (scan.candidates > edges[place]) & (scan.candidates < edges[place + 2])
    months = scan.candidates[here]
    true = int(np.flatnonzero(months == found[place])[0])
    logs = series.logs[None, :]
    own = float(scan.effects(logs)[0, here][true])
    own_squares = scan.gains(logs)[1][:, here]

    drawn = series.to_logs(process.draw(rng, n_samples))
    spread = float(np.std(scan.effects(drawn)[:, here][:, true]))
    draws = DrawnSteps.through(scan, drawn, here=here, place=true)
    gain = (own * scan.precision[here][true]) ** 2
    f = gain / max(float(own_squares[0, true]) / scan.degrees, counting)
    low, middle, high = _sizes_like(
        draws, own, (gain, f), sizes=own + spread * _SIZES, critical=critical
    )

    searched = draws.search(middle - own)
    used = _showing(searched, own, critical)
    if used.sum() < _FEWEST:
        used = np.ones(n_samples, dtype=np.bool_)
    squares = searched.squares
    allowed = float(np.quantile(_worse(squares[used], scan.degrees)[:, true], _RANGE_SHARE))
    within: Ints = months[_worse(own_squares, scan.degrees)[0] <= max(allowed, 1e-9)]
    return StepInterval(
        earliest=int(min(within.min(), found[place])),
        latest=int(max(within.max(), found[place])),
        effect=own,
        effect_low=low,
        effect_high=high,
        n_used=int(used.sum()),
    )


def _showing(searched: Searched, own: float, critical: float) -> Bools:
    """The draws in which a step of the same direction as `own` showed."""
    return np.asarray((searched.f >= critical) & (np.sign(searched.effect) == np.sign(own)))


def _worse(squares: Floats, degrees: int) -> Floats:
    """How much worse each month explains a series than its best one (likelihood ratio)."""
    return np.asarray(degrees * np.log(squares / squares.min(axis=1, keepdims=True)))


def _sizes_like(
    draws: DrawnSteps,
    own: float,
    gain_and_f: tuple[float, float],
    *,
    sizes: Floats,
    critical: float,
) -> tuple[float, float, float]:
    """Find the sizes under which what was found is high, middling and low among draws that show.

    Gives the lower end, the most fitting size and the upper end. The draws hold a step of `own`.
    """
    known, by_gain, by_f = [], [], []
    for size in sizes[sizes * np.sign(own) > 0]:
        searched = draws.search(size - own)
        used = _showing(searched, own, critical)
        if used.sum() >= _FEWEST:
            known.append(float(size))
            by_gain.append(float(np.mean(searched.gain[used] >= gain_and_f[0])))
            by_f.append(float(np.mean(searched.f[used] >= gain_and_f[1])))
    if not known:
        return min(0.0, 2 * own), own, max(0.0, 2 * own)
    # Put in order from the smallest size to the largest, whichever the direction.
    order = np.argsort(np.abs(known))
    known_sizes = np.array(known)[order]

    def where(share: float, shares: list[float]) -> float:
        rising = np.maximum.accumulate(np.array(shares)[order])
        if share < rising[0]:
            return 0.0  # found, and yet as like a step next to nothing
        return float(np.interp(share, rising, known_sizes))

    near, far = where(_TAIL, by_f), where(1 - _TAIL, by_gain)
    return min(near, far, own), where(0.5, by_gain), max(near, far, own)
