"""What every book of a fleet is made with, in one small archive that travels with its orders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from scrutinybook.method_changes import FILE as METHOD_CHANGES
from scrutinybook.workspace import Workspace

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the same files give the same bytes."""


def kit_of(workspace: Workspace) -> bytes:
    """Pack notebooks, pages, catalogue, changes of method, releases and worked examples."""
    parts = [
        *workspace.notebooks.glob("*.ipynb"),
        *workspace.book.rglob("*"),
        workspace.params / "measures.yml",
        workspace.root / METHOD_CHANGES,
        workspace.official / "releases.yml",
        *workspace.worked_examples.rglob("*"),
        workspace.benchmark_results,
        workspace.lock,
    ]
    files = {path.relative_to(workspace.root).as_posix(): path for path in parts if _is_part(path)}
    return pack({name: path.read_bytes() for name, path in files.items()})


def _is_part(path: Path) -> bool:
    hidden = any(part.startswith((".", "__pycache__", "_build")) for part in path.parts[-3:])
    return path.is_file() and not hidden


def pack(files: Mapping[str, bytes]) -> bytes:
    """Make an archive of files by name; the same files give the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(files):
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), files[name], zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def unpack(archive: bytes, folder: Path) -> None:
    """Put the files of an archive of `pack` below a folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        file.extractall(folder)


def digest(parts: Iterable[bytes]) -> str:
    """Hash several pieces, each by itself."""
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
