"""What takes long is worked out once for the same figures and program, never shown for others."""

from __future__ import annotations

import math
import multiprocessing
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from scrutinybook import kept_findings
from scrutinybook.kept_findings import KeptFindings
from scrutinybook.store import Program, program
from scrutinybook.workspace import Workspace

FIGURES = {"counts": [1.0, None, 3.0]}


@dataclass(frozen=True)
class Found:
    """Stands for a finding."""

    level: float
    months: tuple[int, ...]


FORM = TypeAdapter(Found)
FOUND = Found(0.1 + 0.2, (1, 2))


class Work:
    """Counts how often the finding was worked out."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Found:
        self.times += 1
        return FOUND


@pytest.fixture
def kept(tmp_path: Path) -> KeptFindings:
    return KeptFindings(tmp_path / "findings", {"python": "as it is"})


def test_the_same_figures_are_worked_out_once(kept: KeptFindings) -> None:
    work = Work()
    assert [kept.find("level", FIGURES, FORM, work) for _ in range(3)] == [FOUND] * 3
    assert work.times == 1


@pytest.mark.parametrize("other", ["name", "figures", "python"])
def test_anything_else_is_worked_out_anew(kept: KeptFindings, other: str) -> None:
    work = Work()
    kept.find("level", FIGURES, FORM, work)
    name = "other level" if other == "name" else "level"
    figures = {"counts": [1.0, 2.0, 3.0]} if other == "figures" else FIGURES
    if other == "python":
        kept = replace(kept, facts={"python": "another"})
    kept.find(name, figures, FORM, work)
    assert work.times == 2


def test_a_damaged_file_is_worked_out_anew(kept: KeptFindings) -> None:
    work = Work()
    kept.find("level", FIGURES, FORM, work)
    assert kept.folder is not None
    (file,) = kept.folder.rglob("*.json")
    file.write_text(file.read_text(encoding="utf-8").replace("0.3", "0.4"), encoding="utf-8")
    assert kept.find("level", FIGURES, FORM, work) == FOUND
    assert work.times == 2


def test_without_a_folder_nothing_is_kept() -> None:
    work = Work()
    assert [KeptFindings().find("level", FIGURES, FORM, work) for _ in range(2)] == [FOUND] * 2
    assert work.times == 2


def test_where_nothing_can_be_written_the_finding_is_there_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "findings").write_text("a file where the folder would be", encoding="utf-8")
    kept = KeptFindings(tmp_path / "findings", {})
    assert kept.find("level", FIGURES, FORM, Work()) == FOUND


def test_another_program_works_it_out_anew(
    kept: KeptFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    kept.find("level", FIGURES, FORM, work)
    other = replace(program(), state="another")
    monkeypatch.setattr(kept_findings, "program", lambda: other)
    kept.find("level", FIGURES, FORM, work)
    assert work.times == 2


def test_what_older_modules_found_is_not_kept(
    kept: KeptFindings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file of the program was written after this process had looked at it."""
    module = tmp_path / "changepoint.py"
    module.write_text("", encoding="utf-8")
    looked = Program("a hash", ((str(module), module.stat().st_mtime_ns, 0),))
    monkeypatch.setattr(kept_findings, "program", lambda: looked)
    assert looked.is_as_it_was()
    module.write_text("LEVEL = 0.2", encoding="utf-8")
    work = Work()
    assert [kept.find("level", FIGURES, FORM, work) for _ in range(2)] == [FOUND] * 2
    assert work.times == 2
    module.unlink()
    assert not looked.is_as_it_was()


def test_what_is_no_number_is_told_and_not_kept(kept: KeptFindings) -> None:
    found = [kept.find("level", FIGURES, FORM, lambda: Found(math.nan, (1,))) for _ in range(2)]
    assert all(math.isnan(each.level) for each in found)
    assert kept.find("level", FIGURES, FORM, Work()) == FOUND


def test_whoever_waits_too_long_works_it_out(
    kept: KeptFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_findings, "_PATIENCE", 0.05)
    assert kept.folder is not None
    work = Work()

    def meanwhile() -> Found:
        assert kept.find("level", FIGURES, FORM, work) == FOUND  # the same, from within
        return FOUND

    assert kept.find("level", FIGURES, FORM, meanwhile) == FOUND
    assert work.times == 1
    assert not list(kept.folder.glob("*.lock"))


def test_no_more_is_kept_than_fits(kept: KeptFindings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.folder is not None
    for number in range(4):
        kept.find("level", {"counts": [number]}, FORM, Work())
    files = list(kept.folder.rglob("*.json"))
    assert len(files) == 4
    monkeypatch.setattr(kept_findings, "_LIMIT_BYTES", 2 * files[0].stat().st_size)
    kept.tidy()
    assert len(list(kept.folder.rglob("*.json"))) == 2


def _slowly(log: Path) -> Found:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(0.5)
    return FOUND


def _find(folder: Path, log: Path) -> None:
    found = KeptFindings(folder, {}).find("level", FIGURES, FORM, lambda: _slowly(log))
    assert found == FOUND


def test_of_processes_that_ask_at_once_one_works(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    arguments = (tmp_path / "findings", tmp_path / "log.txt")
    processes = [context.Process(target=_find, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len((tmp_path / "log.txt").read_text(encoding="utf-8").split()) == 1


def test_a_project_keeps_by_its_lock(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    before = KeptFindings.of_project(workspace)
    assert before.folder == tmp_path / ".scrutiny" / "store" / "findings"
    workspace.lock.write_text("numpy==1.0\n", encoding="utf-8")
    assert KeptFindings.of_project(workspace).facts != before.facts


def test_the_program_is_all_of_its_source() -> None:
    package = Path(kept_findings.__file__).parent
    names = {Path(name) for name, _, _ in program().files}
    assert names == set(package.resolve().rglob("*.py"))
    assert program().is_as_it_was()
