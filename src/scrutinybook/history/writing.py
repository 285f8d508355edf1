"""Changes to a history: an extract put in, rows or extracts taken out. Call while holding its lock.

Whatever moment it is killed at, the history is as before or as after; the rest lies in `.work` or
is an older revision, and `sweep` removes it.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrutinybook import __version__
from scrutinybook.history.manifest import (
    FILE,
    Manifest,
    NoticeRecord,
    State,
    TableRecord,
)
from scrutinybook.history.private_files import place_folder, private_folder, sync_folder, write_new
from scrutinybook.history.store import WORK, Partition, open_history, partition_folders
from scrutinybook.history.tables import Rows, as_parquet, as_rows
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract

_FRESH, _GONE = "fresh-", "gone-"


@dataclass(frozen=True)
class Entry:
    """What is written down of an extract beside what it says itself."""

    authority: str
    version: int
    key_fingerprint: str
    ingested_at: datetime
    corrects: str = ""
    again: str = ""


def put(folder: Path, extract: Extract, entry: Entry) -> Partition:
    """Put an extract into the history, in one step.

    Raises `OSError` where the system refuses, with the history as it was; `ValueError` for an
    extract that is not after the contract of readers.
    """
    tables = {name: as_rows(name, frame) for name, frame in extract.tables.items()}
    without = [
        t for t in tables if EVENT_TABLES[t].begins is not None and t not in extract.covers_from
    ]
    if without:
        raise ValueError(f"an extract must say from when it covers {', '.join(sorted(without))}")
    files = {name: as_parquet(rows) for name, rows in tables.items()}
    records = {
        name: TableRecord(
            file_hash=hashlib.sha256(files[name]).hexdigest(),
            rows_read=extract.rows_read.get(name, tables[name].num_rows),
            rows_kept=tables[name].num_rows,
            rows_excluded=extract.excluded(name),
            covers_from=extract.covers_from.get(name),
        )
        for name in sorted(files)
    }
    manifest = Manifest(
        authority=entry.authority,
        format=extract.format,
        as_of=extract.as_of,
        version=entry.version,
        corrects=entry.corrects,
        again=entry.again,
        ingested_at=entry.ingested_at,
        package_version=__version__,
        content_hash=extract.content_hash,
        key_fingerprint=entry.key_fingerprint,
        tables=records,
        notices=tuple(
            NoticeRecord(
                weight=each.weight, table=each.table, words=str(each.fault), rows=len(each.rows)
            )
            for each in extract.notices
        ),
    )
    return _place(folder, manifest, files)


def rewrite(folder: Path, old: Partition, changed: Mapping[str, Rows]) -> Partition:
    """Put an extract with other rows in some of its tables in the place of the old one."""
    files = {name: as_parquet(rows) for name, rows in changed.items()}
    records = dict(old.manifest.tables)
    for name, data in files.items():
        update = {
            "file_hash": hashlib.sha256(data).hexdigest(),
            "rows_kept": changed[name].num_rows,
        }
        records[name] = records[name].model_copy(update=update)
    manifest = old.manifest.model_copy(
        update={
            "revision": old.manifest.revision + 1,
            "state": State.ROWS_REMOVED,
            "tables": records,
        }
    )
    kept = {name: old.bytes_of(name) for name in records if name not in files}
    new = _place(folder, manifest, {**kept, **files})
    remove(folder, old)
    return new


def remove(folder: Path, partition: Partition) -> None:
    """Take an extract out: out of its place in one step, then off the disk."""
    gone = _in_work(folder, _GONE)
    partition.folder.rename(gone)
    sync_folder(partition.folder.parent)
    shutil.rmtree(gone)


def sweep(folder: Path) -> None:
    """Remove what killed commands left behind: unfinished folders, files and older revisions.

    Raises `OSError`, and `FaultsFound` where an extract cannot be read.
    """
    work = folder / WORK
    for prefix in (_FRESH, _GONE):
        for left in work.glob(f"{prefix}*"):
            shutil.rmtree(left)
    for left in (*folder.glob(".*.part"), *work.glob(".*.part")):
        left.unlink()
    newest = {p.folder for p in open_history(folder).partitions}
    for path in partition_folders(folder):
        if path not in newest:
            gone = _in_work(folder, _GONE)
            path.rename(gone)
            shutil.rmtree(gone)


def _place(folder: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Partition:
    fresh = _in_work(folder, _FRESH)
    try:
        private_folder(fresh)
        for name, data in sorted(files.items()):
            write_new(fresh / f"{name}.parquet", data)
        write_new(fresh / FILE, manifest.as_json())
        sync_folder(fresh)
        target = folder / manifest.folder
        private_folder(target.parent)
        place_folder(fresh, target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Partition(target, manifest)


def _in_work(folder: Path, prefix: str) -> Path:
    private_folder(folder / WORK)
    return folder / WORK / f"{prefix}{secrets.token_hex(8)}"
