"""Put a record in place: the old one or the new one stands at every moment, never a mixture."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from scrutinybook.errors import FaultsFound
from scrutinybook.record.manifest import DIGEST_SHOWN, FILE, Manifest, manifest_from, record_folder
from scrutinybook.whole_file import write_whole
from scrutinybook.workspace import Workspace

SIGN_OFF = "sign-off.yml"
"""Written by whoever signs; what it names is kept when a later run replaces it."""
_PART = ".part-"


def put_record(workspace: Workspace, manifest: Manifest, tables: Mapping[str, bytes]) -> Path:
    """Write an edition's manifest and its tables, by the names of their files.

    Tables lie in a folder named after what they hold, so that the manifest, which is replaced in
    one step, always names tables that are there. A record that was signed is kept beside the new
    one. Returns the manifest's path. Raises `OSError` where the system refuses; the record that
    was there then stands.
    """
    folder = record_folder(workspace, manifest.edition)
    folder.mkdir(parents=True, exist_ok=True)
    _put_tables(folder / manifest.tables_folder, tables)
    path = folder / FILE
    old = _readable(path, manifest.edition)
    kept = [manifest.tables_folder]
    if old is not None and old.digest != manifest.digest and _is_signed(folder, old):
        write_whole(folder / _kept_name(old.digest), old.as_json())
    write_whole(path, manifest.as_json())
    kept += [f"tables-{each.stem.removeprefix('manifest-')}" for each in _kept_manifests(folder)]
    _sweep(folder, kept)
    return path


def kept_manifest(workspace: Workspace, edition_id: str, digest: str) -> Path | None:
    """The manifest of a signed record that a later run replaced; None where there is none."""
    path = record_folder(workspace, edition_id) / _kept_name(digest)
    return path if path.is_file() else None


def _kept_name(digest: str) -> str:
    return f"manifest-{digest[:DIGEST_SHOWN]}.json"


def _kept_manifests(folder: Path) -> Sequence[Path]:
    return sorted(folder.glob("manifest-*.json"))


def _is_signed(folder: Path, old: Manifest) -> bool:
    try:
        return old.digest in (folder / SIGN_OFF).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _readable(path: Path, edition_id: str) -> Manifest | None:
    with suppress(FaultsFound):
        return manifest_from(path, FILE, edition_id)
    return None


def _put_tables(folder: Path, tables: Mapping[str, bytes]) -> None:
    if folder.is_dir() and _contents(folder) == dict(tables):
        return
    fresh = folder.with_name(f"{_PART}{uuid4().hex}")
    try:
        fresh.mkdir()
        for name, content in tables.items():
            (fresh / name).write_bytes(content)
        # Only a folder that somebody spoiled is in the way; its manifest names what it was.
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _sweep(folder: Path, kept: Sequence[str]) -> None:
    """Remove tables that no manifest names, and what killed runs left."""
    for path in folder.iterdir():
        left = path.name.startswith(_PART)
        if path.is_dir() and (left or (path.name.startswith("tables-") and path.name not in kept)):
            shutil.rmtree(path, ignore_errors=True)
