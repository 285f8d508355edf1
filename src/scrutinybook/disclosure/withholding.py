"""What of a period is withheld: small counts, and what else would give them away.

A count of 1 to 5 could point at a child. So could what is left over: of 40 children of whom 37 were
seen in time, three were not. A share is withheld with its parts, since either would give the other.
Zero is shown: it counts nobody. A share of very few is withheld whatever it is: it says something
of everyone in the group where it is 0 or 100 per cent, and one person moves it far where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from scrutinybook.measures.series import Observation
from scrutinybook.small_counts import THRESHOLD, is_small
from scrutinybook.sources.symbols import Symbol


def gives_away(observation: Observation, threshold: int = THRESHOLD) -> bool:
    """Whether a count, what it is out of, or what is left over is too small to show."""
    top, bottom = observation.numerator, observation.denominator
    left_over = None if top is None or bottom is None else bottom - top
    return any(is_small(each, threshold) for each in (top, bottom, left_over))


def is_of_few(observation: Observation, fewest: float) -> bool:
    """Whether what a figure is out of is something, and less than `fewest`."""
    bottom = observation.denominator
    return bottom is not None and 0 < bottom < fewest


def fewest_of_a_share(threshold: int) -> int:
    """The fewest that a percentage may be out of: twice the largest small count."""
    return 2 * threshold


def covers(
    counts: Mapping[str, float],
    hidden: Iterable[str],
    order: Sequence[str],
    threshold: int = THRESHOLD,
    *,
    covered: Iterable[str] = (),
) -> set[str]:
    """Which of several counts, whose sum is known, are withheld beside those that are small.

    One more is: the first, in an order that is settled beforehand, of at least twice the threshold;
    and the next such one where what is then withheld together would not suffice for each small one
    to be any of 1 to the threshold while the cover stays as large as that. So even who knows this
    rule, and sees which were taken, can rule no small count out: of two, the first could be small
    itself. Where there is no such cover, all are withheld, zeros too.

    `counts`: of those that are not small, and of `hidden`, those that are. `covered`: those
    withheld already for another reason, which cover as well.
    """
    small = set(hidden)
    if not small:
        return set()
    already = set(covered) - small
    enough = len(small) - 1 + 3 * threshold
    taken = already
    for name in [None, *(name for name in order if counts[name] >= 2 * threshold)]:
        taken = taken if name is None else taken | {name}
        if taken and sum(counts[each] for each in small | taken) >= enough:
            return taken
    return set(counts) - small


def withheld(observation: Observation) -> Observation:
    """The same period with its figure withheld."""
    return replace(observation, numerator=None, denominator=None, symbol=Symbol.SUPPRESSED)
