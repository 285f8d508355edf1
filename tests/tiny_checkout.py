"""A checkout with the project's own run.py, one locked package and next to nothing else."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from projects import ROOT
from tiny_wheel import write_wheel

PYPROJECT = """
[build-system]
requires = []
build-backend = "tiny_wheel"
backend-path = ["."]
"""
COMMAND = """
import sys

import greeting

print(greeting.WORDS, *sys.argv[3:])
"""


def tiny_checkout(folder: Path) -> tuple[Path, Path]:
    """Make the checkout and, beside it, a folder with its one wheel."""
    project, wheels = folder / "checkout", folder / "some wheels"
    wheels.mkdir()
    wheel = write_wheel(wheels, "greeting", {"greeting.py": 'WORDS = "Good morning"\n'})
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    texts = {
        "requirements.lock": f"greeting==1.0 \\\n    --hash=sha256:{digest}\n",
        "pyproject.toml": PYPROJECT,
        "src/scrutinybook/__main__.py": COMMAND,
    }
    for path, text in texts.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "run.py", project)
    shutil.copy(ROOT / "tests" / "tiny_wheel.py", project)
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "all")
    return project, wheels


def git(project: Path, *words: str) -> None:
    """Run git as nobody in particular."""
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", *who, *words], cwd=project, check=True)
