"""One run at a time in a checkout; the second is told of the first at once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from scrutinybook.errors import Busy, Fault


@contextmanager
def run_lock(
    scratch: Path,
    doing: str,
    *,
    clock: Callable[[], datetime],
    wait: float = 0,
    among: str = "in this checkout",
) -> Iterator[None]:
    """Hold a folder's lock; `doing` tells others what for, as in ``building demo-2023-03``.

    It is the operating system's lock: it goes with the process that holds it, so that a killed run
    locks nobody out. A file beside it says who holds it, since `clock`. Raises `Busy` where another
    run holds it for longer than `wait` seconds; `among` says where runs stand in each other's way.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    lock = FileLock(scratch / "lock")
    holder = scratch / "holder.json"
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise _busy(scratch, holder, among) from None
    try:
        told = {"process": os.getpid(), "doing": doing, "since": _words(clock())}
        holder.write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):  # on Windows, while somebody reads it
            holder.unlink()
        lock.release()


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}".strip()


def _busy(scratch: Path, holder: Path, among: str) -> Busy:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        found = f"process {told['process']} is {told['doing']}, since {told['since']}"
        is_current = psutil.pid_exists(told["process"])
    except (OSError, ValueError, KeyError, TypeError):
        is_current = False
    fault = Fault(
        where=str(scratch),
        # A killed holder's file stays; the next holder takes the lock before it writes its own.
        found=found if is_current else "another run has just started",
        mend="wait until it has ended, or stop it; nothing needs to be unlocked by hand",
    )
    return Busy(f"Another run is at work {among}.", [fault])
