"""Sums that hold between figures: parts and their whole, months and the year to date.

With what a reader knows put into them they fall apart into groups that share nothing that is
unknown, so that each can be looked at by itself.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

C = TypeVar("C", bound=Hashable)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sum(Generic[C]):
    """A sum that comes to nothing: the whole less its parts, a total less its months."""

    terms: tuple[tuple[C, float], ...]
    """Figures, each with what it is multiplied by; no figure twice."""
    exact: bool = True
    """Whether it holds by definition; False where it is only near the truth, as where the sum over
    services counts a worker of two services twice."""


@dataclass(frozen=True, eq=False)
class Group(Generic[C]):
    """Unknown figures that hang together, and the sums between them."""

    cells: tuple[C, ...]
    matrix: Floats
    """Shape (sums, cells)."""
    constants: Floats
    """Shape (sums,): what the known figures of each sum leave for the unknown ones."""
    exact: npt.NDArray[np.bool_]
    """Shape (sums,)."""
    least: Floats
    """Shape (cells,): the least that each can be in itself."""
    most: Floats
    """Shape (cells,)."""

    @property
    def fingerprint(self) -> Hashable:
        """The same for groups that are the same in all."""
        arrays = (self.matrix, self.constants, self.exact, self.least, self.most)
        return self.cells, *(each.tobytes() for each in arrays)


def groups(
    sums: Iterable[Sum[C]],
    known: Mapping[C, float],
    bounds: Mapping[C, tuple[float, float]],
) -> list[Group[C]]:
    """Put what is known into sums and divide what is left into groups.

    `bounds`: least and most of unknown figures in themselves; from 0 up for those not named. A sum
    without an unknown figure says nothing and is left out.
    """
    reduced: list[tuple[dict[C, float], float, bool]] = []
    parent: dict[C, C] = {}

    def root(cell: C) -> C:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for each in sums:
        unknown = {cell: by for cell, by in each.terms if cell not in known}
        if not unknown:
            continue
        constant = -sum(by * known[cell] for cell, by in each.terms if cell in known)
        reduced.append((unknown, constant, each.exact))
        first, *others = unknown
        parent.setdefault(first, first)
        for cell in others:
            parent.setdefault(cell, cell)
            parent[root(cell)] = root(first)
    gathered: dict[C, list[tuple[dict[C, float], float, bool]]] = {}
    for row in reduced:
        gathered.setdefault(root(next(iter(row[0]))), []).append(row)
    return [_group(rows, bounds) for rows in gathered.values()]


def _group(
    rows: Sequence[tuple[dict[C, float], float, bool]],
    bounds: Mapping[C, tuple[float, float]],
) -> Group[C]:
    cells = tuple(dict.fromkeys(cell for unknown, _, _ in rows for cell in unknown))
    place = {cell: k for k, cell in enumerate(cells)}
    matrix = np.zeros((len(rows), len(cells)))
    for at, (unknown, _, _) in enumerate(rows):
        for cell, by in unknown.items():
            matrix[at, place[cell]] = by
    ends = [bounds.get(cell, (0.0, math.inf)) for cell in cells]
    return Group(
        cells,
        matrix,
        np.array([constant for _, constant, _ in rows]),
        np.array([exact for _, _, exact in rows]),
        np.array([low for low, _ in ends]),
        np.array([high for _, high in ends]),
    )
