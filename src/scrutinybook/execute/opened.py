"""Watch, inside a kernel, what a notebook reads: one line a file, folder or look, as it happens.

The kernel is killed when its notebook is done, so nothing may wait for the end. A file's hash is
taken when it is first opened and again when the notebook is done: a file that changed in between
is noticed, whatever its times say.

Python tells of every file it opens itself (its audit events). What a library opens on its own,
in C, it does not: read bytes in Python and hand them over, as all readers of this project do.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Sequence
from importlib.util import source_from_cache
from pathlib import Path
from typing import Any

from scrutinybook.store.needs import IS, MODULES, NAMES, READ, STATES

UNKEEPABLE = "unkeepable"
"""Said of a notebook that did what cannot be followed: wrote a file, started a program, went on
to a network."""

_LISTINGS = {"os.listdir", "os.scandir"}
_BEYOND = {
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"),
    *("socket.connect", "urllib.Request"),
}
_CHANGING = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def not_followed() -> tuple[str, ...]:
    """Folders whose files are no notebook's input: the system's, and Python's, which the key
    holds otherwise."""
    places = [sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib")]
    system = ["/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/run"]
    system += ["/System", "/Library", os.environ.get("SYSTEMROOT", "")]
    caches = ["~/.cache", "~/Library/Caches"]
    places += [each for each in system if each] + [os.path.expanduser(each) for each in caches]  # noqa: PTH111
    return tuple(dict.fromkeys(os.path.realpath(each) for each in places if each))


class Watch:
    """Writes to `record` what is read, once each; whatever lies in the folders `aside` is not."""

    def __init__(self, record: Path, project: Path, package: Path, aside: Sequence[str]) -> None:
        self.project, self.package = f"{project}{os.sep}", str(package)
        self.temporary = os.path.realpath(tempfile.gettempdir()) + os.sep
        self.aside = tuple(f"{each}{os.sep}" for each in aside)
        self.seen: set[tuple[str, str]] = set()
        self.own = threading.local()
        # Opened once: the folder of the run may be out of reach later.
        self.file = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def start(self) -> None:
        """Begin; there is no end but that of the process."""
        sys.addaudithook(self._hear)
        look = os.stat

        def stat(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
            if isinstance(path, str | bytes | os.PathLike):
                self._note(IS, path)
            return look(path, *args, **kwargs)

        # No event tells of a look whether a file is there, and what a notebook shows may hang on
        # that alone.
        os.stat = stat

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, int) or path is None:
                return
            writes = any(sign in mode for sign in "wax+") if mode else bool(flags & _WRITES)
            self._note(UNKEEPABLE if writes else READ, path)
        elif event in _LISTINGS:
            if not isinstance(arguments[0], int):
                # The import system looks for modules alone.
                is_import = "importlib" in sys._getframe(1).f_code.co_filename
                self._note(MODULES if is_import else NAMES, arguments[0] or ".")
        elif event in _CHANGING:
            # To ask for a folder that is there changes nothing.
            if event != "os.mkdir" or not os.path.isdir(arguments[0]):  # noqa: PTH112
                self._note(UNKEEPABLE, arguments[0])
        elif event in _BEYOND:
            self._write(UNKEEPABLE, event, event)

    def _note(self, kind: str, path: Any) -> None:
        if getattr(self.own, "is_looking", False):
            return  # this thread's own look at what it notes
        self.own.is_looking = True
        try:
            self._note_once(kind, os.path.abspath(os.fsdecode(path)))  # noqa: PTH100
        finally:
            self.own.is_looking = False

    def _note_once(self, kind: str, path: str) -> None:
        if (kind, path) in self.seen:
            return
        self.seen.add((kind, path))
        whole = os.path.realpath(path)
        if whole.startswith(self.package):
            if kind == MODULES or whole.endswith((".py", ".pyc")):
                return  # the key holds the package's modules
        elif whole.startswith(self.aside):
            return
        if self._is_of_no_matter(kind, path):
            return
        if kind == UNKEEPABLE:
            if whole.startswith(self.project) or not whole.startswith(self.temporary):
                self._write(kind, "", whole)
            return
        if whole.endswith(".pyc"):
            try:
                whole = source_from_cache(whole)
            except (ValueError, NotImplementedError):
                return
        self._write(kind, STATES[kind](whole), whole)

    @staticmethod
    def _is_of_no_matter(kind: str, path: str) -> bool:
        # Python writes down what it compiled; IPython looks whether what it shows is perhaps the
        # name of a file.
        compiled = f"{os.sep}__pycache__{os.sep}" in f"{path}{os.sep}" and not path.endswith(".pyc")
        return compiled or (kind == IS and "<" in path)

    def _write(self, kind: str, state: str, path: str) -> None:
        line = "\t".join([kind, state, path.replace("\n", "?")]) + "\n"
        os.write(self.file, line.encode("utf-8", "surrogateescape"))
