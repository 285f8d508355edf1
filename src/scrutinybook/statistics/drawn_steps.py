"""Drawn series with a step of any size added, searched for their best step.

On the log scale a step is an addition, and all that the scan looks at is linear in it. One set of
draws therefore answers for steps of every size. (For counts near nothing the spread of a count
depends on its level, and this is then an approximation.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.step_scan import StepScan


@dataclass(frozen=True, eq=False)
class Searched:
    """What a search found in each drawn series; arrays of shape (samples,) unless told."""

    f: Floats
    """F of the best step."""
    effect: Floats
    """Its size on the log scale."""
    gain: Floats
    """Squares that it explains. Unlike the size, not large by chance for a short end."""
    squares: Floats
    """Residual squares with a step at each candidate; (samples, candidates)."""


@dataclass(frozen=True, eq=False)
class DrawnSteps:
    """Draws of a process, seen through a scan, to which steps at one month are added."""

    precision: Floats
    """Of each candidate looked at; shape (candidates,)."""
    overlap: Floats
    """Of the added step with each candidate; shape (candidates,)."""
    place: int
    """Which candidate the added step is."""
    scores: Floats
    """Shape (samples, candidates)."""
    total: Floats
    """Shape (samples,)."""
    degrees: int
    """Residual degrees of freedom."""

    @classmethod
    def through(cls, scan: StepScan, logs: Floats, *, here: Bools, place: int) -> Self:
        """See draws, shape (samples, m), through the candidates `here`; add at their `place`."""
        scores, total = scan.scores(logs)
        return cls(
            precision=scan.precision[here],
            overlap=scan.overlap[here][:, here][place],
            place=place,
            scores=scores[:, here],
            total=total,
            degrees=scan.degrees,
        )

    def search(self, size: float) -> Searched:
        """Add a step of `size` (log scale) to every draw and search each."""
        pull = size * self.precision[self.place]
        scores = self.scores + pull * self.overlap
        total = self.total + 2 * pull * self.scores[:, self.place] + pull**2
        squares = np.maximum(total[:, None] - scores**2, 1e-12 * total[:, None])
        best, rows = squares.argmin(axis=1), np.arange(scores.shape[0])
        residual = squares[rows, best]
        return Searched(
            f=(total - residual) * self.degrees / np.maximum(residual, 1e-300),
            effect=scores[rows, best] / self.precision[best],
            gain=total - residual,
            squares=squares,
        )
