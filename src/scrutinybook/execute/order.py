"""What the run tells a worker, and what the worker answers: small JSON files in its folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Outcome(StrEnum):
    """How a worker's notebook ended."""

    FINISHED = "finished"
    RAISED = "raised"
    CELL_TIMEOUT = "cell timeout"
    WALL_TIMEOUT = "wall timeout"
    """Never a worker's own answer: the run says it of a worker that it had to kill."""
    KERNEL_DIED = "kernel died"
    NOT_STARTED = "kernel did not start"
    BROKEN = "worker broke"
    """Anything else, the worker's own death included."""


@dataclass(frozen=True)
class Order:
    """A worker's work. Paths are absolute; times are in seconds."""

    source: str
    parameters: dict[str, Any]
    working_directory: str
    kernel_name: str
    source_cells: int
    cell_timeout: int
    start_timeout: int
    seed_from: str = ""
    """What the kernel's random states are seeded from."""
    aside: list[str] | None = None
    """Folders of which nothing is an input; None where what is read is not to be noted."""


@dataclass(frozen=True)
class Answer:
    """A worker's answer. Cells are counted from 0 in the notebook as its author wrote it."""

    outcome: Outcome
    cell: int | None = None
    error: str = ""
    """The error's type."""
    message: str = ""
    traceback: list[str] = field(default_factory=list)
    """As the kernel wrote it, colours and all."""


@dataclass(frozen=True)
class Desk:
    """The folder of one worker."""

    folder: Path

    @property
    def order(self) -> Path:
        """`Order` as JSON."""
        return self.folder / "task.json"

    @property
    def executed(self) -> Path:
        """The executed notebook; after a failure, as far as it ran."""
        return self.folder / "executed.ipynb"

    @property
    def log(self) -> Path:
        """What worker and kernel had to say."""
        return self.folder / "log.txt"

    @property
    def opened(self) -> Path:
        """What the notebook read, as it went."""
        return self.folder / "opened.tsv"

    def give(self, order: Order) -> None:
        """Put the order on the desk."""
        self._put("task.json", asdict(order))

    def take(self) -> Order:
        """Read the order."""
        return Order(**json.loads(self.order.read_text(encoding="utf-8")))

    def note(self, cell: int) -> None:
        """Keep the cell that is about to run, for the case that nothing is heard after it."""
        self._put("cell.json", cell)

    def note_kernel(self, pid: int, created: float) -> None:
        """Keep which process the kernel is; a process id alone may be somebody else's by now."""
        self._put("kernel.json", [pid, created])

    def kernel(self) -> tuple[int, float] | None:
        """The kernel's process id and when the process was made, where it was noted."""
        try:
            pid, created = json.loads((self.folder / "kernel.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return int(pid), float(created)

    def answer(self, answer: Answer) -> None:
        """Put the answer on the desk."""
        self._put("answer.json", asdict(answer))

    def collect(self, silent: Outcome) -> Answer:
        """Read the answer; where there is none, say `silent` of the cell last noted."""
        try:
            raw = json.loads((self.folder / "answer.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Answer(silent, self._noted())
        return Answer(**{**raw, "outcome": Outcome(raw["outcome"])})

    def _noted(self) -> int | None:
        try:
            cell: int = json.loads((self.folder / "cell.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cell

    def _put(self, name: str, content: object) -> None:
        # Whole or not at all: the reader may look, or the writer be killed, at any moment.
        part = self.folder / f"{name}.part"
        part.write_text(json.dumps(content), encoding="utf-8")
        part.replace(self.folder / name)
