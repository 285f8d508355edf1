"""Run notebooks, each in processes of its own that never outlive the run."""

from scrutinybook.execute.check import check_tasks
from scrutinybook.execute.run import run_notebooks
from scrutinybook.execute.tasks import (
    KERNEL_NAME,
    Event,
    NotebookResult,
    NotebookTask,
    Stage,
)

__all__ = [
    "KERNEL_NAME",
    "Event",
    "NotebookResult",
    "NotebookTask",
    "Stage",
    "check_tasks",
    "run_notebooks",
]
