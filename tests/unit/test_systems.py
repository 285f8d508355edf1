"""What Windows has not is named in few places, each with another way where it is missing."""

from __future__ import annotations

import ast
import errno
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from projects import ROOT

from scrutinybook.execute.starting import Kernels
from scrutinybook.history.private_files import sync_folder, write_once

PACKAGE = ROOT / "src" / "scrutinybook"
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
OF_OS = {
    *("O_DIRECTORY", "O_NOFOLLOW", "chown", "fchmod", "fork", "forkpty", "getegid", "geteuid"),
    *("getgid", "getpgid", "getuid", "initgroups", "killpg", "mkfifo", "nice", "sched_getaffinity"),
    *("sched_setaffinity", "setpgid", "setsid", "sysconf", "uname", "wait", "wait4", "WNOHANG"),
}
OF_SIGNAL = {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "alarm", "pause"}
PLACES = {
    "execute/forked": "not loaded where kernels are started anew",
    "execute/in_kernel.py": "a kernel without a limit of memory runs all the same",
    "pack/printing.py": "where there is no such user, nobody is that user",
}
"""Without any of this a whole book is made in tests/e2e/test_without_posix.py."""


def named(path: Path) -> Iterator[str]:
    """What a module names that Windows has not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from MODULES & {each.name for each in names}
            case ast.ImportFrom(module=str(module)):
                yield from MODULES & {module}
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in OF_OS:
                yield name
            case ast.Attribute(value=ast.Name(id="signal"), attr=name) if name in OF_SIGNAL:
                yield name


def test_what_windows_has_not_is_named_in_few_places() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if any(named(path))
    }
    inside = {place: {each for each in found if each.startswith(place)} for place in PLACES}
    assert found == set().union(*inside.values())
    assert all(inside.values()), "a place that names nothing of the kind any more"


@pytest.mark.parametrize(
    ("system", "usual"),
    [("linux", Kernels.FORKED), ("darwin", Kernels.PLAIN), ("win32", Kernels.PLAIN)],
)
def test_kernels_are_forked_where_that_is_safe(
    monkeypatch: pytest.MonkeyPatch, system: str, usual: Kernels
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert Kernels.usual() is usual


@pytest.mark.parametrize(
    "refusal", [NotImplementedError("no links"), OSError(errno.EPERM, "not on this disk")]
)
def test_a_file_is_written_once_on_a_disk_without_links_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refusal

    monkeypatch.setattr(os, "link", refuse)
    for content in (b"first", b"second"):
        write_once(tmp_path / "key", content)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"key": b"first"}


def test_a_folder_that_cannot_be_opened_is_left_to_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(path: Path, flags: int) -> int:
        asked.append(path)
        raise PermissionError(errno.EACCES, "a folder")

    monkeypatch.setattr(os, "open", refuse)
    sync_folder(tmp_path)
    assert asked == [tmp_path]


@pytest.fixture
def run_py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program that installs, in a folder of its own."""
    spec = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


def test_two_installations_wait_for_each_other_on_windows(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def locking(handle: int, what: str, length: int) -> None:
        done.append(what)
        if done == ["lock"]:  # the system gives up after ten seconds
            raise OSError(errno.EDEADLK, "another has it")

    stand_in = SimpleNamespace(LK_LOCK="lock", LK_UNLCK="unlock", locking=locking)
    monkeypatch.setitem(sys.modules, "msvcrt", stand_in)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        with run_py.one_at_a_time():
            done.append("install")
    assert done == ["lock", "lock", "install", "unlock"]
