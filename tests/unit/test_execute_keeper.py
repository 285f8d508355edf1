"""A notebook is run when something it is made from has changed, and only then."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

import scrutinybook
from scrutinybook.execute import Event, NotebookTask, Stage, run_notebooks
from scrutinybook.execute.keeper import Keeper
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import warmth
from scrutinybook.store import Places, Shelf, surroundings
from scrutinybook.store.modules import Package

FUNNEL = """
import pathlib
from scrutinybook.charts import funnel_chart
print(pathlib.Path("data/one.csv").read_text())
"""
LINES = """
import pathlib
from pydantic import TypeAdapter
from scrutinybook.charts import yearly_chart
from scrutinybook.kept_findings import KeptFindings
KeptFindings(pathlib.Path("s/findings"), {}).find("two", {"one": 1}, TypeAdapter(int), lambda: 2)
print(sorted(p.name for p in pathlib.Path("data/many").iterdir()))
print(pathlib.Path("data/perhaps.csv").exists())
"""
NOTHING = "print('no input')"


class Desk:
    """A project with three notebooks, and a package of its own that they import from."""

    def __init__(self, folder: Path, kernels: Kernels) -> None:
        self.folder, self.kernels = folder, kernels
        self.package = folder / "program" / "scrutinybook"
        self.events: list[Event] = []
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(Path(scrutinybook.__file__).parent, self.package, ignore=skip)
        for name, text in {"one.csv": "1", "many/a.csv": "", "other.csv": ""}.items():
            self.write(f"data/{name}", text)
        self.write("lock", "pandas==3.1")
        for name, code in {"funnel": FUNNEL, "lines": LINES, "nothing": NOTHING}.items():
            self.notebook(name, code)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def notebook(self, name: str, code: str) -> None:
        v4 = nbformat.v4
        tags = {"tags": ["parameters"]}
        cells = [v4.new_code_cell("month = 0", metadata=tags), v4.new_code_cell(code)]
        nbformat.write(v4.new_notebook(cells=cells), self.folder / f"{name}.ipynb")

    def run(self, **month_of: str) -> set[str]:
        """Run all three; give the names of those that had to run."""
        package = Package("scrutinybook", self.package)
        places = Places({"package": self.package, "project": self.folder})
        facts = surroundings(self.folder / "lock", os.environ)
        aside = (self.folder / "s", self.folder / "out")
        keeper = Keeper(Shelf(self.folder / "s" / "shelf", places), package, facts, aside)
        tasks = [
            NotebookTask(
                name,
                self.folder / f"{name}.ipynb",
                self.folder / "out" / f"{name}.ipynb",
                {"month": month_of.get(name, "2023-03")},
                self.folder,
            )
            for name in ("funnel", "lines", "nothing")
        ]
        events: list[Event] = []
        with warmth(self.folder / "s", self.kernels) as warm:
            run_notebooks(
                tasks,
                scratch=self.folder / "s",
                cell_timeout=60,
                wall_timeout=120,
                on_event=events.append,
                keeper=keeper,
                warm=warm,
            )
        return {event.name for event in events if event.stage is Stage.FINISHED}

    def shown(self, name: str) -> str:
        notebook = nbformat.read(self.folder / "out" / f"{name}.ipynb", as_version=4)
        return str(notebook.cells[-1].outputs[0].text).strip()


@pytest.fixture(scope="module", params=list(Kernels))
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    if request.param is Kernels.FORKED and not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    made = Desk(tmp_path_factory.mktemp("kept").resolve(), request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(made.package.parent))
        # As on most machines: a first run writes down what it compiles.
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        assert made.run() == {"funnel", "lines", "nothing"}
    return made


def change_chart(desk: Desk) -> None:
    path = desk.package / "charts" / "funnel_chart.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nA_LINE = 1\n", encoding="utf-8")


def add_module(desk: Desk) -> None:
    (desk.package / "commentary" / "nobody.py").write_text("", encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Desk], None], set[str]]] = {
    "nothing": (lambda d: None, set()),
    "a data file": (lambda d: d.write("data/one.csv", "2"), {"funnel"}),
    "a data file and back": (lambda d: d.write("data/one.csv", "1"), set()),
    "a file nobody reads": (lambda d: d.write("data/other.csv", "2"), set()),
    "a file more in a folder": (lambda d: d.write("data/many/b.csv", ""), {"lines"}),
    "a file that was looked for": (lambda d: d.write("data/perhaps.csv", ""), {"lines"}),
    "a line of a chart": (change_chart, {"funnel"}),
    "a module that nobody imports": (add_module, set()),
    "a notebook's code": (lambda d: d.notebook("nothing", "print('new')"), {"nothing"}),
    "the lock": (lambda d: d.write("lock", "pandas==3.2"), {"funnel", "lines", "nothing"}),
}


def test_just_what_depends_on_a_change_runs_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(desk.package.parent))
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    ran = {}
    for what, (change, _) in CHANGES.items():
        change(desk)
        ran[what] = desk.run()
    assert ran == {what: expected for what, (_, expected) in CHANGES.items()}
    assert desk.shown("funnel") == "1"
    assert desk.shown("lines") == "['a.csv', 'b.csv']\nTrue"
    assert desk.shown("nothing") == "new"
    # A parameter of one notebook; then back, which needs nothing.
    assert desk.run(lines="2023-04") == {"lines"}
    assert desk.run() == set()


@pytest.mark.parametrize(
    "code",
    [
        "import pathlib; pathlib.Path('data/made.csv').write_text('x')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        # Changed while it ran: what was read is no longer there to be compared with.
        "import pathlib; p = pathlib.Path('data/one.csv'); p.read_text(); p.write_text('3')",
    ],
)
def test_a_notebook_that_cannot_be_followed_runs_every_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(desk.package.parent))
    desk.notebook("nothing", code)
    for _ in range(2):
        assert "nothing" in desk.run()


def test_what_ran_to_its_end_is_kept_though_another_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scrutinybook.errors import NotebookFailed

    monkeypatch.setenv("PYTHONPATH", str(desk.package.parent))
    desk.write("data/one.csv", "4")
    desk.notebook("nothing", "1 / 0")
    with pytest.raises(NotebookFailed):
        desk.run()
    desk.notebook("nothing", "print('mended')")
    assert desk.run() == {"nothing"}
    assert desk.shown("funnel") == "4"
