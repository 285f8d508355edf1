"""What follows from figures that add up: between which numbers each figure that is not shown lies.

How far a figure can be narrowed down from sums (`sums`) is a linear programme: one for each end.
Solved with HiGHS (`scipy.optimize.linprog`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from scrutinybook.disclosure.sums import C, Floats, Group

_NEAR = 1e-6
_FAR = 1e7
"""More than anybody counts: keeps a search for solutions from running away."""
_INFEASIBLE = 2
"""`linprog`: the sums contradict each other."""


@dataclass(frozen=True)
class Interval:
    """The least and the most that a figure can be, by all that is known."""

    lower: float
    upper: float

    def excludes_some(self, first: float, last: float) -> bool:
        """Whether some but not all of the numbers from `first` to `last` are left."""
        if self.upper < first or self.lower > last:
            return False
        return self.lower > first or self.upper < last

    def is_narrower(self, first: float, last: float) -> bool:
        """Whether it is shorter than that, with some of those numbers in it."""
        touches = self.upper >= first and self.lower <= last
        return touches and (self.upper < last or self.upper - self.lower < last - first)


def intervals(
    group: Group[C],
    wanted: Collection[C],
    *,
    whole_numbers: Collection[C] = (),
    enough: tuple[float, float] | None = None,
) -> dict[C, Interval]:
    """The feasible interval of each wanted figure of a group.

    Where the sums contradict each other, those that are only near the truth are left out, then the
    bounds of single figures are taken from 0 up; where even the exact ones do (someone's own
    figures may not add up), nothing follows from them. `whole_numbers`: figures that can only be
    whole, whose ends are rounded inwards. `enough`: an interval that is found to hold both these
    numbers, or to lie above them, is not looked at further, and told as it was found by then.
    """
    asked = [cell for cell in group.cells if cell in wanted]
    if not asked:
        return {}
    found = None
    everything = np.ones_like(group.exact)
    floor = np.minimum(group.least, 0.0)
    for kept, least in ((everything, group.least), (group.exact, group.least),
                        (everything, floor), (group.exact, floor)):  # fmt: skip
        found = _solved(group, asked, kept, least, enough)
        if found is not None:
            break
    if found is None:
        return {cell: Interval(0.0, math.inf) for cell in asked}
    return {
        cell: _inwards(ends) if cell in whole_numbers else ends
        for cell, ends in zip(asked, found, strict=True)
    }


def _inwards(ends: Interval) -> Interval:
    lower = ends.lower if math.isinf(ends.lower) else math.ceil(ends.lower - _NEAR)
    upper = ends.upper if math.isinf(ends.upper) else math.floor(ends.upper + _NEAR)
    return Interval(lower, upper)


def _solved(
    group: Group[C],
    asked: Sequence[C],
    kept: npt.NDArray[np.bool_],
    least: Floats,
    enough: tuple[float, float] | None,
) -> list[Interval] | None:
    matrix, constants = group.matrix[kept], group.constants[kept]
    places = [group.cells.index(cell) for cell in asked]
    if not len(matrix):
        return [Interval(float(least[place]), float(group.most[place])) for place in places]
    if len(matrix) == 1:
        return _of_one_sum(matrix[0], float(constants[0]), least, group.most, places)
    programme = _Programme(matrix, constants, least, group.most, places)
    return programme.intervals(enough)


class _Programme:
    """Several sums at once. Every solution found says something of all figures, and is kept."""

    def __init__(
        self, matrix: Floats, constants: Floats, least: Floats, most: Floats, places: Sequence[int]
    ) -> None:
        self.sums, self.constants, self.places = csr_matrix(matrix), constants, list(places)
        self.bounds = np.column_stack([least, most])
        self.seen_low = np.full(len(least), math.inf)
        self.seen_high = np.full(len(least), -math.inf)

    def intervals(self, enough: tuple[float, float] | None) -> list[Interval] | None:
        """Ends of each place; None where the sums cannot all hold."""
        if enough is not None and not self._look_around(*enough):
            return None
        found = []
        for place in self.places:
            if enough is not None and self._holds(place, *enough):
                ends = Interval(float(self.seen_low[place]), float(self.seen_high[place]))
            else:
                lower = self._end(place, 1.0)
                is_large = lower is not None and enough is not None and lower > enough[1]
                upper = math.inf if is_large else self._end(place, -1.0)
                if lower is None or upper is None:
                    return None
                ends = Interval(lower, upper)
            found.append(ends)
        return found

    def _holds(self, place: int, first: float, last: float) -> bool:
        low, high = self.seen_low[place], self.seen_high[place]
        return bool(low <= first + _NEAR and high >= last - _NEAR)

    def _look_around(self, first: float, last: float) -> bool:
        """Find solutions in which many figures at once are small, or are not; False without any."""
        for end, by in ((last, -1.0), (first, 1.0)):
            left = self._missing(end, by)
            while left:
                if not self._spread(left, end, by):
                    return False
                now = self._missing(end, by)
                if len(now) == len(left):
                    break
                left = now
        return True

    def _missing(self, end: float, by: float) -> list[int]:
        if by < 0:
            return [p for p in self.places if self.seen_high[p] < end - _NEAR]
        return [p for p in self.places if self.seen_low[p] > end + _NEAR]

    def _spread(self, left: list[int], end: float, by: float) -> bool:
        """A solution in which as many as can be reach `end`: what is beyond it is priced apart."""
        n = len(self.bounds)
        sums = hstack([self.sums, self.sums[:, left]], format="csr")
        bounds = np.vstack([self.bounds, np.tile([0.0, math.inf], (len(left), 1))])
        bounds[:n, 1] = np.minimum(bounds[:n, 1], _FAR)
        bounds[:n, 0] = np.maximum(bounds[:n, 0], -_FAR)
        bounds[left, 1] = np.maximum(end, bounds[left, 0])
        goal = np.zeros(n + len(left))
        if by < 0:
            goal[left] = -1.0
        else:
            goal[n:] = 1.0
        done = linprog(goal, A_eq=sums, b_eq=self.constants, bounds=bounds, method="highs")
        if done.status != 0:
            return False
        solution = done.x[:n].copy()
        solution[left] += done.x[n:]
        self._keep(solution)
        return True

    def _keep(self, solution: Floats) -> None:
        self.seen_low = np.minimum(self.seen_low, solution)
        self.seen_high = np.maximum(self.seen_high, solution)

    def _end(self, place: int, sign: float) -> float | None:
        """The least (1) or the most (-1) of a figure; None where the sums contradict each other."""
        goal = np.zeros(len(self.bounds))
        goal[place] = sign
        done = linprog(
            goal, A_eq=self.sums, b_eq=self.constants, bounds=self.bounds, method="highs"
        )
        if done.status == _INFEASIBLE:
            return None
        if done.status != 0:
            return sign * -math.inf
        self._keep(done.x)
        return float(sign * done.fun)


def _of_one_sum(
    row: Floats, constant: float, least: Floats, most: Floats, places: Sequence[int]
) -> list[Interval] | None:
    """Without a programme: what the others leave of one sum."""
    low = np.where(row >= 0, row * least, row * most)
    high = np.where(row >= 0, row * most, row * least)
    if low.sum() > constant + _NEAR or high.sum() < constant - _NEAR:
        return None
    found = []
    for place in places:
        others = np.arange(len(row)) != place
        ends = sorted(
            (constant - float(side[others].sum())) / float(row[place]) for side in (low, high)
        )
        found.append(Interval(max(ends[0], float(least[place])), min(ends[1], float(most[place]))))
    return found
