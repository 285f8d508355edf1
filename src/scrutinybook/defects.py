"""Notes down a defect of the program for whoever mends it: where it arose, and no row of data."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

LOG = "defects.log"


def note_defect(scratch: Path, error: BaseException, moment: datetime, doing: str) -> Path | None:
    """Add a defect to the log in `scratch` and return the log, or None if it cannot be written.

    The log holds the kind of each error and the lines of code it came through. Messages and values
    are left out: they may hold what an input file said of somebody.
    """
    log = scratch / LOG
    lines = [f"{moment:%Y-%m-%d %H:%M:%S} {doing}", *_chain(error), ""]
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        # What was typed may hold what no text can.
        with log.open("a", encoding="utf-8", errors="backslashreplace") as out:
            out.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return log


def place_of(error: BaseException) -> str:
    """The innermost place of an error: ``pipeline.py, line 12``."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "nowhere"


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"  {type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"    {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        current = current.__cause__ or current.__context__
