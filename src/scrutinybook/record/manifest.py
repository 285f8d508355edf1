"""The manifest of an edition: what was published, from what, by which code. Never changed.

record/<edition>/manifest.json            this
record/<edition>/tables-<digest>/*.csv    the published tables that it lists
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from scrutinybook.edition import Edition, IdField, Kind, edition_file
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, validate

FILE = "manifest.json"
VERSION = 1
"""Counts up when the manifest changes its form."""
DIGEST_SHOWN = 16
"""Digits of a digest in a folder's name."""

Hash = Annotated[str, StringConstraints(pattern=r"^(sha256|hmac-sha256):[0-9a-f]{64}$")]
"""How it was made, then the hash. ``hmac-sha256`` needs the key that `Manifest.key` names."""
Name = Annotated[str, StringConstraints(min_length=1)]


class NotebookState(StrEnum):
    """How a run came by a notebook's result."""

    RAN = "ran"
    KEPT = "taken from the store"


class TableRecord(Strict):
    """One published table."""

    hash: Hash
    """Keyed, of the file's bytes: a small table could be guessed from a plain hash."""
    rows: int = Field(ge=0)
    made_by: tuple[Name, ...]
    """What made it, by names among `Manifest.notebooks` and `Manifest.makers`."""


class NotebookRecord(Strict):
    """One chapter: the notebook and all that its result was made from."""

    source: Hash
    """Of the notebook's own file, without outputs."""
    inputs: tuple[Name, ...] = ()
    """Files that it read, by their names among `Manifest.inputs`."""
    modules: tuple[Name, ...] = ()
    """The program's modules that it calls on, by their names among `Manifest.modules`."""
    seed: Name
    """The words that its random states are seeded from."""


class RunNotebook(Strict):
    """What a run did for one notebook."""

    state: NotebookState
    seconds: float = Field(ge=0)
    """Wall-clock time, kernel start included; 0 where it was taken from the store."""


class Code(Strict):
    """Which code ran, as git tells it."""

    commit: str | None
    """None where git or the history of the checkout is not there."""
    differs: bool | None
    """Whether the checkout's code, parameters or data differ from the commit; None: not known."""
    words: Name
    """The same in plain words."""


class Run(Strict):
    """The run that wrote the manifest. Another run on the same inputs differs in nothing else."""

    made: Name | None = None
    """When, as ISO 8601; None where nobody told."""
    code: Code
    python: Name
    platform: Name
    """System and processor."""
    notebooks: Mapping[Name, RunNotebook]


class Manifest(Strict):
    """One edition's record."""

    version: Literal[1] = 1
    edition: IdField
    kind: Kind
    title: Name
    parameters: Mapping[str, Any]
    """What papermill passed to every notebook: ``edition`` and ``previous``."""
    key: Name
    """Which key the keyed hashes were made with: its fingerprint, or ``open`` for no secret."""
    inputs: Mapping[Name, Hash]
    """Files that numbers come from, by path in the project, and the extracts behind them."""
    tables: Mapping[Name, TableRecord]
    """By the name of the file."""
    notebooks: Mapping[Name, NotebookRecord]
    makers: Mapping[Name, tuple[Name, ...]]
    """Other makers of tables and the modules that each calls on, as of a notebook."""
    modules: Mapping[Name, Hash]
    """The program's modules behind any of it, by path in the package."""
    lock: Hash | None
    """Of the lock file; None without one."""
    packages: Mapping[Name, str]
    """Installed packages and their versions."""
    run: Run

    @property
    def digest(self) -> str:
        """SHA-256 of what was published: edition, parameters, and the hash of each table.

        The same for each run that publishes the same: when, on which machine, from which files and
        by which version of the program it was made are no part of it.
        """
        parts = self.model_dump(
            mode="json",
            include={
                **dict.fromkeys(("version", "edition", "kind", "parameters"), True),
                "tables": {"__all__": {"hash"}},
            },
        )
        text = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def tables_folder(self) -> str:
        """The name of the folder beside the manifest that holds its tables."""
        return f"tables-{self.digest[:DIGEST_SHOWN]}"

    def as_json(self) -> bytes:
        """For the file."""
        text = json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False)
        return f"{text}\n".encode()

    def edition_as_recorded(self) -> Edition:
        """The edition as it was published, whatever its file says now. Raises `FaultsFound`."""
        return Edition.from_parameters(self.parameters["edition"])


def record_folder(workspace: Workspace, edition_id: str) -> Path:
    """Where an edition's record lies. Raises `FaultsFound` for what is no edition's id."""
    edition_file(edition_id)
    return workspace.record / edition_id


def read_manifest(workspace: Workspace, edition_id: str) -> Manifest:
    """Read an edition's manifest.

    Raises `FaultsFound`, naming the file, where there is none, where it is cut off, of another
    edition or version, or holds a key that is not known.
    """
    path = record_folder(workspace, edition_id) / FILE
    return manifest_from(path, f"record/{edition_id}/{FILE}", edition_id)


def manifest_from(path: Path, label: str, edition_id: str) -> Manifest:
    """Read a manifest from a file that may lie anywhere; `label` names it in faults."""
    again = f"scrutiny book {edition_id}"
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        found = "there is no record: no run has made this edition's book here"
        raise FaultsFound([Fault(label, found, mend=again)]) from None
    except (ValueError, RecursionError):
        found = "cannot be read as JSON: it is cut off or damaged"
        mend = f"put it back from your backup, or make a new record: {again}"
        raise FaultsFound([Fault(label, found, mend=mend)]) from None
    except OSError as error:
        raise FaultsFound([Fault(label, f"cannot be read: {error.strerror}")]) from None
    if not isinstance(data, dict):
        raise FaultsFound([Fault(label, "not a record", "keys and values", again)])
    version = data.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        found = f"version {version!r} of the manifest" if version is not None else "no version"
        mend = "update the program" if newer else again
        raise FaultsFound([Fault(f"{label}: version", found, f"version {VERSION}", mend)])
    manifest = validate(data, label, Manifest)
    faults = []
    if manifest.edition != edition_id:
        found = f"the record of {manifest.edition}"
        faults.append(Fault(f"{label}: edition", found, f"that of {edition_id}", again))
    for key in ("edition", "previous"):
        if key not in manifest.parameters:
            faults.append(Fault(f"{label}: parameters", f"no key {key!r}", mend=again))
    if not faults and manifest.edition_as_recorded().id != edition_id:
        found = f"those of {manifest.edition_as_recorded().id}"
        faults.append(Fault(f"{label}: parameters", found, f"those of {edition_id}", again))
    if faults:
        raise FaultsFound(faults)
    return manifest
