"""`scrutiny run` and `scrutiny build`, killed at any moment: old or new, and on from there."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from faulty import named, wait_until
from kills import Tally, run_killed, whole_tree
from projects import run_scrutiny
from small_books import small_project

pytestmark = pytest.mark.book

EDITION = "plymouth-2023-03"
CHANGED = ("91-worked-examples", "92-worked-rules", "93-worked-changes", "95-how-good")
"""Notebooks that are another version for each kill; the others are as they were."""
CELL = """
from pathlib import Path
from scrutinybook.notebook import show
with Path({told!r}).open("a") as told:
    told.write("{name} {version}\\n")
show("<p>This is version {version}.</p>")
"""


@dataclass
class Project:
    """A small project with a book, and how long its steps take on this machine."""

    root: Path
    told: Path
    """Each line is a notebook that began, and its version."""
    seconds: dict[str, float]
    version: int = 0

    def rewrite(self) -> None:
        """Give the changing notebooks another version."""
        self.version += 1
        for name in CHANGED:
            path = self.root / "notebooks" / f"{name}.ipynb"
            notebook = nbformat.read(path, as_version=4)
            said = CELL.format(told=str(self.told), name=name, version=self.version)
            notebook.cells[-1].source = said.strip()
            nbformat.write(notebook, path)

    def step(self, name: str) -> None:
        """Do a step to its end."""
        began = time.monotonic()
        done = run_scrutiny(self.root, name, EDITION)
        assert done.returncode == 0, done.stdout + done.stderr
        self.seconds[name] = time.monotonic() - began

    def kill(self, name: str, moment: float) -> list[str]:
        """Begin a step and kill it; nothing that it began may outlive it."""
        words = ["-m", "scrutinybook", name, EDITION]
        after = moment * self.seconds[name] * 1.1  # what it took last time, and a little more
        lines = run_killed(words, after, first_word=False, cwd=self.root)
        wait_until(lambda: not named(self.root), "a process outlived the run", seconds=20)
        return lines

    def made(self, part: str) -> dict[str, str]:
        return dict(whole_tree(self.root / part / EDITION))

    def began(self) -> Counter[str]:
        """How often each notebook of this version began."""
        lines = self.told.read_text(encoding="utf-8").splitlines() if self.told.exists() else []
        return Counter(
            name for name, version in map(str.split, lines) if version == str(self.version)
        )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("killed")
    made = Project(small_project(folder / "project"), folder / "told", {})
    for _ in range(2):  # the second time as in the tests: most is there already
        made.rewrite()
        made.step("run")
        made.step("build")
    yield made


def test_a_killed_run_leaves_the_old_results_or_the_new_and_does_nothing_twice(
    project: Project,
) -> None:
    tally = Tally("run", 20230331)
    for moment in tally.moments(2):
        project.rewrite()
        before = {part: project.made(part) for part in ("results", "record", "site")}
        lines = project.kill("run", moment)
        left = {part: project.made(part) for part in before}
        began = project.began()
        done = {m[1] for line in lines if (m := re.match(rf"{EDITION}: (\S+) done in", line))}

        project.step("run")
        again = project.began() - began
        assert not done & set(again), "a notebook that was said to be done was run again"
        assert set(project.began()) == set(CHANGED)
        after_all = {part: project.made(part) for part in before}
        assert left["site"] == before["site"] == after_all["site"]
        for part in ("results", "record"):
            assert left[part] in (before[part], after_all[part]), f"{part} is neither old nor new"
        assert "run.json" in left["results"]
        assert "manifest.json" in left["record"]
        is_new = left["results"] != before["results"]
        if is_new:
            assert not again, "all was there, and something was run again"
        tally.outcomes["new results" if is_new else f"old results, {len(done)} of 4 done"] += 1


def test_a_killed_build_leaves_the_old_site_or_the_new(project: Project) -> None:
    tally = Tally("build", 20230401)
    for moment in tally.moments(2):
        project.rewrite()
        project.step("run")
        site = project.root / "site"
        before, results = whole_tree(site), project.made("results")
        project.kill("build", moment)
        left = whole_tree(site)

        project.step("build")
        after_all = whole_tree(site)
        assert left in (before, after_all), "the site is neither the old one nor the new one"
        assert project.made("results") == results
        assert set(project.began().values()) == {1}
        page = (site / EDITION / "how-good.html").read_text(encoding="utf-8")
        assert f"This is version {project.version}." in page
        assert not list(site.parent.glob(".site*"))
        tally.outcomes["old site" if left == before else "new site"] += 1
