"""Which results of earlier runs still hold for an edition: its notebooks', and which there are."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrutinybook.execute.keeper import Keeper, modules_to_warm, own_package
from scrutinybook.execute.source import Source
from scrutinybook.store import Places, Recipe, Shelf, surroundings
from scrutinybook.store.needs import content_state
from scrutinybook.workspace import Workspace

_CHOOSERS = "import scrutinybook.chapter_choice"
"""The modules that say which chapters an edition has figures for."""


def keeper_of(workspace: Workspace) -> Keeper:
    """The keeper of a checkout's results."""
    package = own_package(workspace.store / "imports.json")
    places = Places({"package": package.folder, "project": workspace.root.resolve()})
    return Keeper(
        shelf=Shelf(workspace.store / "notebooks", places),
        package=package,
        facts=surroundings(workspace.lock, os.environ),
        aside=(
            *(workspace.scratch, workspace.results, workspace.site),
            *(workspace.root / name for name in (".git", ".venv")),
        ),
    )


def chapters_as_before(
    keeper: Keeper, parameters: Mapping[str, Any], notebooks: Sequence[Path]
) -> tuple[str, ...] | None:
    """The chapters that the edition's figures serve, if a run has found out and all is the same.

    None where they have to be read. `parameters` are the edition's, `notebooks` all there are.
    """
    kept = keeper.shelf.find(_recipe(keeper, parameters, notebooks))
    return None if kept is None else tuple(json.loads(kept.content))


def modules_of(keeper: Keeper, notebooks: Sequence[Path]) -> frozenset[str]:
    """What a parent has to import so that all of the notebooks begin warm."""
    sources = (Source.read(path) for path in notebooks)
    code = (cell.text for source in sources for cell in source.cells if cell.is_code)
    return modules_to_warm(keeper.package, code)


def note_chapters(
    keeper: Keeper,
    parameters: Mapping[str, Any],
    notebooks: Sequence[Path],
    chapters: Sequence[str],
) -> None:
    """Keep, after a run, which chapters there are: while all that its notebooks needed is the same.

    Every chapter opens the edition's figures, so what the notebooks read is what the choice hangs
    on. Nothing is kept where what one of them read cannot be told.
    """
    needs: dict[str, str] = {}
    for each in keeper.needs.values():
        if each is None:
            return
        needs |= each
    states = keeper.package.states(keeper.package.needed([_CHOOSERS]))
    needs |= {f"read package:{path}": state for path, state in states.items()}
    recipe = _recipe(keeper, parameters, notebooks)
    keeper.shelf.keep(recipe, needs, json.dumps(list(chapters)))


def _recipe(keeper: Keeper, parameters: Mapping[str, Any], notebooks: Sequence[Path]) -> Recipe:
    names = [path.stem for path in notebooks]
    return Recipe("chapters", {**keeper.facts, "parameters": parameters, "notebooks": names})


_BOOK_MAKERS = "import scrutinybook.book, scrutinybook.book.built, scrutinybook.book.sphinx_ext"
_BENCHES = 24
"""Editions whose last build is kept."""


def book_facts(workspace: Workspace) -> dict[str, object]:
    """What pages depend on beside their sources: versions, the modules and files that make them."""
    package = own_package(workspace.store / "imports.json")
    # How the build's process comes about makes no difference to the pages.
    makers = package.needed([_BOOK_MAKERS], without="scrutinybook.execute")
    package.remember()
    modules = package.states(makers)
    theme = package.folder / "book" / "theme"
    files = {path.name: content_state(path) for path in sorted(theme.iterdir())}
    return {**surroundings(workspace.lock, os.environ), "modules": modules, "theme": files}


def sweep_benches(folder: Path) -> None:
    """Remove the builds that were not built upon for longest, so that they do not fill the disk."""
    found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in found[_BENCHES:]:
        shutil.rmtree(old, ignore_errors=True)


def same_files(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return other.is_dir() and _contents(one) == _contents(other)


def same_results(fresh: Path, current: Path) -> bool:
    """Whether two folders of results hold the same, times of running apart."""
    if not (current / "run.json").is_file():
        return False
    one, other = _contents(fresh), _contents(current)
    for each in (one, other):
        record = json.loads(each.pop("run.json"))
        record.pop("seconds", None)
        each["run"] = json.dumps(record, sort_keys=True).encode()
    return one == other


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
