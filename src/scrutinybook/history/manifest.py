"""What is written down beside an extract in the history: what it is, from what, how complete."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.extracts.noticed import Weight
from scrutinybook.yaml_files import Strict, validate

FILE = "manifest.json"
LAYOUT = 1
"""Version of the manifest's and the partition's own layout."""


class State(StrEnum):
    """Whether an extract's rows are all there. Superseded or not is told by what lies beside it."""

    WHOLE = "whole"
    """As it was read."""
    ROWS_REMOVED = "rows removed"
    """Rows of a person were removed at a request."""


class TableRecord(Strict):
    """One table of an extract."""

    file_hash: str
    """SHA-256 of its Parquet file."""
    rows_read: int
    rows_kept: int
    rows_excluded: int
    covers_from: date | None
    """First day from which it holds everything; None for tables without days."""


class NoticeRecord(Strict):
    """One thing noticed when the extract was read, in words, without content."""

    weight: Weight
    table: str
    words: str
    rows: int
    """How many rows it names."""


class Manifest(Strict):
    """One version of one extract."""

    layout: Literal[1] = 1
    authority: str
    """Its slug."""
    format: Format
    as_of: date
    version: int = Field(ge=1)
    """From 1 for each format and day; a higher one supersedes those below."""
    revision: int = Field(default=0, ge=0)
    """How often rows were removed from it since."""
    state: State = State.WHOLE
    corrects: str = ""
    """Why it supersedes an earlier version."""
    again: str = ""
    """Why it was taken again after a purge."""
    ingested_at: datetime
    package_version: str
    content_hash: str
    """SHA-256 of the source."""
    key_fingerprint: str
    tables: dict[str, TableRecord]
    notices: tuple[NoticeRecord, ...]

    @property
    def id(self) -> str:
        """What people call it: ``annex-a/2024-04-30_1_0a1b2c3d``. It stays when rows go."""
        return f"{self.format}/{self.as_of}_{self.version}_{self.content_hash[:8]}"

    @property
    def folder(self) -> str:
        """Its folder in the history; another for each revision, so that both can lie there."""
        return f"{self.id}_r{self.revision}" if self.revision else self.id

    def as_json(self) -> bytes:
        """For the file."""
        return (self.model_dump_json(indent=2) + "\n").encode()


def read_manifest(folder: Path, where: str) -> Manifest:
    """Read a partition's manifest; `where` names it in faults. Raises `FaultsFound`."""
    mend = "put the history back from your backup; it is written by this program alone"
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = f"no {FILE} that can be read: this is no extract of a history"
        raise FaultsFound([Fault(where, found, mend=mend)]) from None
    layout = data.get("layout") if isinstance(data, dict) else None
    if isinstance(layout, int) and layout > LAYOUT:
        found = f"layout {layout}, written by a newer version of this program"
        raise FaultsFound([Fault(where, found, f"layout {LAYOUT}", "update the program")])
    if not isinstance(data, dict):
        raise FaultsFound([Fault(where, f"{FILE} holds no keys and values", mend=mend)])
    manifest = validate(data, f"{where}/{FILE}", Manifest)
    if not where.replace("\\", "/").endswith(manifest.folder):
        found = f"{FILE} is of {manifest.folder}"
        raise FaultsFound([Fault(where, found, "the folder's own manifest", mend)])
    return manifest
