"""Clocks that go back, other time zones, cells that crash, and extracts that broke off."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from annex_a_workbooks import good_lists, save
from drawn_extracts import (
    KEY,
    REFERRAL,
    RETURN,
    WORKER,
    child,
    children_census,
    workforce_census,
)
from drawn_histories import clock, place_in, read_drawn, write_drawn
from faulty import KERNELS, named
from kills import whole_tree
from projects import run_scrutiny
from signed_project import DAY, REAL, make, write_results
from small_books import small_project

from scrutinybook.errors import FaultsFound, NotebookFailed
from scrutinybook.execute import NotebookTask, run_notebooks
from scrutinybook.execute.starting import Kernels
from scrutinybook.execute.warmth import warmth
from scrutinybook.history.read import known_at
from scrutinybook.history.store import WORK, open_history
from scrutinybook.history_steps import ingest
from scrutinybook.publications import in_book, of_authority
from scrutinybook.signoff.publishing import correct, publish, withdraw
from scrutinybook.signoff.sign_off import sign
from scrutinybook.sources.extracts.local_sheet import HEADINGS
from scrutinybook.sources.extracts.recognise import read_extract


def day_before() -> datetime:
    return DAY - timedelta(days=400)


def test_a_clock_that_went_back_leaves_publications_in_the_order_they_came(
    tmp_path: Path,
) -> None:
    workspace, to = make(tmp_path / "project"), tmp_path / "www"
    sign(workspace, REAL, "analyst", DAY.date())
    publish(workspace, REAL, to, lambda: DAY)
    write_results(workspace, REAL, 254)
    sign(workspace, REAL, "analyst", day_before().date())
    correct(workspace, REAL, to, "Counted twice", day_before)
    withdraw(workspace, REAL, to, "Counted twice", day_before)
    assert [entry.what for entry in in_book(to / REAL)] == ["published", "corrected", "withdrawn"]
    assert of_authority(workspace, REAL) == in_book(to / REAL)


def test_a_clock_that_went_back_changes_nothing_that_is_known(tmp_path: Path) -> None:
    """What is known goes by the day that an extract shows, not by when it was read."""
    known = []
    for name, clocks in (("on", (clock, clock)), ("back", (clock, day_before_clock))):
        folder = tmp_path / name
        folder.mkdir()
        place = place_in(folder)
        place.key_file.parent.mkdir(parents=True, exist_ok=True)
        place.key_file.write_text(KEY.key.hex(), encoding="ascii")
        for as_of, at in zip(("2024-01-31", "2024-02-29"), clocks, strict=True):
            rows = [{"child": "1", "date": "2024-01-05"}, {"child": as_of, "date": "2024-01-06"}]
            path = write_drawn(folder / as_of, as_of, "2023-10-01", {"referrals": rows})
            ingest([path], place, read=read_drawn, as_of=None, clock=at)
        known.append(known_at(open_history(place.folder)).tables["referrals"])
    assert known[0].equals(known[1])


def day_before_clock() -> datetime:
    return clock() - timedelta(days=300)


@pytest.mark.book
@pytest.mark.skipif(os.name == "nt", reason="Windows takes no time zone from a variable")
def test_another_time_zone_and_older_files_make_the_same_book(tmp_path: Path) -> None:
    project, edition = small_project(tmp_path / "project"), "plymouth-2023-03"

    def book(zone: str) -> str:
        done = run_scrutiny(project, "book", edition, TZ=zone)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    book("Pacific/Kiritimati")
    before = whole_tree(project / "site"), whole_tree(project / "results")
    # Half a day back, and then with every file as if it were of another age.
    assert "unchanged, not run again" in book("Pacific/Pago_Pago")
    for path in project.rglob("*"):
        if path.is_file():
            os.utime(path, (10**8, 10**8))
    said = book("Europe/London")
    assert " done in " not in said
    assert (whole_tree(project / "site"), whole_tree(project / "results")) == before
    # A change is seen even where it leaves size and age of the file as they were.
    path = project / "params/plymouth/2023-03.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("December 2021 on", "December 2022 on"), encoding="utf-8")
    os.utime(path, (10**8, 10**8))
    assert " done in " in book("Europe/London")


@pytest.mark.skipif(os.name == "nt", reason="Windows shows a window for a crash")
@pytest.mark.parametrize("kernels", KERNELS)
def test_a_cell_that_crashes_is_named_and_the_others_run(
    tmp_path: Path, make_task: Callable[..., NotebookTask], kernels: Kernels
) -> None:
    crash = "import faulthandler\nfaulthandler.disable()\nimport ctypes\nctypes.string_at(0)"
    crashes, good = make_task("crashes", "1", crash), make_task("good", "1")
    with warmth(tmp_path / "s", kernels) as warm, pytest.raises(NotebookFailed) as caught:
        run_notebooks(
            [crashes, good],
            scratch=tmp_path / "s",
            cell_timeout=60,
            wall_timeout=60,
            on_event=lambda event: None,
            warm=warm,
        )
    (fault,) = caught.value.faults
    assert fault.where == "crashes, cell 5 of 5, under 'Front door'"
    assert "the kernel died while this cell ran" in fault.found
    assert good.target.exists()
    assert named(tmp_path) == []


def workbook(folder: Path) -> bytes:
    return save(folder / "whole.xlsx", good_lists()).read_bytes()


def zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in RETURN.items():
            archive.writestr(name, text.lstrip())
    return packed.getvalue()


FIGURES = [f"hub,{2021 + k // 12}-{k % 12 + 1:02},,10,,," for k in range(24)]
HALVES: dict[str, Callable[[Path], bytes]] = {
    "a workbook": workbook,
    "a zip file": zipped,
    "a children's census": lambda _: children_census(child(REFERRAL)).encode(),
    "a workforce census": lambda _: workforce_census(WORKER).encode(),
    "local figures": lambda _: "\n".join([",".join(HEADINGS), *FIGURES, ""]).encode(),
}


@pytest.mark.parametrize("what", HALVES)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_an_extract_that_broke_off_is_refused_and_the_history_stands(
    tmp_path: Path, what: str, part: float
) -> None:
    place = place_in(tmp_path)
    rows = [{"child": "1", "date": "2024-01-05"}]
    first = write_drawn(tmp_path / "first", "2024-01-31", "2023-10-01", {"referrals": rows})
    ingest([first], place, read=read_drawn, as_of=None, clock=clock)
    before = whole_tree(place.folder)
    raw = HALVES[what](tmp_path)
    half = tmp_path / "half"
    half.write_bytes(raw[: int(len(raw) * part)])
    with pytest.raises(FaultsFound) as caught:
        ingest([half], place, read=read_extract, as_of=DAY.date(), clock=clock)
    assert all(fault.where.startswith("half") and fault.found for fault in caught.value.faults)
    assert [path.name for path in (place.folder / WORK).iterdir()] == ["lock"]
    now = whole_tree(place.folder)
    assert now == before
