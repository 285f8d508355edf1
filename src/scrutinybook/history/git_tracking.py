"""Whether git would take a file into a repository: children's rows and keys must never be."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ANSWERS_WITHIN = 30
"""Seconds; git asks nobody and reads no more than ignore files."""


def work_tree_of(path: Path) -> Path | None:
    """The nearest folder, `path` itself or above it, that holds a ``.git``; None without one."""
    whole = path.resolve()
    return next((each for each in (whole, *whole.parents) if (each / ".git").exists()), None)


def git_would_track(path: Path, inside: Sequence[str] = ()) -> bool:
    """Whether git would track `path`, or for a folder any of the files named in `inside`.

    Neither has to be there yet. Outside every work tree the answer is no, without asking git;
    inside one it is yes unless git says that it ignores them all. Without git, or where git gives
    no clear answer, it is yes.
    """
    tree = work_tree_of(path)
    if tree is None:
        return False
    git = shutil.which("git")
    if git is None:
        return True
    whole = path.resolve()
    asked = [str(whole / name) for name in inside] or [str(whole)]
    nearest = next(each for each in (whole, *whole.parents) if each.is_dir())
    # What a hook or another repository's command has set must not change whom we ask.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [git, "-C", str(nearest), "check-ignore", "-z", "--stdin"],
            input="\0".join(asked).encode() + b"\0",
            capture_output=True,
            timeout=ANSWERS_WITHIN,
            env=clean,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    ignored = done.stdout.count(b"\0")
    return done.returncode != 0 or ignored != len(asked)
