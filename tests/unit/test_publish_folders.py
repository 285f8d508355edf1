"""Folders are published whole, and a fresh site shares nothing that could change the old one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from scrutinybook.publish import recover, stage_site, swap, swap_in, sweep
from scrutinybook.publish.exchange import exchange


def tree(folder: Path) -> dict[str, str]:
    """All files of a folder by their path in it."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def plant(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


OLD = {"index.html": "old", "a/i.html": "a", "a/_static/s.css": "a", "b/i.html": "b", "b/gone": "b"}


@pytest.fixture(params=["exchange", "two steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two steps":
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_swap_leaves_the_fresh_folder_and_nothing_else(tmp_path: Path) -> None:
    site = plant(tmp_path / "site", OLD)
    fresh = plant(tmp_path / "scratch" / "fresh", {"index.html": "new"})
    swap_in(fresh, site)
    assert tree(tmp_path) == {"site/index.html": "new"}


@pytest.mark.usefixtures("way")
def test_the_first_time_there_is_nothing_to_exchange_with(tmp_path: Path) -> None:
    fresh = plant(tmp_path / "fresh", {"index.html": "new"})
    swap_in(fresh, tmp_path / "results" / "demo")
    assert tree(tmp_path) == {"results/demo/index.html": "new"}


@pytest.mark.usefixtures("way")
def test_a_swap_without_a_fresh_folder_fails_and_leaves_the_old_site(tmp_path: Path) -> None:
    site = plant(tmp_path / "site", OLD)
    with pytest.raises(FileNotFoundError):
        swap_in(tmp_path / "none", site)
    assert {path.name for path in tmp_path.iterdir()} == {"site"}
    assert tree(site) == OLD


@pytest.mark.parametrize(
    ("lying", "left", "why"),
    [
        ({"site": "old"}, "old", "no swap was under way"),
        ({".site.retired": "old"}, "old", "killed between the renames: undone"),
        ({"site": "new", ".site.retired": "old"}, "new", "killed before the deletion: completed"),
    ],
)
def test_recover_makes_an_interrupted_swap_good(
    tmp_path: Path, lying: dict[str, str], left: str, why: str
) -> None:
    for name, text in lying.items():
        plant(tmp_path / name, {"index.html": text})
    recover(tmp_path / "site")
    assert tree(tmp_path) == {"site/index.html": left}, why
    recover(tmp_path / "site")  # again: nothing more to do
    assert tree(tmp_path) == {"site/index.html": left}, why


def test_recover_before_anything_was_published_does_nothing(tmp_path: Path) -> None:
    recover(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_exchange_exchanges(tmp_path: Path) -> None:
    one, other = plant(tmp_path / "one", {"x": "1"}), plant(tmp_path / "other", {"x": "2"})
    if not exchange(one, other):
        pytest.skip("this disk cannot exchange two folders in one step")
    assert tree(tmp_path) == {"one/x": "2", "other/x": "1"}


class _Library:
    """A C library in which the exchange answers with an error code."""

    def __init__(self, code: int) -> None:
        self.code = code

    def renameat2(self, *arguments: object) -> int:
        import ctypes

        ctypes.set_errno(self.code)
        return -1

    renamex_np = renameat2


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_cannot_exchange_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: _Library(code))
    assert exchange(tmp_path, tmp_path) is False


@pytest.mark.parametrize("library", [object(), None])
def test_a_system_without_the_call_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: object
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: library)
    assert exchange(tmp_path, tmp_path) is False


@pytest.mark.skipif(os.name != "posix", reason="Windows never gets as far")
def test_an_exchange_that_is_refused_is_an_error_and_not_a_reason_for_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: _Library(errno.EACCES))
    with pytest.raises(PermissionError):
        exchange(tmp_path, tmp_path)


def test_a_stage_is_the_site_with_some_editions_replaced(tmp_path: Path) -> None:
    site = plant(tmp_path / "site", OLD)
    made = {
        "b": plant(tmp_path / "b", {"i.html": "B"}),
        "c": plant(tmp_path / "c", {"i.html": "C"}),
    }
    fresh = stage_site(site, tmp_path / "scratch", made)
    kept = {name: text for name, text in OLD.items() if not name.startswith("b/")}
    assert tree(fresh) == {**kept, "b/i.html": "B", "c/i.html": "C"}
    assert tree(site) == OLD


def test_the_first_stage_needs_no_site(tmp_path: Path) -> None:
    made = plant(tmp_path / "b", {"i.html": "B"})
    fresh = stage_site(tmp_path / "site", tmp_path / "scratch", {"b": made})
    assert tree(fresh) == {"b/i.html": "B"}


def test_what_a_dead_run_staged_is_not_taken_over(tmp_path: Path) -> None:
    site = plant(tmp_path / "site", {"index.html": "old"})
    plant(stage_site(site, tmp_path / "scratch", {}), {"half/i.html": "half"})
    assert tree(stage_site(site, tmp_path / "scratch", {})) == {"index.html": "old"}


def test_writing_the_index_or_building_again_does_not_reach_the_published_site(
    tmp_path: Path,
) -> None:
    site, built = plant(tmp_path / "site", OLD), plant(tmp_path / "b", {"i.html": "B"})
    fresh = stage_site(site, tmp_path / "scratch", {"b": built})
    plant(fresh, {"index.html": "new"})
    assert tree(site) == OLD
    swap_in(fresh, site)
    plant(built, {"i.html": "half of the next"})
    assert tree(site)["b/i.html"] == "B"


def test_folders_that_stay_take_no_room(tmp_path: Path) -> None:
    site = plant(tmp_path / "site", OLD)
    fresh = stage_site(site, tmp_path / "scratch", {})
    assert (fresh / "a" / "_static" / "s.css").samefile(site / "a" / "_static" / "s.css")


def test_where_links_fail_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "another disk")

    site = plant(tmp_path / "site", OLD)
    monkeypatch.setattr(os, "link", refuse)
    fresh = stage_site(site, tmp_path / "scratch", {})
    assert tree(fresh) == OLD
    assert not (fresh / "a" / "i.html").samefile(site / "a" / "i.html")


def test_a_site_can_be_read_by_others_as_its_folder_allows(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    fresh = stage_site(tmp_path / "site", tmp_path / "scratch", {})
    assert fresh.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../site", "/etc"])
def test_an_edition_cannot_be_put_outside_its_site(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a folder"):
        stage_site(tmp_path / "site", tmp_path / "scratch", {name: tmp_path})


def test_sweeping_takes_what_runs_leave_and_nothing_else(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {"run-17/chapter/log.txt": "", "stage-site/i.html": "", "cache/x": "x", "lock": ""},
    )
    sweep(tmp_path)
    assert tree(tmp_path) == {"cache/x": "x", "lock": ""}
    sweep(tmp_path / "none")  # before the first run
