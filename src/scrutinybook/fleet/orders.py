"""The orders of a fleet: one a book, each with all that its making needs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.execute.keeper import own_package
from scrutinybook.fleet.kit import digest, pack
from scrutinybook.naming import slug
from scrutinybook.periods import Month
from scrutinybook.sources.authorities import Authorities
from scrutinybook.sources.figure_files import write
from scrutinybook.sources.folder import OfficialFolder
from scrutinybook.sources.official import select_figures
from scrutinybook.store import surroundings

FORMAT = 1
"""Counts up when books of the same parts would come out otherwise."""


@dataclass(frozen=True)
class BookOrder:
    """One book to make."""

    id: str
    """``torbay-2024-03``."""
    authority: str
    month: str
    parameters: Mapping[str, str]
    """The text of each parameter file, by its name below the project."""
    figures: bytes
    """The authority's figures table, as an archive."""
    kit: bytes
    program: str
    """What makes it: a worker with another version of the program refuses."""
    key: str
    """The same for the same figures, parameters, kit and program."""


def months_between(text: str) -> tuple[Month, ...]:
    """Read months: ``2023-04..2024-03``, or single ones with commas. Raises `FaultsFound`."""
    faults: list[Fault] = []
    months: dict[Month, None] = {}
    for part in text.split(","):
        first, dots, last = part.strip().partition("..")
        try:
            begin = Month.parse(first)
            end = Month.parse(last) if dots else begin
        except ValueError as error:
            allowed = "months such as 2024-03, 2023-04..2024-03, or several with commas"
            faults.append(Fault("--editions", str(error), allowed))
            continue
        if end < begin:
            faults.append(Fault("--editions", f"{end} comes before {begin}", "the earlier first"))
        months |= dict.fromkeys(begin + k for k in range(end.index - begin.index + 1))
    if faults:
        raise FaultsFound(faults)
    return tuple(sorted(months))


def chosen_authorities(text: str, known: Authorities) -> tuple[str, ...]:
    """Read names: ``all``, or some with semicolons, as names hold commas. Raises `FaultsFound`."""
    if text.strip().lower() == "all":
        return tuple(sorted(area.name for area in known.current.values()))
    faults = Faults()
    found = [faults.gather(known.find, each) for each in text.split(";") if each.strip()]
    if not found:
        faults.add([Fault("--authorities", "no name", "all, or names with semicolons between")])
    if faults.found:
        raise FaultsFound(faults.found)
    return tuple(sorted({area.name for area in found if area is not None}))


def program_key(lock: Path) -> str:
    """Tell versions of the program, its packages and Python apart."""
    package = own_package()
    states = package.states(package.needed([f"import {package.name}.__main__"]))
    parts = (states, surroundings(lock, {}))
    return digest(json.dumps(each, sort_keys=True).encode() for each in parts)


def orders_for(
    files: OfficialFolder,
    authorities: Sequence[str],
    months: Sequence[Month],
    *,
    kit: bytes,
    program: str,
) -> Iterator[BookOrder]:
    """Make the orders one by one: an authority's table is made when its turn comes.

    A month's edition names the one before it in `months`, so that its book can say what became
    clear since.
    """
    for authority in authorities:
        table = table_of(files, authority)
        for place, month in enumerate(months):
            before = months[place - 1] if place else None
            yield book_order(authority, month, before, table=table, kit=kit, program=program)


def book_order(
    authority: str, month: Month, before: Month | None, *, table: bytes, kit: bytes, program: str
) -> BookOrder:
    """Make the order of one book; `before` is the month of the edition that it looks back to."""
    folder = slug(authority)
    parameters = {}
    if before is not None:
        parameters[f"params/{folder}/{before}.yml"] = _edition(authority, before)
    previous = None if before is None else f"{folder}-{before}"
    parameters[f"params/{folder}/{month}.yml"] = _edition(authority, month, previous)
    texts = json.dumps(parameters, sort_keys=True).encode()
    key = digest([str(FORMAT).encode(), texts, table, kit, program.encode()])
    return BookOrder(
        f"{folder}-{month}", authority, str(month), parameters, table, kit, program, key
    )


def _edition(authority: str, month: Month, previous: str | None = None) -> str:
    values = {"authority": authority, "month": str(month)}
    if previous is not None:
        values["previous"] = previous
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True)


def table_of(files: OfficialFolder, authority: str) -> bytes:
    """An authority's figures table as an archive of files below a project."""
    made = select_figures(files, authority)
    with tempfile.TemporaryDirectory() as folder:
        paths = write(made, Path(folder))
        return pack({f"data/official/{p.parent.name}/{p.name}": p.read_bytes() for p in paths})
