"""What one notebook costs once the parent is warm, and one changed chapter's pages.

python once_warm.py EDITION NOTEBOOK   (in a project's folder; prints one JSON object)
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

import nbformat
import psutil

from scrutinybook import pipeline
from scrutinybook.book.build import MODULES
from scrutinybook.checked import Checked, check
from scrutinybook.execute import NotebookTask, run_notebooks
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import Warmth, warmth
from scrutinybook.workspace import Workspace


def main() -> None:
    workspace, edition, changed = Workspace(Path.cwd()), sys.argv[1], sys.argv[2]
    checked = check(workspace, edition)
    found: dict[str, object] = {}
    with warmth(workspace.scratch, Kernels.FORKED, next_modules=MODULES) as warm:
        run(workspace, checked, warm)  # the parent is warm now
        pipeline.build(workspace, checked, warm=warm)
        made = sorted((workspace.results / edition / "notebooks").glob("*.ipynb"))
        tasks = [
            NotebookTask(
                path.stem,
                workspace.notebooks / path.name,
                workspace.scratch / "out" / path.name,
                checked.as_parameters(),
                workspace.root,
            )
            for path in made
        ]
        # The floor begins without kept findings, too.
        shutil.rmtree(workspace.findings, ignore_errors=True)
        began = time.perf_counter(), spent(warm)
        run_notebooks(
            tasks,
            scratch=workspace.scratch,
            cell_timeout=300,
            wall_timeout=600,
            on_event=lambda event: None,
            jobs=1,
            warm=warm,
        )
        found["notebook"] = [
            (time.perf_counter() - began[0]) / len(tasks),
            (spent(warm) - began[1]) / len(tasks),
        ]
        change(workspace.notebooks / f"{changed}.ipynb")
        run(workspace, checked, warm)
        began = time.perf_counter(), spent(warm)
        pipeline.build(workspace, checked, warm=warm)
        found["changed pages, warm"] = [time.perf_counter() - began[0], spent(warm) - began[1]]
    print(json.dumps(found))


def run(workspace: Workspace, checked: Checked, warm: Warmth) -> None:
    pipeline.run(workspace, checked, jobs=1, on_event=lambda event: None, warm=warm)


def spent(warm: Warmth) -> float:
    """Processor time of this process, the parent and all that they have seen the end of."""
    assert warm.parent is not None
    parent = psutil.Process(warm.parent.process.pid)
    return sum(sum(process.cpu_times()[:4]) for process in (psutil.Process(), parent))


def change(path: Path) -> None:
    """Let a chapter say something more, in the output of its last cell."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source += "\nshow('<p>One sentence more.</p>')"
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
