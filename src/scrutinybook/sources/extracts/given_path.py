"""The file or folder that a reader is given: whether it is there, and its bytes' hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound, nearest


def require_path(path: Path, allowed: str) -> None:
    """Raise `FaultsFound` where there is no such file or folder, with the nearest name there."""
    try:
        if path.exists():
            return
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
    except (OSError, ValueError):  # a name that no system can have
        beside = []
    found = "there is no such file or folder"
    raise FaultsFound([Fault(str(path), found, allowed, nearest(path.name, beside))])


def require_file(path: Path, allowed: str) -> None:
    """Raise `FaultsFound` where there is no such file, or a folder in its place."""
    require_path(path, allowed)
    if not path.is_file():
        raise FaultsFound([Fault(str(path), "a folder", allowed, "name the file in it")])


def hash_of(contents: Mapping[str, bytes]) -> str:
    """SHA-256 of files by name, as hexadecimal digits."""
    digest = hashlib.sha256()
    for name, raw in sorted(contents.items()):
        digest.update(f"{name}\0{len(raw)}\0".encode(errors="surrogateescape"))
        digest.update(raw)
    return digest.hexdigest()
