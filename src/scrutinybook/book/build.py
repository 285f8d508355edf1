"""Run Jupyter Book in a process of its own, within a time, and let no warning pass."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path

import psutil

from scrutinybook.errors import BookFailed, Fault

_RUN = "import sys; from jupyter_book.cli.main import main; sys.exit(main())"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PROBLEM = re.compile(r"\b(WARNING|ERROR|CRITICAL|SEVERE): ")
# What Jupyter Book writes at the start of every build, whatever comes of it.
_OPENING = re.compile(r"Running Jupyter-Book|(Source Folder|Config Path|Output Path): |=+$")
_LAST_LINES = 12
# A dead end for whatever would reach outside: the build must not depend on a network.
_DEAD_END = "http://127.0.0.1:9"


def build_book(build: Path, *, limit_seconds: float = 300.0) -> Path:
    """Build the assembled folder `build` and return the folder of HTML.

    Raises `BookFailed` with every warning the build gave, or when it takes longer than
    `limit_seconds` of wall-clock time.
    """
    command = [sys.executable, "-c", _RUN, "build", str(build), "-W", "--keep-going", "-q"]
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
            message = f"The book was not built within {limit_seconds:g} seconds; it was stopped."
            raise BookFailed(message) from error
    html = build / "_build" / "html"
    if process.returncode != 0 or not (html / "index.html").is_file():
        problems = _problems(output, build)
        raise BookFailed("The book could not be built without a warning.", problems)
    return html


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
