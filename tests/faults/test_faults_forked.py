"""Kernels from a warm parent are as clean as kernels started anew, and harm as little."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from faulty import KERNELS, make_task_in, named, wait_until

from scrutinybook.book.normalise import normalise
from scrutinybook.errors import NotebookFailed
from scrutinybook.execute import NotebookTask, run_notebooks
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import Warmth, warmth

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

LOOKS = """
import json, os, random, sys
import matplotlib, matplotlib.pyplot as plt, numpy as np, pandas as pd
import scrutinybook.periods as periods
state = {
    "module": getattr(periods, "left_behind", None),
    "names": sorted(n for n in globals() if not n.startswith("_")),
    "figures": plt.get_fignums(),
    "setting": matplotlib.rcParams["lines.linewidth"],
    "option": pd.get_option("display.max_rows"),
    "variable": os.environ.get("LEFT_BEHIND"),
    "folder": os.getcwd(),
    "path": [p for p in sys.path if "left" in p],
    "drawn": [random.random(), float(np.random.random())],
    "hash": hash("Plymouth"),
    "threads": os.environ["OMP_NUM_THREADS"],
}
print(json.dumps(state))
"""
LEAVES = """
periods.left_behind = 1
plt.figure()
matplotlib.rcParams["lines.linewidth"] = 99
pd.set_option("display.max_rows", 7)
os.environ["LEFT_BEHIND"] = "1"
os.chdir("..")
sys.path.append("left")
random.seed(1); np.random.seed(1)
"""


def run(folder: Path, warm: Warmth, *tasks: NotebookTask, **settings: int) -> None:
    limits = {"cell_timeout": 60, "wall_timeout": 120, "jobs": 1, **settings}
    run_notebooks(tasks, scratch=folder / "s", on_event=lambda event: None, warm=warm, **limits)


def printed(task: NotebookTask, cell: int = 3) -> Any:
    notebook = nbformat.read(task.target, as_version=4)
    return json.loads("".join(o.text for o in notebook.cells[cell].outputs if o.name == "stdout"))


def seen(folder: Path, kernels: Kernels) -> list[dict[str, Any]]:
    """What a first notebook sees and then leaves behind, and what the two after it see."""
    tasks = [
        make_task_in(folder, "first", LOOKS, LEAVES),
        make_task_in(folder, "second", LOOKS),
        make_task_in(folder, "third", LOOKS),
    ]
    with warmth(folder / "s", kernels) as warm:
        run(folder, warm, *tasks)
    return [printed(task) for task in tasks]


@pytest.fixture(scope="module")
def states(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[Kernels, list[dict[str, Any]]]]:
    folder = tmp_path_factory.mktemp("states")
    yield {kernels: seen(folder, kernels) for kernels in KERNELS}


@pytest.mark.parametrize("kernels", KERNELS)
def test_nothing_leaks_from_one_notebook_to_the_next(
    states: dict[Kernels, list[dict[str, Any]]], kernels: Kernels
) -> None:
    first, second, third = states[kernels]
    for state in (second, third):
        assert {**state, "drawn": None} == {**first, "drawn": None}
    assert second["module"] is None
    assert second["figures"] == []


def test_forked_kernels_see_what_plain_ones_see_random_states_included(
    states: dict[Kernels, list[dict[str, Any]]],
) -> None:
    assert states[Kernels.FORKED] == states[Kernels.PLAIN]


@pytest.mark.parametrize("kernels", KERNELS)
def test_each_notebook_draws_its_own_numbers(
    states: dict[Kernels, list[dict[str, Any]]], kernels: Kernels
) -> None:
    drawn = [number for state in states[kernels] for number in state["drawn"]]
    assert len(set(drawn)) == len(drawn) == 6


SHOWS = """
import pandas as pd, matplotlib.pyplot as plt
from IPython.display import HTML, Markdown, display
print("some words")
display(HTML("<p>£</p>"), Markdown("*x*"))
figure, axes = plt.subplots(); axes.plot([1, 2])
display(figure)
pd.DataFrame({"a": [1.5, None], "b": ["x", "y"]})
"""


def test_outputs_are_those_of_plain_kernels(tmp_path: Path) -> None:
    notebooks = []
    for kernels in KERNELS:
        task = make_task_in(tmp_path, "shows", SHOWS, "import sys; sys.stderr.write('told')\n1 / 3")
        with warmth(tmp_path / "s", kernels) as warm:
            run(tmp_path, warm, task)
        notebooks.append(normalise(nbformat.read(task.target, as_version=4)))
    assert len(notebooks[0].cells[3].outputs) >= 5
    assert notebooks[0] == notebooks[1]


def test_an_error_is_told_as_by_a_plain_kernel(tmp_path: Path) -> None:
    told = []
    for kernels in KERNELS:
        task = make_task_in(tmp_path, "fails", "def f(x):\n    return 1 / x", "f(0)")
        with warmth(tmp_path / "s", kernels) as warm, pytest.raises(NotebookFailed) as caught:
            run(tmp_path, warm, task)
        (fault,) = caught.value.faults
        told.append((fault.where, fault.found))
    assert told[0] == told[1]


GROWS = "held = []\nwhile True:\n    held.append(bytearray(64_000_000))"


def test_a_notebook_that_grows_without_end_fails_alone(tmp_path: Path) -> None:
    # With a limit that the machine can bear; in a run it is half of its memory.
    small = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, -1))"
    grows, good = (
        make_task_in(tmp_path, "grows", small, GROWS),
        make_task_in(tmp_path, "good", "import numpy as np\nnp.zeros(10).sum()"),
    )
    with warmth(tmp_path / "s", Kernels.FORKED) as warm, pytest.raises(NotebookFailed) as caught:
        run(tmp_path, warm, grows, good, jobs=2)
    (fault,) = caught.value.faults
    assert fault.where.startswith("grows, cell 5 of 5")
    assert "MemoryError" in fault.found
    assert good.target.exists()


@pytest.mark.parametrize("kernels", KERNELS)
def test_every_notebook_has_a_limit_of_memory(tmp_path: Path, kernels: Kernels) -> None:
    code = "import json, resource\nprint(json.dumps(resource.getrlimit(resource.RLIMIT_AS)[0]))"
    task = make_task_in(tmp_path, "limits", code)
    with warmth(tmp_path / "s", kernels) as warm:
        run(tmp_path, warm, task)
    physical = psutil.virtual_memory().total
    assert 4 * 1024**3 <= printed(task) <= max(4 * 1024**3, physical)


def parent_of(folder: Path) -> psutil.Process:
    found = [
        process
        for process in psutil.process_iter(["cmdline"])
        if "scrutinybook.execute.forked.parent" in (process.info["cmdline"] or [])
        and any(str(folder) in part for part in process.info["cmdline"])
    ]
    return min(found, key=lambda process: process.create_time())


def test_notebooks_whose_parent_is_killed_run_to_their_end_in_plain_kernels(
    tmp_path: Path,
) -> None:
    kill = f"""
import os, pathlib, psutil, signal
once = pathlib.Path({str(tmp_path / "once")!r})
if not once.exists():
    once.touch()
    os.kill(psutil.Process(os.getppid()).ppid(), signal.SIGKILL)
    import time; time.sleep(600)
"""
    tasks = [make_task_in(tmp_path, "kills", kill), make_task_in(tmp_path, "after", "print(1)")]
    with warmth(tmp_path / "s", Kernels.FORKED) as warm:
        run(tmp_path, warm, *tasks)
    assert all(task.target.exists() for task in tasks)
    assert named(tmp_path) == []


def test_a_parent_that_cannot_start_is_no_reason_to_fail(
    tmp_path: Path, make_task: Callable[..., NotebookTask], monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = tmp_path / "stub" / "sitecustomize.py"
    stub.parent.mkdir()
    stub.write_text(
        "import sys\nif 'scrutinybook.execute.forked.parent' in ' '.join(sys.orig_argv):\n"
        "    sys.exit('no parent today')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(stub.parent))
    task = make_task("chapter", "print('fine')")
    with warmth(tmp_path / "s", Kernels.FORKED) as warm:
        run(tmp_path, warm, task)
    assert task.target.exists()


def test_the_parent_goes_with_the_process_that_wanted_it(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        with warmth(tmp_path / "s", Kernels.FORKED) as warm:
            warm.starter([])
            signal.pause()
        os._exit(0)
    wait_until(lambda: len(named(tmp_path)) == 1, "no parent began")
    parent = parent_of(tmp_path)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    wait_until(lambda: not parent.is_running() or not named(tmp_path), "the parent stayed")


def test_one_parent_serves_run_after_run(tmp_path: Path) -> None:
    with warmth(tmp_path / "s", Kernels.FORKED) as warm:
        run(tmp_path, warm, make_task_in(tmp_path, "one", "print(1)"))
        parent = parent_of(tmp_path)
        run(tmp_path, warm, make_task_in(tmp_path, "two", "print(2)"))
        assert parent_of(tmp_path) == parent
        assert parent.children() == []  # nothing of the notebooks is left but the parent itself
    assert named(tmp_path) == []
