"""A bundle holds what is committed and the wheels that the lock names for this machine."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tiny_checkout import git, tiny_checkout

from scrutinybook.errors import FaultsFound, ScrutinyError
from tools.bundle import fetch, needed_here, write_bundle
from tools.locked import RUN_LOCK, Pin, pins

MADE_FOR = "Python 3.11, drawn, for tests"


def test_it_holds_what_is_committed_and_the_wheels(tmp_path: Path) -> None:
    project, wheels = tiny_checkout(tmp_path)
    (project / "notes.txt").write_text("not committed")
    made = write_bundle(project, wheels, MADE_FOR, tmp_path / "dist")
    with zipfile.ZipFile(made) as archive:
        (top,) = {name.split("/")[0] for name in archive.namelist()}
        inside = {name.removeprefix(f"{top}/") for name in archive.namelist()}
        said = archive.read(f"{top}/wheels/made-for.txt").decode()
        lock = archive.read(f"{top}/requirements.lock")
    assert top == "scrutinybook"
    assert made.name.startswith("scrutinybook-")
    assert made.name.endswith("-python-3.11-drawn-for-tests.zip")
    assert said.strip() == MADE_FOR
    assert lock == (project / "requirements.lock").read_bytes()
    wanted = {"run.py", "pyproject.toml", "src/scrutinybook/__main__.py"}
    assert wanted | {"wheels/greeting-1.0-py3-none-any.whl"} <= inside
    assert not any("notes.txt" in name or ".git" in name for name in inside)


def test_the_same_commit_and_wheels_give_the_same_bytes(tmp_path: Path) -> None:
    project, wheels = tiny_checkout(tmp_path)
    first = write_bundle(project, wheels, MADE_FOR, tmp_path / "one")
    (project / "run.py").touch()
    again = write_bundle(project, wheels, MADE_FOR, tmp_path / "two")
    assert first.name == again.name
    assert first.read_bytes() == again.read_bytes()
    assert [each.name for each in (tmp_path / "two").iterdir()] == [again.name]


def test_changes_that_are_not_committed_are_named_all_at_once(tmp_path: Path) -> None:
    project, wheels = tiny_checkout(tmp_path)
    (project / "pyproject.toml").write_text("changed")
    git(project, "rm", "--quiet", "tiny_wheel.py")
    with pytest.raises(FaultsFound) as refused:
        write_bundle(project, wheels, MADE_FOR, tmp_path / "dist")
    assert [fault.where for fault in refused.value.faults] == ["pyproject.toml", "tiny_wheel.py"]
    assert not (tmp_path / "dist").exists()


def test_a_folder_without_git_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(FaultsFound, match="make the bundle in a clone"):
        write_bundle(tmp_path, tmp_path, MADE_FOR, tmp_path / "dist")


def test_files_of_other_digests_are_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, wheels = tiny_checkout(tmp_path)
    wanted, (wheel,) = pins(project / "requirements.lock"), wheels.iterdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", wheels.as_uri())
    fetch(wanted, tmp_path / "whole")
    assert [each.name for each in (tmp_path / "whole").iterdir()] == [wheel.name]
    wheel.write_bytes(wheel.read_bytes() + b"and more")
    with pytest.raises(ScrutinyError, match="could not be fetched"):
        fetch(wanted, tmp_path / "changed")
    assert not list((tmp_path / "changed").iterdir())


def test_packages_of_other_systems_and_pythons_stay_out() -> None:
    never, always = Pin("a", "1", "sys_platform == 'nowhere'"), Pin("b", "1")
    older, newer = (
        Pin("c", "1", "python_full_version < '3.12'"),
        Pin("c", "2", "python_full_version >= '3.12'"),
    )
    early, late = (
        Pin("d", "1", "python_full_version < '3.11.5'"),
        Pin("d", "2", "python_full_version >= '3.11.5'"),
    )
    drawn = [never, always, older, newer, early, late]
    # Another machine with Python 3.11 may have any of its patches.
    assert needed_here(drawn, minor=11) == [always, older, early, late]
    assert needed_here(drawn, minor=12) == [always, newer, late]


def test_every_package_that_runs_here_is_needed_here() -> None:
    names = {pin.name for pin in needed_here(pins(RUN_LOCK))}
    assert {"numpy", "pandas", "jupyter-book", "hatchling", "editables"} <= names
    assert len(names) < len({pin.name for pin in pins(RUN_LOCK)})
