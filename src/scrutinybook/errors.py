"""What can go wrong, told to people: where, what was found, what is allowed, how to mend it.

A step that checks something gathers every fault before it raises, so that a reader mends all of
them in one go. Nothing here holds a row of anybody's data.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ParamSpec, TypeVar

from scrutinybook.visible import visible, visible_line

P = ParamSpec("P")
T = TypeVar("T")


class ExitCode(IntEnum):
    """What the `scrutiny` command tells the shell. 0 is success and 2 is a wrong command line."""

    FAULTS = 3
    """Parameters, catalogue or data are not usable; nothing was run."""
    NOTEBOOK = 4
    """A notebook failed, ran out of time or died; the last good book stands."""
    BOOK = 5
    """The pages could not be built, or the build warned; the last good book stands."""
    BUSY = 6
    """Another run holds the lock."""
    DIFFERS = 7
    """`verify` made the results anew, and they are not those of the record."""
    GONE = 8
    """`verify` cannot make the results anew: extracts behind them, or rows, were removed since."""
    EXPOSED = 9
    """A withheld figure could be narrowed down from what an edition would publish."""
    UNEXPECTED = 70
    """A defect in the program itself."""
    FILES = 74
    """The system refused to read or write a file: permission, room on the disk."""
    INTERRUPTED = 130
    """Stopped from the keyboard."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, in the words of the person who has to mend it."""

    where: str
    """File, then key, or sheet and row, e.g. ``params/plymouth/2023-03.yml: month``."""
    found: str
    """What stands there."""
    allowed: str = ""
    """What may stand there."""
    mend: str = ""
    """What to do, with the nearest valid name where there is one."""

    def __post_init__(self) -> None:
        # Names of files and keys are whatever somebody made them: none may act on a screen.
        object.__setattr__(self, "where", visible_line(self.where))
        for words in ("found", "allowed", "mend"):
            object.__setattr__(self, words, visible(getattr(self, words)))

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.found}"]
        lines += [f"    allowed: {self.allowed}"] if self.allowed else []
        lines += [f"    to mend: {self.mend}"] if self.mend else []
        return "\n".join(lines)


class ScrutinyError(Exception):
    """A failure that a person can mend; the command line prints it without a traceback."""

    exit_code: ExitCode = ExitCode.FAULTS

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        self.faults: Sequence[Fault] = tuple(faults)
        self.message = message
        super().__init__("\n".join([message, *map(str, self.faults)]))


class FaultsFound(ScrutinyError):
    """Input that cannot be used, with every fault at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found = tuple(faults)
        count = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        super().__init__(f"{count} found; nothing was run.", found)


class Faults:
    """Gathers faults from several steps, so that a reader sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, faults: Iterable[Fault]) -> None:
        """Take faults that a step returned."""
        self.found += faults

    def gather(self, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Do a step; take its faults and return None where it raises `FaultsFound`."""
        try:
            return step(*args, **kwargs)
        except FaultsFound as error:
            self.found += error.faults
            return None


class NotebookFailed(ScrutinyError):
    """A notebook raised, hung or died."""

    exit_code = ExitCode.NOTEBOOK


class BookFailed(ScrutinyError):
    """The pages could not be built without a warning."""

    exit_code = ExitCode.BOOK


class Busy(ScrutinyError):
    """Another run holds the lock."""

    exit_code = ExitCode.BUSY


class FilesRefused(ScrutinyError):
    """The system refused to read or write a file."""

    exit_code = ExitCode.FILES


def nearest(name: str, known: Iterable[str]) -> str:
    """Say ``did you mean 'x'?`` for the closest known name, or nothing where none is close."""
    by_lower = {each.lower(): each for each in known}
    close = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"did you mean '{by_lower[close[0]]}'?" if close else ""
