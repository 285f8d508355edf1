"""When, and how much: a date range and an interval for one step that a search has found.

Series are drawn with the step where and as large as it was found, and each is searched like the
original. The date range holds the months at which the step explains the series nearly as well as at
the best month, where "nearly" is what the draws needed to hold their true month (an inverted
likelihood ratio; Eo and Morley 2015, Quantitative Economics 6). The effect's interval comes from
how far the draws' own estimates lay from the truth. Only draws that showed a change count: this one
is reported only since it was found, and steps that are found look larger than they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.monthly_series import MonthlySeries
from scrutinybook.statistics.null_process import CountProcess

DATE_CONFIDENCE = 0.9
"""Nominal confidence of date ranges and effects."""

_FEWEST = 50


@dataclass(frozen=True)
class StepInterval:
    """Date range and effect of one step."""

    earliest: int
    """First month of the date range."""
    latest: int
    """Last month of the date range."""
    effect: float
    """Step on the log scale."""
    effect_low: float
    """Lower end of its interval."""
    effect_high: float
    """Upper end of its interval."""
    n_used: int
    """Draws that showed a change."""


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
    others = found[:place] + found[place + 1 :]
    scan = series.scan(others)
    edges = (0, *others, series.counts.size)
    low_edge = max(edge for edge in edges if edge <= found[place])
    high_edge = min(edge for edge in edges if edge > found[place])
    # Other gaps between steps have their own searches; this one stays between its neighbours.
    here = (scan.candidates > low_edge) & (scan.candidates < high_edge)
    months = scan.candidates[here]
    true = int(np.flatnonzero(months == found[place])[0])

    draws = series.to_logs(process.draw(rng, n_samples))
    f, squares = (each[:, here] for each in scan.gains(draws))
    shown = f.max(axis=1) >= critical
    used = shown if shown.sum() >= _FEWEST else np.ones(n_samples, dtype=np.bool_)
    f, squares = f[used], squares[used]

    def worse(residual: Floats) -> Floats:
        ratio = residual / residual.min(axis=1, keepdims=True)
        return np.asarray(scan.degrees * np.log(ratio))

    allowed = np.quantile(worse(squares)[:, true], DATE_CONFIDENCE)
    logs = series.logs[None, :]
    own_squares = scan.gains(logs)[1][:, here]
    within = months[worse(own_squares)[0] <= max(allowed, 1e-9)]

    precision = scan.precision[here]
    effects = scan.effects(draws[used])[:, here]
    rows, best = np.arange(effects.shape[0]), squares.argmin(axis=1)
    own = float(scan.effects(logs)[:, here][0, true])
    spread = np.sqrt(squares[rows, best] / scan.degrees) / precision[best]
    own_spread = float(np.sqrt(own_squares[0, true] / scan.degrees) / precision[true])
    tail = (1 - DATE_CONFIDENCE) / 2
    # The draws' true step is the one fitted, which is `own`.
    off_low, off_high = np.quantile((effects[rows, best] - own) / spread, [tail, 1 - tail])
    return StepInterval(
        earliest=int(min(within.min(), found[place])),
        latest=int(max(within.max(), found[place])),
        effect=own,
        effect_low=own - float(off_high) * own_spread,
        effect_high=own - float(off_low) * own_spread,
        n_used=int(used.sum()),
    )
