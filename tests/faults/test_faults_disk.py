"""A disk without room, or one that may not be written to: told, and nothing is half there.

The disk is a small one in memory, of the test's own; where the system gives none, these skip.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
import pytest
from kills import whole_tree
from projects import run_scrutiny
from small_books import small_project

from scrutinybook.errors import ExitCode

pytestmark = pytest.mark.book

EDITION = "plymouth-2023-03"
MADE = ("results", "record", "site")
NOTEBOOK = "92-worked-rules"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of 64 MB."""
    place = tmp_path_factory.mktemp("disk")
    words = ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(place)]
    try:
        subprocess.run(words, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this user may not mount a disk in memory")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(scope="module")
def project(disk: Path) -> Path:
    """A small project with its book."""
    made = small_project(disk / "project")
    done = run_scrutiny(made, "book", EDITION)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def trees(project: Path) -> dict[str, Mapping[str, str]]:
    return {part: whole_tree(project / part) for part in MADE}


def rewrite(project: Path, version: str) -> None:
    """Give one notebook something new to say."""
    path = project / "notebooks" / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[
        -1
    ].source = f"from scrutinybook.notebook import show\nshow('<p>{version}.</p>' + 'x' * 300_000)"
    nbformat.write(notebook, path)


def fill(project: Path, left: int) -> Path:
    """Take all room of the disk but so many bytes."""
    filler = project.parent / "filler"
    room = shutil.disk_usage(project).free - left
    with filler.open("wb") as file:
        for _ in range(room // 65_536):
            file.write(bytes(65_536))
    return filler


@pytest.mark.parametrize("left", [20_000, 500_000, 2_000_000])
def test_a_full_disk_is_told_and_the_last_good_book_stands(project: Path, left: int) -> None:
    """Full at the start, while notebooks run, or when the pages are put in place."""
    rewrite(project, f"Version {left}")
    before = trees(project)
    filler = fill(project, left)
    try:
        failed = run_scrutiny(project, "book", EDITION)
    finally:
        filler.unlink()
    said = failed.stdout + failed.stderr
    assert failed.returncode in {ExitCode.FILES, ExitCode.NOTEBOOK, ExitCode.BOOK}, said
    assert "Traceback" not in said
    # Where not even the reason finds room, the first thing to look for is named.
    assert "No space left" in said or "room on the disk" in said, said
    after = trees(project)
    assert after["site"] == before["site"]
    done = run_scrutiny(project, "book", EDITION)
    assert done.returncode == 0, done.stdout + done.stderr
    now = trees(project)
    for part in ("results", "record"):
        assert after[part] in (before[part], now[part]), f"{part} is neither old nor new"
    page = (project / "site" / EDITION / "worked-rules.html").read_text(encoding="utf-8")
    assert f"Version {left}." in page


def test_a_full_disk_while_publishing_leaves_readers_what_they_had(project: Path) -> None:
    to = project.parent / "www"
    assert run_scrutiny(project, "sign", EDITION, "--role", "analyst").returncode == 0
    for there in ({}, None):  # nothing at first, then a whole book
        before, kept = whole_tree(to), whole_tree(project / "record")
        assert there is None or before == there
        filler = fill(project, 200_000)
        try:
            failed = run_scrutiny(project, "publish", EDITION, "--to", str(to))
        finally:
            filler.unlink()
        assert failed.returncode == ExitCode.FILES, failed.stdout + failed.stderr
        assert "No space left" in failed.stderr
        assert whole_tree(to) == before
        assert whole_tree(project / "record") == kept
        done = run_scrutiny(project, "publish", EDITION, "--to", str(to))
        assert done.returncode == 0, done.stderr
        assert f"{EDITION}/index.html" in whole_tree(to)


def test_a_disk_that_may_not_be_written_to_is_told(project: Path) -> None:
    before = trees(project)
    rewrite(project, "Version without a pen")
    subprocess.run(["mount", "-o", "remount,ro", str(project.parent)], check=True)
    try:
        for words in (("run", EDITION), ("build", EDITION), ("sign", EDITION, "--role", "analyst")):
            failed = run_scrutiny(project, *words, PYTHONDONTWRITEBYTECODE="1")
            assert failed.returncode == ExitCode.FILES, failed.stdout + failed.stderr
            assert "Read-only file system" in failed.stderr
            assert "Traceback" not in failed.stderr
        assert run_scrutiny(project, "check", EDITION).returncode == 0
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(project.parent)], check=True)
    assert trees(project) == before
