"""A run in a process of its own, to be killed: run_one.py NOTEBOOK TARGET SCRATCH KERNELS."""

import sys
from pathlib import Path

from scrutinybook.execute import NotebookTask, run_notebooks
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import warmth

if __name__ == "__main__":
    source, target, scratch = map(Path, sys.argv[1:4])
    with warmth(scratch, Kernels(sys.argv[4])) as warm:
        run_notebooks(
            [NotebookTask("hangs", source, target, working_directory=source.parent)],
            scratch=scratch,
            cell_timeout=600,
            wall_timeout=600,
            on_event=lambda event: None,
            warm=warm,
        )
