"""Run one notebook in this process: ``python -m scrutinybook.execute.worker FOLDER``.

The run holds the other end of this process's standard input and never writes to it. When the run
ends, however it ends, the operating system closes that end; the worker then takes its kernel with
it. Unlike a process id, the pipe cannot be mistaken for somebody else's.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from traitlets.config import Config

from scrutinybook.execute.client import Client
from scrutinybook.execute.environment import connection
from scrutinybook.execute.order import Answer, Desk, Order, Outcome
from scrutinybook.execute.processes import end_descendants, end_marked, end_noted

_INJECTED_TAG = "injected-parameters"


class _Watcher:
    """Follows a notebook from cell to cell, so that a failure can be placed."""

    def __init__(self, desk: Desk, source_cells: int) -> None:
        self.desk = desk
        self.source_cells = source_cells
        self.notebook: Any = None
        self.cell: int | None = None
        self.injected: int | None = None
        self.added = 0

    def notebook_starts(self, notebook: Any) -> None:
        """Hold the notebook that is being run; its kernel is ready."""
        self.notebook = notebook
        self.added = len(notebook.cells) - self.source_cells

    def cell_starts(self, cell: Any, cell_index: int) -> None:
        """Note the cell that is about to run."""
        if _INJECTED_TAG in cell.metadata.get("tags", []):
            self.injected = cell_index
        self.cell = self.number(cell_index)
        self.desk.note(self.cell)

    def number(self, cell_index: int) -> int:
        """Find a cell's number in the author's notebook, which lacks the injected cell."""
        is_after = self.injected is not None and cell_index >= self.injected
        return cell_index - is_after * self.added


def run(desk: Desk) -> Answer:
    """Run the notebook on the desk and keep it there, executed as far as it went."""
    order = desk.take()
    watcher = _Watcher(desk, order.source_cells)
    try:
        executed = _execute(order, watcher, desk)
        # Papermill takes `sys.exit()` for success, however much of the notebook it leaves out.
        left_early = executed.metadata.papermill.exception
        early = Answer(Outcome.RAISED, watcher.cell, "SystemExit", "the notebook ends itself here")
        answer = early if left_early else Answer(Outcome.FINISHED)
    except papermill.PapermillExecutionError as error:
        cell = watcher.number(error.cell_index)
        answer = Answer(Outcome.RAISED, cell, error.ename, error.evalue, list(error.traceback))
    except CellTimeoutError:
        answer = Answer(Outcome.CELL_TIMEOUT, watcher.cell)
    except DeadKernelError:
        answer = Answer(Outcome.KERNEL_DIED, watcher.cell)
    except Exception as error:
        ready = watcher.notebook is not None
        outcome = Outcome.BROKEN if ready else Outcome.NOT_STARTED
        answer = Answer(outcome, watcher.cell, type(error).__name__, str(error))
    if watcher.notebook is not None:
        try:
            _keep(watcher.notebook, order, desk.executed)
        except OSError as error:  # a full disk, most likely
            return Answer(Outcome.BROKEN, watcher.cell, type(error).__name__, str(error))
    return answer


def _execute(order: Order, watcher: _Watcher, desk: Desk) -> Any:
    return papermill.execute_notebook(
        # Papermill fills in {names} in a path.
        order.source.replace("{", "{{").replace("}", "}}"),
        None,
        order.parameters,
        kernel_name=order.kernel_name,
        language="python",  # notebooks without outputs have often lost it
        cwd=order.working_directory,
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        start_timeout=order.start_timeout,
        execution_timeout=order.cell_timeout,
        shutdown_kernel="immediate",
        config=Config(
            ConnectionFileMixin=connection(desk.folder),
            AsyncKernelManager={"client_class": f"{Client.__module__}.{Client.__name__}"},
        ),
        on_notebook_start=watcher.notebook_starts,
        on_cell_start=watcher.cell_starts,
    )


def _keep(notebook: Any, order: Order, path: Path) -> None:
    # Where the checkout lies on this machine is nobody's business.
    notebook.metadata.papermill.update(input_path=Path(order.source).name, output_path=None)
    nbformat.write(notebook, path)


def end_with_the_run(desk: Desk, line: int) -> None:
    """Wait until nobody holds the other end of `line`, then go and take the kernel along."""
    # Not sys.stdin: its lock would be held for ever and stop the interpreter from closing down.
    while os.read(line, 1):
        pass
    end_descendants(os.getpid())
    end_noted(desk)
    end_marked(desk.folder)
    os._exit(1)


def main() -> None:
    """Run the notebook of the folder named on the command line, and answer in that folder."""
    desk = Desk(Path(sys.argv[1]))
    threading.Thread(target=end_with_the_run, args=[desk, 0], daemon=True).start()
    desk.answer(run(desk))


if __name__ == "__main__":
    main()
