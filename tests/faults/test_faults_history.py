"""A history whose commands are killed, meet each other, or have no room."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from drawn_histories import clock, place_in, read_drawn, write_drawn
from ingest_forever import CHILDREN, write_month
from kills import Tally, run_killed

from scrutinybook.errors import Busy, FilesRefused
from scrutinybook.history import private_files
from scrutinybook.history.read import known_at
from scrutinybook.history.store import WORK, History, open_history
from scrutinybook.history.tombstones import read_tombstones, unfinished
from scrutinybook.history_steps import ingest
from scrutinybook.periods import Month

SCRIPT = Path(__file__).with_name("ingest_forever.py")


def readable(history: History) -> None:
    """Every table of every extract is as its manifest says, and all can be put together."""
    for partition in history.partitions:
        assert set(partition.manifest.tables) == {"care_reviews", "contacts", "referrals"}
        for name, record in partition.manifest.tables.items():
            assert partition.read(name).num_rows == record.rows_kept
    if history.partitions:
        known_at(history)


@pytest.mark.parametrize("how", ["keep", "purge"])
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_history(tmp_path: Path, how: str) -> None:
    """Killed at random moments, in the midst of reading, writing, erasing and removing."""
    tally = Tally(f"ingest, {how}", 20240131)
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[1])}
    for trial, moment in enumerate(tally.moments(10)):
        if trial % 10 == 0:  # a history that is not so long that looking through it takes all day
            folder = tmp_path / str(trial)
            folder.mkdir()
            place, done = place_in(folder), -1
        # Killed once it is at work, at any moment of what follows.
        told = run_killed([SCRIPT, folder, done + 1, how], 0.3 * moment, env=environment)
        assert told, "it ended by itself"
        done = int(told[-1])

        history = open_history(place.folder)
        readable(history)
        months = [Month(p.manifest.as_of.year, p.manifest.as_of.month) for p in history.partitions]
        last = (Month(2000, 1) + done).index
        # All that was told to be stored, and at most the one after.
        assert months[-1].index in {last, last + 1}
        assert [m.index for m in months] == list(range(months[0].index, months[-1].index + 1))
        tally.outcomes["one month more than told" if months[-1].index > last else "as told"] += 1
        # What comes next sweeps up and finishes, and then nothing unfinished is left.
        ingest([write_month(folder, done)], place, read=read_drawn, as_of=None, clock=clock)
        assert [p.name for p in (place.folder / WORK).iterdir()] == ["lock"]
        assert not unfinished(read_tombstones(place.folder))
        history = open_history(place.folder)
        readable(history)
        folders = {p.folder for p in history.partitions}
        assert set((place.folder / "annex-a").iterdir()) == folders
        if how == "purge":
            # Every erasure that was told to be done holds, in every extract.
            for partition in history.partitions:
                number = partition.manifest.as_of.year * 12 + partition.manifest.as_of.month - 1
                kept = partition.manifest.tables["referrals"].rows_kept
                since = number - Month(2000, 1).index
                erased = len([k for k in range(1, done + 1) if since <= k < since + CHILDREN])
                assert kept <= CHILDREN - erased


def test_of_two_commands_at_once_one_is_told_and_the_other_is_done(tmp_path: Path) -> None:
    """Started together, many times over; each month is stored once and whole."""
    paths = [write_month(tmp_path, number) for number in range(4)]
    code = (
        "import sys; from pathlib import Path; from drawn_histories import *\n"
        "from scrutinybook.errors import Busy\n"
        "from scrutinybook.history_steps import ingest\n"
        "busy = 0\n"
        "for name in sys.argv[2:]:\n"
        "    while True:\n"
        "        try:\n"
        "            ingest([Path(name)], place_in(Path(sys.argv[1])), read=read_drawn,"
        " as_of=None, clock=clock)\n"
        "            break\n"
        "        except Busy:\n"
        "            busy += 1\n"
        "print(busy)\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), *map(str, paths)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[1])},
        )
        for _ in range(2)
    ]
    for run in runs:
        assert run.communicate()[0].strip().isdigit()
        assert run.returncode == 0
    history = open_history(place_in(tmp_path).folder)
    assert [p.manifest.version for p in history.partitions] == [1, 1, 1, 1]
    assert len(history.fingerprints) == 1
    readable(history)


def test_the_second_command_is_refused_at_once(tmp_path: Path) -> None:
    path, place = write_month(tmp_path, 0), place_in(tmp_path)

    def read_while_another_comes(given: Path, **more):
        with pytest.raises(Busy) as caught:
            ingest([path], place, read=read_drawn, as_of=None, clock=clock)
        assert f"process {os.getpid()} is reading 1 extract" in str(caught.value)
        return read_drawn(given, **more)

    ingest([path], place, read=read_while_another_comes, as_of=None, clock=clock)
    assert len(open_history(place.folder).partitions) == 1


@pytest.mark.parametrize("after", range(1, 5))
def test_a_disk_without_room_leaves_the_old_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Full at the first, second, third table or at the manifest."""
    place = place_in(tmp_path)
    ingest([write_month(tmp_path, 0)], place, read=read_drawn, as_of=None, clock=clock)
    before = [p.manifest for p in open_history(place.folder).partitions]
    real, written = private_files.write_new, 0

    def full(path: Path, data: bytes) -> None:
        nonlocal written
        written += 1
        if written == after:
            real(path, data[: len(data) // 2])
            raise OSError(28, "No space left on device", str(path))
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("scrutinybook.history.writing.write_new", full)
        with pytest.raises(FilesRefused, match="No space left on device"):
            ingest([write_month(tmp_path, 1)], place, read=read_drawn, as_of=None, clock=clock)
    assert [p.manifest for p in open_history(place.folder).partitions] == before
    assert [p.name for p in (place.folder / WORK).iterdir()] == ["lock"]


@pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="this user may write everywhere",
)
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.folder.mkdir()
    place.folder.chmod(0o500)
    path = write_drawn(tmp_path / "x", "2024-01-31", "2023-08-01", {"referrals": []})
    with pytest.raises(FilesRefused, match="Permission denied"):
        ingest([path], place, read=read_drawn, as_of=None, clock=clock)
    place.folder.chmod(0o700)
    assert list(place.folder.iterdir()) == []
