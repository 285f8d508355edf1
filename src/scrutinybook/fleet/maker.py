"""What a fleet's worker does: make one book in a folder of its own, and deliver it.

A worker process keeps a warm parent for its kernels and pages from book to book. It holds nothing
else between books: what it leaves when it is killed is a folder, which the next worker on the
machine removes, and a parent that goes by itself.
"""

from __future__ import annotations

import atexit
import getpass
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psutil

from scrutinybook import pipeline
from scrutinybook.checked import check
from scrutinybook.errors import FaultsFound, ScrutinyError
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import Warmth
from scrutinybook.fleet.kit import unpack
from scrutinybook.fleet.orders import BookOrder, program_key
from scrutinybook.publish.destination import Destination
from scrutinybook.workspace import Workspace


class Result(StrEnum):
    """What became of a book."""

    MADE = "made"
    UNCHANGED = "unchanged"
    """It lies at the destination, made of the very same."""
    LEFT_OUT = "left out"
    """The figures cannot serve the edition: an authority that began later, for instance."""
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one order."""

    id: str
    result: Result
    seconds: float = 0.0
    words: str = ""
    """Why, where it was not made."""


class _Bench:
    """This process's own: a folder, the program's key, and a parent kept warm."""

    def __init__(self) -> None:
        machine = Path(tempfile.gettempdir()) / f"scrutiny-fleet-{getpass.getuser()}"
        machine.mkdir(mode=0o700, exist_ok=True)
        _sweep(machine)
        self.folder = machine / str(os.getpid())
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        self.warm = Warmth(self.folder, Kernels.usual(), pipeline.modules_after(builds=True))
        atexit.register(self.close)

    def close(self) -> None:
        """Leave nothing."""
        atexit.unregister(self.close)
        self.warm.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_benches: list[_Bench] = []


def _own_bench() -> _Bench:
    """This process's bench, made when it is first wanted: a worker may make no book at all."""
    if not _benches:
        _benches.append(_Bench())
    return _benches[0]


def put_away() -> None:
    """Leave nothing of this process's bench: the fleet is done. A later order makes a new one."""
    while _benches:
        _benches.pop().close()


def make(order: BookOrder, address: str) -> Outcome:
    """Make a book and deliver it, unless it has been delivered as it would come out.

    Failures that a person can mend are told in the outcome, not raised: the others go on.
    """
    began = time.monotonic()
    destination = Destination(address)
    if destination.is_delivered(order.id, order.key):
        return Outcome(order.id, Result.UNCHANGED)
    bench = _own_bench()
    folder = Path(tempfile.mkdtemp(dir=bench.folder, prefix="book-"))
    try:
        unpack(order.kit, folder)
        unpack(order.figures, folder)
        for name, text in order.parameters.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        workspace = Workspace(folder)
        if program_key(workspace.lock) != order.program:
            words = "this worker has another version of the program or of its packages"
            return Outcome(order.id, Result.FAILED, words=words)
        try:
            checked = check(workspace, order.id)
        except FaultsFound as error:
            return Outcome(order.id, Result.LEFT_OUT, words=_plain(error, folder))
        pipeline.run(workspace, checked, jobs=1, on_event=lambda event: None, warm=bench.warm)
        pipeline.build(workspace, checked, warm=bench.warm)
        seconds = time.monotonic() - began
        about = {"authority": order.authority, "month": order.month}
        destination.deliver(order.id, workspace.site / order.id, order.key, **about)
    except ScrutinyError as error:
        seconds = time.monotonic() - began
        return Outcome(order.id, Result.FAILED, seconds, _plain(error, folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Outcome(order.id, Result.MADE, seconds)


def _plain(error: ScrutinyError, folder: Path) -> str:
    return str(error).replace(f"{folder}{os.sep}", "").replace(str(folder), ".")


def _sweep(machine: Path) -> None:
    """Remove the folders of workers that are no more."""
    for left in machine.iterdir():
        with suppress(ValueError, OSError):
            if not psutil.pid_exists(int(left.name)):
                shutil.rmtree(left, ignore_errors=True)
