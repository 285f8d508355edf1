"""Keep one warm parent for all that a command does: editions' notebooks and their pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrutinybook.execute.starting import Kernels, Plain, Starter

if TYPE_CHECKING:
    from scrutinybook.execute.forked.link import WarmParent

RUN_PREFIX = "run-"
"""How the folders of runs begin, in the scratch folder."""


class Warmth:
    """A warm parent that is started when it is first wanted, if kernels are to be forked."""

    def __init__(self, scratch: Path, kernels: Kernels, next_modules: Sequence[str] = ()) -> None:
        self.scratch, self.kernels, self.next_modules = scratch, kernels, next_modules
        self._parent: WarmParent | None = None

    @property
    def parent(self) -> WarmParent | None:
        """The parent, where there is one and it lives."""
        return None if self._parent is None or self._parent.is_gone else self._parent

    def starter(self, modules: Iterable[str]) -> Starter:
        """A way to start workers whose notebooks call on some modules.

        A parent that lives already is taken as it is: a kernel imports by itself what is missing.
        """
        if self.kernels is Kernels.PLAIN:
            return Plain()
        if self.parent is None:
            # Imported here: not every system has all of it.
            from scrutinybook.execute.forked.link import WarmParent  # noqa: PLC0415

            self.close()
            self._parent = WarmParent(new_folder(self.scratch.resolve()), sorted(modules))
        assert self._parent is not None
        return self._parent

    def call(
        self,
        function: str,
        arguments: Sequence[Any],
        *,
        folder: Path,
        limit_seconds: float,
        modules: Iterable[str] | None = None,
    ) -> Any:
        """Call ``module:function`` in a process forked from the parent, if there is one; else here.

        With `modules` a parent is started for it and what comes after. See `errand.call`.
        """
        from scrutinybook.execute.errand import call  # noqa: PLC0415

        if modules is not None:
            self.starter(modules)
        return call(self.parent, function, arguments, folder=folder, limit_seconds=limit_seconds)

    def have_next_ready(self) -> None:
        """Have the parent import what comes after the notebooks, while the last of them run."""
        if self.parent is not None and self.next_modules:
            self.parent.have_ready(self.next_modules)

    def close(self) -> None:
        """End the parent and all that comes from it."""
        if self._parent is not None:
            self._parent.close()
            shutil.rmtree(self._parent.folder, ignore_errors=True)
            self._parent = None


@contextmanager
def warmth(
    scratch: Path, kernels: Kernels | None = None, *, next_modules: Sequence[str] = ()
) -> Iterator[Warmth]:
    """Keep a parent warm, once it is wanted, until the block ends.

    `next_modules` are what is wanted of the parent once the notebooks have been run.
    Enter the block while holding the run's lock, and leave it before: `sweep` ends what it finds.
    """
    warm = Warmth(scratch, kernels or Kernels.usual(), next_modules)
    try:
        yield warm
    finally:
        warm.close()


def new_folder(scratch: Path) -> Path:
    """Choose and make a folder that only the user may enter; those of earlier runs stay."""
    scratch.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = scratch / f"{RUN_PREFIX}{os.getpid()}-{number}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("there is always a next number")
