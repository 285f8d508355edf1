"""What of a period is withheld: small counts, and what else would give them away.

A count of 1 to 5 could point at a child. So could what is left over: of 40 children of whom 37 were
seen in time, three were not. A share is withheld with its parts, since either would give the other.
Zero is shown: it counts nobody.
"""

from __future__ import annotations

from dataclasses import replace

from scrutinybook.measures.series import Observation
from scrutinybook.small_counts import THRESHOLD, is_small
from scrutinybook.sources.symbols import Symbol


def gives_away(observation: Observation, threshold: int = THRESHOLD) -> bool:
    """Whether a count, what it is out of, or what is left over is too small to show."""
    top, bottom = observation.numerator, observation.denominator
    left_over = None if top is None or bottom is None else bottom - top
    return any(is_small(each, threshold) for each in (top, bottom, left_over))


def withheld(observation: Observation) -> Observation:
    """The same period with its figure withheld."""
    return replace(observation, numerator=None, denominator=None, symbol=Symbol.SUPPRESSED)
