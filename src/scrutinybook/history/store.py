"""The history as it lies on the disk: one folder an extract, put in place whole.

    <history>/annex-a/2024-04-30_1_0a1b2c3d/manifest.json, referrals.parquet, ...
    <history>/tombstones.jsonl      what was purged (`tombstones`)
    <history>/.work/                the lock, and what is not finished or not yet gone

Nothing in a folder changes once it is in place. Where rows must go, a new revision of the folder is
put beside the old one, which then goes: a reader at any moment finds the old or the new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.history.manifest import Manifest, read_manifest
from scrutinybook.history.tables import Rows, from_parquet
from scrutinybook.sources.extracts.extract import Format

WORK = ".work"
"""Folder of the lock and of everything unfinished."""


@dataclass(frozen=True)
class Partition:
    """One version of one extract on the disk."""

    folder: Path
    manifest: Manifest

    def bytes_of(self, table: str) -> bytes:
        """A table's Parquet file. Raises `FaultsFound` where it is not as it was written."""
        path = self.folder / f"{table}.parquet"
        where = f"{self.manifest.folder}/{path.name}"
        mend = "put the history back from your backup, or purge this extract and read it anew"
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise FaultsFound([Fault(where, "there is no such file", mend=mend)]) from None
        if hashlib.sha256(data).hexdigest() != self.manifest.tables[table].file_hash:
            found = "the file is not as it was written: its hash differs from the manifest's"
            raise FaultsFound([Fault(where, found, mend=mend)])
        return data

    def read(self, table: str, columns: Collection[str] | None = None) -> Rows:
        """A table's rows, only some columns if named. Raises `FaultsFound`."""
        return from_parquet(self.bytes_of(table), columns)


@dataclass(frozen=True, eq=False)
class History:
    """All extracts of one authority at one moment."""

    folder: Path
    partitions: tuple[Partition, ...]
    """By format, day and version, superseded ones included; of each its newest revision."""
    _read: dict[tuple[str, str], Rows] = field(default_factory=dict, repr=False)

    @property
    def current(self) -> tuple[Partition, ...]:
        """Of each format and day the highest version there is."""
        newest = {(p.manifest.format, p.manifest.as_of): p for p in self.partitions}
        return tuple(newest.values())

    @property
    def fingerprints(self) -> frozenset[str]:
        """Of the keys that extracts were read with; more than one only if files were mixed up."""
        return frozenset(p.manifest.key_fingerprint for p in self.partitions)

    def of(self, fmt: Format, as_of: date | None = None) -> tuple[Partition, ...]:
        """Current extracts of one format, by day, up to a day."""
        return tuple(
            p
            for p in self.current
            if p.manifest.format == fmt and (as_of is None or p.manifest.as_of <= as_of)
        )

    def find(self, extract_id: str) -> Partition | None:
        """The extract that people call so, or None."""
        return next((p for p in self.partitions if p.manifest.id == extract_id), None)

    def rows(self, partition: Partition, table: str) -> Rows:
        """A table of an extract; read from the disk once."""
        name = (partition.manifest.folder, table)
        if name not in self._read:
            self._read[name] = partition.read(table)
        return self._read[name]


def open_history(folder: Path, authority: str | None = None) -> History:
    """Look at what a history holds; an absent folder is an empty history.

    `authority`: the slug whose history it should be. Raises `FaultsFound` with every fault of
    every manifest.
    """
    faults = Faults()
    found: dict[str, Partition] = {}
    for path in partition_folders(folder):
        where = path.relative_to(folder).as_posix()
        manifest = faults.gather(read_manifest, path, where)
        if manifest is None:
            continue
        before = found.get(manifest.id)
        if before is None or before.manifest.revision < manifest.revision:
            found[manifest.id] = Partition(path, manifest)
    others = {p.manifest.authority for p in found.values()} - {authority}
    if authority is not None and others:
        held = f"this is the history of {', '.join(sorted(others))}"
        mend = "give each authority a history of its own: another folder after --history"
        faults.add([Fault(str(folder), held, f"a history of {authority}", mend)])
    if faults.found:
        raise FaultsFound(faults.found)
    order = {fmt: number for number, fmt in enumerate(Format)}
    whole = sorted(
        found.values(),
        key=lambda p: (order[p.manifest.format], p.manifest.as_of, p.manifest.version),
    )
    return History(folder, tuple(whole))


def partition_folders(folder: Path) -> list[Path]:
    """Folders of extracts, older revisions that a killed purge left behind included."""
    return [
        path
        for fmt in Format
        for path in sorted((folder / fmt).glob("*"))
        if path.is_dir() and not path.name.startswith(".")
    ]
