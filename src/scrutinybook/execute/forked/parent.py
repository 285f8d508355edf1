"""The warm parent: ``python -m scrutinybook.execute.forked.parent FOLDER MODULE...``.

It imports what notebooks import, rehearses what is slow the first time, and from then on forks
for each order that comes in on its standard input, one JSON object a line: a worker for a
notebook, or a program such as the book build. It tells of each one's start and end on its
standard output. It has one thread and talks to no kernel, so
that a fork finds nothing half done. When the run goes, its input ends and it goes too, with all
its children.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import psutil

from scrutinybook.execute.forked.rehearsal import rehearse
from scrutinybook.execute.order import Desk
from scrutinybook.store import program

DRIVER = ("papermill", "nbclient", "nbformat", "ipykernel.kernelapp", "ipykernel.ipkernel")
"""What worker and kernel import themselves."""


def main() -> None:
    """Warm up, then fork a worker for each order until there are no more to come."""
    folder = Path(sys.argv[1])
    told = os.dup(1)
    with (folder / "log.txt").open("ab", buffering=0) as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    program()  # as it is before its modules are imported
    _warm_up(sys.argv[2:])
    Parent(told).serve()


def _warm_up(modules: list[str]) -> None:
    for name in (*DRIVER, "scrutinybook.execute.worker", "scrutinybook.execute.forked.worker"):
        import_module(name)
    _import(modules)
    rehearse()
    if threading.active_count() > 1:
        sys.exit("an import started a thread: nothing can be forked safely")
    gc.collect()
    gc.freeze()  # children then leave these pages shared


class Parent:
    """Forks and follows. `told` is where it tells."""

    def __init__(self, told: int) -> None:
        self.told = told
        self.names: dict[int, str] = {}
        self.rest = b""
        self.bell, self.ring = os.pipe()
        for end in (self.bell, self.ring):
            os.set_blocking(end, False)

    def serve(self) -> NoReturn:
        """Take orders until the input ends."""
        signal.set_wakeup_fd(self.ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        while True:
            ready, _, _ = select.select([0, self.bell], [], [])
            if self.bell in ready:
                with suppress(BlockingIOError):
                    os.read(self.bell, 4096)
            self._bury()
            if 0 in ready:
                data = os.read(0, 65536)
                if not data:
                    self._leave()
                *lines, self.rest = (self.rest + data).split(b"\n")
                for line in lines:
                    order = json.loads(line)
                    if "import" in order:
                        _import(order["import"])
                    else:
                        self._fork(order)

    def _fork(self, order: dict[str, Any]) -> None:
        try:
            pid = os.fork()
        except OSError as error:
            self._tell({"name": order["name"], "ended": str(error)})
            return
        if pid == 0:
            _become(order, (self.told, self.bell, self.ring))
        self.names[pid] = order["name"]
        self._tell({"name": order["name"], "pid": pid})

    def _bury(self) -> None:
        while self.names:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if name := self.names.pop(pid, None):
                self._tell({"name": name, "ended": os.waitstatus_to_exitcode(status)})

    def _tell(self, words: dict[str, Any]) -> None:
        try:
            os.write(self.told, json.dumps(words).encode() + b"\n")
        except OSError:
            self._leave()

    def _leave(self) -> NoReturn:
        with suppress(psutil.Error):
            for child in psutil.Process().children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        os._exit(0)


def _import(names: Iterable[str]) -> None:
    for name in names:
        # What cannot be imported fails where it is wanted, and is told from there.
        with suppress(Exception):
            import_module(name)


def _become(order: dict[str, Any], fds: tuple[int, ...]) -> NoReturn:
    """Be the worker or the program of an order, in a process that was just forked."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for fd in fds:
            os.close(fd)
        _settle(order["log"], order["environment"])
        if "program" in order:
            os.chdir(order["folder"])
            module, _, name = order["program"].partition(":")
            sys.argv = [name, *order["arguments"]]
            code = getattr(import_module(module), name)() or 0
        else:
            from scrutinybook.execute.forked.worker import work  # noqa: PLC0415 - loaded already

            work(Desk(Path(order["name"])), order["lifeline"])
            code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _settle(log: str, environment: dict[str, str]) -> None:
    """Take nothing in, write to a log, and have an environment of one's own."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for fd, place in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(fd, place)
    for fd in (nothing, output):
        os.close(fd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()


if __name__ == "__main__":
    main()
