"""Which code made an edition: the commit, and whether the checkout differs from it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import scrutinybook
from scrutinybook.history.git_tracking import ANSWERS_WITHIN
from scrutinybook.record.manifest import Code
from scrutinybook.workspace import Workspace

_PARTS = ("src", "params", "notebooks", "book", "data", "tests/spec/worked", "requirements.lock")
"""What a book is made from. Anything else in a checkout may differ."""


def code_state(workspace: Workspace) -> Code:
    """Ask git. A machine without it, and a copy without its history, is said to be so."""
    root = _home_of_the_code(workspace)
    git = shutil.which("git")
    if git is None:
        words = "git is not on this machine, so that the commit is not known"
        return Code(commit=None, differs=None, words=words)
    commit = _ask(git, root, "rev-parse", "--verify", "HEAD")
    tracked = _ask(git, root, "ls-files", "--", "params", "src")
    if not commit or not tracked:
        words = "this copy of the project has no git history, so that the commit is not known"
        return Code(commit=None, differs=None, words=words)
    parts = [each for each in _PARTS if (root / each).exists()]
    changed = _ask(git, root, "status", "--porcelain", "--untracked-files=all", "--", *parts)
    if changed is None:
        return Code(commit=commit, differs=None, words="git did not say what differs from it")
    words = "as committed"
    if changed:
        count = len(changed.splitlines())
        words = f"{count} {'file differs' if count == 1 else 'files differ'} from the commit"
    return Code(commit=commit, differs=bool(changed), words=words)


def content_at(workspace: Workspace, commit: str, path: str) -> bytes | None:
    """A file's content in a commit, by its path in the project; None where git has none."""
    git = shutil.which("git")
    if git is None:
        return None
    return _run(git, workspace.root, "show", f"{commit}:./{path}")


def _home_of_the_code(workspace: Workspace) -> Path:
    """The checkout that the running program lies in; the workspace where that is the same."""
    package = Path(scrutinybook.__file__).resolve().parent
    inside = package.is_relative_to(workspace.root.resolve())
    return workspace.root if inside else package.parents[1]


def _ask(git: str, folder: Path, *words: str) -> str | None:
    answer = _run(git, folder, *words)
    return None if answer is None else answer.decode("utf-8", "replace").strip()


def _run(git: str, folder: Path, *words: str) -> bytes | None:
    # What a hook or another repository's command has set must not change whom we ask.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = [git, "-C", str(folder), *words]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=ANSWERS_WITHIN, env=clean, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
