"""Statistical neighbours: for each authority the ten most like it in the Department's model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.errors import Fault
from scrutinybook.sources.opened import Opened
from scrutinybook.sources.releases import Release, Releases

PUBLICATION = "statistical-neighbours"
NAME = "statistical neighbours"
_RANKS = range(1, 11)
_HEADINGS = frozenset(
    {"old_la_code", "la_name"} | {f"SN_{rank}" for rank in _RANKS} | {f"SN_{r}P" for r in _RANKS}
)
_KNOWN = _HEADINGS | {"region_ind", "region_name"}


@dataclass(frozen=True)
class Neighbour:
    """One neighbour: its place in the list, its three-figure code, how close the model says."""

    rank: int
    key: str
    closeness: str
    """``Extremely close`` to ``Not close``, the model's words."""


@dataclass(frozen=True)
class NeighbourModel:
    """The model as read from its file."""

    path: Path
    release: Release
    sha256: str
    names: Mapping[str, str]
    """Authority's name by its three-figure code."""
    of: Mapping[str, tuple[Neighbour, ...]]
    """Neighbours by the authority's three-figure code, closest first."""
    unused_headings: tuple[str, ...]


def is_neighbour_model(opened: Opened) -> bool:
    """Whether the headings are mostly those of the model, one row an authority."""
    return len(_HEADINGS & set(opened.headings)) > len(_HEADINGS) / 2


def read_neighbours(
    opened: Opened, releases: Releases
) -> tuple[NeighbourModel | None, list[Fault]]:
    """Read the wide layout. The file names no year: it is taken for the newest model listed."""
    faults: list[Fault] = []
    name = opened.path.name
    release = releases.latest(PUBLICATION)
    if release is None:
        faults.append(releases.unknown(name, PUBLICATION, 2025))
    for heading in sorted(_HEADINGS - set(opened.headings)):
        faults.append(Fault(f"{name}: headings", f"no {heading!r}", "the headings as published"))
    if faults or release is None:
        return None, faults
    names: dict[str, str] = {}
    of: dict[str, tuple[Neighbour, ...]] = {}
    for number, row in enumerate(opened.rows, start=2):
        cells = {h: text.strip() for h, text in zip(opened.headings, row, strict=True)}
        key = cells["old_la_code"]
        if key in of:
            faults.append(Fault(f"{name}: row {number}", f"{cells['la_name']} stands there twice"))
        for rank in _RANKS:
            found = cells[f"SN_{rank}"]
            if not re.fullmatch(r"\d{3}", found):
                where = f"{name}: row {number}, SN_{rank}"
                faults.append(Fault(where, repr(found), "an authority's three-figure code"))
        names[key] = cells["la_name"]
        of[key] = tuple(Neighbour(r, cells[f"SN_{r}"], cells[f"SN_{r}P"]) for r in _RANKS)
    if not of:
        faults.append(Fault(name, "no rows under the headings"))
    if faults:
        return None, faults
    unused = tuple(h for h in opened.headings if h not in _KNOWN)
    return NeighbourModel(opened.path, release, opened.sha256, names, of, unused), []
