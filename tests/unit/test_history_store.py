"""The history on the disk: what went in comes back, the same bytes each time, private, checked."""

from __future__ import annotations

import json
import os
import stat
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from drawn_histories import AUTHORITY, KEY, clock, extract, frame, keep

from scrutinybook.errors import FaultsFound
from scrutinybook.history import private_files
from scrutinybook.history.manifest import State
from scrutinybook.history.store import WORK, open_history
from scrutinybook.history.tables import as_frame, as_parquet, as_rows, from_parquet
from scrutinybook.history.writing import Entry, put, sweep
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.noticed import Notice, Weight

REFERRALS = [
    {"child": "a", "date": "2024-01-10", "source": "Police", "no_further_action": True},
    {"child": "b", "date": "2024-01-11", "source": None, "no_further_action": None},
]
NOTICES = (
    Notice(Weight.EXCLUDE, "x.xlsx, List 3", "no number", rows=(3, 9), table="referrals"),
    Notice(Weight.WARN, "x.xlsx, List 3", "a date of 1900", rows=(4,), table="referrals"),
)


def one():
    return extract(
        "2024-01-31",
        "2023-08-01",
        {"referrals": REFERRALS},
        notices=NOTICES,
        rows_read={"referrals": 4},
    )


@pytest.mark.parametrize("table", EVENT_TABLES)
def test_every_table_comes_back_as_it_went_filled_or_empty(table: str) -> None:
    day = pd.Timestamp("2024-01-10")
    filled = {"datetime64[ns]": day, "boolean": True, "Int32": 3, "Float64": 2.5}
    kinds = {name: str(each.dtype) for name, each in EVENT_TABLES[table].columns.items()}
    full = {name: filled.get(kind, "words") for name, kind in kinds.items()}
    for rows in ([], [full], [full, {"child": "b"} if "child" in kinds else full]):
        needed = {
            name: full[name]
            for name, each in EVENT_TABLES[table].columns.items()
            if not each.nullable
        }
        made = frame(table, [{**needed, **row} for row in rows])
        back = as_frame(table, from_parquet(as_parquet(as_rows(table, made))))
        pd.testing.assert_frame_equal(back, made)


def test_the_manifest_says_what_was_read_and_what_became_of_it(tmp_path: Path) -> None:
    keep(tmp_path, one())
    (partition,) = open_history(tmp_path, AUTHORITY).partitions
    manifest = partition.manifest
    assert partition.folder == tmp_path / "annex-a" / f"2024-01-31_1_{one().content_hash[:8]}"
    assert (manifest.as_of, manifest.version, manifest.state) == (date(2024, 1, 31), 1, State.WHOLE)
    assert manifest.key_fingerprint == KEY.fingerprint
    assert manifest.ingested_at == clock()
    record = manifest.tables["referrals"]
    assert (record.rows_read, record.rows_kept, record.rows_excluded) == (4, 2, 2)
    assert record.covers_from == date(2023, 8, 1)
    assert [(n.weight, n.rows) for n in manifest.notices] == [("exclude", 2), ("warn", 1)]


def test_the_same_extract_gives_the_same_bytes(tmp_path: Path) -> None:
    keep(tmp_path / "one", one())
    keep(tmp_path / "other", one())
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    files = [name for name in files if (tmp_path / "one" / name).is_file()]
    assert len(files) == 2
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="modes are not Windows' way")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    history = keep(tmp_path / "history", one())
    inside = [p for p in history.folder.rglob("*") if WORK not in p.parts]
    modes = {p.is_dir(): stat.S_IMODE(p.stat().st_mode) for p in inside}
    assert modes == {True: 0o700, False: 0o600}


def test_a_changed_file_is_not_believed(tmp_path: Path) -> None:
    (partition,) = keep(tmp_path, one()).partitions
    path = partition.folder / "referrals.parquet"
    path.write_bytes(as_parquet(as_rows("referrals", frame("referrals", REFERRALS[:1]))))
    with pytest.raises(FaultsFound, match=r"referrals\.parquet: the file is not as it was written"):
        open_history(tmp_path).partitions[0].read("referrals")
    path.unlink()
    with pytest.raises(FaultsFound, match="there is no such file"):
        open_history(tmp_path).partitions[0].read("referrals")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no manifest.json that can be read"),
        ("[]", "holds no keys and values"),
        ('{"layout": 2}', "written by a newer version"),
        ('{"layout": 1}', "manifest.json: as_of: this key is missing"),
        (None, "no manifest.json that can be read"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_told(
    tmp_path: Path, content: str | None, said: str
) -> None:
    (partition,) = keep(tmp_path, one()).partitions
    path = partition.folder / "manifest.json"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(FaultsFound) as caught:
        open_history(tmp_path)
    assert said in str(caught.value)


def test_a_folder_that_is_not_its_manifests_own_is_told(tmp_path: Path) -> None:
    (partition,) = keep(tmp_path, one()).partitions
    partition.folder.rename(partition.folder.with_name("2024-02-29_1_00000000"))
    with pytest.raises(FaultsFound, match=r"manifest\.json is of annex-a/2024-01-31_1_"):
        open_history(tmp_path)


def test_one_history_is_of_one_authority(tmp_path: Path) -> None:
    keep(tmp_path, one())
    with pytest.raises(FaultsFound, match="this is the history of exampleton"):
        open_history(tmp_path, "plymouth")


def test_an_absent_folder_is_an_empty_history(tmp_path: Path) -> None:
    assert open_history(tmp_path / "nowhere").partitions == ()


def test_a_reader_that_does_not_say_from_when_it_covers_is_a_defect(tmp_path: Path) -> None:
    silent = extract("2024-01-31", {}, {"referrals": REFERRALS})
    with pytest.raises(ValueError, match="from when it covers referrals"):
        put(tmp_path, silent, Entry(AUTHORITY, 1, KEY.fingerprint, clock()))
    assert list(tmp_path.iterdir()) == []


def test_what_killed_commands_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    history = keep(tmp_path, one())
    for left in (tmp_path / WORK / "fresh-1", tmp_path / WORK / "gone-1"):
        left.mkdir()
        (left / "referrals.parquet").touch()
    (tmp_path / ".tombstones.jsonl.ab.part").touch()
    sweep(tmp_path)
    left_over = sorted(p.name for p in tmp_path.rglob("*") if p.is_file())
    assert left_over == ["manifest.json", "referrals.parquet"]
    assert list((tmp_path / WORK).iterdir()) == []
    assert open_history(tmp_path).partitions == history.partitions


def test_a_disk_where_folders_cannot_be_synced_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a folder cannot be opened."""
    real = os.open

    def no_folders(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", no_folders)
    assert len(keep(tmp_path, one()).partitions) == 1


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_written_once_stays_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:

        def refuse(self: Path, target: Path) -> None:
            if self.exists():
                raise FileExistsError
            raise OSError(1, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "key"
    private_files.write_once(path, b"first")
    private_files.write_once(path, b"second")
    assert path.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_a_manifest_holds_no_row(tmp_path: Path) -> None:
    (partition,) = keep(tmp_path, one()).partitions
    told = (partition.folder / "manifest.json").read_text(encoding="utf-8")
    assert "Police" not in told
    assert "2024-01-10" not in told
    assert set(json.loads(told)["tables"]) == {"referrals"}
