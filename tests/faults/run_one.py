"""A run in a process of its own, to be killed: python run_one.py NOTEBOOK TARGET SCRATCH."""

import sys
from pathlib import Path

from scrutinybook.execute import NotebookTask, run_notebooks

if __name__ == "__main__":
    source, target, scratch = map(Path, sys.argv[1:])
    run_notebooks(
        [NotebookTask("hangs", source, target, working_directory=source.parent)],
        scratch=scratch,
        cell_timeout=600,
        wall_timeout=600,
        on_event=lambda event: None,
    )
