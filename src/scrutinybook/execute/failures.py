"""Tell a person which notebook failed, where in it, with what, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrutinybook.errors import Fault
from scrutinybook.execute.order import Answer, Desk, Outcome
from scrutinybook.execute.source import Source
from scrutinybook.execute.tasks import NotebookTask

_FRAMES = 4
"""Frames of a traceback that are shown: the innermost ones of notebook and package."""
_LONGEST_MESSAGE = 600
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def plain(text: str) -> str:
    """Take a terminal's colour codes out of a text."""
    return _COLOURS.sub("", text)


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell and a notebook may take."""

    cell: int
    wall: int


def fault_of(
    task: NotebookTask, source: Source, answer: Answer, desk: Desk, limits: Limits
) -> Fault:
    """Describe a failure in the words of the person who has to mend it."""
    log = f"the log is {desk.log}"
    edit = f"correct {task.source}, or what the cell calls"
    kept = f"; {desk.executed} shows it as far as it ran" if desk.executed.exists() else ""
    slow = "make the cell quicker, or allow more time"
    found, mend = {
        Outcome.RAISED: (_raised(answer), edit + kept),
        Outcome.CELL_TIMEOUT: (
            f"the cell ran longer than {limits.cell} s and was stopped",
            slow + kept,
        ),
        Outcome.WALL_TIMEOUT: (
            f"the notebook ran longer than {limits.wall} s and was stopped",
            f"make the notebook quicker, or allow more time; {log}",
        ),
        Outcome.KERNEL_DIED: (
            "the kernel died while this cell ran",
            f"look for memory running out, or for a call that ends the process; {log}",
        ),
        Outcome.NOT_STARTED: (
            f"the kernel did not start, twice: {_error(answer)}",
            f"run `python -m ipykernel --version`, and install the project again; {log}",
        ),
        Outcome.BROKEN: (
            f"the process that ran the notebook ended without a result. {_error(answer)}".rstrip(),
            f"look for memory, or room on the disk, running out; {log}",
        ),
    }[answer.outcome]
    return Fault(f"{task.name}, {source.place(answer.cell)}", found, mend=mend)


def _error(answer: Answer) -> str:
    message = plain(answer.message).strip()
    if len(message) > _LONGEST_MESSAGE:
        message = message[:_LONGEST_MESSAGE] + " …"
    return f"{answer.error}: {message}" if message else answer.error


def _raised(answer: Answer) -> str:
    frames = own_frames(answer.traceback)[-_FRAMES:]
    return "\n".join([_error(answer), *(f"        {frame}" for frame in frames)])


def own_frames(traceback: Sequence[str]) -> list[str]:
    """Pick the frames of notebook and package, outermost first, which is the failing cell's.

    Takes the traceback as IPython writes it, one text a frame: first line ``Cell In[4], line 2`` or
    ``File /a/b.py:25, in parse(text)``, and an arrow before the line that raised.
    """
    frames: list[str] = []
    failing = ""
    for entry in map(plain, traceback):
        head = entry.partition("\n")[0]
        arrow = re.search(r"^-+>\s*\d+(.*)$", entry, re.MULTILINE)
        code = f": {arrow[1].strip()}" if arrow else ""
        if cell := re.match(r"Cell In\[(\d+)\], line (\d+)(, in \w+)?", head):
            failing = failing or cell[1]
            which = "the" if cell[1] == failing else "an earlier"
            frames.append(f"line {cell[2]} of {which} cell{cell[3] or ''}{code}")
        elif file := re.match(r"File .*?(scrutinybook[\\/]\S+?):(\d+)(?:, in ([\w.]+))?", head):
            inside = f", in {file[3]}" if file[3] else ""
            frames.append(f"{file[1]} line {file[2]}{inside}{code}")
    return frames
