"""The ledger of publications: what was put before readers, when, and what became of it.

Kept twice: beside each published book (`publication.json`, swapped in with its pages) and with the
records (record/<authority>/publications.json), so that a web server's folder can be lost.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from scrutinybook.edition import DateField, IdField, split_id
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.whole_file import write_whole
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, validate

IN_BOOK = "publication.json"
OF_AUTHORITY = "publications.json"


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Publication(Strict):
    """One entry."""

    edition: IdField
    what: Literal["published", "corrected", "withdrawn"]
    day: DateField
    digest: Digest
    role: str
    """Who signed."""
    reason: str = ""


class Publications(Strict):
    """Entries, oldest first."""

    entries: tuple[Publication, ...] = ()


def of_authority(workspace: Workspace, edition_id: str) -> tuple[Publication, ...]:
    """Every publication of an edition's authority. Raises `FaultsFound`."""
    path = _file(workspace, edition_id)
    return _read(path, f"record/{path.parent.name}/{OF_AUTHORITY}")


def in_book(folder: Path) -> tuple[Publication, ...]:
    """Every publication of the edition in a published folder. Raises `FaultsFound`."""
    return _read(folder / IN_BOOK, f"{folder.name}/{IN_BOOK}")


def write_in_book(folder: Path, entries: Sequence[Publication]) -> None:
    """Write an edition's entries beside its pages."""
    path = folder / IN_BOOK
    path.unlink(missing_ok=True)
    path.write_bytes(_as_json(entries))


def note(workspace: Workspace, edition_id: str, entries: Sequence[Publication]) -> None:
    """Add what a published book tells of itself to the authority's ledger, once each."""
    known = of_authority(workspace, edition_id)
    path = _file(workspace, edition_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _as_json(tuple(dict.fromkeys([*known, *entries]))))


def _as_json(entries: Sequence[Publication]) -> bytes:
    kept = Publications(entries=tuple(entries)).model_dump(mode="json")
    return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()


def _file(workspace: Workspace, edition_id: str) -> Path:
    parts = split_id(edition_id)
    assert parts is not None  # a record of it was read before
    return workspace.record / parts[0] / OF_AUTHORITY


def _read(path: Path, label: str) -> tuple[Publication, ...]:
    if not path.is_file():
        return ()
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        data = None
    if not isinstance(data, dict):
        mend = "put it back from your backup"
        raise FaultsFound([Fault(label, "not a ledger of publications", mend=mend)])
    return validate(data, label, Publications).entries
