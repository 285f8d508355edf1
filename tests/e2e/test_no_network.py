"""A book is made where there is no network: nothing is fetched while notebooks and pages run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cut_off import without_network
from small_books import small_project

EDITION = "plymouth-2023-03"

REACH_OUT = """
import socket
print([name for _, name in socket.if_nameindex()])
try:
    socket.create_connection(("192.0.2.1", 443), timeout=2)
except OSError as error:
    print(error)
try:
    socket.getaddrinfo("example.org", 443)
except OSError:
    print("no name is known")
"""


def cut_off(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        without_network(command),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_command_cut_off_reaches_nobody(tmp_path: Path) -> None:
    tried = cut_off([sys.executable, "-c", REACH_OUT], tmp_path)
    interfaces, connecting, naming = tried.stdout.splitlines()
    assert interfaces == "['lo']"
    assert "unreachable" in connecting
    assert naming == "no name is known"


@pytest.mark.book
def test_a_book_is_made_without_a_network(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    done = cut_off([sys.executable, "-m", "scrutinybook", "book", EDITION], project)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.stem for path in (project / "site" / EDITION).glob("*.html")}
    assert {"index", "care-leavers", "code-care-leavers", "methods", "search"} <= pages
