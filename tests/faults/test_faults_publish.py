"""Whenever publishing is killed, a reader finds the old site whole or the new one whole."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from faulty import wait_until
from kills import Tally, run_killed
from publish_forever import stage

from scrutinybook.publish import recover, swap, swap_in, sweep
from scrutinybook.publish.exchange import exchange

SCRIPT = Path(__file__).with_name("publish_forever.py")
PAGES = 20


def version_of(site: Path) -> int:
    """Tell which version a site is; fails unless all of it is of one version."""
    assert (site / "a" / "kept.html").read_text(encoding="utf-8") == "kept"
    pages = [site / "b" / f"page-{k}.html" for k in range(PAGES)]
    found = {page.read_text(encoding="utf-8") for page in [*pages, site / "index.html"]}
    assert len(found) == 1, f"a mixture of versions: {found}"
    return int(found.pop())


@pytest.fixture
def first_site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "a" / "kept.html").write_text("kept", encoding="utf-8")
    swap_in(stage(tmp_path, 0), tmp_path / "site")
    return tmp_path / "site"


@pytest.mark.parametrize("way", ["exchange", "two steps"])
def test_a_kill_at_any_moment_leaves_one_whole_site(
    tmp_path: Path, first_site: Path, way: str
) -> None:
    tally = Tally(f"swap of sites, {way}", 20230331)
    last = 0
    for moment in tally.moments(10):
        # One version is out; the next ones are being made.
        told = [*map(int, run_killed([SCRIPT, tmp_path, last + 1, way], 0.03 * moment))]
        if way == "two steps":
            recover(first_site)
        found = version_of(first_site)
        # Whatever the run called published is published, or the one after it.
        assert not told or found in {told[-1], told[-1] + 1}
        assert found > last
        tally.outcomes["as told" if told and found == told[-1] else "the one after"] += 1
        last = found
    recover(first_site)
    sweep(tmp_path / "scratch")
    assert {path.name for path in tmp_path.iterdir()} == {"site", "scratch"}
    assert {path.name for path in (tmp_path / "scratch").iterdir()} == {"built"}


class Killed(BaseException):
    """Stands for a kill: nothing catches it, nothing is tidied up."""


def test_a_kill_before_each_step_of_the_two_step_swap_is_made_good(
    tmp_path: Path, first_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    outcomes = []
    for steps in range(4):
        before = version_of(first_site)
        fresh = stage(tmp_path, before + 1)
        with monkeypatch.context() as patch:
            killed = not survives(patch, steps, partial(swap_in, fresh, first_site))
        missing = not first_site.exists()
        recover(first_site)
        sweep(tmp_path / "scratch")
        outcomes.append((killed, missing, version_of(first_site) - before))
        assert {path.name for path in tmp_path.iterdir()} == {"site", "scratch"}
    # Killed before: retiring the old site; naming the new one; deleting the old one; not at all.
    assert outcomes == [(True, False, 0), (True, True, 0), (True, False, 1), (False, False, 1)]


def survives(patch: pytest.MonkeyPatch, steps: int, work: Callable[[], None]) -> bool:
    """Let `work` rename and remove `steps` times, and kill it at the next."""
    left = iter(range(steps))
    rename, rmtree = Path.rename, shutil.rmtree

    def step() -> None:
        if next(left, None) is None:
            raise Killed

    def rename_or_die(path: Path, target: Path) -> Path:
        step()
        return rename(path, target)

    def rmtree_or_die(path: Path) -> None:
        step()
        rmtree(path)

    patch.setattr(Path, "rename", rename_or_die)
    patch.setattr(shutil, "rmtree", rmtree_or_die)
    try:
        work()
    except Killed:
        return False
    return True


def test_a_reader_never_finds_the_site_missing(tmp_path: Path, first_site: Path) -> None:
    probe = tmp_path / "one", tmp_path / "other"
    for folder in probe:
        folder.mkdir()
    if not exchange(*probe):
        pytest.skip("this disk cannot exchange two folders in one step")
    index, seen, done = first_site / "index.html", [], threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(int(index.read_text(encoding="utf-8")))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for version in range(1, 31):
            swap_in(stage(tmp_path, version), first_site)
        # A read that failed ends the reader, which then never sees the last version.
        wait_until(lambda: not reader.is_alive() or seen[-1:] == [30], "the reader saw nothing")
    finally:
        done.set()
        reader.join()
    assert seen == sorted(seen)
    assert seen[-1] == 30
