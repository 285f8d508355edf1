"""Findings that take long to work out, kept in the project's scratch by all that they hang on.

Several notebooks of a book speak of the same findings, each in a process of its own; so do the book
of this month and the next. What is kept is the finding itself, in plain JSON, and it may be lost at
any time: it is then worked out anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from scrutinybook.store import Places, Recipe, Shelf, surroundings
from scrutinybook.workspace import Workspace

T = TypeVar("T")

_LIMIT_BYTES = 50_000_000
_PATIENCE = 60.0
"""Seconds to wait for another process that works on the same: then one does it oneself."""
_LOOK = 0.01


@dataclass(frozen=True)
class KeptFindings:
    """The findings kept in a folder; nothing is kept without one."""

    folder: Path | None = None
    facts: Mapping[str, str] | None = None
    """What every finding hangs on beside its figures: this program, Python, what is installed."""

    @classmethod
    def of_project(cls, workspace: Workspace) -> KeptFindings:
        """Those of a checkout."""
        facts = {**surroundings(workspace.lock, os.environ), "program": _program()}
        return cls(workspace.store / "findings", facts)

    def find(
        self,
        name: str,
        figures: Mapping[str, object],
        form: TypeAdapter[T],
        work_out: Callable[[], T],
    ) -> T:
        """The finding of that name from those figures: as kept, else worked out and kept.

        `name` is for people and for the name of a file; `figures` are plain JSON, all that the
        finding hangs on; `form` writes and reads it. Two processes do not work on one name at once.
        """
        if self.folder is None:
            return work_out()
        shelf = Shelf(self.folder, Places({}), _LIMIT_BYTES)
        recipe = Recipe(name, {**(self.facts or {}), "figures": figures})
        if (kept := _read(shelf, recipe)) is not None:
            return form.validate_json(kept)
        with self._alone(name):
            kept = _read(shelf, recipe)  # another may have kept it meanwhile
            if kept is None:
                kept = form.dump_json(work_out()).decode("utf-8")
                with suppress(OSError):
                    shelf.keep(recipe, {}, kept)
                    shelf.tidy()
            # Read back in either case: what is shown is the same whether it was kept or not.
            return form.validate_json(kept)

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Have others wait that work on the same, where the disk can hold a lock."""
        assert self.folder is not None
        lock = FileLock(self.folder / f"{name.replace(' ', '-')}.lock")
        with suppress(OSError, NotImplementedError, Timeout):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_PATIENCE, poll_interval=_LOOK)
        try:
            yield
        finally:
            lock.release()


def _read(shelf: Shelf, recipe: Recipe) -> str | None:
    with suppress(OSError):
        if kept := shelf.find(recipe):
            return kept.content
    return None


@lru_cache(maxsize=1)
def _program() -> str:
    """All source of this program: a finding hangs on no more."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent
    for path in sorted(package.rglob("*.py")):
        digest.update(str(path.relative_to(package)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
