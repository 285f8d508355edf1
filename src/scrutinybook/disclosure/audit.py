"""The audit of a publication: what could a reader who has all of it work out of what is withheld?

The reader is taken to be able: holds every figure shown, knows how figures add up, and that people
are counted in whole numbers. From that follows, for each withheld figure, an interval in which it
lies. It is found safe where the interval leaves every number that a small count can be: whoever is
counted may be any of 1 to the threshold. The audit knows nothing of how the gate chose.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from scrutinybook.disclosure.linear import Interval, intervals
from scrutinybook.disclosure.sums import Sum, groups
from scrutinybook.small_counts import THRESHOLD

C = TypeVar("C", bound=Hashable)


@dataclass(frozen=True)
class View(Generic[C]):
    """What a reader has before them."""

    known: Mapping[C, float]
    """Figures that are shown."""
    withheld: Mapping[C, float]
    """Figures that are not, each with the least that it can be in itself (0, or 1 where a zero
    would have been shown)."""
    sums: tuple[Sum[C], ...]
    """How figures add up, those that nobody publishes among them."""
    guarded: Collection[C]
    """The withheld figures that count people."""
    elsewhere: Collection[C] = field(default_factory=frozenset)
    """Those of `known` that the publication itself does not show: others have published them."""
    unbounded: Collection[C] = field(default_factory=frozenset)
    """Figures that may be below zero."""
    not_whole: Collection[C] = field(default_factory=frozenset)
    """Figures that need not be whole numbers."""
    by_hand: Collection[C] = field(default_factory=frozenset)
    """Those of `guarded` that a person withheld, whatever they are, zero included."""


@dataclass(frozen=True)
class Found(Generic[C]):
    """One withheld figure and what can be told of it."""

    cell: C
    interval: Interval
    is_exposed: bool
    """Whether some but not all of the small counts can be ruled out; of what was withheld by hand,
    whether it is told nearer than the threshold, whatever it is."""


Memory = dict[Hashable, Mapping[Any, Interval]]
"""What was found of groups, so that an audit after a small change looks at what changed alone."""


def audit(
    view: View[C],
    *,
    threshold: int = THRESHOLD,
    exact: bool = False,
    memory: Memory | None = None,
) -> list[Found[C]]:
    """How far each guarded figure that is withheld can be narrowed down, in the order of `guarded`.

    A figure is exposed where some but not all of the numbers from 1 to the threshold can be ruled
    out by sums alone; or where, with what is known of withheld counts besides (that they are not
    zero), fewer numbers are left than there are small counts, a small one among them. One that was
    withheld by hand is exposed where the numbers left lie nearer together than the threshold. A
    figure in no sum can be anything.

    `exact`: tell the whole interval of each figure, not only that it is wide enough; this takes
    several times as long. `memory`: of an earlier audit with the same threshold, and kept up to
    date.
    """
    last = float(threshold)
    enough = None if exact else (1.0, last)
    strict = _narrowed(view, view.withheld, view.guarded, enough, memory)
    doubtful = [cell for cell, ends in strict.items() if ends.excludes_some(1.0, last)]
    from_zero = _narrowed(view, {}, doubtful, None, memory)
    by_hand = [cell for cell in view.guarded if cell in view.by_hand]
    near = _narrowed(view, view.withheld, by_hand, None, memory)
    told = []
    for cell in view.guarded:
        ends = strict[cell]
        is_exposed = cell in from_zero and (
            from_zero[cell].excludes_some(1.0, last) or ends.is_narrower(1.0, last)
        )
        is_told = cell in near and near[cell].upper - near[cell].lower < last
        told.append(Found(cell, ends, is_exposed or is_told))
    return told


def _narrowed(
    view: View[C],
    least: Mapping[C, float],
    wanted: Collection[C],
    enough: tuple[float, float] | None,
    memory: Memory | None,
) -> dict[C, Interval]:
    bounds: dict[C, tuple[float, float]] = {cell: (low, math.inf) for cell, low in least.items()}
    bounds |= dict.fromkeys(view.unbounded, (-math.inf, math.inf))
    asked = frozenset(wanted)
    whole = asked.difference(view.not_whole)
    found: dict[C, Interval] = {}
    if asked:
        for group in groups(view.sums, view.known, bounds):
            mine = frozenset(asked.intersection(group.cells))
            key = (group.fingerprint, mine, enough)
            if memory is not None and key in memory:
                found |= memory[key]
                continue
            told = intervals(group, mine, whole_numbers=whole, enough=enough)
            found |= told
            if memory is not None:
                memory[key] = told
    return {cell: found.get(cell, Interval(least.get(cell, 0.0), math.inf)) for cell in wanted}


def exposed(found: Iterable[Found[C]]) -> list[Found[C]]:
    """Those of which too much can be told."""
    return [each for each in found if each.is_exposed]
