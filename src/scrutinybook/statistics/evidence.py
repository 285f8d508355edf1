"""How much a series speaks for one more step, wherever it is, whatever the correlation is.

A step and strong correlation look alike, and a short series cannot say how strong its correlation
is. So neither is fixed first: the probability density of the series with one step is averaged over
all first months and all correlations, that of the series without one over all correlations, and
the evidence is the logarithm of their ratio (an average of likelihood ratios, in the manner of
Andrews and Ploberger 1994, Econometrica 62; with the noise variance integrated out too). It is a
number to be compared with what draws without the step show, not a probability by itself.

Averaging finds more than the largest F over all months does, at like shares of false alarms, and
those shares hang little on the true correlation: draws of one correlation do for all series.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np

from scrutinybook.statistics.checks import Floats, Ints
from scrutinybook.statistics.step_scan import StepScan, step_scan

RHOS = np.array([0.0, 0.2, 0.4, 0.6, 0.8])
"""Correlations averaged over: alike without a step, and in proportion to 1 - rho with one, since a
step is the likelier the less the correlation explains by itself."""

STEP_SD = 1.25
"""Steps that are looked for: normal, with so many times the standard deviation of the noise."""

PAIR_SD = 4.0
"""The same where two steps are looked for at once: small ones would not hide each other."""

END_WEIGHT, END_MONTHS = 2.0, 2
"""The first two months that a step can have and the last two weigh as much as two each: they also
stand for steps nearer to the ends."""

_LIKELY = (1 - RHOS) / (1 - RHOS).sum()
_LARGEST, _AT_ONCE, _ALL_MONTHS = 600.0, 2_000_000, 80
_TINY = 1e-18


class Evidence:
    """All that can be worked out before the data, for one layout and the steps found."""

    def __init__(self, scans: tuple[StepScan, ...]) -> None:
        """`scans`: of one layout and the same steps found, whitened for each of `RHOS`."""
        parts = [scan.functionals for scan in scans]
        self._scores = np.stack([scores for scores, _ in parts])
        self._squares = np.stack([squares for _, squares in parts])
        self._precision = np.stack([scan.precision for scan in scans])
        self._overlap = np.stack([scan.overlap for scan in scans])
        self._volume = np.array([scan.log_volume for scan in scans])
        self._half = (scans[0].degrees + 1) / 2
        self._months = scans[0].candidates
        self._apart = scans[0].layout.minimum_segment

    def of(self, logs: Floats) -> Floats:
        """Evidence for one step in each series; shape (samples, m) gives (samples,)."""
        scores, squares = self._seen(logs)
        density = _density(self._volume, squares, self._half)
        with_step = _one_step(scores, squares, self._precision, self._half)
        return _log_ratio(density, with_step)

    def of_pairs(self, logs: Floats) -> Floats:
        """Evidence for two steps in each series, likewise; there must be room for two.

        That of the best pair: an average over so many pairs says little of any.
        """
        first, second, volume, (near, far, cross) = self._pairs
        scores, squares = self._seen(logs)
        density = _density(self._volume, squares, self._half)
        best = np.empty(logs.shape[0])
        step = max(1, _AT_ONCE // volume.size)
        for start in range(0, best.size, step):
            some = slice(start, start + step)
            one, other = scores[:, some][:, :, first], scores[:, some][:, :, second]
            share = (near * one + cross * other) * one + far * other**2
            share /= squares[:, some, None]
            over = np.einsum(
                "rs,rsp,rp->sp",
                _LIKELY[:, None] * density[:, some],
                _ratio(share, self._half),
                volume,
            )
            best[some] = over.max(axis=1)
        return np.asarray(np.log(best) - np.log(density.mean(axis=0)))

    @cached_property
    def _pairs(self) -> tuple[Ints, Ints, Floats, tuple[Floats, Floats, Floats]]:
        """All pairs: places of both steps, volume, and what each product of scores explains.

        Arrays of shape (pairs,) and (rho, 1, pairs); volume (rho, pairs). In a long series only
        every second month or so is tried: the number of pairs grows with the square.
        """
        every = np.arange(0, self._months.size, 1 + self._months.size // _ALL_MONTHS)
        months = self._months[every]
        near, far = np.nonzero(months[None, :] - months[:, None] >= self._apart)
        first, second = every[near], every[far]
        spread, overlap = (PAIR_SD * self._precision) ** 2, self._overlap[:, first, second]
        one, other = spread[:, first], spread[:, second]
        volume = (1 + one) * (1 + other) - one * other * overlap**2
        weights = (one * (1 + other), other * (1 + one), -2 * one * other * overlap)
        of_first, of_second, of_both = ((each / volume)[:, None] for each in weights)
        return first, second, volume**-0.5, (of_first, of_second, of_both)

    def without(self, logs: Floats, place: int) -> float:
        """Evidence of one series, shape (m,), with one of its observed months taken for missing.

        A month that has an effect of its own says nothing about anything else: each direction is
        made orthogonal to that month's.
        """
        all_scores, all_squares = self._seen(logs[None, :])
        length = np.sqrt(np.maximum(self._squares[:, place, place], _TINY))
        month = (self._squares[:, place] @ (logs - logs.mean())) / length
        overlap = self._scores[:, place] / length[:, None]
        apart = np.sqrt(np.maximum(1 - overlap**2, 1e-9))
        scores = (all_scores[:, 0] - overlap * month[:, None]) / apart
        squares = np.maximum(all_squares - month[:, None] ** 2, _TINY)
        half = self._half - 0.5
        density = _density(self._volume - np.log(length), squares, half)
        with_step = _one_step(scores[:, None], squares, self._precision * apart, half)
        return float(_log_ratio(density, with_step)[0])

    def _seen(self, logs: Floats) -> tuple[Floats, Floats]:
        """Scores (rho, samples, months) and squares in all (rho, samples)."""
        logs = logs - logs.mean(axis=1, keepdims=True)
        squares = np.stack([((logs @ each) * logs).sum(axis=1) for each in self._squares])
        return np.stack([logs @ each for each in self._scores]), np.maximum(squares, _TINY)


def _density(volume: Floats, squares: Floats, half: float) -> Floats:
    """Density of each series for each correlation, without a step, the largest set to 1."""
    logs = volume[:, None] - half * np.log(squares)
    return np.asarray(np.exp(logs - logs.max(axis=0)))


def _ratio(share: Floats, half: float) -> Floats:
    """How the density grows where steps explain that share of the squares."""
    # Rounding of a series without any noise may leave a little more explained than there is.
    share = np.minimum(share, 1 - 1e-12)
    return np.asarray(np.exp(np.minimum(-half * np.log1p(-share), _LARGEST)))


def _one_step(scores: Floats, squares: Floats, precision: Floats, half: float) -> Floats:
    """Growth of the density with a step, averaged over months; (rho, samples)."""
    spread = (STEP_SD * precision) ** 2
    ratio = _ratio(scores**2 * (spread / (1 + spread))[:, None] / squares[:, :, None], half)
    by_month = np.full(precision.shape[1], 1.0)
    by_month[:END_MONTHS] = by_month[-END_MONTHS:] = END_WEIGHT
    weights = by_month / by_month.sum() / np.sqrt(1 + spread)
    return np.asarray(np.einsum("rsc,rc->rs", ratio, weights))


def _log_ratio(density: Floats, growth: Floats) -> Floats:
    return np.asarray(np.log(_LIKELY @ (density * growth)) - np.log(density.mean(axis=0)))


def evidence(scan: StepScan) -> Evidence:
    """Give the evidence for more steps than `scan` has; it must have candidates."""
    return _kept(tuple(step_scan(scan.layout, scan.found, float(rho)) for rho in RHOS))


@lru_cache(maxsize=32)
def _kept(scans: tuple[StepScan, ...]) -> Evidence:
    return Evidence(scans)
