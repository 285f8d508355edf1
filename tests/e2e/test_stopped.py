"""A run that a person stops from the keyboard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from projects import run_scrutiny

from scrutinybook.errors import ExitCode

pytestmark = [
    pytest.mark.book,
    pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to one process"),
]


def test_a_run_stopped_from_the_keyboard_leaves_nothing_running_and_nothing_locked(
    project: Path,
) -> None:
    command = [sys.executable, "-m", "scrutinybook", "run", "plymouth-2023-03"]
    with subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None and not process.children():
            time.sleep(0.05)
        helpers = process.children(recursive=True)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == ExitCode.INTERRUPTED, said
    assert said.strip() == "Stopped. The last good book stands as it was."
    assert helpers
    _, alive = psutil.wait_procs(helpers, timeout=10)
    assert not alive
    assert not list((project / "results").glob("*"))
    # The lock went with the run: the next one is not refused.
    assert run_scrutiny(project, "build", "plymouth-2023-03").returncode == ExitCode.FAULTS
