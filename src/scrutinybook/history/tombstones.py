"""What was purged: what kind, when, by which role, why. Nothing that leads back to a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.history.private_files import replace
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.yaml_files import Strict, validate

FILE = "tombstones.jsonl"


class Kind(StrEnum):
    """What was asked for."""

    CHILD = "child"
    """A child's rows, in every extract and version."""
    EXTRACT = "extract"
    """One version of an extract."""
    RETENTION = "retention"
    """Extracts older than they may be kept."""


class Removed(Strict):
    """An extract that is no longer held."""

    id: str
    format: Format
    as_of: date
    content_hash: str
    """Of its source, so that it is not taken again unnoticed."""


class Tombstone(Strict):
    """One purge. It is written when it begins and again when it is done."""

    number: int = Field(ge=1)
    state: Literal["begun", "done"]
    kind: Kind
    at: datetime
    role: str
    """Who did it, by role."""
    reason: str
    removed: tuple[Removed, ...] = ()
    """Empty for a child: which extracts held a child is nobody's business."""
    partitions: int
    """How many versions of extracts are changed or removed."""
    tables: int
    """How many tables in them. Rows are not counted: few rows of one child would tell."""

    @property
    def words(self) -> str:
        """For people."""
        what = ", ".join(each.id for each in self.removed) or "a child's rows"
        return f"{self.at:%Y-%m-%d} {self.kind}: {what}; by {self.role}: {self.reason}"


def read_tombstones(folder: Path) -> tuple[Tombstone, ...]:
    """All entries in order; none without a file. Raises `FaultsFound` for any other content."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        lines = [""]
    found = []
    for number, line in enumerate(lines, 1):
        where = f"{FILE}, line {number}"
        try:
            data = json.loads(line)
        except ValueError:
            data = None
        if not isinstance(data, dict):
            mend = "put the history back from your backup; it is written by this program alone"
            raise FaultsFound([Fault(where, "no entry that can be read", mend=mend)])
        found.append(validate(data, where, Tombstone))
    return tuple(found)


def add(folder: Path, entry: Tombstone) -> None:
    """Add an entry, in one step. Raises `OSError`."""
    lines = [each.model_dump_json() for each in (*read_tombstones(folder), entry)]
    replace(folder / FILE, ("\n".join(lines) + "\n").encode())


def unfinished(entries: Sequence[Tombstone]) -> tuple[Tombstone, ...]:
    """Purges that began and were stopped."""
    done = {each.number for each in entries if each.state == "done"}
    return tuple(each for each in entries if each.number not in done)
