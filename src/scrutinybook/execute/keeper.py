"""Take a notebook's result from the shelf while nothing it was made from has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import scrutinybook
from scrutinybook.execute.opened import UNKEEPABLE
from scrutinybook.execute.source import Source
from scrutinybook.execute.tasks import NotebookTask
from scrutinybook.store import Needs, Recipe, Shelf
from scrutinybook.store.modules import Package

_MACHINERY = tuple(
    f"scrutinybook.execute.{name}"
    for name in (
        *("worker", "client", "in_kernel", "environment", "order", "opened"),
        *("forked.parent", "forked.rehearsal", "forked.worker", "forked.kernel"),
        "forked.provisioner",
    )
)
"""The modules that run a notebook: they too decide what comes out."""


def own_package(memory: Path | None = None) -> Package:
    """This program's own source as it is now."""
    return Package("scrutinybook", Path(scrutinybook.__file__).resolve().parent, memory)


def modules_to_warm(package: Package, code: Iterable[str]) -> frozenset[str]:
    """What some code imports, directly or through the package, other packages' modules included.

    What is imported within a function counts too: it would be imported anew in every kernel.
    """
    own = package.needed(code)
    return own | package.foreign(own)


@dataclass(frozen=True)
class Keeper:
    """Keeps the results of one run's notebooks, and finds those of earlier runs.

    Make it before anything of the package is imported for the notebooks: what a kernel loads is
    then never older than what the key says.
    """

    shelf: Shelf
    package: Package
    facts: Mapping[str, object]
    """What every result depends on beside its own code and data."""
    aside: Sequence[Path]
    """Folders in which nothing is an input: what runs make."""
    needs: dict[str, Needs | None] = field(default_factory=dict)
    """What each notebook needed, by task name; None where that cannot be told."""

    def folders_aside(self) -> list[str]:
        """The folders aside as a kernel is told of them."""
        return [str(folder.resolve()) for folder in self.aside]

    def fetch(self, task: NotebookTask, source: Source) -> str | None:
        """The executed notebook, if it is kept and nothing has changed."""
        kept = self.shelf.find(self._recipe(task, source))
        if kept is None:
            return None
        self.needs[task.name] = kept.needs
        return kept.content

    def keep(self, task: NotebookTask, source: Source, executed: Path, opened: Path) -> None:
        """Keep an executed notebook, unless what it needed cannot be told or changed meanwhile."""
        self.needs[task.name] = needs = self._needs(source, opened)
        if needs is not None:
            text = executed.read_text(encoding="utf-8")
            self.shelf.keep(self._recipe(task, source), needs, text)

    def _recipe(self, task: NotebookTask, source: Source) -> Recipe:
        machinery = self.package.states(_MACHINERY)
        cells = [[cell.is_code, cell.text, sorted(cell.tags)] for cell in source.cells]
        facts = {
            **self.facts,
            "cells": cells,
            "parameters": dict(task.parameters),
            "kernel": task.kernel_name,
            "seed": task.seed_from or task.name,
            "machinery": machinery,
        }
        return Recipe(f"notebook {task.name}", facts)

    def _needs(self, source: Source, opened: Path) -> Needs | None:
        modules = self.package.needed(cell.text for cell in source.cells if cell.is_code)
        states = self.package.states(modules)
        needs = {f"read package:{path}": state for path, state in states.items()}
        try:
            lines = opened.read_bytes().decode("utf-8", "surrogateescape").splitlines()
        except OSError:
            return None  # a kernel that noted nothing, not even that it read nothing
        for line in lines:
            kind, state, path = line.split("\t", 2)
            if kind == UNKEEPABLE:
                return None
            need = self.shelf.places.name(kind, Path(path))
            if needs.setdefault(need, state) != state:
                return None
        return needs if self.shelf.places.still_so(needs) else None
