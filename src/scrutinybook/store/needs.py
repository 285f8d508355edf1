"""What a result was made from, file by file, and whether all of it is still the same.

A need has a name and a state. The name says where and what:

    read project:params/measures.yml       the bytes of a file
    names project:tests/spec/worked        what a folder holds
    modules project:.                      which modules could be imported from there
    is project:benchmarks/results.csv      whether there is a file, a folder, or nothing
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

Needs = Mapping[str, str]
"""State by name of need."""

READ, NAMES, MODULES, IS = "read", "names", "modules", "is"
ABSENT = "absent"


@dataclass(frozen=True)
class Places:
    """Folders that have a name of their own, so that a checkout may be moved: name to folder."""

    folders: Mapping[str, Path]

    def name(self, kind: str, path: Path) -> str:
        """Name a need for a path, which is absolute."""
        for place, folder in self.folders.items():
            if path.is_relative_to(folder):
                return f"{kind} {place}:{path.relative_to(folder).as_posix()}"
        return f"{kind} {path.as_posix()}"

    def state(self, need: str) -> str:
        """Look what a need is like now."""
        kind, _, rest = need.partition(" ")
        place, _, below = rest.partition(":")
        path = self.folders[place] / below if place in self.folders else Path(rest)
        return STATES[kind](path)

    def still_so(self, needs: Needs) -> bool:
        """Whether everything is as it was."""
        return all(self.state(need) == state for need, state in needs.items())


def content_state(path: str | Path) -> str:
    """Hash a file's bytes; ``absent`` where it cannot be read, a folder included."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - called for every file a notebook opens
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ABSENT


def names_state(path: str | Path, endings: tuple[str, ...] = ("",)) -> str:
    """Hash the names in a folder that have certain endings, without hidden and compiled ones."""
    try:
        found = os.listdir(path)  # noqa: PTH208
    except OSError:
        return ABSENT
    shown = (name for name in found if name[:1] != "." and name != "__pycache__")
    names = sorted(name for name in shown if name.endswith(endings))
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def kind_state(path: str | Path) -> str:
    """Say whether a path is a file, a folder or absent."""
    return "folder" if os.path.isdir(path) else "file" if os.path.isfile(path) else ABSENT  # noqa: PTH112, PTH113


def modules_state(path: str | Path) -> str:
    """Hash the names of the modules in a folder."""
    return names_state(path, (".py", ".pyc", ".so", ".pyd"))


STATES: Mapping[str, Callable[[str | Path], str]] = {
    READ: content_state,
    NAMES: names_state,
    MODULES: modules_state,
    IS: kind_state,
}
"""How the state of each kind of need is found."""
