"""One authority's table of official figures, made from a folder of downloaded files.

It holds, for all years and items, the authority, its statistical neighbours, its region and
England; referrals by month for the authority and England; and, for funnel plots, the parts of the
main percentages for every authority in the latest years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from scrutinybook.sources.authorities import JOINT, Authorities, FormerArea, authorities_in
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.folder import (
    MissingTable,
    OfficialFolder,
    Published,
    Restatement,
    read_folder,
)
from scrutinybook.sources.layouts import words
from scrutinybook.sources.neighbours import NAME as NEIGHBOUR_TABLE
from scrutinybook.sources.neighbours import Neighbour
from scrutinybook.sources.releases import Release, Releases
from scrutinybook.sources.symbols import Cell
from scrutinybook.sources.tables import AreaSeen

FUNNEL_ITEMS = words(
    "referrals re_referrals no_further_action assessments_completed "
    "assessments_within_45_days initial_conferences initial_conferences_within_15_days "
    "plans_started repeat_plans plans_3_months plans_reviewed_on_time cases "
    "case_holders_fte agency_fte social_workers_fte vacancies_fte"
)
"""Numerators and denominators kept for every authority, so that a funnel has its centre."""

FUNNEL_YEARS = 3
"""Financial years kept for funnels, so that each of the last editions has its own year."""


class Kind:
    """What an area is to the table (the words of areas.csv)."""

    AUTHORITY = "authority"
    NEIGHBOUR = "neighbour"
    REGION = "region"
    COUNTRY = "country"
    OTHER = "other authority"
    JOINT = "joint return"
    """Of the authority or a neighbour with somebody else; other joint returns are others."""


@dataclass(frozen=True)
class Area:
    """One area of the table."""

    code: str
    dfe_code: str
    """The Department's three-figure code; empty for regions and England."""
    name: str
    kind: str
    region_code: str = ""
    neighbour: Neighbour | None = None
    former_codes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """For a joint return, the codes of the authorities that share it."""


class Figure(NamedTuple):
    """One figure: a number or a symbol, and the release that it stands in."""

    area_code: str
    item: str
    period: FigurePeriod
    cell: Cell
    release: str


@dataclass(frozen=True)
class SourceFile:
    """One official file behind the table."""

    release: Release
    publisher: str
    table: str
    file: str
    sha256: str


@dataclass(frozen=True)
class BuildReport:
    """What a person should know after the table is made."""

    authority: str
    figures: int
    files: tuple[SourceFile, ...]
    not_recognised: tuple[str, ...]
    missing: tuple[MissingTable, ...]
    former: tuple[FormerArea, ...]
    restatements_in_folder: int
    restatements_shown: int
    """Those of areas and items that are in the table."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class OfficialFigures:
    """One authority's table, sorted, ready to be written."""

    authority: Area
    areas: tuple[Area, ...]
    figures: tuple[Figure, ...]
    sources: tuple[SourceFile, ...]
    restatements: tuple[tuple[str, Restatement], ...]
    """With the area's nine-character code."""
    report: BuildReport


def build_figures(
    folder: Path,
    authority: str,
    releases: Releases,
    funnel_years: int | tuple[int, ...] = FUNNEL_YEARS,
) -> OfficialFigures:
    """Read a folder of official files, recursively, and make one authority's table.

    `authority` is a name, a three-figure code or a nine-character code; `funnel_years` is how many
    financial years back from the newest referrals, or the years themselves by the year in which
    they end. Raises `FaultsFound` with every fault of every file.
    """
    return select_figures(read_folder(folder, releases), authority, funnel_years)


def select_figures(
    folder: OfficialFolder,
    authority: str,
    funnel_years: int | tuple[int, ...] = FUNNEL_YEARS,
) -> OfficialFigures:
    """Make one authority's table from files already read. Raises `FaultsFound` for its name."""
    known = authorities_in(folder)
    subject = known.find(authority)
    areas, notes = _areas(folder, known, subject)
    in_funnel = _funnel_test(folder, funnel_years)
    figures = [
        Figure(area.code, item, period, published.cell, published.release.id)
        for key, area in areas.items()
        for item, found in _items(folder, key, area)
        for period, published in found
        if _wanted(area, period, in_funnel)
    ]
    figures.sort(key=lambda f: (f.area_code, f.item, f.period.kind.value, f.period.end))
    restated = [
        (areas[r.key[0]].code, r)
        for r in folder.restatements
        if r.key[0] in areas and _holds(areas[r.key[0]], r, in_funnel)
    ]
    sources = _sources(folder)
    report = BuildReport(
        authority=subject.name,
        figures=len(figures),
        files=sources,
        not_recognised=folder.not_recognised,
        missing=folder.missing,
        former=known.former,
        restatements_in_folder=len(folder.restatements),
        restatements_shown=len(restated),
        notes=(*folder.notes, *notes),
    )
    with_figures = {f.area_code for f in figures}
    return OfficialFigures(
        authority=areas[subject.key],
        areas=tuple(
            sorted((a for a in areas.values() if a.code in with_figures), key=lambda a: a.code)
        ),
        figures=tuple(figures),
        sources=sources,
        restatements=tuple(sorted(restated, key=lambda r: (r[0], r[1].key, r[1].was.release.id))),
        report=report,
    )


def _areas(
    folder: OfficialFolder, known: Authorities, subject: AreaSeen
) -> tuple[dict[str, Area], list[str]]:
    """Every area of the table by its key, and what to tell about them."""
    notes: list[str] = []
    model = folder.neighbours
    near = {n.key: n for n in model.of.get(subject.key, ())} if model else {}
    if model and not near:
        notes.append(f"{subject.name} is not in the statistical neighbours model")
    notes += [
        f"statistical neighbour {model.names.get(key, key)} is not among the authorities of today"
        for key in near
        if model and key not in known.current
    ]
    areas: dict[str, Area] = {}
    for key, seen in known.current.items():
        kind = Kind.OTHER
        if key == subject.key:
            kind = Kind.AUTHORITY
        elif key in near:
            kind = Kind.NEIGHBOUR
        areas[key] = _area(seen, kind, near.get(key))
    for key, seen in known.joint.items():
        members = tuple(areas[member].code for member in key.split(JOINT))
        shared = {areas[member].kind for member in key.split(JOINT)} != {Kind.OTHER}
        areas[key] = _area(seen, Kind.JOINT if shared else Kind.OTHER, None, members)
    if joint := known.joint_return_of(subject.key):
        notes.append(f"some of {subject.name}'s figures are published only together: {joint.name}")
    regions = {subject.region}
    if subject.region.startswith("E13"):
        regions.add("E12000007")  # Inner and Outer London, and London as a whole
    for key, seen in folder.areas.items():
        if seen.level == "National":
            areas[key] = _area(seen, Kind.COUNTRY)
        elif seen.level == "Regional" and key in regions:
            areas[key] = _area(seen, Kind.REGION)
    return areas, notes


def _area(
    seen: AreaSeen, kind: str, neighbour: Neighbour | None = None, members: tuple[str, ...] = ()
) -> Area:
    local = seen.level == "Local authority"
    return Area(
        code=seen.code,
        dfe_code=seen.key if local else "",
        name=seen.name,
        kind=kind,
        region_code=seen.region if local else "",
        neighbour=neighbour,
        former_codes=tuple(sorted(seen.codes - {seen.code})),
        members=members,
    )


def _items(
    folder: OfficialFolder, key: str, area: Area
) -> Iterable[tuple[str, list[tuple[FigurePeriod, Published]]]]:
    """What the folder has of an area: of other authorities no more than a funnel needs."""
    items = folder.by_area.get(key, {})
    if area.kind != Kind.OTHER:
        return items.items()
    return [(item, items[item]) for item in FUNNEL_ITEMS & items.keys()]


def _wanted(area: Area, period: FigurePeriod, in_funnel: Callable[[FigurePeriod], bool]) -> bool:
    if period.kind is PeriodKind.MONTH:
        return area.kind in {Kind.AUTHORITY, Kind.COUNTRY}
    return area.kind != Kind.OTHER or in_funnel(period)


def _holds(area: Area, restatement: Restatement, in_funnel: Callable[[FigurePeriod], bool]) -> bool:
    """Whether the figure that was restated is in the table."""
    _, item, period = restatement.key
    of_interest = area.kind != Kind.OTHER or item in FUNNEL_ITEMS
    return of_interest and _wanted(area, FigurePeriod.parse(period), in_funnel)


def _funnel_test(
    folder: OfficialFolder, years: int | tuple[int, ...]
) -> Callable[[FigurePeriod], bool]:
    """Whether a period belongs to the years kept for funnels."""
    if isinstance(years, tuple):
        return lambda period: period.financial_year.ending in years
    latest = _latest_year(folder, {"referrals"}) or _latest_year(folder, FUNNEL_ITEMS) or 0
    first = latest - years + 1
    # No last year: the workforce is counted on 30 September, after the newest referrals.
    return lambda period: period.financial_year.ending >= first


def _latest_year(folder: OfficialFolder, items: Set[str]) -> int | None:
    """The newest financial year for which a file gives one of the items."""
    years = (
        column.when.period(file.years[1]).financial_year.ending
        for file in folder.files
        for columns in file.format.columns.values()
        for column in columns
        if column.item in items
    )
    return max(years, default=None)


def _sources(folder: OfficialFolder) -> tuple[SourceFile, ...]:
    found = [
        SourceFile(
            file.release,
            file.format.publisher or file.release.publisher,
            file.format.name,
            file.path.name,
            file.sha256,
        )
        for file in folder.files
    ]
    if model := folder.neighbours:
        release = model.release
        name, sha256 = model.path.name, model.sha256
        found.append(SourceFile(release, release.publisher, NEIGHBOUR_TABLE, name, sha256))
    return tuple(sorted(found, key=lambda s: (s.release.id, s.table, s.file)))
