"""What the tests share: official files and expected results, copies of the project, its books."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from projects import ROOT, Scrutiny, copy_project, run_scrutiny


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what the tests of figures are asked for."""
    words = "write down a real edition's statistics as they are now"
    parser.addoption("--renew-figures", action="store_true", help=words)


@pytest.fixture(scope="session", autouse=True)
def keyboard() -> Iterator[None]:
    """Hear the keyboard's signal: a shell's background hands on that it is not heard."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder with all authorities' official files and other programs' expected results.

    It is no part of the project. Its place is named by SCRUTINY_REFERENCE, and then it must be
    there; without the variable a folder beside the checkout is used if there is one, and
    otherwise the test skips and says so.
    """
    named = os.environ.get("SCRUTINY_REFERENCE")
    folder = Path(named) if named else ROOT.parent / "shared"
    if (folder / "reference").is_dir():
        return folder
    if named:
        pytest.fail(f"SCRUTINY_REFERENCE names {named}, which holds no reference results")
    pytest.skip("reference files are not on this machine; name their folder in SCRUTINY_REFERENCE")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project for one test to spoil."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(shared_folder: Path) -> Path:
    """A copy of the project with every book made, once for all tests; not to be changed."""
    folder, made = shared_folder / "whole" / "project", shared_folder / "whole" / "made"
    with FileLock(shared_folder / "whole.lock"):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            copy_project(folder)
            done = run_scrutiny(folder, "book", "--all")
            assert done.returncode == 0, done.stdout + done.stderr
            made.touch()
    return folder


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    """The books as a reader has them."""
    return built / "site"


@pytest.fixture
def built_copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the project with its books, for one test to change."""
    return Path(shutil.copytree(built, tmp_path / "built"))


@pytest.fixture
def scrutiny(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scrutiny:
    """The command inside this process, in the test's own copy of the project: quick."""
    from scrutinybook import cli

    def run(*arguments: str, options: Sequence[str] = ()) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "session", cli.Session())
        monkeypatch.setattr(sys, "argv", ["scrutiny", *options, *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed = capsys.readouterr()
        return int(stop.value.code or 0), printed.out, printed.err

    monkeypatch.chdir(project)
    return run
