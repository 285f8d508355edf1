"""Run Jupyter Book in a process of its own, within a time, and let no warning pass."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psutil

from scrutinybook.errors import BookFailed, Fault
from scrutinybook.execute.processes import end_tree

if TYPE_CHECKING:
    from scrutinybook.execute.forked.link import WarmParent

_PROGRAM = "jupyter_book.cli.main:main"
_RUN = "import sys; from jupyter_book.cli.main import main; sys.exit(main())"
MODULES = (
    *("jupyter_book.cli.main", "jupyter_book.sphinx", "sphinx.cmd.build", "sphinx.builders.html"),
    *("sphinx.writers.html5", "sphinx.search.en", "sphinx_external_toc", "myst_nb.sphinx_ext"),
    "scrutinybook.book.sphinx_ext",
)
"""What a build imports; a warm parent may have it ready."""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PROBLEM = re.compile(r"\b(WARNING|ERROR|CRITICAL|SEVERE): ")
# What Jupyter Book writes at the start of every build, whatever comes of it.
_OPENING = re.compile(r"Running Jupyter-Book|(Source Folder|Config Path|Output Path): |=+$")
_LAST_LINES = 12
# A dead end for whatever would reach outside: the build must not depend on a network.
_DEAD_END = "http://127.0.0.1:9"


def build_book(
    build: Path, *, limit_seconds: float = 300.0, parent: WarmParent | None = None
) -> Path:
    """Build the assembled folder `build` and return the folder of HTML.

    What lies in it of an earlier build is built upon. With a warm `parent` the build is forked from
    it. Raises `BookFailed` with every warning the build gave, or when it takes longer than
    `limit_seconds` of wall-clock time.
    """
    arguments = ["build", str(build), "-W", "--keep-going", "-q"]
    forked = None if parent is None else _forked(arguments, build, limit_seconds, parent)
    # Where the parent was lost, the build is not at fault.
    code, output = forked or _started_anew(arguments, build, limit_seconds)
    html = build / "_build" / "html"
    if code != 0 or not (html / "index.html").is_file():
        problems = _problems(output, build)
        raise BookFailed("The book could not be built without a warning.", problems)
    return html


def _started_anew(arguments: list[str], build: Path, limit_seconds: float) -> tuple[int, str]:
    command = [sys.executable, "-c", _RUN, *arguments]
    with subprocess.Popen(
        command,
        cwd=build,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            output, _ = process.communicate(timeout=limit_seconds)
        except BaseException as error:
            _end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise _too_slow(limit_seconds) from error
    return process.returncode, output


def _forked(
    arguments: list[str], build: Path, limit_seconds: float, parent: WarmParent
) -> tuple[int, str] | None:
    log = parent.folder / f"{uuid4().hex}.txt"
    program = parent.run_program(
        _PROGRAM, arguments, folder=build, log=log, environment=_environment()
    )
    try:
        while program.poll() is None:
            if time.monotonic() - program.began > limit_seconds:
                raise _too_slow(limit_seconds)
            time.sleep(0.005)
    finally:
        if program.poll() is None and program.pid is not None:
            end_tree(program.pid)
        program.close()
    output = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    return None if program.was_lost or program.ended is None else (program.ended, output)


def _too_slow(limit_seconds: float) -> BookFailed:
    return BookFailed(f"The book was not built within {limit_seconds:g} seconds; it was stopped.")


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    environment.update(
        PYTHONHASHSEED="0",
        PYTHONUNBUFFERED="1",
        TZ="UTC",
        LC_ALL="C.UTF-8",
        SOURCE_DATE_EPOCH="0",
        NO_COLOR="1",
        http_proxy=_DEAD_END,
        https_proxy=_DEAD_END,
        HTTP_PROXY=_DEAD_END,
        HTTPS_PROXY=_DEAD_END,
    )
    return environment


def _problems(output: str, build: Path) -> list[Fault]:
    """Quote each warning with the page it is about; where the build broke down, its last lines."""
    lines = [_COLOUR.sub("", line).strip() for line in output.splitlines()]
    quoted = [line for line in dict.fromkeys(lines) if _PROBLEM.search(line)]
    faults = []
    told = [line for line in lines if line and not _OPENING.match(line)]
    # Sphinx says what is wrong before its traceback, which only says where in Sphinx.
    before = list(itertools.takewhile(lambda line: not line.startswith("Traceback"), told))
    for line in quoted or (before or told)[-_LAST_LINES:]:
        where, _, rest = line.partition(": WARNING: ")
        if not rest:
            where, rest = "jupyter-book", line
        name = where.replace(f"{build}{os.sep}", "").replace(f"{build.resolve()}{os.sep}", "")
        faults.append(Fault(where=name, found=rest))
    return faults


def _end(process: subprocess.Popen[str]) -> None:
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.kill()
    for each in family:
        try:
            each.kill()
        except psutil.NoSuchProcess:
            continue
