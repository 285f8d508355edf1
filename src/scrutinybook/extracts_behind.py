"""The extracts behind an edition, as its record names them; and whether they are held still.

Extracts are removed when they are older than they may be kept, and a child's rows when the law asks
for it. What was counted from them cannot be made anew then, and that is no fault of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scrutinybook.errors import ExitCode, Fault, ScrutinyError
from scrutinybook.history.manifest import Manifest as ExtractManifest
from scrutinybook.history.store import History
from scrutinybook.history.tombstones import Kind, Tombstone
from scrutinybook.record.keyed import Key
from scrutinybook.record.manifest import Manifest

_PREFIX = "extract "


class Gone(ScrutinyError):
    """Extracts behind an edition, or rows of them, were removed since."""

    exit_code = ExitCode.GONE


def extract_name(each: ExtractManifest) -> str:
    """An extract as a record's inputs name it."""
    return _name(each.format, each.as_of, each.version)


def extract_state(each: ExtractManifest) -> str:
    """What the record hashes: another where rows were removed, which the name does not tell."""
    return each.content_hash if each.revision == 0 else f"{each.content_hash} {each.revision}"


def refuse_gone(
    then: Manifest, history: History, tombstones: Sequence[Tombstone], key: Key | None
) -> None:
    """Raise `Gone` where what an edition was counted from was removed, saying what and why.

    `key`: that of the record; without it a removal of single rows cannot be seen. What is not held
    and was never removed here is left to who makes the results anew.
    """
    held = {extract_name(p.manifest): p.manifest for p in history.partitions}
    recorded = {name: state for name, state in then.inputs.items() if name.startswith(_PREFIX)}
    faults = [*_removed(recorded.keys() - held.keys(), tombstones)]
    changed = [
        name
        for name, state in recorded.items()
        if name in held and held[name].revision and key is not None
        if key.of(extract_state(held[name]).encode()) != state
    ]
    if changed:
        faults += [
            Fault(f"history of {then.edition[:-8]}", f"rows were removed since: {each.words}")
            for each in tombstones
            if each.kind is Kind.CHILD and each.state == "done"
        ]
    if not faults:
        return
    whole = "Its record is whole: every table is as it was written." if key is not None else ""
    raise Gone(
        f"{then.edition} cannot be made anew, since what it was counted from was removed; nothing"
        f" was run. {whole} Whether its figures follow from the records of then can no longer be"
        " checked.",
        faults,
    )


def _removed(missing: set[str], tombstones: Sequence[Tombstone]) -> Iterator[Fault]:
    for each in tombstones:
        for gone in each.removed if each.state == "done" else ():
            version = gone.id.rpartition("/")[2].split("_")[1]
            name = _name(gone.format, gone.as_of, version)
            if name in missing:
                found = f"removed on {each.at:%Y-%m-%d} by {each.role} ({each.kind}): {each.reason}"
                yield Fault(name, found)


def _name(fmt: str, as_of: object, version: object) -> str:
    return f"{_PREFIX}{fmt} of {as_of}, version {version}"
