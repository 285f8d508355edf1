"""Reading extracts into a history: what joins it, what is refused, what a person is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from drawn_histories import Rows, clock, place_in, read_drawn, write_drawn

from scrutinybook.errors import Busy, FaultsFound
from scrutinybook.history.read import known_at
from scrutinybook.history.store import WORK, open_history
from scrutinybook.history_steps import (
    IngestReport,
    Reasons,
    ingest,
    listed,
    purge_number,
    purge_old,
    purge_one,
)
from scrutinybook.publish import run_lock


def month(
    folder: Path, as_of: str | None, covers_from: str, *days: str, name: str = "", **more: Any
) -> Path:
    rows: Rows = [{"child": f"{100 + k}", "date": day} for k, day in enumerate(days)]
    path = folder / (name or f"{as_of}.json")
    return write_drawn(path, as_of, covers_from, {"referrals": rows}, **more)


def read(
    tmp_path: Path,
    *paths: Path,
    correct: str = "",
    again: str = "",
    as_of: date | None = None,
    skip_refused: bool = False,
) -> IngestReport:
    return ingest(
        paths,
        place_in(tmp_path),
        read=read_drawn,
        as_of=as_of,
        clock=clock,
        reasons=Reasons(correct, again),
        skip_refused=skip_refused,
    )


def ids(tmp_path: Path) -> list[str]:
    return [p.manifest.id for p in open_history(place_in(tmp_path).folder).partitions]


def refused(tmp_path: Path, *paths: Path, **more: Any) -> Sequence[str]:
    before = ids(tmp_path)
    with pytest.raises(FaultsFound) as caught:
        read(tmp_path, *paths, **more)
    assert ids(tmp_path) == before
    return [str(fault) for fault in caught.value.faults]


def test_the_first_extract_makes_key_and_history_private(tmp_path: Path) -> None:
    report = read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05"))
    place = place_in(tmp_path)
    (ingested,) = report.ingested
    assert ingested.stored is not None
    assert ids(tmp_path) == [ingested.stored.manifest.id]
    if os.name != "nt":
        assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(place.key_file.stat().st_mode) == 0o600


def test_the_same_child_is_the_same_in_every_extract_and_no_number_is_on_the_disk(
    tmp_path: Path,
) -> None:
    rows = [{"child": "LCS-48213", "date": "2024-01-05"}]
    for as_of in ("2024-01-31", "2024-02-29"):
        read(tmp_path, write_drawn(tmp_path / as_of, as_of, "2023-09-01", {"referrals": rows}))
    place = place_in(tmp_path)
    snapshots = [p.read("referrals") for p in open_history(place.folder).partitions]
    assert snapshots[0].equals(snapshots[1])
    for path in place.folder.rglob("*"):
        assert path.is_dir() or b"48213" not in path.read_bytes()


def test_the_same_content_again_does_nothing(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    read(tmp_path, path)
    folder = place_in(tmp_path).folder
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if WORK not in p.parts}
    (ingested,) = read(tmp_path, path).ingested
    assert (ingested.stored, ingested.admitted.already) == (None, ids(tmp_path)[0])
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if WORK not in p.parts} == before


def test_a_second_extract_of_a_day_needs_a_reason_and_then_both_are_kept(tmp_path: Path) -> None:
    read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05"))
    other = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-06", name="mended.json")
    (fault,) = refused(tmp_path, other)
    assert "another annex-a extract as at 2024-01-31" in fault
    assert '--correct "why"' in fault
    (ingested,) = read(tmp_path, other, correct="a list was cut short").ingested
    assert (ingested.admitted.version, len(ids(tmp_path))) == (2, 2)
    history = open_history(place_in(tmp_path).folder)
    assert history.partitions[1].manifest.corrects == "a list was cut short"
    known = known_at(history)
    assert known.tables["referrals"]["date"].dt.day.tolist() == [6]


def test_a_reason_to_correct_corrects_nothing_where_nothing_is_held(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    (ingested,) = read(tmp_path, path, correct="why").ingested
    assert (ingested.admitted.version, ingested.admitted.corrects) == (1, "")


def test_two_extracts_of_one_day_in_one_command_are_refused_even_with_a_reason(
    tmp_path: Path,
) -> None:
    one = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05", name="one")
    other = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-06", name="other")
    (fault,) = refused(tmp_path, one, other, correct="why")
    assert "other" in fault


def test_all_faults_of_all_sources_are_told_together_and_nothing_is_stored(tmp_path: Path) -> None:
    good = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    bad = month(tmp_path, "2024-02-29", "2023-09-01", refuse=["no List 3", "no List 4"])
    late = month(tmp_path, "2030-01-31", "2029-08-01")
    faults = refused(tmp_path, bad, good, late, tmp_path / "nowhere")
    assert len(faults) == 4
    assert [f.split(": ", 1)[1].split("\n")[0] for f in faults] == [
        "no List 3",
        "no List 4",
        "there is no such file or folder",
        "2030-01-31 is still to come",
    ]


def test_refused_sources_may_be_skipped_but_not_in_silence(tmp_path: Path) -> None:
    good = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    bad = month(tmp_path, "2024-02-29", "2023-09-01", refuse=["no List 3"])
    report = read(tmp_path, bad, good, skip_refused=True)
    assert [each.path for each in report.ingested] == [good]
    assert [fault.found for fault in report.refused] == ["no List 3"]
    assert refused(tmp_path, bad, skip_refused=True)  # with nothing left there is nothing to skip


def test_one_content_on_two_days_is_a_slip(tmp_path: Path) -> None:
    path = month(tmp_path, None, "2023-08-01", "2024-01-05")
    read(tmp_path, path, as_of=date(2024, 1, 31))
    (fault,) = refused(tmp_path, path, as_of=date(2024, 2, 29))
    assert "the same content is in the history as at 2024-01-31, not 2024-02-29" in fault
    assert "it does not say its day" in refused(tmp_path, path)[0]


def test_local_figures_that_have_not_changed_may_stand_for_another_day(tmp_path: Path) -> None:
    path = write_drawn(
        tmp_path / "local.json",
        None,
        "2023-08-01",
        {"local_figures": [{"measure": "m", "period": "2024-01"}]},
        format="local-figures",
    )
    for day in (date(2024, 1, 31), date(2024, 2, 29)):
        read(tmp_path, path, as_of=day)
    assert len(ids(tmp_path)) == 2


def warnings(report: IngestReport) -> list[str]:
    return [line for each in report.ingested for line in each.admitted.warnings]


def test_a_skipped_month_and_days_that_no_extract_covers_are_told(tmp_path: Path) -> None:
    read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01"))
    assert warnings(read(tmp_path, month(tmp_path, "2024-02-29", "2023-09-01"))) == []
    (skipped,) = warnings(read(tmp_path, month(tmp_path, "2024-04-30", "2023-11-01")))
    assert skipped.startswith(
        "no extract shows March 2024 last: the one before is as at 2024-02-29"
    )
    assert "bridge up to 6 months" in skipped
    skipped, gap = warnings(read(tmp_path, month(tmp_path, "2024-12-31", "2024-07-01")))
    assert "no extract shows May 2024 to November 2024 last" in skipped
    assert gap.startswith("no extract covers 2024-05-01 to 2024-06-30 for referrals")


def test_a_few_days_after_the_month_is_no_skipped_month(tmp_path: Path) -> None:
    read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01"))
    assert warnings(read(tmp_path, month(tmp_path, "2024-03-04", "2023-09-01"))) == []
    assert warnings(read(tmp_path, month(tmp_path, "2024-03-31", "2023-10-01"))) == []


def test_an_extract_of_before_the_latest_is_taken_and_told(tmp_path: Path) -> None:
    read(tmp_path, month(tmp_path, "2024-02-29", "2023-09-01"))
    (told,) = warnings(read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01")))
    assert told.startswith("earlier than the latest annex-a extract, 2024-02-29")


def test_several_months_at_once_in_any_order_are_read_by_day(tmp_path: Path) -> None:
    paths = [
        month(tmp_path, f"2024-0{k}-28", f"2023-0{k + 4}-01", f"2024-0{k}-02") for k in (3, 1, 2)
    ]
    report = read(tmp_path, *paths)
    assert warnings(report) == []
    assert [each.extract.as_of.month for each in report.ingested] == [1, 2, 3]


def test_a_purged_extract_is_not_taken_again_unnoticed(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    read(tmp_path, path)
    (extract_id,) = ids(tmp_path)
    purge_one(place_in(tmp_path), extract_id, "data manager", "wrong authority", clock)
    assert ids(tmp_path) == []
    (fault,) = refused(tmp_path, path)
    assert "this extract was purged: 2025-01-15 extract" in fault
    assert "wrong authority" in fault
    read(tmp_path, path, again="it was the right one")
    history, tombstones = listed(place_in(tmp_path))
    assert history.partitions[0].manifest.again == "it was the right one"
    assert len(tombstones) == 2  # begun and done


def test_what_was_too_old_is_not_taken_again_either(tmp_path: Path) -> None:
    path = month(tmp_path, "2014-01-31", "2013-08-01", "2014-01-05")
    read(tmp_path, path)
    assert purge_old(place_in(tmp_path), date(2014, 1, 31), "r", "retention", clock) is None
    done = purge_old(place_in(tmp_path), date(2014, 2, 1), "r", "retention", clock)
    assert done is not None
    assert done.partitions == 1
    assert "retention" in refused(tmp_path, path)[0]


def test_another_key_stops_it_before_anything_is_read(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    read(tmp_path, path)
    key = place_in(tmp_path).key_file
    old = key.read_text(encoding="ascii")
    key.write_text("ab" * 32, encoding="ascii")
    assert "another key" in refused(tmp_path, month(tmp_path, "2024-02-29", "2023-09-01"))[0]
    key.unlink()
    assert "the key is not there" in refused(tmp_path, path)[0]
    assert not key.exists()
    key.write_text(old, encoding="ascii")
    read(tmp_path, month(tmp_path, "2024-02-29", "2023-09-01"))


def test_a_misplaced_history_is_refused_before_it_is_made(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    with pytest.raises(FaultsFound, match="2 faults found"):
        read(tmp_path, path)
    assert not place_in(tmp_path).folder.exists()
    assert not place_in(tmp_path).key_file.exists()


def test_while_another_command_is_at_work_on_it(tmp_path: Path) -> None:
    path = month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05")
    read(tmp_path, path)
    work = place_in(tmp_path).folder / WORK
    now = datetime(2024, 5, 1, tzinfo=UTC)
    with (
        run_lock(work, "reading 1 extract", clock=lambda: now),
        pytest.raises(Busy, match="Another run is at work on this history") as caught,
    ):
        read(tmp_path, path)
    assert "reading 1 extract" in str(caught.value)


def test_there_is_nothing_to_list_or_purge_without_a_history(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="there is no history of exampleton"):
        listed(place_in(tmp_path))
    with pytest.raises(FaultsFound, match="there is no history of exampleton"):
        purge_old(place_in(tmp_path), date(2024, 1, 1), "r", "w", clock)
    assert not place_in(tmp_path).folder.exists()


def test_an_unknown_extract_is_told_with_the_nearest(tmp_path: Path) -> None:
    read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05"))
    (extract_id,) = ids(tmp_path)
    with pytest.raises(FaultsFound) as caught:
        purge_one(place_in(tmp_path), extract_id[:-1], "r", "w", clock)
    assert f"did you mean '{extract_id}'?" in str(caught.value)


def test_an_extract_of_before_an_erasure_is_read_with_a_warning(tmp_path: Path) -> None:
    """Nobody wrote down whose rows went, so that nobody but a person can keep them out."""
    read(tmp_path, month(tmp_path, "2024-01-31", "2023-08-01", "2024-01-05"))
    purge_number(place_in(tmp_path), ["100"], "data protection officer", "erasure", clock)
    before = month(tmp_path, "2024-02-29", "2023-09-01", "2024-01-05")
    (told,) = warnings(read(tmp_path, before))
    assert f"last on {clock():%Y-%m-%d}" in told
    assert "if it holds them, purge them again" in told
    # What shows a later day may hold a child who was referred anew.
    later = datetime(2025, 3, 1, tzinfo=UTC)
    report = ingest(
        [month(tmp_path, "2025-02-28", "2024-09-01")],
        place_in(tmp_path),
        read=read_drawn,
        as_of=None,
        clock=lambda: later,
    )
    assert not [each for each in warnings(report) if "removed at a request" in each]
