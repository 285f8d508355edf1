"""The run's end of the conversation with a warm parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrutinybook.execute.environment import worker_environment
from scrutinybook.execute.order import Desk
from scrutinybook.execute.processes import end_marked, end_tree


class Forked:
    """A process that the parent forks. It has no process id until the parent says so."""

    def __init__(self, parent: WarmParent) -> None:
        self.parent = parent
        self.began = time.monotonic()
        self.pid: int | None = None
        self.ended: int | None = None
        self.was_lost = False

    def poll(self) -> int | None:
        """Its exit code, or None while it lives. Where the parent has gone, it counts as lost."""
        if self.ended is None:
            self.parent.listen()
        if self.ended is None and self.parent.is_gone:
            self.ended, self.was_lost = -1, True
        return self.ended

    def close(self) -> None:
        """Let go of it; a parent that has not got round to fork it is in trouble itself."""
        if self.pid is None and self.poll() is None:
            self.parent.end()


class WarmParent:
    """A warm parent in a process of its own, with its folder, and what it has told."""

    def __init__(self, folder: Path, modules: Iterable[str]) -> None:
        self.folder = folder
        # Nothing is ever written to it: it ends when this process does.
        self.lifeline, self.hold = os.pipe()
        self.children: dict[str, Forked] = {}
        self.rest = b""
        module = "scrutinybook.execute.forked.parent"
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(folder), *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=worker_environment(folder, os.environ),
            pass_fds=[self.lifeline],
            start_new_session=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.orders, self.told = self.process.stdin, self.process.stdout
        os.set_blocking(self.told.fileno(), False)

    @property
    def is_gone(self) -> bool:
        """Whether the parent has ended."""
        return self.process.poll() is not None

    def start(self, desk: Desk) -> Forked:
        """Have a worker forked for the order on a desk."""
        return self._fork(
            {
                "name": str(desk.folder),
                "log": str(desk.log),
                "environment": worker_environment(desk.folder, os.environ),
                "lifeline": self.lifeline,
            }
        )

    def run_program(
        self,
        program: str,
        arguments: Sequence[str],
        *,
        folder: Path,
        log: Path,
        environment: Mapping[str, str],
    ) -> Forked:
        """Have a program run in a process forked for it: `program` is ``module:function``."""
        return self._fork(
            {
                "name": f"{program} {log}",
                "program": program,
                "arguments": list(arguments),
                "folder": str(folder),
                "log": str(log),
                "environment": dict(environment),
            }
        )

    def have_ready(self, modules: Iterable[str]) -> None:
        """Have the parent import more, once it has nothing else to do."""
        self._order({"import": list(modules)})

    def _fork(self, order: dict[str, Any]) -> Forked:
        child = self.children[order["name"]] = Forked(self)
        self._order(order)
        return child

    def _order(self, order: dict[str, Any]) -> None:
        with suppress(BrokenPipeError):  # it has gone, and its children count as lost
            self.orders.write(json.dumps(order).encode() + b"\n")
            self.orders.flush()

    def listen(self) -> None:
        """Take in what the parent has told."""
        while data := self._read():
            *lines, self.rest = (self.rest + data).split(b"\n")
            for line in lines:
                words = json.loads(line)
                child = self.children[words["name"]]
                if "pid" in words:
                    child.pid, child.began = words["pid"], time.monotonic()
                elif isinstance(words["ended"], int):
                    child.ended = words["ended"]
                else:  # the system did not let it fork
                    child.ended, child.was_lost = -1, True

    def _read(self) -> bytes:
        try:
            return os.read(self.told.fileno(), 65536)
        except BlockingIOError:
            return b""

    def end(self) -> None:
        """End it and everything that comes from it."""
        if self.process.poll() is None:
            end_tree(self.process.pid)
        self.process.wait()
        end_marked(self.folder)

    def close(self) -> None:
        """End it and let go of it."""
        self.end()
        for end in (self.orders, self.told):
            with suppress(BrokenPipeError):
                end.close()
        for fd in (self.lifeline, self.hold):
            os.close(fd)
