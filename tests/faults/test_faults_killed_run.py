"""When the run itself is stopped, however rudely, its workers and kernels go with it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from faulty import KERNELS, named, wait_until

from scrutinybook.execute import NotebookTask
from scrutinybook.execute.starting import Kernels
from scrutinybook.publish import sweep

SCRIPT = Path(__file__).with_name("run_one.py")
HANGS = """
import pathlib, subprocess, sys, time
pathlib.Path("running").touch()
subprocess.run([sys.executable, "-c", "import time; time.sleep(600)", str(pathlib.Path.cwd())])
"""


def start(task: NotebookTask, scratch: Path, kernels: Kernels) -> subprocess.Popen[bytes]:
    places = map(str, (SCRIPT, task.source, task.target, scratch))
    return subprocess.Popen([sys.executable, *places, kernels], stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_run(
    tmp_path: Path, make_task: Callable[..., NotebookTask], how: signal.Signals, kernels: Kernels
) -> None:
    task = make_task("hangs", HANGS)
    task.target.parent.mkdir()
    task.target.write_text("last month's", encoding="utf-8")
    running = task.source.with_name("running")
    run = start(task, tmp_path / "s", kernels)
    try:
        wait_until(running.exists, "the notebook never began to run")
        # Run, worker, kernel and what the kernel started: else the test would show nothing.
        wait_until(lambda: len(named(tmp_path)) >= 4, f"not all are there: {named(tmp_path)}")
    finally:
        run.send_signal(how)
        run.wait(timeout=30)
    wait_until(lambda: not named(tmp_path), "a process outlived the run", seconds=10)
    assert task.target.read_text(encoding="utf-8") == "last month's"

    assert list((tmp_path / "s").iterdir())
    sweep(tmp_path / "s")
    assert not list((tmp_path / "s").iterdir())


@pytest.mark.parametrize("kernels", KERNELS)
def test_a_kill_while_worker_and_kernel_are_starting_leaves_neither(
    tmp_path: Path, make_task: Callable[..., NotebookTask], kernels: Kernels
) -> None:
    task = make_task("hangs", HANGS)
    moments = random.Random(20230331)
    for _ in range(4):
        run = start(task, tmp_path / "s", kernels)
        time.sleep(moments.uniform(0.1, 1.2))
        run.kill()
        run.wait()
        wait_until(lambda: not named(tmp_path), "a process outlived the run", seconds=10)


def test_the_next_run_ends_what_still_lives_of_a_dead_one(tmp_path: Path) -> None:
    # As after a machine so loaded that a killed run's kernel is not yet gone.
    mark = tmp_path / "s" / "run-1" / "chapter"
    mark.mkdir(parents=True)
    other = tmp_path / "other" / "run-1"
    code = "import time; time.sleep(600)"

    def carrying(folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code], env={"SCRUTINYBOOK_RUN": str(folder)})

    left, stranger = carrying(mark), carrying(other)
    try:
        # The mark is in place only once the new process has begun its program.
        wait_until(lambda: "SCRUTINYBOOK_RUN" in _environment(left.pid), "never began")
        wait_until(lambda: "SCRUTINYBOOK_RUN" in _environment(stranger.pid), "never began")
        sweep(tmp_path / "s")
        left.wait(timeout=10)
        assert stranger.poll() is None
        assert not mark.exists()
    finally:
        left.kill()
        stranger.kill()
        stranger.wait()


def _environment(pid: int) -> str:
    return str(psutil.Process(pid).environ())
