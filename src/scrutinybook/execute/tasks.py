"""What is to be run, what came of it, and what is told on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

KERNEL_NAME = "scrutinybook"
"""The private kernel: this very interpreter, whatever "python3" may mean on the machine."""


@dataclass(frozen=True)
class NotebookTask:
    """One notebook to run with its parameters."""

    name: str
    """For messages and file names, unique in a run: letters, digits, ``.``, ``-`` and ``_``."""
    source: Path
    """The notebook without outputs; never written to."""
    target: Path
    """Where the executed notebook goes, whole or not at all; its folder is made."""
    parameters: Mapping[str, object] = field(default_factory=dict)
    """What JSON can hold: dates as ISO strings, lists rather than tuples."""
    working_directory: Path = Path()
    """The folder in which the notebook's relative paths begin."""
    kernel_name: str = KERNEL_NAME
    seed_from: str = ""
    """What random states are seeded from, such as edition and notebook; else `name`."""


@dataclass(frozen=True)
class NotebookResult:
    """A notebook that ran to its end."""

    name: str
    target: Path
    seconds: float
    """Wall-clock time, kernel start included; 0 where it did not have to run."""


class Stage(StrEnum):
    """What has just happened to a notebook."""

    STARTED = "started"
    RETRIED = "retried"
    """Its kernel did not start; it is started a second and last time."""
    FINISHED = "finished"
    UNCHANGED = "unchanged"
    """Nothing that it is made from has changed: its kept result was taken."""
    FAILED = "failed"


@dataclass(frozen=True)
class Event:
    """Progress, for whoever shows it."""

    name: str
    stage: Stage
    seconds: float = 0.0
    """Wall-clock time since its start; 0 when it starts."""
