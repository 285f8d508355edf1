"""Run notebooks, a few at a time, each in processes that end with it."""

from __future__ import annotations

import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from scrutinybook.errors import Fault, NotebookFailed
from scrutinybook.execute.check import check_tasks
from scrutinybook.execute.failures import Limits, fault_of
from scrutinybook.execute.keeper import Keeper, modules_to_warm, own_package
from scrutinybook.execute.order import Desk, Order, Outcome
from scrutinybook.execute.processes import end_marked, end_noted, end_tree
from scrutinybook.execute.source import Source
from scrutinybook.execute.starting import Plain, Starter, WorkerProcess
from scrutinybook.execute.tasks import Event, NotebookResult, NotebookTask, Stage
from scrutinybook.execute.warmth import Warmth, new_folder, warmth
from scrutinybook.whole_file import write_whole

_START_TIMEOUT = 60
"""Seconds that a kernel has to start."""
_LOOK = 0.02
"""Seconds between two looks at the workers."""


def run_notebooks(
    tasks: Sequence[NotebookTask],
    *,
    scratch: Path,
    cell_timeout: int,
    wall_timeout: int,
    on_event: Callable[[Event], None],
    jobs: int | None = None,
    keeper: Keeper | None = None,
    warm: Warmth | None = None,
) -> tuple[NotebookResult, ...]:
    """Run every notebook, at most `jobs` at once (default: two, or one processor's one).

    A cell may take `cell_timeout` and a notebook `wall_timeout` seconds, kernel start included.
    A notebook whose kernel does not start is started once more; any other failure stands, and the
    other notebooks still run. A target is written whole when its notebook has run to its end, and
    is left as it was otherwise. No process outlives the call, nor the caller if that is killed.

    `warm` says how kernels come about (default: as is usual on this system, for this call alone); a
    notebook that is tried again, and one whose warm parent is lost, gets a plain one.

    With a `keeper`, a notebook none of whose inputs has changed is not run: its kept result is put
    in place. What runs to its end is kept, whatever becomes of the others.

    When something failed, logs and failed notebooks stay in a folder of `scratch` that the faults
    name, until `sweep`; otherwise nothing is left there. Returns the results in the order of
    `tasks`.

    Raises `FaultsFound` before anything runs (see `check_tasks`) and `NotebookFailed` with one
    fault a failed notebook.
    """
    workers = min(2, os.cpu_count() or 1) if jobs is None else jobs
    if workers < 1:
        raise ValueError(f"{workers} workers: at least one is needed")
    sources = check_tasks(tasks)
    folder = new_folder(scratch.resolve())
    run = _Run(folder, sources, cell_timeout, wall_timeout, on_event, keeper)
    try:
        waiting = [task for task in tasks if not run.fetch(task)]
        with nullcontext(warm) if warm else warmth(folder) as warm_here:
            run.work_off(waiting, workers, warm_here)
    finally:
        end_marked(folder)
    if run.faults:
        what = "1 notebook" if len(run.faults) == 1 else f"{len(run.faults)} notebooks"
        faults = [run.faults[task.name] for task in tasks if task.name in run.faults]
        raise NotebookFailed(f"{what} of {len(tasks)} failed; the last good book stands.", faults)
    shutil.rmtree(folder, ignore_errors=True)
    return tuple(run.results[task.name] for task in tasks)


@dataclass(frozen=True)
class _Worker:
    """A process at work on a task."""

    task: NotebookTask
    desk: Desk
    process: WorkerProcess
    is_retry: bool

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.process.began

    def end(self) -> None:
        """Make sure that nothing of it lives on, the worker's own processes included."""
        # Once it has ended, the id may be somebody else's.
        if self.process.poll() is None and self.process.pid is not None:
            end_tree(self.process.pid)
        end_noted(self.desk)
        end_marked(self.desk.folder)
        self.process.close()


@dataclass(frozen=True)
class _Run:
    """One call of `run_notebooks`, and what has come of it so far by task name."""

    folder: Path
    sources: Mapping[str, Source]
    cell_timeout: int
    wall_timeout: int
    on_event: Callable[[Event], None]
    keeper: Keeper | None
    results: dict[str, NotebookResult] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    def fetch(self, task: NotebookTask) -> bool:
        """Put a kept result in place of a run, if there is one."""
        kept = self.keeper and self.keeper.fetch(task, self.sources[task.name])
        if not kept:
            return False
        task.target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(task.target, kept.encode("utf-8"))
        self.results[task.name] = NotebookResult(task.name, task.target, 0.0)
        self.on_event(Event(task.name, Stage.UNCHANGED))
        return True

    def work_off(self, tasks: Sequence[NotebookTask], jobs: int, warm: Warmth) -> None:
        """Keep `jobs` workers busy until every task has a result or a fault."""
        if not tasks:
            return
        starter = warm.starter(self._modules(tasks))
        waiting = deque(tasks)
        working: list[_Worker] = []
        try:
            while waiting or working:
                while waiting and len(working) < jobs:
                    working.append(self._start(waiting.popleft(), starter))
                    if not waiting:
                        warm.have_next_ready()
                time.sleep(_LOOK)
                for worker in list(working):
                    if worker.process.poll() is not None or worker.seconds > self.wall_timeout:
                        again = self._settle(worker)
                        working.remove(worker)
                        working += again
        finally:
            for worker in working:
                worker.end()

    def _modules(self, tasks: Sequence[NotebookTask]) -> frozenset[str]:
        """The modules that the notebooks call on."""
        package = self.keeper.package if self.keeper else own_package()
        cells = (cell for task in tasks for cell in self.sources[task.name].cells)
        return modules_to_warm(package, (cell.text for cell in cells if cell.is_code))

    def _start(self, task: NotebookTask, starter: Starter, *, is_retry: bool = False) -> _Worker:
        desk = Desk(self.folder / (f"{task.name}~2" if is_retry else task.name))
        desk.folder.mkdir()
        desk.give(
            Order(
                source=str(task.source.resolve()),
                parameters=dict(task.parameters),
                working_directory=str(task.working_directory.resolve()),
                kernel_name=task.kernel_name,
                source_cells=len(self.sources[task.name].cells),
                cell_timeout=self.cell_timeout,
                start_timeout=_START_TIMEOUT,
                seed_from=task.seed_from or task.name,
                aside=None if self.keeper is None else self.keeper.folders_aside(),
            )
        )
        process = starter.start(desk)
        self.on_event(Event(task.name, Stage.RETRIED if is_retry else Stage.STARTED))
        return _Worker(task, desk, process, is_retry)

    def _settle(self, worker: _Worker) -> list[_Worker]:
        """Book what became of a worker; return the one that tries again, if any does."""
        has_ended = worker.process.poll() is not None
        seconds = worker.seconds
        worker.end()
        answer = worker.desk.collect(Outcome.BROKEN if has_ended else Outcome.WALL_TIMEOUT)
        is_due_another = answer.outcome is Outcome.NOT_STARTED or worker.process.was_lost
        if is_due_another and not worker.is_retry:
            return [self._start(worker.task, Plain(), is_retry=True)]
        task = worker.task
        if answer.outcome is Outcome.FINISHED:
            if self.keeper is not None:
                desk = worker.desk
                self.keeper.keep(task, self.sources[task.name], desk.executed, desk.opened)
            _place(worker.desk.executed, task.target)
            self.results[task.name] = NotebookResult(task.name, task.target, seconds)
            self.on_event(Event(task.name, Stage.FINISHED, seconds))
        else:
            limits = Limits(self.cell_timeout, self.wall_timeout)
            source = self.sources[task.name]
            self.faults[task.name] = fault_of(task, source, answer, worker.desk, limits)
            self.on_event(Event(task.name, Stage.FAILED, seconds))
        return []


def _place(executed: Path, target: Path) -> None:
    """Copy, then rename: the copy may cross disks and gets the folder's usual permissions."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(executed, part)
    part.replace(target)
