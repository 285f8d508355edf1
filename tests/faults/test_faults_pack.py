"""A browser that fails, hangs or is left over while it prints the committee pack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from faulty import named, wait_until
from projects import run_scrutiny
from published_pages import EDITION, write_published

from scrutinybook.errors import BookFailed, ExitCode
from scrutinybook.pack.printing import print_page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for a browser with a script")

HANGS = "import sys, time\nopen({told!r}, 'w').write('on')\ntime.sleep(600)\n"
FAILS = "import sys\nsys.exit('no display, no luck')\n"


def stand_in(folder: Path, source: str) -> Path:
    """A program that stands in for a browser."""
    path = folder / "browser"
    path.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the command takes for a checkout, with one book and last month's pack."""
    folder = tmp_path / "checkout"
    for part in ("params", "notebooks"):
        (folder / part).mkdir(parents=True)
    write_published(folder / "site")
    (folder / "pack.pdf").write_bytes(b"the last pack")
    return folder


def test_a_browser_that_hangs_is_ended_and_told(tmp_path: Path) -> None:
    hanging = stand_in(tmp_path, HANGS.format(told=str(tmp_path / "begun")))
    with pytest.raises(BookFailed, match=r"had not printed after 0\.5 seconds and was stopped"):
        print_page(hanging, tmp_path / "page.html", tmp_path, limit_seconds=0.5)
    assert named(tmp_path) == []


def test_a_browser_that_fails_is_quoted_and_the_last_pack_stands(
    tmp_path: Path, checkout: Path
) -> None:
    failing = str(stand_in(tmp_path, FAILS))
    ran = run_scrutiny(checkout, "pack", EDITION, "--to", "pack.pdf", "--browser", failing)
    assert ran.returncode == ExitCode.BOOK
    assert "no display, no luck" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (checkout / "pack.pdf").read_bytes() == b"the last pack"
    assert not (checkout / ".scrutiny" / "stage-pack").exists()


def test_a_kill_in_the_middle_leaves_the_last_pack_and_the_next_run_clears_up(
    tmp_path: Path, checkout: Path
) -> None:
    begun = tmp_path / "begun"
    hanging = stand_in(tmp_path, HANGS.format(told=str(begun)))
    words = ["pack", EDITION, "--to", "pack.pdf", "--browser", str(hanging)]
    run = subprocess.Popen([sys.executable, "-m", "scrutinybook", *words], cwd=checkout)
    try:
        wait_until(begun.exists, "the browser was never started")
    finally:
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert (checkout / "pack.pdf").read_bytes() == b"the last pack"
    assert len(named(tmp_path)) == 1  # the browser outlives it, until the next run

    again = run_scrutiny(checkout, "pack", "no-such-2023-03")
    assert again.returncode == ExitCode.FAULTS
    assert "there is no such book" in again.stderr
    assert not (checkout / ".scrutiny" / "stage-pack").exists()
    assert named(tmp_path) == []
