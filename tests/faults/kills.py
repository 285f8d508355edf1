"""Kills a process with signal 9 at a moment of chance, over and over, and counts what came of it.

    SCRUTINY_KILLS=50 python3 run.py test -rP tests/faults -k kill

kills so many times in each test that kills at random, instead of a handful, and prints the counts.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


def kills(handful: int) -> int:
    """How many times a test kills: a handful, or as often as the variable says."""
    return int(os.environ.get("SCRUTINY_KILLS", handful))


def run_killed(
    words: Sequence[object], after: float, *, first_word: bool = True, **settings: object
) -> list[str]:
    """Run Python with `words`, kill it `after` seconds, and give the lines it had printed.

    The time counts from the first line that it prints, or from its start.
    """
    command = [sys.executable, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **settings) as run:  # type: ignore[call-overload]
        assert run.stdout is not None
        lines = [run.stdout.readline()] if first_word else []
        time.sleep(after)
        run.kill()
        lines += run.stdout.read().splitlines()
    return [line.strip() for line in lines if line.strip()]


def fork_killed(work: Callable[[Callable[[str], None]], None], after: float) -> list[str]:
    """Fork, let the child `work`, kill it after so many seconds, and give the words it had told.

    Quicker than a process of its own, which imports everything first.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        failed = 1
        try:
            work(lambda word: os.write(writes, f"{word}\n".encode()) and None)
            failed = 0
        finally:
            os._exit(failed)
    os.close(writes)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "what was to be killed failed"
    with os.fdopen(reads, encoding="utf-8") as told:
        return told.read().splitlines()


def whole_tree(folder: Path) -> Mapping[str, str]:
    """The hash of every file below a folder, by its name; nothing where there is no folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass
class Tally:
    """What came of the kills of one test; printed, so that -rP shows it."""

    step: str
    seed: int
    outcomes: Counter[str] = field(default_factory=Counter)

    def moments(self, handful: int) -> Iterator[float]:
        """When to kill, from 0 for the beginning to 1 for the end of what is killed."""
        random_ = random.Random(self.seed)
        count = kills(handful)
        for k in range(count):
            yield (k + random_.random()) / count
        said = ", ".join(f"{what} {n}" for what, n in sorted(self.outcomes.items()))
        sys.stdout.write(f"{self.step}: {count} kills: {said}\n")
