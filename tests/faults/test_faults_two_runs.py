"""The second run is told of the first; a killed first run locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrutinybook.errors import Busy, ExitCode
from scrutinybook.publish import run_lock

SCRIPT = Path(__file__).with_name("hold_lock.py")


def clock() -> datetime:
    return datetime(2023, 4, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    run = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "held\n"
    yield run
    run.kill()
    run.wait()
    run.stdout.close()


def test_the_second_run_is_told_who_holds_the_lock_what_for_and_since_when(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(Busy) as caught, run_lock(tmp_path, "checking", clock=clock):
        pytest.fail("two runs held the lock at once")
    assert caught.value.exit_code is ExitCode.BUSY
    (fault,) = caught.value.faults
    since = "2023-04-03 09:30:00 UTC"
    assert fault.found == f"process {holder.pid} is building demo-2023-03, since {since}"


def test_waiting_does_not_help_while_the_first_run_is_at_work(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(Busy), run_lock(tmp_path, "checking", clock=clock, wait=0.2):
        pytest.fail("two runs held the lock at once")
    assert holder.poll() is None


def test_a_killed_holder_leaves_nothing_locked(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    assert (tmp_path / "holder.json").exists()  # and is not believed
    with run_lock(tmp_path, "checking", clock=clock):
        told = (tmp_path / "holder.json").read_text(encoding="utf-8")
        assert f'"process": {os.getpid()}' in told


def test_the_lock_is_free_again_after_a_run_that_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a defect"), run_lock(tmp_path, "one", clock=clock):
        raise RuntimeError("a defect")
    with run_lock(tmp_path, "two", clock=clock):
        pass
    assert not (tmp_path / "holder.json").exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"process": 4194304, "doing": "x", "since": "y"}']
)
def test_a_holder_that_cannot_be_named_is_still_respected(tmp_path: Path, text: str) -> None:
    with run_lock(tmp_path, "one", clock=clock):
        # As between taking the lock and writing the file, or after a killed holder (no process
        # has an id as high as this one).
        (tmp_path / "holder.json").write_text(text, encoding="utf-8")
        just_started = pytest.raises(Busy, match="another run has just started")
        with just_started, run_lock(tmp_path, "two", clock=clock):
            pytest.fail("two runs held the lock at once")
