"""Run notebooks, each in processes of its own that never outlive the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrutinybook.execute.tasks import (
    KERNEL_NAME,
    Event,
    NotebookResult,
    NotebookTask,
    Stage,
)

if TYPE_CHECKING:
    from scrutinybook.execute.check import check_tasks
    from scrutinybook.execute.run import run_notebooks

__all__ = [
    "KERNEL_NAME",
    "Event",
    "NotebookResult",
    "NotebookTask",
    "Stage",
    "check_tasks",
    "run_notebooks",
]


def __getattr__(name: str) -> Any:
    """Load what runs notebooks when it is first asked for: `scrutiny --help` runs none."""
    if name == "run_notebooks":
        from scrutinybook.execute.run import run_notebooks  # noqa: PLC0415

        return run_notebooks
    if name == "check_tasks":
        from scrutinybook.execute.check import check_tasks  # noqa: PLC0415

        return check_tasks
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
