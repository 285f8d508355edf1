"""When, and how much: a date range and an interval for one step that a search has found.

A step is reported only since it was found, and steps that are found look larger than they are. So
series are drawn with steps of many sizes at the place that was found, each is searched like the
original, and only those count in which a step of that direction showed. The effect's interval holds
the sizes under which a gain like this one is no rarity (a test turned round). The date range holds
the months at which the step explains the series nearly as well as at the best month, where "nearly"
is what the draws of the most fitting size needed to hold their own true month (an inverted
likelihood ratio; Eo and Morley 2015, Quantitative Economics 6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Bools, Floats, Ints
from scrutinybook.statistics.monthly_series import MonthlySeries
from scrutinybook.statistics.null_process import CountProcess
from scrutinybook.statistics.step_scan import StepScan

DATE_CONFIDENCE = 0.9
"""Nominal confidence of date ranges and effects."""

_RANGE_SHARE = 0.95
"""Share of draws whose date range would hold their own month. Above the nominal confidence, since
the draws know correlation and noise exactly and the series does not. Frozen where ranges of
simulated series held the true month in nine of ten."""

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


@dataclass(frozen=True)
class _Draws:
    """Drawn series with a step of size 0 at `true`, seen through the scan; linear in the size."""

    scan: StepScan
    here: Bools
    """Candidates between the neighbouring steps; shape (candidates,)."""
    true: int
    """Place of the step among those candidates."""
    scores: Floats
    total: Floats

    def with_step(self, size: float) -> tuple[Floats, Floats, Floats, Floats]:
        """F, estimates and gains, (samples,), and residual squares (samples, months here)."""
        norms = self.scan.precision[self.here]
        pull = size * norms[self.true]
        scores = self.scores + pull * self.scan.overlap[self.here][:, self.here][self.true]
        total = self.total + 2 * pull * self.scores[:, self.true] + pull**2
        squares = np.maximum(total[:, None] - scores**2, 1e-12 * total[:, None])
        best, rows = squares.argmin(axis=1), np.arange(scores.shape[0])
        residual = squares[rows, best]
        f = (total - residual) * self.scan.degrees / residual
        return f, scores[rows, best] / norms[best], total - residual, squares


def step_interval(
    series: MonthlySeries,
    found: tuple[int, ...],
    place: int,
    process: CountProcess,
    *,
    critical: float,
    n_samples: int,
    rng: np.random.Generator,
) -> StepInterval:
    """Work out date range and effect of step `found[place]`.

    `process`: the fitted process with all steps in. `critical`: F above which a step shows.
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
    scores, total = scan.scores(drawn)
    spread = float(np.std(scan.effects(drawn)[:, here][:, true]))
    as_fitted = _Draws(scan, here, true, scores[:, here], total)
    sizes = own + spread * _SIZES
    low, middle, high = _sizes_like(as_fitted, own, sizes, critical)

    f, estimates, _, squares = as_fitted.with_step(middle - own)
    used = _showing(f, estimates, own, critical)
    if used.sum() < _FEWEST:
        used = np.ones(n_samples, dtype=np.bool_)
    allowed = float(np.quantile(_worse(squares[used], scan)[:, true], _RANGE_SHARE))
    within: Ints = months[_worse(own_squares, scan)[0] <= max(allowed, 1e-9)]
    return StepInterval(
        earliest=int(min(within.min(), found[place])),
        latest=int(max(within.max(), found[place])),
        effect=own,
        effect_low=low,
        effect_high=high,
        n_used=int(used.sum()),
    )


def _showing(f: Floats, estimates: Floats, own: float, critical: float) -> Bools:
    return np.asarray((f >= critical) & (np.sign(estimates) == np.sign(own)))


def _worse(squares: Floats, scan: StepScan) -> Floats:
    """How much worse each month explains a series than its best one (likelihood ratio)."""
    return np.asarray(scan.degrees * np.log(squares / squares.min(axis=1, keepdims=True)))


def _sizes_like(
    draws: _Draws, own: float, sizes: Floats, critical: float
) -> tuple[float, float, float]:
    """Find the sizes under which a gain like this one is high, middling and low among the found."""
    tail = (1 - DATE_CONFIDENCE) / 2
    direction = np.sign(own)
    sizes = sizes[sizes * direction > 0]
    # What the step explains: unlike the estimate, it is not large for a short end by chance.
    own_gain = (own * draws.scan.precision[draws.here][draws.true]) ** 2
    known, shares = [], []
    for size in sizes:
        f, estimates, gains, _ = draws.with_step(size - own)
        used = _showing(f, estimates, own, critical)
        if used.sum() >= _FEWEST:
            known.append(float(size))
            shares.append(float(np.mean(gains[used] >= own_gain)))
    if not known:
        return min(0.0, 2 * own), own, max(0.0, 2 * own)
    # Put in order from the smallest size to the largest, whichever the direction.
    order = np.argsort(np.abs(known))
    known_sizes, rising = np.array(known)[order], np.maximum.accumulate(np.array(shares)[order])

    def where(share: float) -> float:
        if share < rising[0]:
            return 0.0  # found, and yet as like a step next to nothing
        return float(np.interp(share, rising, known_sizes))

    near, far = where(tail), where(1 - tail)
    return min(near, far, own), where(0.5), max(near, far, own)
