"""The one engine that reads any official table described in `dfe_formats`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.errors import Fault, nearest
from scrutinybook.sources.layouts import COMMON_HEADINGS, Format, Rows
from scrutinybook.sources.opened import Opened
from scrutinybook.sources.releases import Release, Releases
from scrutinybook.sources.symbols import MARKS, Cell, Symbol, add_cells, parse_cell

Key = tuple[str, str, str]
"""Area, item and period. The area is the Department's own three-figure code for an authority
(which a mere change of the nine-character code leaves alone), and the nine-character code for a
region or England."""

_CellOf = Callable[[str], str]

_YEAR = re.compile(r"(19|20)\d\d")

_SHOWN = 12
"""Faults of one kind listed for one file; the rest are counted."""

_CUT_SHORT = 0.9
"""A year with fewer than this share of the areas of another year is a sign of a file cut short:
reorganisations move the number of authorities by two or three in 150."""


@dataclass(frozen=True)
class AreaSeen:
    """An area as one file names it in the latest year that has it."""

    key: str
    level: str
    """``National``, ``Regional`` or ``Local authority``."""
    code: str
    name: str
    region: str
    year: int
    codes: frozenset[str]
    """Every nine-character code the file gives it."""
    exists: bool
    """Whether it has anything to count that year. An authority that no longer exists stands in some
    tables with ``z`` (not applicable); one that sent no return has ``x`` throughout, and exists."""


@dataclass(frozen=True)
class OfficialFile:
    """One official file that was read."""

    path: Path
    format: Format
    release: Release
    sha256: str
    years: tuple[int, int]
    figures: Mapping[Key, Cell]
    areas: Mapping[str, AreaSeen]
    unused_headings: tuple[str, ...]
    """Headings that the layout does not know: named to the reader, never silently dropped."""


def recognise(
    headings: Sequence[str], formats: Sequence[Format]
) -> tuple[Format | None, frozenset[str]]:
    """Find the layout a file has; or the one it nearly has, with the headings it lacks.

    Nearly means that most of the headings that make the layout are there. None where no layout
    comes close.
    """
    there = frozenset(headings)

    def likeness(layout: Format) -> tuple[float, int]:
        needed = layout.needed
        return (len(needed & there) / len(needed), len(needed & there))

    best = max(formats, key=likeness)
    if likeness(best)[0] <= 0.5 or not COMMON_HEADINGS & there:
        return None, frozenset()
    return best, (best.needed | COMMON_HEADINGS) - there


def read_table(
    opened: Opened, layout: Format, releases: Releases
) -> tuple[OfficialFile | None, list[Fault]]:
    """Turn rows into figures. Returns the file, or None and every fault found in it."""
    reading = _Reading(opened, layout)
    reading.run()
    if not reading.years:
        reading.faults.append(Fault(opened.path.name, "no rows under the headings"))
        return None, reading.faults
    first, last = min(reading.years), max(reading.years)
    year = last + layout.release_years_on
    release = releases.of(layout.publication, year)
    if release is None:
        reading.faults.append(releases.unknown(opened.path.name, layout.publication, year))
    if reading.faults or release is None:
        return None, reading.faults
    unused = tuple(h for h in opened.headings if h not in layout.known)
    return (
        OfficialFile(
            path=opened.path,
            format=layout,
            release=release,
            sha256=opened.sha256,
            years=(first, last),
            figures=reading.figures,
            areas=reading.areas,
            unused_headings=unused,
        ),
        [],
    )


class _Reading:
    """One pass over one file."""

    def __init__(self, opened: Opened, layout: Format) -> None:
        self.opened = opened
        self.layout = layout
        self.place = {heading: at for at, heading in enumerate(opened.headings)}
        self.figures: dict[Key, Cell] = {}
        self.areas: dict[str, AreaSeen] = {}
        self.years: dict[int, set[str]] = {}
        self.faults: list[Fault] = []
        self.unshown: dict[str, int] = {}
        self.seen: dict[tuple[str, int, Rows], int] = {}
        self.kinds_seen: set[Rows] = set()
        self.periods: dict[tuple[object, int], str] = {}

    def run(self) -> None:
        for number, row in enumerate(self.opened.rows, start=2):
            self.row(number, row)
        for kind in self.layout.columns.keys() - self.kinds_seen if self.years else ():
            named = ", ".join(
                f"{split} is {value!r}"
                for split, value in zip(self.layout.splits, kind, strict=True)
            )
            self.faults.append(
                Fault(
                    where=self.opened.path.name,
                    found=f"no row in which {named}",
                    allowed="the rows of this table as published to date",
                    mend="a new release may have renamed them: its description here needs the name",
                )
            )
        self.cut_short()
        for kind_of_fault, count in self.unshown.items():
            self.faults.append(
                Fault(self.opened.path.name, f"{count} more like the last: {kind_of_fault}")
            )

    def row(self, number: int, row: list[str]) -> None:
        def cell(heading: str) -> str:
            return row[self.place[heading]].strip()

        if not _YEAR.fullmatch(cell("time_period")):
            found = repr(cell("time_period"))
            self.fault("year", number, "time_period", found, "a reporting year, such as 2024")
            return
        year = int(cell("time_period"))
        if cell("time_identifier") != "Reporting year":
            found = repr(cell("time_identifier"))
            self.fault("identifier", number, "time_identifier", found, "Reporting year")
            return
        key, code, name = self.area(number, cell)
        if not key:
            return
        kind = tuple(cell(split) for split in self.layout.splits)
        before = self.seen.setdefault((key, year, kind), number)
        if before != number:
            found = f"the same area and year as row {before}: {name or cell('geographic_level')}"
            self.fault("twice", number, "", f"{found}, {year}", "one row for each area and year")
            return
        self.years.setdefault(year, set()).add(key)
        self.kinds_seen.add(kind)
        symbols: set[Symbol | None] = set()
        for column in self.layout.columns.get(kind, ()):
            parts = []
            for heading in column.headings:
                try:
                    parts.append(parse_cell(cell(heading)))
                except ValueError as error:
                    marks = ", ".join(MARKS)
                    self.fault("cell", number, heading, str(error), f"a number or one of {marks}")
            if len(parts) == len(column.headings):
                value = parts[0] if len(parts) == 1 else add_cells(parts)
                symbols.add(value.symbol)
                period = self.periods.get((column.when, year))
                if period is None:
                    period = str(column.when.period(year))
                    self.periods[(column.when, year)] = period
                self.figures[(key, column.item, period)] = value
        exists = None in symbols or Symbol.NOT_APPLICABLE not in symbols
        self.note_area(key, code, name, cell, year, exists)

    def area(self, number: int, cell: _CellOf) -> tuple[str, str, str]:
        level = cell("geographic_level")
        key, code, name = {
            "National": (cell("country_code"), cell("country_code"), cell("country_name")),
            "Regional": (cell("region_code"), cell("region_code"), cell("region_name")),
            "Local authority": (cell("old_la_code"), cell("new_la_code"), cell("la_name")),
        }.get(level, ("", "", ""))
        if not (key and code and name):
            allowed = "National, Regional or Local authority, with code and name"
            mend = nearest(level, ("National", "Regional", "Local authority"))
            self.fault("area", number, "geographic_level", repr(level), allowed, mend)
            return "", "", ""
        return key, code, name

    def note_area(
        self, key: str, code: str, name: str, cell: _CellOf, year: int, exists: bool
    ) -> None:
        old = self.areas.get(key)
        codes = (old.codes if old else frozenset()) | {code}
        if old is None or year > old.year:
            level, region = cell("geographic_level"), cell("region_code")
            self.areas[key] = AreaSeen(key, level, code, name, region, year, codes, exists)
        elif year == old.year and exists and not old.exists:
            self.areas[key] = AreaSeen(
                key, old.level, old.code, old.name, old.region, year, codes, True
            )
        elif codes != old.codes:
            self.areas[key] = AreaSeen(
                key, old.level, old.code, old.name, old.region, old.year, codes, old.exists
            )

    def cut_short(self) -> None:
        most = max(map(len, self.years.values()), default=0)
        for year, areas in sorted(self.years.items()):
            if len(areas) < _CUT_SHORT * most:
                self.faults.append(
                    Fault(
                        where=self.opened.path.name,
                        found=f"{len(areas)} areas in {year}, where another year has {most}",
                        allowed="about as many areas in every year",
                        mend="the file was cut short or filtered: download the whole of it again",
                    )
                )

    def fault(
        self, kind: str, number: int, column: str, found: str, allowed: str, mend: str = ""
    ) -> None:
        listed = sum(f.allowed == allowed for f in self.faults)
        if listed >= _SHOWN:
            self.unshown[kind] = self.unshown.get(kind, 0) + 1
            return
        where = f"{self.opened.path.name}: row {number}"
        self.faults.append(Fault(f"{where}, {column}" if column else where, found, allowed, mend))
