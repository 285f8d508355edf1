"""Where books go: a folder of this machine, a shared one, or any fsspec address."""

from __future__ import annotations

import json
import posixpath
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec  # type: ignore[import-untyped]
from fsspec.implementations.local import (  # type: ignore[import-untyped]
    LocalFileSystem,
)

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.publish import swap_in
from scrutinybook.whole_file import write_whole

NOTES = ".fleet"
"""Folder with one record a book; a book without its record is not delivered."""


class Destination:
    """A place of books, each in a folder of its own, with the key it was made under."""

    def __init__(self, address: str) -> None:
        """Open an address: a folder's path, or ``s3://bucket/books`` where such a driver is.

        Raises `FaultsFound` for an address that cannot be used.
        """
        self.address = address
        try:
            self.fs, self.root = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError) as error:
            allowed = "a folder, or an address that fsspec and its installed drivers know"
            raise FaultsFound([Fault("--to", f"{address}: {error}", allowed)]) from None

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine, where a book can be exchanged in one step."""
        return isinstance(self.fs, LocalFileSystem)

    def is_delivered(self, book: str, key: str) -> bool:
        """Whether a book lies there whole, made under this key."""
        record = self.record(book)
        if record is None or record.get("key") != key:
            return False
        found = self._sizes(book)
        return bool(found == record.get("files"))

    def record(self, book: str) -> dict[str, Any] | None:
        """What was noted when a book was delivered; None where none was."""
        try:
            record: dict[str, Any] = json.loads(self.fs.cat_file(self._note(book)))
        except (OSError, ValueError):
            return None
        return record

    def delivered(self) -> tuple[str, ...]:
        """The ids of all books that lie there."""
        try:
            names = self.fs.ls(f"{self.root}/{NOTES}", detail=False)
        except OSError:
            return ()
        ids = (posixpath.basename(str(name)) for name in names)
        return tuple(sorted(name.removesuffix(".json") for name in ids if name.endswith(".json")))

    def deliver(
        self, book: str, pages: Path, key: str, *, last: str | None = None, **more: Any
    ) -> None:
        """Put a book in place; its record comes last, so that half a book is never taken for one.

        On this machine the book is exchanged as a whole; elsewhere its files are replaced one by
        one, the file `last` after the others. Delivering the same book twice, even at once, leaves
        one.
        """
        if self.is_local:
            stage = Path(self.root) / NOTES / f"part-{uuid4().hex}"
            shutil.copytree(pages, stage)
            swap_in(stage, Path(self.root) / book)
        else:
            self._forget(book)
            self._replace(book, pages, last)
        files = {p.relative_to(pages).as_posix(): p.stat().st_size for p in _files(pages)}
        self._put(self._note(book), json.dumps({"key": key, "files": files, **more}).encode())

    def put_page(self, name: str, content: bytes) -> None:
        """Put a page beside the books."""
        self._put(f"{self.root}/{name}", content)

    def fetch(self, book: str, into: Path, *, parts: Sequence[str] = ("",)) -> None:
        """Copy a book, or some folders and files of it, into a folder. Raises `OSError`."""
        for name in self._sizes(book):
            if any(name == part or name.startswith(part) for part in parts):
                target = into / name
                # A name from outside must not lead out of the folder.
                if not target.resolve().is_relative_to(into.resolve()):
                    raise OSError(f"{self.address}: {book}/{name} is no name of a book's file")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self.read(f"{book}/{name}"))

    def read(self, name: str) -> bytes:
        """Read a file below the address. Raises `OSError`."""
        return bytes(self.fs.cat_file(f"{self.root}/{name}"))

    def _note(self, book: str) -> str:
        return f"{self.root}/{NOTES}/{book}.json"

    def _put(self, path: str, content: bytes) -> None:
        if self.is_local:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(Path(path), content)
        else:
            self.fs.makedirs(posixpath.dirname(path), exist_ok=True)
            self.fs.pipe_file(path, content)

    def _forget(self, book: str) -> None:
        if self.fs.exists(self._note(book)):
            self.fs.rm_file(self._note(book))

    def _replace(self, book: str, pages: Path, last: str | None) -> None:
        new = {path.relative_to(pages).as_posix(): path for path in _files(pages)}
        for name in sorted(new, key=lambda each: each == last):
            self._put(f"{self.root}/{book}/{name}", new[name].read_bytes())
        for name in self._sizes(book).keys() - new.keys():
            self.fs.rm_file(f"{self.root}/{book}/{name}")

    def _sizes(self, book: str) -> dict[str, int]:
        """The size of every file of a book, by name."""
        base = f"{self.root}/{book}"
        try:
            found = self.fs.find(base, detail=True)
        except OSError:
            return {}
        start = self.fs._strip_protocol(base)
        return {posixpath.relpath(str(n), start): int(info["size"]) for n, info in found.items()}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
