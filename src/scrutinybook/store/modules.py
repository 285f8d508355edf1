"""Which modules of a package a piece of code calls upon, directly or through others.

Read from the source, not from what happens to be loaded: a kernel that begins warm has everything
loaded, and would need everything. A module counts whole: to change one line of a chart makes anew
the notebooks whose code imports that chart, by whatever way, and no others.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scrutinybook.store.needs import content_state

_BEHIND_THE_BACK = ("import_module", "__import__", "importlib", "runpy", "exec", "eval", "pkgutil")
"""Names with which code can import what its text does not say."""
_NAMED = re.compile(rf"\b(?:{'|'.join(_BEHIND_THE_BACK)})\b")
ANYTHING = "*"
_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
"""Where a statement holds statements."""
_FOREIGN = "^"
"""Stands before the name of another package's module."""


@dataclass(frozen=True)
class Package:
    """A package's source. What each file imports is read once for each content of the file."""

    name: str
    folder: Path
    memory: Path | None = None
    """A file in which what was read is remembered from run to run; it may be lost at any time."""
    _files: dict[str, str] = field(default_factory=dict, repr=False)
    """Each module's file, as a path below the folder."""
    _hashes: dict[str, str] = field(default_factory=dict, repr=False)
    _imports: dict[str, list[str]] = field(default_factory=dict, repr=False)
    _remembered: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for path in self.folder.rglob("*.py"):
            below = path.relative_to(self.folder)
            parts = below.parts[:-1] if path.name == "__init__.py" else below.with_suffix("").parts
            name = ".".join((self.name, *parts))
            self._files[name], self._hashes[name] = below.as_posix(), content_state(path)
        if self.memory is not None:
            with suppress(OSError, ValueError):
                self._remembered.update(json.loads(self.memory.read_text(encoding="utf-8")))

    def needed(self, code: Iterable[str], *, without: str = "") -> frozenset[str]:
        """Names of all modules that run when the pieces of code do, the packages above included.

        Every module where a piece is not plain Python, or imports by other means than ``import``.
        A room of the package that has no part in what comes out may be left out: `without`, with
        what it alone imports.
        """
        found: set[str] = set()
        waiting = [name for text in code for name in self._imported(text, within="")]
        while waiting:
            name = waiting.pop()
            if name == ANYTHING:
                return frozenset(self._hashes)
            is_aside = bool(without) and f"{name}.".startswith(f"{without}.")
            if name not in found and not name.startswith(_FOREIGN) and not is_aside:
                found.add(name)
                waiting += self._imports_of(name)
        return frozenset(found)

    def foreign(self, modules: Iterable[str]) -> frozenset[str]:
        """Modules of other packages that these modules import, anywhere in them."""
        found = (each for name in modules for each in self._imports_of(name))
        return frozenset(each[1:] for each in found if each.startswith(_FOREIGN))

    def states(self, modules: Iterable[str]) -> dict[str, str]:
        """The hash of each module's file, by path below the package."""
        return {self._files[name]: self._hashes[name] for name in modules}

    def remember(self) -> None:
        """Write down what was read, for the next run."""
        if self.memory is not None and self._imports:
            current = {self._memo(name) for name in self._hashes}
            known = {memo: found for memo, found in self._remembered.items() if memo in current}
            known |= {self._memo(name): found for name, found in self._imports.items()}
            if known != self._remembered:
                self.memory.parent.mkdir(parents=True, exist_ok=True)
                part = self.memory.with_suffix(".part")
                part.write_text(json.dumps(known), encoding="utf-8")
                part.replace(self.memory)

    def _imports_of(self, name: str) -> list[str]:
        if name not in self._imports:
            known = self._remembered.get(self._memo(name))
            if known is None:
                path = self.folder / self._files[name]
                within = name if path.name == "__init__.py" else name.rpartition(".")[0]
                known = sorted(set(self._imported(path.read_text(encoding="utf-8"), within)))
            self._imports[name] = known
        return self._imports[name]

    @cached_property
    def _known(self) -> str:
        return hashlib.sha256("\0".join(sorted(self._hashes)).encode()).hexdigest()[:16]

    def _memo(self, name: str) -> str:
        """A module's file as it is, in a package with these modules: ``import`` may mean either."""
        return f"{name} {self._hashes[name]} {self._known}"

    def _imported(self, text: str, within: str) -> list[str]:
        """Names of modules that a text imports; `within` is the package it stands in."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return [ANYTHING]
        found: list[str] = []
        # Most of a text is expressions: they are looked at only where one of the names stands.
        below = ast.iter_child_nodes if _NAMED.search(text) else _statements
        for node in _walk(tree, below):
            if isinstance(node, ast.Name | ast.Attribute) and _name(node) in _BEHIND_THE_BACK:
                return [ANYTHING]
            if isinstance(node, ast.Import):
                if any(alias.name in _BEHIND_THE_BACK for alias in node.names):
                    return [ANYTHING]
                for alias in node.names:
                    found += self._with_above(alias.name)
            elif isinstance(node, ast.ImportFrom):
                if node.module in _BEHIND_THE_BACK:
                    return [ANYTHING]
                parts = within.split(".")
                above = parts[: len(parts) - node.level + 1] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                found += self._with_above(base)
                if base.partition(".")[0] == self.name:
                    for alias in node.names:
                        found += self._with_above(f"{base}.{alias.name}")
        return found

    def _with_above(self, name: str) -> list[str]:
        """The module and the packages it lies in; of another package the module alone."""
        parts = name.split(".")
        if parts[0] != self.name:
            return [f"{_FOREIGN}{name}"]
        names = (".".join(parts[:k]) for k in range(1, len(parts) + 1))
        return [each for each in names if each in self._hashes]


def _walk(tree: ast.AST, below: Callable[[ast.AST], Iterable[ast.AST]]) -> Iterable[ast.AST]:
    """Every node that may run: not what stands there for a type checker alone."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and _name(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
            continue
        yield node
        waiting += below(node)


def _statements(node: ast.AST) -> Iterable[ast.AST]:
    """The statements within a statement, without its expressions."""
    for block in _BLOCKS:
        yield from getattr(node, block, ())


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
