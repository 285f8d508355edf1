"""A kernel that a worker forked: it waits for its connection, then is an ordinary ipykernel."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import psutil

from scrutinybook.execute.in_kernel import prepare
from scrutinybook.execute.order import Desk

_ARGUMENTS = ("--HistoryManager.enabled=False",)
_PR_SET_PDEATHSIG = 1


@dataclass
class ForkedKernel:
    """A waiting kernel as its worker sees it, in the manner of `subprocess.Popen`."""

    pid: int
    line: int
    """Where its start is written to."""
    returncode: int | None = None
    stdin = stdout = stderr = None

    def begin(self, connection_file: str, folder: str, environment: dict[str, str]) -> None:
        """Let the kernel start with a connection, in a folder, with an environment."""
        words = json.dumps([connection_file, folder, environment]).encode()
        with os.fdopen(self.line, "wb") as line:
            line.write(words)

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                pid, status = self.pid, 0
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end."""
        until = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None and (until is None or time.monotonic() < until):
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def fork_kernel(desk: Desk) -> ForkedKernel:
    """Fork a kernel that waits. Call it before the first thread of this process."""
    read, write = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(write)
            _be_kernel(desk, read, parent)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(read)
    # No process tree leads to it once this one is killed, and its environment bears the mark of
    # the parent of all.
    desk.note_kernel(pid, psutil.Process(pid).create_time())
    return ForkedKernel(pid, write)


def _be_kernel(desk: Desk, line: int, parent: int) -> NoReturn:
    _die_with(parent)
    with os.fdopen(line, "rb") as words:
        told = words.read()
    if not told:
        os._exit(0)  # the worker has gone without needing a kernel
    connection_file, folder, environment = json.loads(told)
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT
                      else signal.SIG_DFL)  # fmt: skip
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - loaded already

    sys.argv = ["ipykernel_launcher", "-f", connection_file, *_ARGUMENTS]

    class Prepared(IPKernelApp):
        """An ordinary kernel, prepared where an ordinary one loads its extension."""

        name = "ipython-kernel"

        def init_extensions(self) -> None:
            super().init_extensions()  # type: ignore[no-untyped-call]
            prepare(desk)

    app: Any = Prepared.instance()
    app.initialize(sys.argv[1:])
    app.start()
    os._exit(0)


def _die_with(parent: int) -> None:
    """Have the system end this process when its parent ends (Linux); else a poller of ipykernel's
    does within a second."""
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
