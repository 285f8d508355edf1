"""A p-value from draws that stop once it is plain that it will not be small.

Most series have nothing to find, and a few dozen draws show it. Draws are made in blocks and stop
at the first at which the share cannot come down to the level any more (Besag and Clifford 1991,
Biometrika 78): what is accepted and what is refused is the same as with all draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scrutinybook.statistics.checks import Floats

_FIRST_BLOCK = 16


@dataclass(frozen=True, eq=False)
class DrawnShare:
    """How often draws were at least as marked as the series."""

    p_value: float
    """That share, the series itself counted among the draws."""
    values: Floats
    """What the draws showed; fewer than asked for where they stopped early."""
    draws: tuple[Floats, ...]
    """The draws themselves, in blocks of shape (samples, ...)."""

    def share(self, value: float) -> float:
        """The p-value that another value would have had among the same draws."""
        return _share(int((self.values >= value).sum()), self.values.size)


def drawn_share(
    value: float,
    draw: Callable[[int], Floats],
    show: Callable[[Floats], Floats],
    *,
    level: float,
    n_samples: int,
) -> DrawnShare:
    """Draw up to `n_samples` times and compare what each draw shows with `value`.

    `draw(k)` gives k draws, `show` of them their k values. Stops where the p-value of all draws
    would be above `level` whatever else was drawn.
    """
    enough = max(1, int(np.floor(level * (n_samples + 1) + 1e-9)))
    values, draws = list[Floats](), list[Floats]()
    above, drawn, size = 0, 0, max(_FIRST_BLOCK, 2 * enough)
    while above < enough and drawn < n_samples:
        block = draw(min(size, n_samples - drawn))
        shown = show(block)
        marked = np.flatnonzero(shown >= value)
        if above + marked.size >= enough:
            # What came after the draw that settled it is left out of the share.
            shown = shown[: int(marked[enough - above - 1]) + 1]
        values.append(shown)
        draws.append(block[: shown.size])
        above, drawn = above + min(marked.size, enough - above), drawn + shown.size
        size = drawn
    return DrawnShare(_share(above, drawn), np.concatenate(values), tuple(draws))


def _share(above: int, drawn: int) -> float:
    return (1 + above) / (1 + drawn)
