"""What a kernel does before its notebook's first cell, however it was started.

An ordinary kernel loads this module as an IPython extension, a forked one calls `prepare`: both
begin with the same random state and limits, and both have what they read noted.
"""

from __future__ import annotations

import hashlib
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrutinybook.execute.environment import MARK
from scrutinybook.execute.opened import Watch, not_followed
from scrutinybook.execute.order import Desk
from scrutinybook.store import program

_LEAST_MEMORY = 4 * 1024**3
"""Bytes of address space that every notebook may have: libraries ask for more than they use."""


def prepare(desk: Desk) -> None:
    """Seed the global random states, limit memory, and note from now on what is read."""
    order = desk.take()
    seed(order.seed_from)
    # Before the notebook imports any of it, and before what is read is noted.
    program()
    _limit_memory()
    if order.aside is not None:
        package = Path(os.path.realpath(__file__)).parent.parent
        project = Path(os.path.realpath(order.working_directory))
        aside = (*order.aside, *not_followed(), os.path.realpath(desk.folder))
        Watch(desk.opened, project, package, aside).start()


def seed(seed_from: str) -> None:
    """Seed Python's and numpy's global generators from a text: edition and notebook.

    Nothing of the book draws from them, but a library may, and a forked kernel would otherwise
    draw what its parent would have drawn next, as would all its sisters.
    """
    number = int.from_bytes(hashlib.sha256(seed_from.encode("utf-8")).digest()[:4], "big")
    random.seed(number)
    import numpy as np  # noqa: PLC0415 - a worker imports this module for its names alone

    np.random.seed(number)


def _limit_memory() -> None:
    """Let a notebook that grows without end fail by itself, before the machine has to choose."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        import resource  # noqa: PLC0415 - not on Windows

        half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = max(_LEAST_MEMORY, half)
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    with suppress(OSError):
        # Linux: of all processes, the kernel that fills the memory goes first.
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")


def load_ipython_extension(shell: Any) -> None:
    """Prepare an ordinary kernel; IPython calls this before the first cell."""
    prepare(Desk(Path(os.environ[MARK])))
