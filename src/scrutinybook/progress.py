"""Progress on the terminal: a bar with time where somebody watches, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scrutinybook.execute.tasks import Event, Stage

_ENDED = {Stage.FINISHED, Stage.FAILED}


@contextmanager
def notebook_progress(
    label: str, names: Sequence[str], *, is_quiet: bool
) -> Iterator[Callable[[Event], None]]:
    """Show the notebooks of one edition as they start and end."""
    with _progress(is_quiet, MofNCompleteColumn()) as progress:
        task = progress.add_task(f"{label}: notebooks", total=len(names))
        running: list[str] = []
        unchanged: list[str] = []

        def on_event(event: Event) -> None:
            if event.stage is Stage.STARTED:
                running.append(event.name)
            if event.stage is Stage.UNCHANGED:
                unchanged.append(event.name)
                progress.advance(task)
            if event.stage in _ENDED:
                running.remove(event.name)
                progress.advance(task)
                word = "done" if event.stage is Stage.FINISHED else "FAILED"
                line = f"{label}: {event.name} {word} in {event.seconds:.1f} s"
                progress.console.print(line, highlight=False)
            progress.update(task, description=f"{label}: {', '.join(running) or 'notebooks'}")

        yield on_event
        if unchanged:
            count = "1 notebook" if len(unchanged) == 1 else f"{len(unchanged)} notebooks"
            progress.console.print(f"{label}: {count} unchanged, not run again", highlight=False)


@contextmanager
def step_progress(label: str, *, is_quiet: bool) -> Iterator[None]:
    """Show that one long step is under way, with the time it has taken."""
    with _progress(is_quiet) as progress:
        progress.add_task(label, total=None)
        yield


@contextmanager
def counted_progress(label: str, total: int, *, is_quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show how many of many are done; what it yields is called with a line for each."""
    with _progress(is_quiet, MofNCompleteColumn()) as progress:
        task = progress.add_task(label, total=total)

        def advance(line: str) -> None:
            progress.console.print(line, highlight=False)
            progress.advance(task)

        yield advance


def _progress(is_quiet: bool, *columns: MofNCompleteColumn) -> Progress:
    console = Console(quiet=is_quiet)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        *columns,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        # Elsewhere than on a terminal there is no bar to draw, and only the lines are printed.
        disable=not console.is_terminal,
    )
