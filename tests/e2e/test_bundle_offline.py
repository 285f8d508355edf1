"""A bundle installs and runs where there is no network, and only what its lock names.

The real one is a quarter of a gigabyte and takes minutes; it is tried where it is named:

    python3 run.py bundle
    SCRUTINY_BUNDLE=dist/scrutinybook-….zip python3 run.py test tests/e2e/test_bundle_offline.py
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cut_off import without_network
from projects import ROOT
from tiny_checkout import tiny_checkout

from tools.bundle import write_bundle

HERE = runpy.run_path(str(ROOT / "run.py"))["this_machine"]()


def unpacked(bundle: Path, into: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(into)
    (folder,) = into.iterdir()
    return folder


def run_py(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Its run.py without a network, and without what this machine tells pip."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    return subprocess.run(
        without_network([sys.executable, "run.py", *words]),
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A bundle of a tiny project, unpacked."""
    project, wheels = tiny_checkout(tmp_path)
    return unpacked(write_bundle(project, wheels, HERE, tmp_path / "dist"), tmp_path / "there")


def test_it_installs_and_runs_without_a_network(tiny: Path) -> None:
    first = run_py(tiny, "scrutiny", "everybody")
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.splitlines()[-1] == "Good morning everybody"
    again = run_py(tiny, "book")
    assert again.stdout.splitlines() == ["Good morning book --all"]


def test_a_wheel_that_was_changed_on_the_way_is_not_installed(tiny: Path) -> None:
    (wheel,) = (tiny / "wheels").glob("*.whl")
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("greeting_too.py", "WORDS = 'Good night'")
    refused = run_py(tiny, "scrutiny", "everybody")
    assert refused.returncode == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in refused.stderr
    assert "Most often the bundle was not unpacked whole." in refused.stderr
    assert "Good" not in refused.stdout


def test_on_another_kind_of_machine_it_says_what_is_needed(tiny: Path) -> None:
    (tiny / "wheels" / "made-for.txt").write_text("Python 3.11, win32, amd64\n")
    refused = run_py(tiny, "book")
    assert refused.returncode == 2
    first, second = refused.stdout.splitlines()
    assert first.startswith("This bundle was made for Python 3.11, win32, amd64; here is Python 3.")
    assert second == "Install Python 3.11, or make a bundle on a machine like this one."
    assert not (tiny / ".venv").exists()


def test_it_starts_again_under_the_python_that_it_was_made_for(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, system, machine = HERE.split(", ")
    (tiny / "wheels" / "made-for.txt").write_text(f"Python 3.99, {system}, {machine}\n")
    other = tiny / "python3.99"
    other.write_text('#!/bin/sh\necho "3.99 was given" "$@"\n')
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tiny), prepend=os.pathsep)
    done = run_py(tiny, "book", "--all")
    assert done.stdout.split() == ["3.99", "was", "given", str(tiny / "run.py"), "book", "--all"]


def test_it_has_no_tests_to_run(tiny: Path) -> None:
    refused = run_py(tiny, "test")
    assert refused.returncode == 1
    assert refused.stderr.startswith("This is a bundle")


@pytest.mark.book
def test_the_real_bundle_makes_a_book_without_a_network(tmp_path: Path) -> None:
    named = os.environ.get("SCRUTINY_BUNDLE")
    if not named:
        pytest.skip("takes minutes and a bundle; name the file of one in SCRUTINY_BUNDLE")
    folder = unpacked(Path(named).resolve(), tmp_path)
    done = run_py(folder, "book", "plymouth-2023-03")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "site" / "plymouth-2023-03" / "index.html").exists()
