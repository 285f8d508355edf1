"""Extracts behind an edition that were removed since: said in plain words, and nothing is run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from drawn_histories import KEY, clock, extract, keep
from drawn_records import manifest_of

from scrutinybook.errors import ExitCode
from scrutinybook.extracts_behind import Gone, extract_name, extract_state, refuse_gone
from scrutinybook.history.purge import Asked, purge_child, purge_extracts
from scrutinybook.history.store import History, open_history
from scrutinybook.history.tombstones import Kind, read_tombstones
from scrutinybook.record.keyed import Key
from scrutinybook.record.manifest import Manifest

CHILD = str(KEY.of(pd.Series(["48213"]), "child")[0])
SECRET = Key(b"s" * 32, "f" * 16)


@pytest.fixture
def history(tmp_path: Path) -> History:
    rows = [{"child": CHILD, "date": "2024-01-05"}, {"child": "other", "date": "2024-01-06"}]
    return keep(
        tmp_path,
        *(extract(day, "2023-08-01", {"referrals": rows}) for day in ("2024-01-31", "2024-02-29")),
    )


def record(history: History) -> Manifest:
    """A record of an edition that was counted from all of a history."""
    held = [p.manifest for p in history.partitions]
    states = {extract_name(each): SECRET.of(extract_state(each).encode()) for each in held}
    return manifest_of({}, inputs={"params/measures.yml": "sha256:" + "0" * 64, **states})


def told(then: Manifest, folder: Path, key: Key | None = SECRET) -> Gone | None:
    try:
        refuse_gone(then, open_history(folder), read_tombstones(folder), key)
    except Gone as error:
        return error
    return None


def test_what_is_held_still_is_let_through(history: History, tmp_path: Path) -> None:
    assert told(record(history), tmp_path) is None


def test_an_extract_that_was_removed_is_named_with_when_by_whom_and_why(
    history: History, tmp_path: Path
) -> None:
    then = record(history)
    asked = Asked(Kind.RETENTION, "records manager", "older than six years")
    purge_extracts(history, [history.partitions[0]], asked, clock)
    error = told(then, tmp_path)
    assert error is not None and error.exit_code == ExitCode.GONE
    assert str(error.faults[0]) == (
        "extract annex-a of 2024-01-31, version 1: removed on 2025-01-15 by records manager"
        " (retention): older than six years"
    )
    assert len(error.faults) == 1
    assert "cannot be made anew" in error.message
    assert "every table is as it was written" in error.message
    without = told(then, tmp_path, None)
    assert without is not None and "as it was written" not in without.message


def test_a_childs_rows_that_were_removed_are_told_without_where(
    history: History, tmp_path: Path
) -> None:
    """Which extracts held a child is nobody's business."""
    then = record(history)
    purge_child(
        history,
        frozenset([CHILD]),
        Asked(Kind.CHILD, "data protection officer", "erasure asked for"),
        clock,
    )
    error = told(then, tmp_path)
    assert error is not None
    assert "rows were removed since" in str(error) and "erasure asked for" in str(error)
    assert "annex-a" not in str(error) and CHILD not in str(error)
    # The record of an edition that is made after that is made anew as ever.
    assert told(record(open_history(tmp_path)), tmp_path) is None


def test_what_is_not_there_and_was_never_removed_is_left_to_others(
    history: History, tmp_path: Path
) -> None:
    """Another history, or one that was lost, is a fault to be mended, and no purge."""
    then = record(history)
    assert told(then, tmp_path / "elsewhere") is None
