"""The best place for two more steps at once.

A fall and a later rise hide each other from a search that adds one step at a time: with one step
in, the series still looks like a slow wave. Every pair of first months is tried here; what two
steps explain together follows from their inner products with the data and from their overlap.
"""

from __future__ import annotations

import numpy as np

from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.step_scan import StepScan


def has_pairs(scan: StepScan) -> bool:
    """Say whether two further steps fit in."""
    months = scan.candidates
    return bool(months.size and months[-1] - months[0] >= scan.layout.minimum_segment)


def best_pair(scan: StepScan, logs: Floats) -> tuple[int, int]:
    """Find the first months of the two steps that explain most of one series, shape (m,).

    There must be room for two (`has_pairs`).
    """
    months, overlap = scan.candidates, scan.overlap
    scores = scan.scores(logs[None, :])[0][0]
    gain = scores[:, None] ** 2 + scores**2 - 2 * overlap * np.outer(scores, scores)
    gain /= np.maximum(1 - overlap**2, 1e-9)
    gain[months[None, :] - months[:, None] < scan.layout.minimum_segment] = -1.0
    first, second = np.unravel_index(int(gain.argmax()), gain.shape)
    return int(months[first]), int(months[second])
