"""A command on a history that dies before any one of its file operations, each in turn.

Death is stood in for by refusing that operation and every later one, clean-up included: from then
on the process changes nothing on the disk, as if it were gone.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pandas as pd
import pytest
from drawn_histories import KEY, clock, place_in, read_drawn, write_drawn

from scrutinybook.history.place import Place
from scrutinybook.history.read import known_at
from scrutinybook.history.store import WORK, History, open_history
from scrutinybook.history.tombstones import read_tombstones, unfinished
from scrutinybook.history_steps import ingest, purge_number, purge_old

CHANGES = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
NUMBER, OTHER = "48213", "777"


class Died(BaseException):
    """Nothing catches it."""


class Death:
    """Counts file operations while armed, and lets none pass from the chosen one on."""

    left: int | None = None
    seen = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.left is None or event not in CHANGES:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITES):
            return
        # The lock is the system's and goes with a process; here it has to be let go of.
        if Path(os.fsdecode(str(arguments[0]))).name in {"lock", "holder.json"}:
            return
        self.seen += 1
        if self.seen > self.left:
            raise Died


death = Death()
sys.addaudithook(death)


@contextmanager
def dying_before(operation: int) -> Iterator[None]:
    death.left, death.seen = operation, 0
    try:
        yield
    finally:
        death.left = None


def month(folder: Path, as_of: str, *children: str) -> Path:
    rows = [{"child": child, "date": "2024-01-05"} for child in children]
    return write_drawn(
        folder / f"{as_of}.json", as_of, "2023-10-01", {"referrals": rows, "contacts": rows}
    )


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Two months, both with the child; a key that is known."""
    folder = tmp_path / "begun"
    place = place_in(folder)
    place.key_file.parent.mkdir(parents=True)
    place.key_file.write_text(KEY.key.hex(), encoding="ascii")
    for as_of in ("2024-01-31", "2024-02-29"):
        read(place, month(tmp_path, as_of, NUMBER, OTHER))
    return folder


def read(place: Place, path: Path) -> None:
    ingest([path], place, read=read_drawn, as_of=None, clock=clock)


def whole(place: Place) -> History:
    """The history, every table of which is as its manifest says."""
    history = open_history(place.folder)
    for partition in history.partitions:
        for name, record in partition.manifest.tables.items():
            assert partition.read(name).num_rows == record.rows_kept
    return history


def days(history: History) -> list[str]:
    return [str(p.manifest.as_of) for p in history.partitions]


def each_moment(begun: Path, act: Callable[[Place], None]) -> Iterator[tuple[Place, bool]]:
    """The history after `act` died before its first, second, ... operation, and after all."""
    for operation in count():
        folder = begun.with_name(f"died-{operation}")
        shutil.copytree(begun, folder)
        place = place_in(folder)
        try:
            with dying_before(operation):
                act(place)
        except Died:
            yield place, False
        else:
            assert operation > 5, "hardly anything was counted"
            yield place, True
            return


def test_reading_another_month(begun: Path, tmp_path: Path) -> None:
    """Before the rename the old history stands, after it the new one; never anything between."""
    path = month(tmp_path, "2024-03-31", NUMBER, OTHER)
    old = ["2024-01-31", "2024-02-29"]
    states = []
    for place, _ in each_moment(begun, lambda place: read(place, path)):
        states.append(days(whole(place)))
        read(place, path)
        assert days(whole(place)) == [*old, "2024-03-31"]
        assert [p.name for p in (place.folder / WORK).iterdir()] == ["lock"]
    turn = states.index([*old, "2024-03-31"])
    assert states == [old] * turn + [[*old, "2024-03-31"]] * (len(states) - turn)


def test_the_first_month_with_its_key(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", NUMBER)
    begun = tmp_path / "nothing"
    begun.mkdir()
    for place, _ in each_moment(begun, lambda place: read(place, path)):
        assert days(whole(place)) in ([], ["2024-01-31"])
        read(place, path)
        assert days(whole(place)) == ["2024-01-31"]
        assert list(place.key_file.parent.iterdir()) == [place.key_file]


def test_erasing_a_child(begun: Path, tmp_path: Path) -> None:
    """Once it is noted that it began, the next command ends it; before, nothing is kept of it."""
    child = hashed(NUMBER)
    old = ["2024-01-31", "2024-02-29"]
    outcomes = []
    for place, is_done in each_moment(
        begun, lambda place: purge_number(place, [NUMBER], "officer", "erasure", clock)
    ):
        history = whole(place)
        assert days(history) == old
        assert hashed(OTHER) in set(known_at(history).tables["referrals"]["child"])
        began = bool(read_tombstones(place.folder))
        read(place, month(tmp_path, "2024-03-31", OTHER))
        history = whole(place)
        held = [
            child in p.read(name).column("child").to_pylist()
            for p in history.partitions
            for name in p.manifest.tables
        ]
        assert not any(held) if began or is_done else sum(held) == 4
        assert not unfinished(read_tombstones(place.folder))
        assert [p.name for p in (place.folder / WORK).iterdir()] == ["lock"]
        assert set((place.folder / "annex-a").iterdir()) == {p.folder for p in history.partitions}
        outcomes.append(began)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


def test_removing_what_is_old(begun: Path, tmp_path: Path) -> None:
    for place, is_done in each_moment(
        begun, lambda place: purge_old(place, date(2024, 3, 1), "officer", "retention", clock)
    ):
        whole(place)
        began = bool(read_tombstones(place.folder))
        read(place, month(tmp_path, "2024-03-31", OTHER))
        left = days(whole(place))
        assert left[-1] == "2024-03-31"
        assert len(left) == (1 if began or is_done else 3)
        assert not unfinished(read_tombstones(place.folder))


def hashed(number: str) -> str:
    return str(KEY.of(pd.Series([number], dtype="string"), "child")[0])
