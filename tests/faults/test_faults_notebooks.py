"""A notebook that fails is named with its place, the others run, and nothing lives on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faulty import KERNELS, make_task_in, named

from scrutinybook.errors import ExitCode, Fault, FaultsFound, NotebookFailed
from scrutinybook.execute import Event, NotebookResult, NotebookTask, Stage, run_notebooks
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import Warmth, warmth

RAISES = ["def share(part, whole):\n    return part / whole", "x = 1\nshare(x, 0)"]
IN_PACKAGE = "from scrutinybook.periods import Month\nMonth.parse('March 2023')"
# A session of its own and a dead parent: no process tree leads to it.
ORPHAN = """
import subprocess, sys
code = "import time; time.sleep(600)"
starts = "import subprocess, sys; subprocess.Popen(sys.argv[1:], start_new_session=True)"
subprocess.run([sys.executable, "-c", starts, sys.executable, "-c", code, folder], check=True)
"""


@dataclass(frozen=True)
class Ran:
    folder: Path
    tasks: dict[str, NotebookTask]
    events: list[Event]
    error: NotebookFailed

    def fault(self, name: str) -> Fault:
        (fault,) = [each for each in self.error.faults if each.where.startswith(f"{name},")]
        return fault


def run(
    folder: Path, *tasks: NotebookTask, kernels: Kernels = Kernels.PLAIN, **limits: int
) -> tuple[NotebookResult, ...]:
    settings = {"cell_timeout": 60, "wall_timeout": 120, **limits}
    with warmth(folder / "s", kernels) as warm:
        return run_notebooks(
            tasks, scratch=folder / "s", on_event=lambda event: None, warm=warm, **settings
        )


@pytest.fixture(scope="module", params=KERNELS)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """One run of every way to fail, and of two notebooks that do not."""
    folder = tmp_path_factory.mktemp("run")
    cells = {
        "good": ["print('fine')"],
        "raises": RAISES,
        "in-package": [IN_PACKAGE],
        "hangs": ["1 + 1", "import time\ntime.sleep(600)"],
        "dies": ["import os\nos._exit(1)"],
        "leaves-early": ["import sys\nsys.exit()", "print('never')"],
        "worker-killed": ["import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"],
        "orphans": [ORPHAN],
    }
    tasks = {
        name: make_task_in(folder, name, *code, folder=str(folder)) for name, code in cells.items()
    }
    for task in tasks.values():
        task.target.parent.mkdir(exist_ok=True)
        task.target.write_text("last month's", encoding="utf-8")
    events: list[Event] = []
    with (
        warmth(folder / "scratch", request.param) as warm,
        pytest.raises(NotebookFailed) as caught,
    ):
        run_notebooks(
            list(tasks.values()),
            scratch=folder / "scratch",
            cell_timeout=6,
            wall_timeout=60,
            on_event=events.append,
            jobs=2,
            warm=warm,
        )
    yield Ran(folder, tasks, events, caught.value)


def test_every_failure_is_told_in_the_order_of_the_tasks(ran: Ran) -> None:
    failed = ["raises", "in-package", "hangs", "dies", "leaves-early", "worker-killed"]
    assert [fault.where.partition(",")[0] for fault in ran.error.faults] == failed
    assert ran.error.message.startswith("6 notebooks of 8 failed")
    assert ran.error.exit_code is ExitCode.NOTEBOOK


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        # Cells are counted as the author sees them: the injected one is not among them.
        ("raises", "cell 5 of 5, under 'Front door'", "ZeroDivisionError: division by zero"),
        ("in-package", "cell 4 of 4, under 'Front door'", "ValueError: 'March 2023' is not a"),
        ("hangs", "cell 5 of 5, under 'Front door'", "the cell ran longer than 6 s"),
        ("dies", "cell 4 of 4, under 'Front door'", "the kernel died while this cell ran"),
        ("leaves-early", "cell 4 of 5, under 'Front door'", "SystemExit: the notebook ends itself"),
        ("worker-killed", "cell 4 of 4, under 'Front door'", "ended without a result"),
    ],
)
def test_a_failure_is_told_with_its_place_and_a_way_to_mend_it(
    ran: Ran, name: str, place: str, found: str
) -> None:
    fault = ran.fault(name)
    assert fault.where == f"{name}, {place}"
    assert found in fault.found
    assert fault.mend
    assert "\x1b" not in str(fault)


def test_an_error_shows_the_frames_of_notebook_and_package_only(ran: Ran) -> None:
    assert [line.strip() for line in ran.fault("raises").found.splitlines()[1:]] == [
        "line 2 of the cell: share(x, 0)",
        "line 2 of an earlier cell, in share: return part / whole",
    ]
    frames = [line.strip() for line in ran.fault("in-package").found.splitlines()[1:]]
    assert frames[0] == "line 2 of the cell: Month.parse('March 2023')"
    assert len(frames) == 2
    assert "periods.py" in frames[1]


def test_targets_change_only_where_the_notebook_ran_to_its_end(ran: Ran) -> None:
    texts = {name: task.target.read_text(encoding="utf-8") for name, task in ran.tasks.items()}
    assert {name for name, text in texts.items() if text != "last month's"} == {"good", "orphans"}
    assert json.loads(texts["good"])["cells"][-1]["outputs"][0]["text"] == ["fine\n"]
    assert not list(ran.folder.glob("out/*.part"))


def test_a_failed_notebook_is_kept_as_far_as_it_ran(ran: Ran) -> None:
    (kept,) = ran.folder.glob("scratch/run-*/hangs/executed.ipynb")
    assert str(kept) in ran.fault("hangs").mend
    cells = json.loads(kept.read_text(encoding="utf-8"))["cells"]
    assert cells[-2]["outputs"][0]["data"] == {"text/plain": ["2"]}


def test_events_tell_each_notebook_once_from_start_to_end(ran: Ran) -> None:
    failed = {fault.where.partition(",")[0] for fault in ran.error.faults}
    for name in ran.tasks:
        last = Stage.FAILED if name in failed else Stage.FINISHED
        assert [e.stage for e in ran.events if e.name == name] == [Stage.STARTED, last]
    running = most = 0
    for event in ran.events:
        running += 1 if event.stage is Stage.STARTED else -1
        most = max(most, running)
    assert most == 2


def test_no_process_of_a_run_is_left_not_even_one_that_cut_every_tie(ran: Ran) -> None:
    assert named(ran.folder) == []


@pytest.mark.parametrize("kernels", KERNELS)
def test_a_notebook_that_takes_too_long_is_stopped_in_the_cell_where_it_is(
    tmp_path: Path, make_task: Callable[..., NotebookTask], kernels: Kernels
) -> None:
    # No cell is slow enough for the cell's own limit, and the kernel does not heed a polite end.
    quick_cells = ["import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)"]
    slow, good = make_task("slow", *quick_cells, *["time.sleep(2)"] * 20), make_task("good", "1")
    with pytest.raises(NotebookFailed) as caught:
        run(tmp_path, slow, good, kernels=kernels, cell_timeout=30, wall_timeout=8)
    (fault,) = caught.value.faults
    assert "the notebook ran longer than 8 s" in fault.found
    assert fault.where.startswith("slow, cell ")
    assert fault.where.endswith("of 24, under 'Front door'")
    assert good.target.exists()
    assert not slow.target.exists()
    assert named(tmp_path) == []


KERNEL_THAT_FAILS = """
import os, pathlib, runpy, sys
tried = pathlib.Path(__file__).with_name("tried")
if {always} or not tried.exists():
    tried.touch()
    sys.exit("no kernel today")
sys.path.remove(os.path.dirname(__file__))
runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("always", [False, True])
def test_a_kernel_that_does_not_start_is_started_once_more_and_no_more(
    tmp_path: Path,
    make_task: Callable[..., NotebookTask],
    monkeypatch: pytest.MonkeyPatch,
    always: bool,
) -> None:
    stub = tmp_path / "stub" / "ipykernel_launcher.py"
    stub.parent.mkdir()
    stub.write_text(KERNEL_THAT_FAILS.format(always=always), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(stub.parent), prepend=":")
    task = make_task("chapter", "print('fine')")
    events: list[Event] = []

    def go() -> None:
        run_notebooks(
            [task],
            scratch=tmp_path,
            cell_timeout=30,
            wall_timeout=60,
            on_event=events.append,
            warm=Warmth(tmp_path, Kernels.PLAIN),
        )

    if always:
        with pytest.raises(
            NotebookFailed, match=r"before its first cell: the kernel did not start"
        ):
            go()
        assert "no kernel today" in next(tmp_path.glob("run-*/chapter~2/log.txt")).read_text()
    else:
        go()
        assert task.target.exists()
    last = Stage.FAILED if always else Stage.FINISHED
    assert [event.stage for event in events] == [Stage.STARTED, Stage.RETRIED, last]


def test_what_is_kept_of_one_failed_run_survives_the_next_in_the_same_process(
    tmp_path: Path, make_task: Callable[..., NotebookTask]
) -> None:
    kept = []
    for _ in range(2):
        with pytest.raises(NotebookFailed):
            run(tmp_path, make_task("raises", *RAISES))
        kept.append(len(list(tmp_path.glob("s/run-*/raises/executed.ipynb"))))
    assert kept == [1, 2]


def test_faults_that_can_be_seen_beforehand_stop_all_notebooks(
    tmp_path: Path, make_task: Callable[..., NotebookTask]
) -> None:
    flag = tmp_path / "ran"
    good = make_task("good", f"open({str(flag)!r}, 'w')")
    wrong = make_task("wrong", "1", month="2023-03")
    wrong = NotebookTask("wrong", wrong.source, wrong.target, {"moth": "2023-03"}, tmp_path)
    broken = make_task("broken", "1")
    broken.source.write_text('{"cells": [', encoding="utf-8")
    missing = make_task("missing", "1")
    missing.source.unlink()
    with pytest.raises(FaultsFound) as caught:
        run(tmp_path, good, wrong, broken, missing)
    text = str(caught.value)
    assert "wrong.ipynb: parameter moth: not known" in text
    assert "did you mean 'month'?" in text
    assert "broken.ipynb: it is not valid JSON" in text
    assert "missing.ipynb: there is no such notebook" in text
    assert not flag.exists()
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("kernels", KERNELS)
def test_a_file_beside_the_notebook_cannot_stand_in_for_the_kernel(
    tmp_path: Path, make_task: Callable[..., NotebookTask], kernels: Kernels
) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('shadow')", encoding="utf-8")
    (tmp_path / "random.py").write_text("raise SystemExit('shadow')", encoding="utf-8")
    task = make_task("chapter", "import sys; print(sys.executable)")
    (result,) = run(tmp_path, task, kernels=kernels)
    assert sys.executable in result.target.read_text(encoding="utf-8")
