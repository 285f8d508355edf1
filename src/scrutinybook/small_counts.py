"""Which counts are too small to show.

A count of 1 to 5 could point at a child. Zero is shown: it counts nobody.
"""

from __future__ import annotations

THRESHOLD = 5
"""Counts from 1 up to this are withheld. An edition may raise it, never lower it."""


def is_small(count: float | None, threshold: int = THRESHOLD) -> bool:
    """Whether a count is more than nothing and no more than the threshold."""
    return count is not None and 0 < count <= threshold
