"""Books on a branch of a git repository, from which a host serves them as static pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound

_LONGEST = 600
"""Seconds that git may take over one step, a push included."""
_AUTHOR = ("The scrutiny book", "scrutiny-book@localhost")
_NOT_A_SITE_OF_JEKYLL = ".nojekyll"
"""Hosts that build pages with Jekyll would leave out the folder with the style."""


class GitBranch:
    """A branch that holds published books and nothing else.

    It is changed by one push: whoever looks sees the books of before or those of now.
    """

    def __init__(self, address: str, branch: str, scratch: Path) -> None:
        """`address`: a repository's folder or what git takes for a remote one.

        Raises `FaultsFound` without git, or for a name that no branch may have.
        """
        program = shutil.which("git")
        if program is None:
            raise FaultsFound([Fault("--to", "git is not on this machine", mend="install git")])
        self.git, self.address, self.branch = program, address, branch
        self.repository = scratch / "repository"
        self.before: str | None = None
        named = not address.startswith("-") and "::" not in address
        if not named or self._run("check-ref-format", f"refs/heads/{branch}").returncode:
            allowed = "git+REPOSITORY#BRANCH, such as git+https://example.org/books.git#pages"
            raise FaultsFound([Fault("--to", f"git+{address}#{branch}", allowed)])

    def fetch(self, into: Path) -> None:
        """Copy what the branch holds into a folder; nothing where there is no such branch yet.

        Raises `FaultsFound` where the repository cannot be reached.
        """
        shutil.rmtree(self.repository, ignore_errors=True)
        self._do("init", "--bare", "--quiet", str(self.repository))
        ref = f"refs/heads/{self.branch}"
        if not self._do("ls-remote", "--", self.address, ref).strip():
            return
        self._in("fetch", "--quiet", "--", self.address, ref)
        self.before = self._in("rev-parse", "FETCH_HEAD").strip()
        self._in(f"--work-tree={into}", "checkout", "--quiet", "--force", self.before, "--", ".")
        (into / _NOT_A_SITE_OF_JEKYLL).unlink(missing_ok=True)

    def put(self, folder: Path, message: str, when: datetime) -> None:
        """Make the branch hold what the folder holds, in one step.

        Raises `FaultsFound` where somebody else changed the branch meanwhile, or it is refused.
        """
        (folder / _NOT_A_SITE_OF_JEKYLL).touch()
        self._in(f"--work-tree={folder}", "add", "--all", "--force", "--", ".")
        tree = self._in("write-tree").strip()
        parents = [] if self.before is None else ["-p", self.before]
        commit = self._in("commit-tree", tree, *parents, "-m", message, when=when).strip()
        self._in("push", "--quiet", "--", self.address, f"{commit}:refs/heads/{self.branch}")

    def _in(self, *words: str, when: datetime | None = None) -> str:
        return self._do(f"--git-dir={self.repository}", *words, when=when)

    def _do(self, *words: str, when: datetime | None = None) -> str:
        done = self._run(*words, when=when)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["git gave no reason"])[-1]
            found = f"{self.address}: {last}"
            mend = "see that the repository can be reached and that you may push to the branch"
            raise FaultsFound([Fault("--to", found, mend=mend)])
        return done.stdout

    def _run(self, *words: str, when: datetime | None = None) -> subprocess.CompletedProcess[str]:
        told = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        name, mail = _AUTHOR
        for who in ("AUTHOR", "COMMITTER"):
            told |= {f"GIT_{who}_NAME": name, f"GIT_{who}_EMAIL": mail}
            if when is not None:
                told[f"GIT_{who}_DATE"] = when.astimezone().isoformat(timespec="seconds")
        # Nobody is there to type a password; line ends stay as they are.
        told |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        command = [self.git, "-c", "core.autocrlf=false", *words]
        try:
            return subprocess.run(
                command, env=told, capture_output=True, text=True, timeout=_LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            found = f"{self.address}: git took longer than {_LONGEST} seconds"
            raise FaultsFound([Fault("--to", found)]) from None
