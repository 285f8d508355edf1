"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file in one step: whoever reads it finds the old one or the new one.

    Raises `OSError` where the system refuses.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)  # noqa: PTH105 - one step on every system
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
