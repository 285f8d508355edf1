"""End processes for good: with their children, and wherever those have gone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

from scrutinybook.execute.environment import MARK
from scrutinybook.execute.order import Desk

_GONE_AFTER = 10.0
"""Seconds to wait for killed processes to go."""


def end_descendants(pid: int) -> None:
    """Kill every process below `pid`, but not `pid` itself."""
    with suppress(psutil.NoSuchProcess):
        _kill(psutil.Process(pid).children(recursive=True))


def end_tree(pid: int) -> None:
    """Kill `pid` and every process below it.

    Parent before children: a worker that is still alive would take its kernel's end for a death.
    """
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        _kill([process, *process.children(recursive=True)])


def end_marked(folder: Path) -> None:
    """Kill every process of the runs that have their folder at `folder` or below, but not this one.

    A kernel runs in a session of its own and loses its parent when the worker is killed, so no
    process tree leads to it. The mark in its environment does.
    """
    _kill(process for process in marked(folder) if process.pid != os.getpid())


def end_noted(desk: Desk) -> None:
    """Kill the kernel that was noted on a desk, and every process below it."""
    noted = desk.kernel()
    if noted is None:
        return
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(noted[0])
        if process.create_time() == noted[1]:
            _kill([process, *process.children(recursive=True)])


def marked(folder: Path) -> list[psutil.Process]:
    """Find the living processes of the runs that have their folder at `folder` or below."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            mark = process.environ().get(MARK)
            if mark and Path(mark).is_relative_to(folder) and _alive(process):
                found.append(process)
    return found


def _alive(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE


def _kill(processes: Iterable[psutil.Process]) -> None:
    killed = list(processes)
    for process in killed:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(killed, timeout=_GONE_AFTER)
