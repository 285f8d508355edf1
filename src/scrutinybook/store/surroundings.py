"""What every result depends on beside its own code and data: Python, lock, what is installed."""

from __future__ import annotations

import platform
import site
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

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
