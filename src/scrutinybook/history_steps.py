"""The steps of keeping a history: read extracts into it, purge it, list it. Nothing here prints.

Every change is made while holding the history's lock, with what a killed command left behind put
right first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pandas as pd

from scrutinybook.errors import Fault, Faults, FaultsFound, FilesRefused, nearest
from scrutinybook.history.admit import Admitted, Held, admit
from scrutinybook.history.key import open_key
from scrutinybook.history.place import Place, place_faults
from scrutinybook.history.private_files import private_folder
from scrutinybook.history.purge import (
    Asked,
    older_than,
    purge_child,
    purge_extracts,
    resume,
)
from scrutinybook.history.store import WORK, History, Partition, open_history
from scrutinybook.history.tombstones import Kind, Tombstone, read_tombstones
from scrutinybook.history.writing import Entry, put, sweep
from scrutinybook.publish import run_lock
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms

Clock = Callable[[], datetime]


class ReadExtract(Protocol):
    """How an extract is read: `sources.extracts.recognise.read_extract`, or a test's own."""

    def __call__(self, path: Path, *, as_of: date | None, pseudonyms: Pseudonyms) -> Extract:
        """Read one file or folder. Raises `FaultsFound`."""
        ...


@dataclass(frozen=True)
class Reasons:
    """Why an extract supersedes another, and why a purged one is taken again; empty for neither."""

    correct: str = ""
    again: str = ""


@dataclass(frozen=True)
class Ingested:
    """One source that was read, and what became of it."""

    path: Path
    extract: Extract
    admitted: Admitted
    stored: Partition | None
    """None where the history held it already."""


@dataclass(frozen=True)
class IngestReport:
    """What one command did."""

    ingested: tuple[Ingested, ...]
    refused: tuple[Fault, ...]
    """Faults of sources that were left out because the caller asked to skip them."""
    resumed: tuple[Tombstone, ...]
    """Purges that had been stopped and are finished now."""
    is_first: bool
    """Whether the history began with this command."""


def ingest(
    paths: Sequence[Path],
    place: Place,
    *,
    read: ReadExtract,
    as_of: date | None,
    clock: Clock,
    reasons: Reasons = Reasons(),
    skip_refused: bool = False,
) -> IngestReport:
    """Read extracts into the history: all are read before the first is stored.

    Raises `FaultsFound` with the faults of every source, and then nothing is stored, unless
    `skip_refused` and some source has none; `Busy` where another command is at work on the history;
    `FilesRefused` where the system refuses, with the history as it was.
    """
    if misplaced := place_faults(place):
        raise FaultsFound(misplaced)
    with _changing(place, f"reading {_sources(len(paths))}", clock) as (history, resumed):
        is_first = not history.partitions and not read_tombstones(place.folder)
        key = open_key(place.key_file, history.fingerprints)
        faults = Faults()
        extracts = {
            path: extract
            for path in dict.fromkeys(paths)
            if (extract := faults.gather(read, path, as_of=as_of, pseudonyms=key)) is not None
        }
        plan = _admit_all(extracts, history, reasons, clock().date(), faults)
        if faults.found and not (skip_refused and plan):
            raise FaultsFound(faults.found)
        done = [
            _store(place, path, extracts[path], admitted, key, clock)
            for path, admitted in plan.items()
        ]
        return IngestReport(tuple(done), tuple(faults.found), resumed, is_first)


def purge_old(place: Place, before: date, role: str, reason: str, clock: Clock) -> Tombstone | None:
    """Remove extracts of before a day, superseded versions too; None where there are none."""
    with _purging(place, clock) as (history, _):
        chosen = older_than(history, before)
        asked = Asked(Kind.RETENTION, role, reason)
        return purge_extracts(history, chosen, asked, clock) if chosen else None


def purge_one(place: Place, extract_id: str, role: str, reason: str, clock: Clock) -> Tombstone:
    """Remove one version of one extract by its id. Raises `FaultsFound` for an unknown id."""
    with _purging(place, clock) as (history, _):
        chosen = history.find(extract_id)
        if chosen is None:
            ids = [p.manifest.id for p in history.partitions]
            found = f"the history has no extract {extract_id!r}"
            mend = nearest(extract_id, ids) or "scrutiny history lists them"
            raise FaultsFound([Fault("--extract", found, mend=mend)])
        return purge_extracts(history, [chosen], Asked(Kind.EXTRACT, role, reason), clock)


def purge_number(
    place: Place, numbers: Sequence[str], role: str, reason: str, clock: Clock
) -> Tombstone:
    """Remove every row of a child, or of several, by the council's own numbers.

    Raises `FaultsFound` without a number or a key, or where role or reason hold the number.
    """
    asked = [each.strip() for each in numbers if each.strip()]
    if not asked:
        raise FaultsFound([Fault("the child's number", "empty", "the council's own number")])
    if any(each.casefold() in f"{role} {reason}".casefold() for each in asked):
        found = "role or reason hold the child's number; they stay in the history"
        raise FaultsFound([Fault("--reason", found, "words without names and numbers")])
    with _purging(place, clock) as (history, _):
        key = open_key(place.key_file, history.fingerprints)
        hashes = frozenset(key.of(pd.Series(asked, dtype="string"), "child").dropna())
        return purge_child(history, hashes, Asked(Kind.CHILD, role, reason), clock)


def listed(place: Place) -> tuple[History, tuple[Tombstone, ...]]:
    """The history and its tombstones, changing nothing. Raises `FaultsFound`."""
    if not place.folder.is_dir():
        raise FaultsFound([_no_history(place)])
    return open_history(place.folder, place.authority), read_tombstones(place.folder)


def _no_history(place: Place) -> Fault:
    found = f"there is no history of {place.authority} here"
    mend = "begin one with `scrutiny ingest`, or name its folder with --history"
    return Fault(str(place.folder), found, mend=mend)


@contextmanager
def _purging(place: Place, clock: Clock) -> Iterator[tuple[History, tuple[Tombstone, ...]]]:
    """As `_changing`, of a history that is there."""
    if not place.folder.is_dir():
        raise FaultsFound([_no_history(place)])
    with _changing(place, "purging", clock) as found:
        yield found


@contextmanager
def _changing(
    place: Place, doing: str, clock: Clock
) -> Iterator[tuple[History, tuple[Tombstone, ...]]]:
    """Hold the history's lock, with what was left behind put right."""
    folder = place.folder
    try:
        private_folder(folder)
        private_folder(folder / WORK)
        with run_lock(folder / WORK, doing, clock=clock, among="on this history"):
            sweep(folder)
            resumed = resume(folder, clock)
            yield open_history(folder, place.authority), resumed
    except OSError as error:
        name = error.filename or str(folder)
        fault = Fault(
            str(name),
            error.strerror or type(error).__name__,
            mend="see that the folder may be written to and that the disk has room",
        )
        raise FilesRefused(
            "The system refused a file; the history stands whole.", [fault]
        ) from error


def _admit_all(
    extracts: Mapping[Path, Extract],
    history: History,
    reasons: Reasons,
    today: date,
    faults: Faults,
) -> dict[Path, Admitted]:
    """Decide for all together, by day, as if those before were in the history already."""
    held = [Held.of(p.manifest) for p in history.partitions]
    tombstones = read_tombstones(history.folder)
    new: set[tuple[str, date]] = set()
    plan: dict[Path, Admitted] = {}
    for path, extract in sorted(extracts.items(), key=lambda item: item[1].as_of):
        admitted = faults.gather(
            admit,
            extract,
            held,
            tombstones,
            where=str(path),
            today=today,
            # One command never reads two extracts of one day: which would correct which?
            correct="" if (extract.format, extract.as_of) in new else reasons.correct,
            again=reasons.again,
        )
        if admitted is None:
            continue
        plan[path] = admitted
        if not admitted.already:
            new.add((extract.format, extract.as_of))
            held.append(
                Held(
                    f"from {path}",
                    extract.format,
                    extract.as_of,
                    admitted.version,
                    extract.content_hash,
                )
            )
    return plan


def _store(
    place: Place,
    path: Path,
    extract: Extract,
    admitted: Admitted,
    key: Pseudonyms,
    clock: Clock,
) -> Ingested:
    if admitted.already:
        return Ingested(path, extract, admitted, None)
    entry = Entry(
        authority=place.authority,
        version=admitted.version,
        key_fingerprint=key.fingerprint,
        ingested_at=clock(),
        corrects=admitted.corrects,
        again=admitted.again,
    )
    return Ingested(path, extract, admitted, put(place.folder, extract, entry))


def _sources(number: int) -> str:
    return "1 extract" if number == 1 else f"{number} extracts"
