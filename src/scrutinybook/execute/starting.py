"""Two ways to start a notebook's worker: anew, or forked from a warm parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from enum import StrEnum
from typing import Protocol

from scrutinybook.execute.environment import worker_environment
from scrutinybook.execute.order import Desk


class Kernels(StrEnum):
    """How kernels come about. What comes out of a notebook is the same."""

    FORKED = "forked"
    """From one parent that has imported everything."""
    PLAIN = "plain"
    """Each started anew."""

    @classmethod
    def usual(cls) -> Kernels:
        """Forked on Linux. Windows cannot fork, and on macOS system libraries do not bear it."""
        return cls.FORKED if sys.platform.startswith("linux") else cls.PLAIN


class WorkerProcess(Protocol):
    """A worker as the run sees it."""

    @property
    def pid(self) -> int | None:
        """Its process id; None before it has one."""

    @property
    def began(self) -> float:
        """When it began, on the monotonic clock."""

    @property
    def was_lost(self) -> bool:
        """Whether it ended by no doing of its notebook, so that another try is due to it."""

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""

    def close(self) -> None:
        """Let go of it, once it is ended."""


class Starter(Protocol):
    """A way to start workers."""

    def start(self, desk: Desk) -> WorkerProcess:
        """Start a worker for the order on a desk."""


class PlainWorker:
    """A worker started anew."""

    was_lost = False

    def __init__(self, desk: Desk) -> None:
        self.began = time.monotonic()
        with desk.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "scrutinybook.execute.worker", str(desk.folder)],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=worker_environment(desk.folder, os.environ),
                # Ctrl-C is for the run alone, which then ends its workers.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self.pid = self.process.pid

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""
        return self.process.poll()

    def close(self) -> None:
        """Let go of it, once it is ended."""
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


class Plain:
    """Starts every worker anew."""

    def start(self, desk: Desk) -> WorkerProcess:
        """Start a worker for the order on a desk."""
        return PlainWorker(desk)
