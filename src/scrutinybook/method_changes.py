"""Changes of method: what the program works out otherwise than before, since when, in which module.

Read by the methods page and by `verify`, which says of a number that does not come out again which
of these stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import scrutinybook
from scrutinybook.catalogue_types import Text
from scrutinybook.edition import DateField
from scrutinybook.errors import Fault, FaultsFound, nearest
from scrutinybook.workspace import Workspace
from scrutinybook.yaml_files import Strict, read_model

FILE = "params/method-changes.yml"
METHODS = ("statistics", "measures", "disclosure", "analysis", "council", "formulas.py")
"""The rooms of the package whose changes can alter a number."""


class MethodChange(Strict):
    """One change, and what it alters."""

    since: DateField
    """The day from which the program works so."""
    modules: tuple[Text, ...]
    """The modules that changed, by path in the package: ``statistics/confirmation.py``."""
    what: Text
    """What is done otherwise, with how it was before."""
    alters: Text
    """Which figures or verdicts may be others, after "This alters"."""

    @property
    def words(self) -> str:
        """On one line."""
        return f"since {self.since}: {self.what} This alters {self.alters}"


class MethodChanges(Strict):
    """The whole file."""

    changes: tuple[MethodChange, ...]

    @property
    def newest_first(self) -> tuple[MethodChange, ...]:
        """In the order of pages."""
        return tuple(sorted(self.changes, key=lambda each: each.since, reverse=True))


def read_method_changes(workspace: Workspace) -> tuple[MethodChange, ...]:
    """The changes on record, the newest first; none where there is no file.

    Raises `FaultsFound` with all that is wrong with the file, modules that are not there included.
    """
    path = workspace.root / FILE
    if not path.is_file():
        return ()
    found = read_model(path, FILE, MethodChanges)
    faults = [
        fault
        for number, change in enumerate(found.changes, 1)
        for fault in _module_faults(change, f"{FILE}: changes, entry {number}, modules")
    ]
    if faults:
        raise FaultsFound(faults)
    return found.newest_first


def behind(
    changes: Iterable[MethodChange], modules: Iterable[str], since: str | None
) -> tuple[MethodChange, ...]:
    """Those that touch one of the modules and came on or after a day, written as ISO 8601.

    Without a day, all that touch one of them.
    """
    touched = frozenset(modules)
    return tuple(
        change
        for change in changes
        if touched.intersection(change.modules)
        and (since is None or change.since.isoformat() >= since[:10])
    )


def is_method(module: str) -> bool:
    """Whether a change of a module can alter a number."""
    return module.partition("/")[0] in METHODS


def _module_faults(change: MethodChange, where: str) -> list[Fault]:
    if not change.modules:
        return [Fault(where, "empty", "one module or more")]
    package = Path(scrutinybook.__file__).parent
    there = [path.relative_to(package).as_posix() for path in package.rglob("*.py")]
    allowed = "a module of src/scrutinybook, such as statistics/confirmation.py"
    return [
        Fault(where, f"no module {name!r}", allowed, nearest(name, there))
        for name in change.modules
        if name not in there
    ]
