"""Lines for people on what was read, what is held and what was purged. Totals by table alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from scrutinybook.history.admit import Admitted
from scrutinybook.history.manifest import Manifest, State
from scrutinybook.history.place import Place
from scrutinybook.history.policy import KEEP_YEARS
from scrutinybook.history.purge import kept_since, older_than
from scrutinybook.history.store import History, Partition
from scrutinybook.history.tombstones import Tombstone, unfinished
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.noticed import Weight

_SAID = {Weight.EXCLUDE: "set aside", Weight.WARN: "look at", Weight.REFUSE: "refused"}


def source_lines(
    name: str, extract: Extract, admitted: Admitted, stored: Partition | None
) -> Iterator[str]:
    """What was read of one source, what was noticed, and where it went."""
    yield f"{name}: {extract.format} as at {extract.as_of}"
    for table, frame in sorted(extract.tables.items()):
        first = extract.covers_from.get(table)
        yield _table_line(
            table,
            extract.rows_read.get(table, len(frame)),
            extract.excluded(table),
            len(frame),
            first,
        )
    for notice in extract.notices:
        yield f"  {_SAID[notice.weight]}: {_indented(str(notice.fault))}"
    yield from (f"  note: {line}" for line in admitted.warnings)
    if stored is None:
        yield f"  already in the history as {admitted.already}; nothing was done"
        return
    if admitted.corrects:
        yield f"  version {admitted.version}, which supersedes version {admitted.version - 1}"
    yield f"  stored as {stored.manifest.id}"


def beginning_lines(place: Place) -> Iterator[str]:
    """What a person should know when a history begins."""
    yield f"A history of {place.authority} begins in {place.folder}"
    yield (
        f"Its key is {place.key_file}: back up both, apart from one another. Without the key no"
        " later extract can be joined to the history."
    )


def history_lines(
    authority: str, history: History, tombstones: Sequence[Tombstone], today: date
) -> Iterator[str]:
    """What a history holds, extract by extract, and what was purged from it."""
    number = len(history.partitions)
    yield f"{authority}: {number} {_extracts(number)} in {history.folder}"
    versions = {(p.manifest.format, p.manifest.as_of): p.manifest.version for p in history.current}
    for partition in history.partitions:
        manifest = partition.manifest
        newest = versions[(manifest.format, manifest.as_of)]
        yield f"{manifest.id}: {_state(manifest, newest)}; read {manifest.ingested_at:%Y-%m-%d}"
        for table, record in manifest.tables.items():
            yield _table_line(
                table,
                record.rows_read,
                record.rows_excluded,
                record.rows_kept,
                record.covers_from,
            )
    for tomb in tombstones:
        if tomb.state == "done":
            yield f"purged {tomb.words}"
    for tomb in unfinished(tombstones):
        yield (
            f"purge that was stopped: {tomb.words}. The next ingest or purge finishes it; if it"
            " still stands here then, ask for it again"
        )
    yield from expired_lines(history, today)


def expired_lines(history: History, today: date) -> Iterator[str]:
    """A reminder where extracts are older than they are kept."""
    old = len(older_than(history, kept_since(today)))
    if old:
        yield (
            f"{old} {_extracts(old)} {'is' if old == 1 else 'are'} older than {KEEP_YEARS} years:"
            " scrutiny purge --expired, unless the council's retention schedule says otherwise"
        )


def purge_line(done: Tombstone) -> str:
    """What a purge did."""
    if not done.partitions:
        return "The history holds no such row. The request is noted in tombstones.jsonl."
    number = done.partitions
    return (
        f"Removed from {number} {_extracts(number)}, {done.tables}"
        f" {'table' if done.tables == 1 else 'tables'}. Noted in tombstones.jsonl: {done.words}"
    )


def _state(manifest: Manifest, newest: int) -> str:
    state = "current" if manifest.version == newest else f"superseded by version {newest}"
    if manifest.state is State.ROWS_REMOVED:
        state += ", rows removed at a request"
    reasons = {"corrects": manifest.corrects, "taken again": manifest.again}
    return "; ".join([state, *(f"{what}: {why}" for what, why in reasons.items() if why)])


def _table_line(table: str, read: int, excluded: int, kept: int, first: date | None) -> str:
    since = "" if first is None else f", from {first}"
    name = table.replace("_", " ")
    return f"  {name}: {read:,} read, {excluded:,} set aside, {kept:,} kept{since}"


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _extracts(number: int) -> str:
    return "extract" if number == 1 else "extracts"
