"""A folder of downloaded official files, read once: every area, item and period in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.sources import neighbours as neighbour_model
from scrutinybook.sources.dfe_formats import FORMATS
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.layouts import Format
from scrutinybook.sources.neighbours import NeighbourModel
from scrutinybook.sources.opened import open_table
from scrutinybook.sources.releases import Release, Releases
from scrutinybook.sources.symbols import Cell
from scrutinybook.sources.tables import (
    AreaSeen,
    Key,
    OfficialFile,
    read_table,
    recognise,
)


@dataclass(frozen=True)
class Published:
    """A figure with the release that it stands in."""

    cell: Cell
    release: Release


@dataclass(frozen=True)
class Restatement:
    """A figure that a newer release gives differently from an older one in the same folder."""

    key: Key
    was: Published
    now: Published


@dataclass(frozen=True)
class MissingTable:
    """A table that no file in the folder gives, and the chapters that go without it."""

    table: str
    title: str
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class OfficialFolder:
    """Everything that a folder of official files says."""

    root: Path
    releases: Releases
    files: tuple[OfficialFile, ...]
    """Oldest release first."""
    neighbours: NeighbourModel | None
    figures: Mapping[Key, Published]
    """The newest release's word on each figure."""
    restatements: tuple[Restatement, ...]
    areas: Mapping[str, AreaSeen]
    """Each area as the newest file names it, with every code it has had."""
    not_recognised: tuple[str, ...]
    """Files that hold no table known here, by their path in the folder."""
    copies: tuple[str, ...]
    """Files that are byte for byte another file of the folder."""
    missing: tuple[MissingTable, ...]

    @cached_property
    def by_area(self) -> dict[str, dict[str, list[tuple[FigurePeriod, Published]]]]:
        """The same figures by area and item, made once for every authority asked for."""
        periods: dict[str, FigurePeriod] = {}
        found: dict[str, dict[str, list[tuple[FigurePeriod, Published]]]] = {}
        for (area, item, text), published in self.figures.items():
            if text not in periods:
                periods[text] = FigurePeriod.parse(text)
            found.setdefault(area, {}).setdefault(item, []).append((periods[text], published))
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the files, one sentence each."""
        unused = [
            f"{file.path.name}: heading {heading!r} is not known and was not used"
            for file in self.files
            for heading in file.unused_headings
        ]
        unsure = sorted(
            {file.release.title for file in self.files if not file.release.published.verified}
        )
        return (
            *unused,
            *(f"{path}: a copy of another file, not read twice" for path in self.copies),
            *(f"{title}: the day it came out is not verified" for title in unsure),
        )


def read_folder(folder: Path, releases: Releases) -> OfficialFolder:
    """Read every official file in `folder` and the folders in it.

    Raises `FaultsFound` with the faults of all files together: a folder that is not there or holds
    no official table, damaged files, unknown symbols, unknown releases, and two different files
    of one release. Files with other content are listed in `not_recognised`.
    """
    if not folder.is_dir():
        raise FaultsFound([Fault(str(folder), "no such folder", "a folder of official files")])
    reading = _Reading(folder, releases)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        reading.add(path)
    files, models, faults = reading.files, reading.models, reading.faults
    files.sort(key=lambda f: (f.release.order, f.format.name, f.path.name))
    faults += _two_of_one_release(files)
    if len(models) > 1:
        named = ", ".join(m.path.name for m in models)
        faults.append(Fault(str(folder), f"two neighbour models: {named}", "one", "remove one"))
    if not files and not faults:
        faults.append(Fault(str(folder), "no official table", "files as the Department has them"))
    figures, restatements, disagreeing = _merge(files)
    faults += disagreeing
    if faults:
        raise FaultsFound(faults)
    return OfficialFolder(
        root=folder,
        releases=releases,
        files=tuple(files),
        neighbours=models[0] if models else None,
        figures=figures,
        restatements=tuple(restatements),
        areas=_areas(files),
        not_recognised=tuple(reading.not_recognised),
        copies=tuple(reading.copies),
        missing=_missing(files, bool(models)),
    )


class _Reading:
    """Files sorted by what they hold."""

    def __init__(self, root: Path, releases: Releases) -> None:
        self.root = root
        self.releases = releases
        self.files: list[OfficialFile] = []
        self.models: list[NeighbourModel] = []
        self.not_recognised: list[str] = []
        self.copies: list[str] = []
        self.faults: list[Fault] = []
        self.hashes: set[str] = set()

    def add(self, path: Path) -> None:
        shown = path.relative_to(self.root).as_posix()
        if path.suffix.lower() != ".csv":
            self.not_recognised.append(shown)
            return
        opened = open_table(path)
        if opened.sha256 in self.hashes:
            self.copies.append(shown)
            return
        self.hashes.add(opened.sha256)
        layout, lacking = recognise(opened.headings, FORMATS)
        is_model = neighbour_model.is_neighbour_model(opened)
        if opened.headings and layout is None and not is_model:
            self.not_recognised.append(shown)
        elif opened.faults or lacking:
            self.faults += opened.faults
            self.faults += _lacking(shown, layout, lacking)
        elif is_model:
            model, found = neighbour_model.read_neighbours(opened, self.releases)
            self.models += [model] if model else []
            self.faults += found
        elif layout is None:
            self.faults.append(Fault(shown, "an empty file", mend="download it again"))
        else:
            file, found = read_table(opened, layout, self.releases)
            self.files += [file] if file else []
            self.faults += found


def _lacking(shown: str, layout: Format | None, lacking: frozenset[str]) -> list[Fault]:
    if layout is None or not lacking:
        return []
    return [
        Fault(
            where=f"{shown}: headings",
            found=f"looks like {layout.title!r} without {', '.join(sorted(lacking))}",
            allowed="every heading of the table as published",
            mend="download it again; if the Department has renamed them, a layout must be added",
        )
    ]


def _two_of_one_release(files: Sequence[OfficialFile]) -> list[Fault]:
    first: dict[tuple[str, str], OfficialFile] = {}
    faults = []
    for file in files:
        known = first.setdefault((file.format.name, file.release.id), file)
        if known is not file:
            found = f"this and {known.path.name} are both {file.format.title!r}"
            faults.append(
                Fault(
                    where=file.path.name,
                    found=f"{found} of the {file.release.reporting_year} release, and differ",
                    allowed="one file for each table of a release",
                    mend="keep the one published last",
                )
            )
    return faults


def _merge(
    files: Sequence[OfficialFile],
) -> tuple[dict[Key, Published], list[Restatement], list[Fault]]:
    """Let the newest release win; the files come oldest first."""
    figures: dict[Key, Published] = {}
    came_from: dict[Key, OfficialFile] = {}
    restatements: list[Restatement] = []
    faults: list[Fault] = []
    for file in files:
        for key, cell in file.figures.items():
            now = Published(cell, file.release)
            was = figures.get(key)
            if was is not None and was.cell != cell:
                if was.release is file.release:
                    area, item, period = key
                    faults.append(
                        Fault(
                            where=f"{file.path.name}: {item}, {period}, area {area}",
                            found=f"{_said(cell)}, but {_said(was.cell)} in "
                            f"{came_from[key].path.name} of the same release",
                            mend="one of the two files was changed: download both again",
                        )
                    )
                    continue
                restatements.append(Restatement(key, was, now))
            figures[key] = now
            came_from[key] = file
    return figures, restatements, faults


def _said(cell: Cell) -> str:
    return cell.text if cell.symbol is None else cell.symbol.value


def _areas(files: Sequence[OfficialFile]) -> dict[str, AreaSeen]:
    """Name each area as the newest file does; keep every code it has had."""
    areas: dict[str, AreaSeen] = {}
    for file in files:
        for key, seen in file.areas.items():
            old = areas.get(key)
            codes = seen.codes | (old.codes if old else frozenset())
            newest = seen if old is None or seen.year >= old.year else old
            areas[key] = AreaSeen(
                key, newest.level, newest.code, newest.name, newest.region, newest.year, codes,
                newest.exists,
            )  # fmt: skip
    return areas


def _missing(files: Sequence[OfficialFile], has_model: bool) -> tuple[MissingTable, ...]:
    there = {file.format.name for file in files}
    missing = {
        layout.name: MissingTable(layout.name, layout.title, layout.feeds)
        for layout in FORMATS
        if layout.name not in there
    }
    model = MissingTable(
        neighbour_model.NAME,
        "Statistical neighbours model",
        ("comparison with similar authorities",),
    )
    return (*missing.values(), *(() if has_model else (model,)))
