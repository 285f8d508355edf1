"""Run a command and take its wall time, the processor time of all it started, and its memory."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_EVERY = 0.25
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    wall: float
    cpu: float
    """User and system time of the command and everything it started, in seconds."""
    memory: int
    """The most that all its processes held at once in bytes, shared pages counted once (PSS)."""


def measure(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end. Raises `RuntimeError` with its last words where it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    log = folder / ".benchmark.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        watch = _Memory(process.pid)
        watch.start()
        code = process.wait()
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.stop()
    if code:
        raise RuntimeError(f"{' '.join(command)}\n{log.read_text(errors='replace')[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, watch.most)


class _Memory(threading.Thread):
    """Looks now and then at a process and everything below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.process = psutil.Process(pid)
        self.most = 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(_EVERY):
            with suppress(psutil.Error):
                family = [self.process, *self.process.children(recursive=True)]
                self.most = max(self.most, sum(map(_held, family)))

    def stop(self) -> None:
        self.done.set()
        self.join()


def _held(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        whole = process.memory_full_info()
        return int(getattr(whole, "pss", whole.uss))
    return 0
