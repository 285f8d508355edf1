"""Copies of the project for tests to use and to spoil, and the command run in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (
    *("book", "data", "notebooks", "params"),
    *("tests/spec/worked", "benchmarks/operating_characteristics"),
)
"""Folders that make a checkout, as far as the command can tell, and what the Methods show."""

Scrutiny = Callable[..., tuple[int, str, str]]
"""Runs the command with its words and gives its exit code, output and complaints."""


def copy_project(into: Path) -> Path:
    """Copy the project's own sources, and nothing that was made from them."""
    for part in PARTS:
        made = ("__pycache__", ".ipynb_checkpoints", ".*.part", "prepared")
        skip = shutil.ignore_patterns(*made)
        shutil.copytree(ROOT / part, into / part, ignore=skip)
    return into


def run_scrutiny(
    project: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own, inside `project`."""
    return subprocess.run(
        [sys.executable, "-m", "scrutinybook", *arguments],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
