"""What every result depends on beside its own code and data: Python, lock, what is installed."""

from __future__ import annotations

import os
import platform
import site
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import scrutinybook
from scrutinybook.store.needs import content_state


def surroundings(lock: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Describe them so that any change shows; `lock` is the lock file, `environment` the process's.

    What is installed is told by the names of the packages' folders, which hold their versions: a
    lock may be newer than the environment, and conda's users may have changed one package.
    """
    own = sorted(f"{k}={v}" for k, v in environment.items() if k.startswith("SCRUTINY_"))
    return {
        "python": sys.version,
        "machine": f"{sys.platform} {platform.machine()}",
        "lock": content_state(lock),
        "installed": _installed(),
        "settings": sha256("\0".join(own).encode("utf-8", "surrogateescape")).hexdigest(),
    }


def _installed() -> str:
    names: set[str] = set()
    for folder in site.getsitepackages():
        names |= {path.name for path in Path(folder).glob("*.*-info")}
    return sha256("\0".join(sorted(names)).encode()).hexdigest()


@dataclass(frozen=True)
class Program:
    """All source of this program, as it was when it was first looked at in this process."""

    state: str
    """A hash of all of it."""
    files: tuple[tuple[str, int, int], ...]
    """Each file with its time and size then."""

    def is_as_it_was(self) -> bool:
        """Whether no file was written since: what has been loaded is then what the hash says."""
        with suppress(OSError):
            return all(_seen(name) == (name, time, size) for name, time, size in self.files)
        return False


@lru_cache(maxsize=1)
def program() -> Program:
    """This program's source. Ask before its modules are imported, and `is_as_it_was` afterwards."""
    package = Path(scrutinybook.__file__).resolve().parent
    names = sorted(str(path) for path in package.rglob("*.py"))
    files = tuple(_seen(name) for name in names)
    digest = sha256()
    for name in names:
        digest.update(f"{Path(name).relative_to(package).as_posix()}\0".encode())
        digest.update(content_state(name).encode())
    return Program(digest.hexdigest(), files)


def _seen(name: str) -> tuple[str, int, int]:
    status = os.stat(name)  # noqa: PTH116 - of every file of the program
    return name, status.st_mtime_ns, status.st_size
