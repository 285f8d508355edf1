"""What the figures on file can serve, read in a blink: authorities by name, months of referrals.

It opens no more than it must and judges nothing else: `read_figures` checks every row when an
edition is run. A file that cannot be read here tells nothing, and is told about then.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from scrutinybook.errors import Fault, nearest
from scrutinybook.naming import Named, matching
from scrutinybook.periods import Month
from scrutinybook.sources.figure_files import AREAS, FIGURES
from scrutinybook.workspace import Workspace

_AUTHORITIES = {"authority", "neighbour", "other authority"}
"""Kinds of area that are one authority."""


def authorities(workspace: Workspace) -> tuple[Named, ...]:
    """Every authority of England that some table on file names, by name; none without a table."""
    found: dict[str, Named] = {}
    for path in sorted(workspace.official.glob(f"*/{AREAS}")):
        for row in _rows(path):
            if row.get("kind") in _AUTHORITIES and not row.get("members"):
                codes = {row.get("area_code", ""), row.get("dfe_code", "")}
                codes |= set(row.get("former_codes", "").split("; "))
                found[row["name"]] = Named(row["name"], frozenset(codes - {""}))
    return tuple(found[name] for name in sorted(found))


def authority_faults(asked: str, known: tuple[Named, ...], where: str) -> list[Fault]:
    """Say so where no authority bears exactly this name; without a list any name will do."""
    names = [each.name for each in known]
    if not known or asked in names:
        return []
    meant = matching(asked, known)
    hint = f"did you mean {meant[0].name!r}?" if len(meant) == 1 else nearest(asked, names)
    allowed = "an authority of England, spelt as the Department spells it"
    if len(meant) > 1:
        allowed, hint = " or ".join(each.name for each in meant), "choose one of these"
    return [Fault(where, f"no authority is called {asked!r}", allowed, hint)]


def months_of(folder: Path, item: str) -> tuple[Month, Month] | None:
    """First and last month of the authority's own figures on an item, withheld ones included.

    None where there are none, or the files cannot be read.
    """
    own = [row["area_code"] for row in _rows(folder / AREAS) if row.get("kind") == "authority"]
    months = []
    for row in _rows(folder / FIGURES) if own else ():
        if row.get("area_code") == own[0] and row.get("item") == item:
            try:
                months.append(Month.parse(row.get("period") or ""))
            except ValueError:
                continue  # a year, not a month
    return (min(months), max(months)) if months else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error):
        return
    yield from (row for row in rows if None not in row and row.get("name", "x"))
