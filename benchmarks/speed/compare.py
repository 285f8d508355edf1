"""How fast books are made: clean, with nothing changed, with one change, and many.

    python benchmarks/speed/compare.py [--files FOLDER] [--rounds 3] [--only NAME] [--write]

Everything is measured side by side in one run, round after round, each in a fresh copy of the
project: against `papermill` for each notebook and `jupyter-book build`, and against the cells
called as plain functions in one warm process, which is the floor. FOLDER holds official files as
downloaded; without it no fleet is measured. `--write` keeps the figures in results.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from statistics import median

from measure import Cost, measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RESULTS = HERE / "results.json"
EDITION = "plymouth-2023-03"
CHANGED = "40-care-leavers"
PARTS = ("book", "data/official", "notebooks", "params", "src", "tests/spec/worked")
FLEETS = (10, 20, 150)
"""Sizes of fleets, to see whether a book's cost stays the same."""
PYTHON = sys.executable
SCRUTINY = [PYTHON, "-m", "scrutinybook"]


class Round:
    """One round: every case in a fresh copy of the project."""

    def __init__(self, folder: Path, original: Path, files: Path | None) -> None:
        self.folder, self.original, self.files = folder, original, files
        self.found: dict[str, dict[str, object]] = {}

    def fresh(self, name: str) -> Path:
        project = self.folder / name
        shutil.copytree(self.original, project)
        compile_all = [PYTHON, "-m", "compileall", "-q", str(project / "src")]
        subprocess.run(compile_all, check=True)
        return project

    def take(self, name: str, cost: Cost, **more: object) -> None:
        self.found[name] = {**asdict(cost), **more}
        say(f"  {name}: {cost.wall:.1f} s, {cost.cpu:.1f} s of processor, {mb(cost.memory)} MB")

    def run(self, project: Path, *words: str) -> Cost:
        return measure([*SCRUTINY, *words], project, source(project))

    def papermill(self) -> None:
        """Papermill for each notebook, one after another; then jupyter-book build."""
        project = self.fresh("papermill")
        notebooks = self.of_edition(project)
        # What our build assembles is what jupyter-book builds here too.
        (project / "out").mkdir()
        parameters = project / "parameters.json"
        total = Cost(0, 0, 0)
        for path in notebooks:
            words = [str(path), str(project / "out" / path.name), "-f", str(parameters)]
            words += ["--cwd", str(project), "--kernel", "python3", "--no-progress-bar"]
            total = add(
                total, measure([PYTHON, "-m", "papermill", *words], project, source(project))
            )
        self.take("papermill, one after another", total, notebooks=len(notebooks))
        sources = self.folder / "assembled"
        if sources.is_dir():
            command = [PYTHON, "-c", "from jupyter_book.cli.main import main; main()"]
            build = measure([*command, "build", str(sources), "-q"], project, source(project))
            self.take("jupyter-book build", build)

    def clean(self) -> None:
        """A clean edition: run and build apart, then with kernels started anew."""
        project = self.fresh("clean")
        self.take("clean run", self.run(project, "run", EDITION))
        self.take("clean build", self.run(project, "build", EDITION))
        bench = project / ".scrutiny/store/books" / EDITION / "sources"
        shutil.copytree(bench, self.folder / "assembled", ignore=shutil.ignore_patterns("_build"))
        shutil.rmtree(project / ".scrutiny")
        shutil.rmtree(project / "site")
        self.take("clean book", self.run(project, "book", EDITION))
        self.take("nothing changed", self.run(project, "book", EDITION))
        chart = project / "src/scrutinybook/charts/control_chart.py"
        chart.write_text(chart.read_text(encoding="utf-8") + "\n_A_LINE = 1\n", encoding="utf-8")
        self.take("one line of one chart", self.run(project, "book", EDITION))
        figures = project / "data/official/plymouth/figures.csv"
        text = figures.read_text(encoding="utf-8")
        row = "E06000026,referrals,2023-03,255,"
        figures.write_text(text.replace(row, row.replace("255", "254")), encoding="utf-8")
        self.take("one figure", self.run(project, "book", EDITION))
        self.one_notebook(project)
        self.take("help", self.run(project, "--help"))
        shutil.rmtree(project / ".scrutiny")
        self.take(
            "clean run, plain kernels", self.run(project, "run", EDITION, "--kernels", "plain")
        )

    def one_notebook(self, project: Path) -> None:
        path = project / "notebooks" / f"{CHANGED}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][-1]["source"] = [
            *notebook["cells"][-1]["source"], "\nshow('<p>One sentence more.</p>')"
        ]  # fmt: skip
        path.write_text(json.dumps(notebook), encoding="utf-8")
        self.take("one notebook", self.run(project, "book", EDITION))

    def floor(self) -> None:
        """The cells as plain functions, and a notebook's cost once the parent is warm."""
        project = self.fresh("floor")
        notebooks = [str(path) for path in self.of_edition(project)]
        words = [str(HERE / "floor.py"), "parameters.json", *notebooks]
        cost = measure([PYTHON, *words], project, {**source(project), **ONE_THREAD})
        each = json.loads((project / ".benchmark.log").read_text().splitlines()[-1])
        start = each.pop("start")
        wall, cpu = (sum(pair[k] for pair in each.values()) / len(each) for k in (0, 1))
        self.take("floor", cost, start=start, notebook=[wall, cpu])
        cost = measure(
            [PYTHON, str(HERE / "once_warm.py"), EDITION, CHANGED], project, source(project)
        )
        found = json.loads((project / ".benchmark.log").read_text().splitlines()[-1])
        self.take("once warm", cost, **found)

    def fleet(self) -> None:
        """Fleets of several sizes, each new."""
        if self.files is None:
            return
        project = self.fresh("fleet")
        from scrutinybook.sources.authorities import authorities_in
        from scrutinybook.sources.folder import read_folder
        from scrutinybook.sources.releases import Releases

        folder = read_folder(self.files, Releases.load(ROOT / "data/official/releases.yml"))
        names = sorted(area.name for area in authorities_in(folder).current.values())
        for size in FLEETS:
            words = ["fleet", str(self.files), "--to", str(project / f"books-{size}")]
            words += ["--editions", "2024-03", "--authorities", ";".join(names[:size])]
            self.take(f"fleet of {size}", self.run(project, *words), books=size)

    def of_edition(self, project: Path) -> list[Path]:
        """The notebooks of the edition, by asking what a run of it made."""
        made = self.folder / "clean/results" / EDITION / "notebooks"
        record = json.loads((self.folder / "clean/results" / EDITION / "run.json").read_text())
        parameters = {name: record[name] for name in ("edition", "previous")}
        (project / "parameters.json").write_text(json.dumps(parameters), encoding="utf-8")
        return [project / "notebooks" / path.name for path in sorted(made.glob("*.ipynb"))]


ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
CASES: dict[str, Callable[[Round], None]] = {
    "clean": Round.clean,
    "papermill": Round.papermill,
    "floor": Round.floor,
    "fleet": Round.fleet,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(CASES), action="append")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    about = machine()
    say(", ".join(f"{what}: {is_so}" for what, is_so in about.items()))
    rounds = []
    for number in range(asked.rounds):
        say(f"round {number + 1} of {asked.rounds}, load {os.getloadavg()[0]:.1f}")
        with tempfile.TemporaryDirectory() as folder:
            original = taken_down(Path(folder) / "original")
            one = Round(Path(folder), original, asked.files and asked.files.resolve())
            for name, case in CASES.items():
                if not asked.only or name in asked.only:
                    case(one)
            rounds.append(one.found)
    result = {"machine": about, "rounds": rounds}
    if asked.write:
        RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for line in told(rounds):
        say(line)


def taken_down(into: Path) -> Path:
    """A copy of the project as it is now, for all cases of a round: it may change meanwhile."""
    for part in PARTS:
        skip = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / part, into / part, ignore=skip)
    shutil.copyfile(ROOT / "requirements.lock", into / "requirements.lock")
    return into


def told(rounds: list[dict[str, dict[str, object]]]) -> list[str]:
    """The ratios, each the median of those within a round."""

    def ratio(one: str, other: str, what: str) -> str:
        pairs = [(r[one][what], r[other][what]) for r in rounds if one in r and other in r]
        found = [float(a) / float(b) for a, b in pairs]  # type: ignore[arg-type]
        return f"{median(found):.2f}" if found else "-"

    plain = "papermill, one after another"
    lines = [
        f"papermill / clean run: wall {ratio(plain, 'clean run', 'wall')},"
        f" processor {ratio(plain, 'clean run', 'cpu')}",
        f"plain kernels / clean run: wall {ratio('clean run, plain kernels', 'clean run', 'wall')},"
        f" processor {ratio('clean run, plain kernels', 'clean run', 'cpu')}",
    ]
    for r in rounds:
        if "once warm" in r and "floor" in r:
            warm, floor = r["once warm"]["notebook"], r["floor"]["notebook"]
            pages, clean = r["once warm"]["changed pages, warm"], r.get("clean build")
            lines.append(
                f"a notebook once warm / floor: wall {warm[0] / floor[0]:.2f},"  # type: ignore[index]
                f" processor {warm[1] / floor[1]:.2f}"  # type: ignore[index]
            )
            if clean:
                lines.append(
                    f"one chapter's pages / clean build: wall {pages[0] / clean['wall']:.2f},"  # type: ignore[index,operator]
                    f" processor {pages[1] / clean['cpu']:.2f}"  # type: ignore[index,operator]
                )
    return lines


def machine() -> dict[str, object]:
    """What the figures were taken on."""
    compiled = all(
        (spec := find_spec(name)) is not None
        and spec.origin is not None
        and Path(cache_from_source(spec.origin)).is_file()
        for name in ("pandas", "matplotlib", "sphinx", "papermill")
    )
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "bytecode compiled": compiled,
    }


def source(project: Path) -> dict[str, str]:
    """Have the project's own copy of the program run."""
    return {"PYTHONPATH": str(project / "src")}


def add(one: Cost, other: Cost) -> Cost:
    return Cost(one.wall + other.wall, one.cpu + other.cpu, max(one.memory, other.memory))


def mb(size: int) -> int:
    return round(size / 1e6)


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
