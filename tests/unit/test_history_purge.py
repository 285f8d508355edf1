"""Erasing a child, an extract, what is too old: everywhere, noted, finished if stopped."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_histories import KEY, clock, extract, keep, place_in

from scrutinybook.errors import FaultsFound
from scrutinybook.history import purge, writing
from scrutinybook.history.manifest import State
from scrutinybook.history.purge import (
    Asked,
    kept_since,
    older_than,
    purge_child,
    purge_extracts,
    resume,
)
from scrutinybook.history.read import known_at
from scrutinybook.history.store import WORK, open_history
from scrutinybook.history.tombstones import Kind, read_tombstones, unfinished
from scrutinybook.history.writing import sweep
from scrutinybook.history_steps import purge_number
from scrutinybook.sources.extracts.extract import Extract

CHILD = str(KEY.of(pd.Series(["48213"]), "child")[0])
OTHER = str(KEY.of(pd.Series(["777"]), "child")[0])
ASKED = Asked(Kind.CHILD, "data protection officer", "erasure asked for")


def month(as_of: str, *children: str) -> Extract:
    return extract(
        as_of,
        "2023-08-01",
        {
            "referrals": [{"child": child, "date": "2024-01-05"} for child in children],
            "care_leavers": [{"child": child, "age": 19} for child in children],
            "contacts": [{"child": OTHER, "date": "2024-01-05"}],
            "vacancies": [],
        },
    )


def held(folder: Path) -> bool:
    """Whether the child's hash is anywhere: in any file's bytes, or in any table once read."""
    raw = any(CHILD.encode() in p.read_bytes() for p in folder.rglob("*") if p.is_file())
    tables = [
        p.read(name, ["child"]).column("child").to_pylist()
        for p in open_history(folder).partitions
        for name in p.manifest.tables
        if name != "vacancies"
    ]
    return raw or any(CHILD in column for column in tables)


def test_a_childs_rows_go_from_every_version_and_table(tmp_path: Path) -> None:
    keep(
        tmp_path,
        month("2024-01-31", CHILD, OTHER),
        month("2024-01-31", OTHER, CHILD, OTHER),
        month("2024-02-29", OTHER),
    )
    untouched = open_history(tmp_path).partitions[2]
    assert held(tmp_path)
    done = purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    assert not held(tmp_path)
    assert (done.partitions, done.tables) == (2, 4)
    one, other, third = open_history(tmp_path).partitions
    assert one.manifest.state is other.manifest.state is State.ROWS_REMOVED
    assert (one.manifest.version, one.manifest.revision) == (1, 1)
    assert one.folder.name.endswith("_r1")
    assert one.manifest.tables["referrals"].rows_kept == 1
    assert one.read("contacts").num_rows == 1
    assert third == untouched
    assert known_at(open_history(tmp_path)).tables["referrals"]["child"].tolist() == [OTHER]


def test_the_tombstone_does_not_lead_back_to_the_child(tmp_path: Path) -> None:
    keep(tmp_path, month("2024-01-31", CHILD))
    extract_id = open_history(tmp_path).partitions[0].manifest.id
    purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    begun, done = read_tombstones(tmp_path)
    assert (begun.state, done.state, done.number) == ("begun", "done", 1)
    assert (done.kind, done.role, done.reason) == (Kind.CHILD, ASKED.role, ASKED.reason)
    assert (done.partitions, done.tables) == (1, 2)
    told = (tmp_path / "tombstones.jsonl").read_text(encoding="utf-8")
    assert CHILD not in told
    assert extract_id not in told
    assert "rows" not in json.loads(told.splitlines()[1])


def test_a_child_that_is_not_held_changes_nothing_and_is_noted(tmp_path: Path) -> None:
    before = keep(tmp_path, month("2024-01-31", OTHER)).partitions
    done = purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    assert (done.partitions, done.tables) == (0, 0)
    assert open_history(tmp_path).partitions == before
    assert len(read_tombstones(tmp_path)) == 2


def test_the_same_content_after_an_erasure_does_not_bring_the_child_back(tmp_path: Path) -> None:
    keep(tmp_path, month("2024-01-31", CHILD))
    before = open_history(tmp_path).partitions[0].manifest
    purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    after = open_history(tmp_path).partitions[0].manifest
    assert (after.content_hash, after.id) == (before.content_hash, before.id)


def test_by_the_councils_own_number_however_it_is_written(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.key_file.parent.mkdir()
    place.key_file.write_text(KEY.key.hex(), encoding="ascii")
    keep(place.folder, month("2024-01-31", CHILD, OTHER))
    done = purge_number(place, ["", " 48213.0 "], "officer", "erasure", clock)
    assert done.partitions == 1
    assert not held(place.folder)


def test_a_number_that_stands_in_the_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="words without names") as caught:
        purge_number(place_in(tmp_path), ["48213"], "officer", "erase 48213", clock)
    assert "48213" not in str(caught.value)
    with pytest.raises(FaultsFound, match="empty"):
        purge_number(place_in(tmp_path), ["", " "], "officer", "erase", clock)


def test_old_extracts_go_with_their_superseded_versions(tmp_path: Path) -> None:
    history = keep(
        tmp_path,
        month("2017-12-31", CHILD),
        month("2018-01-31", CHILD),
        month("2018-01-31", OTHER),
        month("2018-02-01", OTHER),
    )
    chosen = older_than(history, date(2018, 2, 1))
    done = purge_extracts(history, chosen, Asked(Kind.RETENTION, "r", "w"), clock)
    assert (done.partitions, done.tables) == (3, 12)
    assert [p.manifest.as_of for p in open_history(tmp_path).partitions] == [date(2018, 2, 1)]
    assert [each.id for each in done.removed] == [p.manifest.id for p in chosen]


def test_kept_since() -> None:
    assert kept_since(date(2025, 1, 15)) == date(2019, 1, 15)
    assert kept_since(date(2024, 2, 29)) == date(2018, 2, 28)
    assert kept_since(date(2024, 2, 29), 4) == date(2020, 2, 29)


class Killed(BaseException):
    """As a kill: nothing catches it."""


@pytest.mark.parametrize("after", range(4))
def test_an_erasure_that_was_stopped_is_finished_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Stopped before, between or after the rewriting of two extracts; or before the last note."""
    keep(tmp_path, month("2024-01-31", CHILD, OTHER), month("2024-02-29", CHILD))
    real, done = purge.rewrite, 0

    def stop(*arguments):
        nonlocal done
        if done == after:
            raise Killed
        done += 1
        return real(*arguments)

    real_add, added = purge.add, 0

    def stop_adding(*arguments):
        nonlocal added
        added += 1
        if added == after:
            raise Killed
        real_add(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(purge, "rewrite", stop)
        if after == 2:
            patch.setattr(purge, "add", stop_adding)
        if after < 3:
            with pytest.raises(Killed):
                purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
        else:
            purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    sweep(tmp_path)
    finished = resume(tmp_path, clock)
    assert len(finished) == (1 if after < 3 else 0)
    assert not held(tmp_path)
    assert [each.state for each in read_tombstones(tmp_path)] == ["begun", "done"]
    assert list((tmp_path / WORK).iterdir()) == []
    assert resume(tmp_path, clock) == ()


def test_an_erasure_stopped_before_it_was_noted_leaves_no_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, month("2024-01-31", OTHER))

    def stop(*arguments):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(purge, "add", stop)
        purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    assert held(tmp_path)
    assert resume(tmp_path, clock) == ()
    assert not held(tmp_path)


def test_an_erasure_that_can_no_longer_be_finished_stays_told_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, month("2024-01-31", CHILD))

    def stop(*arguments):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(purge, "rewrite", stop)
        purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    shutil.rmtree(tmp_path / WORK)  # by hand
    assert resume(tmp_path, clock) == ()
    assert [each.state for each in unfinished(read_tombstones(tmp_path))] == ["begun"]
    purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    assert not held(tmp_path)


@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_a_removal_that_was_stopped_is_finished_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    history = keep(tmp_path, month("2018-01-31", CHILD), month("2018-02-28", CHILD))
    calls = {"before": 0, "between": 1, "after": 2}[where]
    real, done = purge.remove, 0

    def stop(*arguments):
        nonlocal done
        if done == calls:
            raise Killed
        done += 1
        real(*arguments)
        if done == calls == 2:
            raise Killed

    asked = Asked(Kind.RETENTION, "r", "w")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(purge, "remove", stop)
        purge_extracts(history, history.partitions, asked, clock)
    (finished,) = resume(tmp_path, clock)
    assert (finished.partitions, finished.tables) == (2, 8)
    assert open_history(tmp_path).partitions == ()
    assert not held(tmp_path)


def test_a_new_revision_beside_the_old_is_the_one_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path, month("2024-01-31", CHILD, OTHER))

    def stop(*arguments):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(writing, "remove", stop)
        purge_child(open_history(tmp_path), frozenset({CHILD}), ASKED, clock)
    assert len(list((tmp_path / "annex-a").iterdir())) == 2
    (partition,) = open_history(tmp_path).partitions
    assert partition.read("referrals").column("child").to_pylist() == [OTHER]
    sweep(tmp_path)
    assert len(list((tmp_path / "annex-a").iterdir())) == 1
    resume(tmp_path, clock)
    assert not held(tmp_path)


@pytest.mark.parametrize("content", ["words\n", "[]\n", '{"number": 1}\n', "\ufffd"])
def test_tombstones_that_cannot_be_read_are_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "tombstones.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(FaultsFound, match=r"tombstones\.jsonl, line 1"):
        read_tombstones(tmp_path)
