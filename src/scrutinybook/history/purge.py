"""Taking out what may no longer be held: old extracts, one extract, or a child's rows.

Every purge leaves a tombstone, written before the first row goes and again when it is done. One
that was stopped is finished by `resume` before anything else is done to the history. Call while
holding the history's lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from scrutinybook.history.policy import KEEP_YEARS
from scrutinybook.history.private_files import private_folder, replace
from scrutinybook.history.store import WORK, History, Partition, open_history
from scrutinybook.history.tables import Rows, is_among, keep
from scrutinybook.history.tombstones import (
    Kind,
    Removed,
    Tombstone,
    add,
    read_tombstones,
    unfinished,
)
from scrutinybook.history.writing import remove, rewrite
from scrutinybook.sources.extracts.events import EVENT_TABLES

Clock = Callable[[], datetime]
_PENDING = "pending-"


@dataclass(frozen=True)
class Asked:
    """Who asks for a purge, and why; both without names."""

    kind: Kind
    role: str
    reason: str


def older_than(history: History, day: date) -> tuple[Partition, ...]:
    """Extracts of before a day, superseded versions included."""
    return tuple(p for p in history.partitions if p.manifest.as_of < day)


def kept_since(today: date, years: int = KEEP_YEARS) -> date:
    """The day from which extracts are kept."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


def purge_extracts(
    history: History, chosen: Sequence[Partition], asked: Asked, clock: Clock
) -> Tombstone:
    """Remove extracts. Raises `OSError`; what is removed by then stays removed."""
    gone = tuple(
        Removed(
            id=p.manifest.id,
            format=p.manifest.format,
            as_of=p.manifest.as_of,
            content_hash=p.manifest.content_hash,
        )
        for p in chosen
    )
    tables = sum(len(p.manifest.tables) for p in chosen)
    begun = _entry(history.folder, asked, clock(), gone, len(chosen), tables)
    add(history.folder, begun)
    return _finish(history, begun, frozenset(), clock)


def purge_child(history: History, hashes: frozenset[str], asked: Asked, clock: Clock) -> Tombstone:
    """Remove every row of a child, by its hashes, from every version of every extract.

    Raises `OSError`, and `FaultsFound` where a file is not as it was written: then nothing was
    removed.
    """
    touched = [held for p in history.partitions if (held := _tables_with(p, hashes))]
    begun = _entry(history.folder, asked, clock(), (), len(touched), sum(map(len, touched)))
    # For `resume`, until it is done: the tombstone must not lead back to the child.
    pending = _pending(history.folder, begun)
    private_folder(pending.parent)
    replace(pending, json.dumps(sorted(hashes)).encode())
    add(history.folder, begun)
    return _finish(history, begun, hashes, clock)


def resume(folder: Path, clock: Clock) -> tuple[Tombstone, ...]:
    """Finish purges that were stopped, and return those finished. Raises as they do."""
    found = []
    for begun in unfinished(read_tombstones(folder)):
        pending = _pending(folder, begun)
        if begun.kind is Kind.CHILD and not pending.exists():
            continue  # somebody emptied the folder by hand; nobody but they knows whose rows
        hashes = json.loads(pending.read_bytes()) if begun.kind is Kind.CHILD else ()
        found.append(_finish(open_history(folder), begun, frozenset(hashes), clock))
    for left in (folder / WORK).glob(f"{_PENDING}*"):
        left.unlink()  # of a purge that was stopped before it began
    return tuple(found)


def _finish(history: History, begun: Tombstone, hashes: frozenset[str], clock: Clock) -> Tombstone:
    ids = {each.id for each in begun.removed}
    for partition in history.partitions:
        if partition.manifest.id in ids:
            remove(history.folder, partition)
        elif tables := _tables_with(partition, hashes):
            rewrite(
                history.folder,
                partition,
                {name: _without(partition, name, hashes) for name in tables},
            )
    done = begun.model_copy(update={"state": "done", "at": clock()})
    add(history.folder, done)
    _pending(history.folder, begun).unlink(missing_ok=True)
    return done


def _tables_with(partition: Partition, hashes: frozenset[str]) -> tuple[str, ...]:
    """The tables of an extract that hold rows of a child."""
    if not hashes:
        return ()
    return tuple(
        name
        for name in partition.manifest.tables
        if "child" in EVENT_TABLES[name].columns
        if is_among(partition.read(name, ["child"]), "child", hashes).any()
    )


def _without(partition: Partition, table: str, hashes: frozenset[str]) -> Rows:
    rows = partition.read(table)
    return keep(rows, ~is_among(rows, "child", hashes))


def _pending(folder: Path, entry: Tombstone) -> Path:
    return folder / WORK / f"{_PENDING}{entry.number}.json"


def _entry(
    folder: Path,
    asked: Asked,
    moment: datetime,
    removed: tuple[Removed, ...],
    partitions: int,
    tables: int,
) -> Tombstone:
    return Tombstone(
        number=max((each.number for each in read_tombstones(folder)), default=0) + 1,
        state="begun",
        kind=asked.kind,
        at=moment,
        role=asked.role,
        reason=asked.reason,
        removed=removed,
        partitions=partitions,
        tables=tables,
    )
