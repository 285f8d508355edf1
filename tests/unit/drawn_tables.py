"""Small official tables drawn by hand: invented numbers under the real headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from scrutinybook.sources.dfe_formats import FORMATS
from scrutinybook.sources.layouts import COMMON_HEADINGS, Format
from scrutinybook.sources.releases import Releases

ENGLAND = {
    "geographic_level": "National",
    "country_code": "E92000001",
    "country_name": "England",
    "region_code": "",
    "region_name": "",
    "old_la_code": "",
    "new_la_code": "",
    "la_name": "",
}


def region(code: str, name: str) -> dict[str, str]:
    level = {"geographic_level": "Regional", "region_code": code, "region_name": name}
    return ENGLAND | level


def authority(
    name: str, dfe_code: str, code: str, in_region: tuple[str, str] = ("E12000009", "South West")
) -> dict[str, str]:
    return {
        **region(*in_region),
        "geographic_level": "Local authority",
        "old_la_code": dfe_code,
        "new_la_code": code,
        "la_name": name,
    }


SOUTH_WEST = region("E12000009", "South West")
PLYMOUTH = authority("Plymouth", "879", "E06000026")
TORBAY = authority("Torbay", "880", "E06000027")
BRISTOL = authority("Bristol, City of", "801", "E06000023")

RELEASES = """
licence: Open Government Licence v3.0
publications:
  children-in-need:
    title: Children in need
    publisher: Department for Education
    year_ends: 31 March
    releases:
      2023: {published: "2023-10-26", verified: true, note: drawn}
      2024: {published: "2024-10", verified: false}
      2025: {published: "2025-10", verified: false}
  children-looked-after:
    title: Children looked after
    publisher: Department for Education
    year_ends: 31 March
    releases:
      2024: {published: "2024-11", verified: false}
  social-work-workforce:
    title: Workforce
    publisher: Department for Education
    year_ends: 30 September
    releases:
      2022: {published: "2023-02-23", verified: true}
      2023: {published: "2024-02-29", verified: true}
      2024: {published: "2025-02", verified: false}
  statistical-neighbours:
    title: Statistical neighbours
    publisher: Department for Education
    year_ends: 31 March
    releases:
      2025: {published: "2025", verified: false}
"""


def releases_in(folder: Path) -> Releases:
    """The drawn list of releases, written into a folder and read."""
    path = folder / "releases.yml"
    path.write_text(RELEASES, encoding="utf-8")
    return Releases.load(path)


def layout(name: str, which: int = 0) -> Format:
    """The layout of that name; c1 has two."""
    return [each for each in FORMATS if each.name == name][which]


def headings(of: Format) -> list[str]:
    """Every heading of a layout, the common ones first."""
    return [*sorted(COMMON_HEADINGS), *sorted(of.known - COMMON_HEADINGS)]


def row(area: Mapping[str, str], year: int, /, **cells: object) -> dict[str, str]:
    """One row: the area's cells, the year and what else stands there."""
    start = {"time_period": str(year), "time_identifier": "Reporting year"}
    return {**start, **area, **{heading: str(cell) for heading, cell in cells.items()}}


def text(
    of: Format, rows: Iterable[Mapping[str, str]], order: list[str] | None = None, end: str = "\r\n"
) -> str:
    """The file's text. What a row does not say is not available (x)."""
    out = io.StringIO(newline="")
    named = order or headings(of)
    writer = csv.DictWriter(out, named, restval="x", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def draw(path: Path, of: Format, rows: Iterable[Mapping[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text(of, rows).encode())
    return path


def draw_neighbours(path: Path, neighbours: Mapping[tuple[str, str], list[str]]) -> Path:
    """The wide model: authority's code and name, and the codes of its ten neighbours."""
    ranks = range(1, 11)
    named = ["old_la_code", "la_name", "region_ind", "region_name"]
    named += [h for rank in ranks for h in (f"SN_{rank}", f"SN_{rank}P")]
    lines = [",".join(named)]
    for (code, name), codes in neighbours.items():
        cells = [code, f'"{name}"', "7", "South West"]
        lines.append(",".join(cells + [c for each in codes for c in (each, "Close ")]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
