"""Files and folders for nobody but their owner, written whole or not at all.

Modes are set where the system has them; elsewhere (Windows) a person's own folders are private by
the rights that they inherit.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there. Raises `OSError`."""
    path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, down to the disk. Raises `OSError`."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, FILE_MODE)

    with open(path, "xb", opener=opener) as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def replace(path: Path, data: bytes) -> None:
    """Replace a file in one step: whoever reads it finds the old one or the new one.

    Raises `OSError` where the system refuses; the old file then stands.
    """
    unfinished = _unfinished(path)
    try:
        write_new(unfinished, data)
        os.replace(unfinished, path)  # noqa: PTH105 - one step on every system
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_once(path: Path, data: bytes) -> None:
    """Write a file unless one of that name is there, in one step; whoever is first, stays.

    Raises `OSError` where the system refuses.
    """
    unfinished = _unfinished(path)
    try:
        write_new(unfinished, data)
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:
            return
        except (OSError, NotImplementedError):  # a disk without links
            if not path.exists():
                os.replace(unfinished, path)  # noqa: PTH105
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def place_folder(fresh: Path, target: Path) -> None:
    """Put a fresh folder in its place by one rename. Raises `OSError`, if it is taken too."""
    if target.exists():
        raise FileExistsError(17, "the folder is there already", str(target))
    fresh.rename(target)
    sync_folder(target.parent)


def sync_folder(path: Path) -> None:
    """Have a folder's names written to the disk, where the system can (Windows cannot)."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
