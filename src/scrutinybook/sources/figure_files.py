"""The files of one authority's table: their names and headings, and writing them.

The bytes follow from the figures alone: sorted rows, ``\\n`` at line ends, no time of making.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from scrutinybook.errors import Fault
from scrutinybook.naming import slug
from scrutinybook.sources.official import Area, OfficialFigures
from scrutinybook.sources.symbols import Cell
from scrutinybook.whole_file import write_whole

FIGURES = "figures.csv"
AREAS = "areas.csv"
RELEASES = "releases.csv"
RESTATEMENTS = "restatements.csv"

HEADINGS: dict[str, tuple[str, ...]] = {
    FIGURES: ("area_code", "item", "period", "value", "symbol", "release"),
    AREAS: (
        "area_code",
        "dfe_code",
        "name",
        "kind",
        "region_code",
        "neighbour_rank",
        "closeness",
        "former_codes",
        "members",
    ),
    RELEASES: (
        "release",
        "title",
        "reporting_year",
        "published",
        "published_verified",
        "publisher",
        "licence",
        "table",
        "file",
        "sha256",
    ),
    RESTATEMENTS: (
        "area_code",
        "item",
        "period",
        "was_value",
        "was_symbol",
        "was_release",
        "now_value",
        "now_symbol",
        "now_release",
    ),
}
"""Each file's headings, in order."""

SEVERAL = "; "
"""Stands between several codes in one cell."""


def missing_files(folder: Path, shown: Path | None = None) -> list[Fault]:
    """Say which of the table's files are not there; looks at presence only, so it is quick.

    `shown` is the folder as faults name it.
    """
    return [
        Fault(
            where=((shown or folder) / name).as_posix(),
            found="not there",
            allowed=f"the four files of a figures table: {', '.join(HEADINGS)}",
            mend="make the table with: scrutiny official FOLDER --authority NAME",
        )
        for name in HEADINGS
        if not (folder / name).is_file()
    ]


def write(figures: OfficialFigures, into: Path) -> tuple[Path, ...]:
    """Write the table's files into ``into/<authority>/`` and return their paths.

    Each file is replaced as a whole, so that a broken run leaves no half of one.
    """
    folder = into / slug(figures.authority.name)
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, Iterable[Sequence[str]]] = {
        FIGURES: (
            (f.area_code, f.item, str(f.period), *_cell(f.cell), f.release) for f in figures.figures
        ),
        AREAS: map(_area, figures.areas),
        RELEASES: (
            (
                source.release.id,
                source.release.title,
                str(source.release.reporting_year),
                source.release.published.text,
                "true" if source.release.published.verified else "false",
                source.publisher,
                source.release.licence,
                source.table,
                source.file,
                source.sha256,
            )
            for source in figures.sources
        ),
        RESTATEMENTS: (
            (
                code,
                *r.key[1:],
                *_cell(r.was.cell),
                r.was.release.id,
                *_cell(r.now.cell),
                r.now.release.id,
            )
            for code, r in figures.restatements
        ),
    }
    return tuple(_replace(folder / name, HEADINGS[name], rows[name]) for name in HEADINGS)


def _cell(cell: Cell) -> tuple[str, str]:
    return cell.text, cell.symbol.value if cell.symbol else ""


def _area(area: Area) -> tuple[str, ...]:
    return (
        area.code,
        area.dfe_code,
        area.name,
        area.kind,
        area.region_code,
        str(area.neighbour.rank) if area.neighbour else "",
        area.neighbour.closeness if area.neighbour else "",
        SEVERAL.join(area.former_codes),
        SEVERAL.join(area.members),
    )


def _replace(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    write_whole(path, text.getvalue().encode())
    return path
