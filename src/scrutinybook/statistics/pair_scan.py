"""The scan for two more steps at once.

A fall and a later rise hide each other from a search that adds one step at a time: with one step
in, the series still looks like a slow wave. Every pair of first months is tried here; what two
steps explain together follows from their inner products with the data and from their overlap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Floats, Ints
from scrutinybook.statistics.step_scan import StepScan


@dataclass(frozen=True, eq=False)
class BestPair:
    """The best two further steps of each series; arrays of shape (samples,)."""

    f: Floats
    """F for two steps, two degrees of freedom above."""
    first: Ints
    """Place of the earlier step among the candidates."""
    second: Ints
    """Place of the later step among the candidates."""


def has_pairs(scan: StepScan) -> bool:
    """Say whether two further steps fit in."""
    months = scan.candidates
    return bool(months.size and months[-1] - months[0] >= scan.layout.minimum_segment)


def best_pair(scan: StepScan, logs: Floats) -> BestPair:
    """Find the best pair of each series; `logs` of shape (samples, m), `has_pairs` given."""
    scores, total = scan.scores(logs)
    overlap = scan.overlap
    months, rows = scan.candidates, np.arange(logs.shape[0])
    best = np.full(logs.shape[0], -1.0)
    first, second = np.zeros((2, logs.shape[0]), dtype=np.int64)
    for place, month in enumerate(months):
        start = int(np.searchsorted(months, month + scan.layout.minimum_segment))
        if start == months.size:
            break
        common = overlap[place, start:]
        one, other = scores[:, [place]], scores[:, start:]
        gain = (one**2 + other**2 - 2 * common * one * other) / np.maximum(1 - common**2, 1e-9)
        top = gain.argmax(axis=1)
        better = gain[rows, top] > best
        best[better] = gain[rows, top][better]
        first[better], second[better] = place, (start + top)[better]
    residual = np.maximum(total - best, 1e-12 * np.maximum(total, 1e-12))
    return BestPair(f=best / 2 * (scan.degrees - 1) / residual, first=first, second=second)
