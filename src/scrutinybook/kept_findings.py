"""Findings that take long to work out, kept in the project's scratch by all that they hang on.

Several notebooks of a book speak of the same findings, each in a process of its own; so do the book
of this month and the next. What is kept is the finding itself, in plain JSON, and it may be lost at
any time: it is then worked out anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from scrutinybook.edition import Edition
from scrutinybook.store import Places, Program, Recipe, Shelf, program, surroundings
from scrutinybook.store.needs import content_state
from scrutinybook.workspace import Workspace

T = TypeVar("T")

_LIMIT_BYTES = 50_000_000
_PATIENCE = 20.0
"""Seconds to wait for another process that works on the same: then one does it oneself."""
_LOOK = 0.01
"""Seconds between two looks whether it is done."""


@dataclass(frozen=True)
class KeptFindings:
    """The findings kept in a folder; nothing is kept without one."""

    folder: Path | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    """What every finding hangs on beside its figures: Python and what is installed."""

    @classmethod
    def of_project(cls, workspace: Workspace) -> KeptFindings:
        """Those of a checkout."""
        return cls(workspace.findings, surroundings(workspace.lock, os.environ))

    def find(
        self,
        name: str,
        figures: Mapping[str, object],
        form: TypeAdapter[T],
        work_out: Callable[[], T],
    ) -> T:
        """The finding of that name from those figures: as kept, else worked out and kept.

        `figures` are plain JSON, all that the finding hangs on beside this program; `form` writes
        and reads it. Who asks while another process works it out waits for that one, for a while.
        """
        if self.folder is None:
            return work_out()
        source = program()
        recipe = Recipe(name, {**self.facts, "program": source.state, "figures": figures})
        shelf = _shelf(self.folder)
        if (kept := _read(shelf, recipe, form)) is not None:
            return kept
        with _alone(self.folder / f"{recipe.key}.lock"):
            # Another may have kept it meanwhile.
            kept = _read(shelf, recipe, form)
            return _keep(shelf, recipe, form, work_out(), source) if kept is None else kept

    def tidy(self) -> None:
        """Drop what was not used for longest, where the folder holds more than it may."""
        if self.folder is not None:
            _shelf(self.folder).tidy()


def files_behind(workspace: Workspace, edition: Edition, figures: Path) -> dict[str, str]:
    """What an edition's findings hang on, file by file, with the state of each.

    `figures` is the folder of its figures. Ask before they are read: who has read them may have
    older ones.
    """
    told = [workspace.params / edition.slug / f"{name}.yml" for name in ("claims", "plan")]
    files = [*sorted(figures.glob("*")), *told, workspace.params / "measures.yml"]
    return {path.name: content_state(path) for path in files}


def _shelf(folder: Path) -> Shelf:
    return Shelf(folder, Places({}), _LIMIT_BYTES)


def _read(shelf: Shelf, recipe: Recipe, form: TypeAdapter[T]) -> T | None:
    with suppress(OSError, ValueError):
        if kept := shelf.find(recipe):
            return form.validate_json(kept.content)
    return None


def _keep(shelf: Shelf, recipe: Recipe, form: TypeAdapter[T], found: T, source: Program) -> T:
    """Keep what was found and return it as it is read back: the same whether it was kept or not."""
    text = form.dump_json(found).decode("utf-8")
    try:
        again = form.validate_json(text)
    except ValueError:
        return found  # what is no number has no JSON
    # Else it may be the answer of older modules, which this process had loaded.
    if source.is_as_it_was():
        with suppress(OSError):
            shelf.keep(recipe, {}, text)
    return again


@contextmanager
def _alone(lock_file: Path) -> Iterator[None]:
    """Have others wait that want the same, where the disk can hold a lock."""
    lock = FileLock(lock_file)
    with suppress(OSError, NotImplementedError, Timeout):
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE, poll_interval=_LOOK)
    try:
        yield
    finally:
        # Whoever waits looks first whether it has been kept, so that the file may go.
        with suppress(OSError):
            if lock.is_locked:
                lock.release()
                lock_file.unlink(missing_ok=True)
