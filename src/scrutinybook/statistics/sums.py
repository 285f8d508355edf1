"""Sums and means that are rounded once, at the end.

Added up one after another, 0.1 ten times over is not 1, and the mean of a series that never varies
can then lie beside its own values. A chart would call every point of it a signal.
"""

from __future__ import annotations

import math

from scrutinybook.statistics.checks import Floats


def total(values: Floats) -> float:
    """Add up values of shape (m,), rounding once (Shewchuk 1997, by `math.fsum`)."""
    return math.fsum(values)


def average(values: Floats) -> float:
    """Average values of shape (m,), m >= 1; the mean of equal values is that value."""
    near = math.fsum(values) / values.size
    # What is left of the deviations is what the division rounded off.
    return near + math.fsum(values - near) / values.size
