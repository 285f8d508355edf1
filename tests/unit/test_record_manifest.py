"""A record's manifest: read as written, refused where it is not one, never half of two."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from drawn_records import EDITION, manifest_of, manifests
from hypothesis import given, settings

from scrutinybook.errors import FaultsFound
from scrutinybook.record import read_manifest, record_folder
from scrutinybook.record.keyed import KEY_VARIABLE, key_for
from scrutinybook.record.manifest import FILE, Manifest, manifest_from
from scrutinybook.record.writing import SIGN_OFF, kept_manifest, put_record
from scrutinybook.workspace import Workspace


@given(manifests())
@settings(max_examples=50, deadline=None)
def test_a_manifest_written_and_read_is_itself(made: Manifest) -> None:
    again = Manifest.model_validate(json.loads(made.as_json()))
    assert again == made
    assert again.digest == made.digest


@given(manifests(), manifests())
@settings(max_examples=50, deadline=None)
def test_a_digest_tells_of_what_was_published_and_not_of_the_run(
    one: Manifest, other: Manifest
) -> None:
    apart = ("run", "packages", "lock", "inputs", "modules", "makers", "notebooks")
    rerun = one.model_copy(update={name: getattr(other, name) for name in apart})
    assert rerun.digest == one.digest
    assert (one.digest == other.digest) is (one.tables == other.tables)


def test_an_edition_without_a_record_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match=f"record/{EDITION}/{FILE}: there is no record") as error:
        read_manifest(Workspace(tmp_path), EDITION)
    assert f"scrutiny book {EDITION}" in str(error.value)


@pytest.mark.parametrize("asked", ["../params", "plymouth", "", "plymouth-2023-13"])
def test_what_is_no_id_names_no_folder(tmp_path: Path, asked: str) -> None:
    with pytest.raises(FaultsFound, match="not an edition's id"):
        record_folder(Workspace(tmp_path), asked)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"editions": 1}, "unknown key 'editions'"),
        ({"version": 2}, "version 2 of the manifest"),
        ({"version": None}, "no version"),
        ({"version": "1"}, "version '1' of the manifest"),
        ({"edition": "torbay-2023-03"}, "the record of torbay-2023-03"),
        ({"parameters": {"edition": {"authority": "Plymouth", "month": "2023-03"}}}, "'previous'"),
        (
            {"parameters": {"edition": {"authority": "Torbay", "month": "2023-03"}, "previous": 0}},
            "those of torbay-2023-03",
        ),
        ({"inputs": {"params/measures.yml": "0123"}}, "should match pattern"),
        ({"tables": {"a.csv": {"hash": "sha256:" + "0" * 64}}}, "this key is missing"),
        ({"run": None}, "nothing"),
    ],
)
def test_a_manifest_that_is_none_is_refused_by_name(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    data = json.loads(_drawn().as_json())
    path = tmp_path / FILE
    path.write_text(json.dumps({**data, **changed}), encoding="utf-8")
    with pytest.raises(FaultsFound) as error:
        manifest_from(path, f"record/{EDITION}/{FILE}", EDITION)
    text = str(error.value)
    assert said in text, text
    assert f"record/{EDITION}/{FILE}" in text


@pytest.mark.parametrize("kept", [0, 1, 60, -3])
def test_a_manifest_that_is_cut_off_is_said_to_be(tmp_path: Path, kept: int) -> None:
    path = tmp_path / FILE
    path.write_bytes(_drawn().as_json()[:kept])
    with pytest.raises(FaultsFound, match="cut off or damaged"):
        manifest_from(path, FILE, EDITION)


def test_a_record_is_the_old_one_or_the_new_one_wherever_the_writing_stops(
    tmp_path: Path,
) -> None:
    """Each step that touches the disk is the last one, in turn."""
    workspace = Workspace(tmp_path)
    old, new = _drawn({"a.csv": b"old"}), _drawn({"a.csv": b"new"})
    outcomes = []
    for step in range(40):
        put_record(workspace, old, {"a.csv": b"old"})
        with pytest.MonkeyPatch.context() as patch, suppress(KeyboardInterrupt):
            asked = _stop_at(patch, step)
            put_record(workspace, new, {"a.csv": b"new"})
        found = read_manifest(workspace, EDITION)
        held = (record_folder(workspace, EDITION) / found.tables_folder / "a.csv").read_bytes()
        assert (found, held) in [(old, b"old"), (new, b"new")], step
        outcomes.append(found == new)
        if asked() <= step:
            break
    assert outcomes == sorted(outcomes), "the new record stands from some step on"
    assert outcomes[0] is False
    assert outcomes[-1] is True
    put_record(workspace, new, {"a.csv": b"new"})
    folder = record_folder(workspace, EDITION)
    assert sorted(path.name for path in folder.iterdir()) == [FILE, new.tables_folder]


def test_a_signed_record_is_kept_when_a_run_replaces_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    old, new = _drawn({"a.csv": b"old"}), _drawn({"a.csv": b"new"})
    put_record(workspace, old, {"a.csv": b"old"})
    folder = record_folder(workspace, EDITION)
    (folder / SIGN_OFF).write_text(f"digest: {old.digest}\n", encoding="utf-8")
    for _ in range(2):
        put_record(workspace, new, {"a.csv": b"new"})
    kept = kept_manifest(workspace, EDITION, old.digest)
    assert kept is not None
    assert manifest_from(kept, kept.name, EDITION) == old
    assert (folder / old.tables_folder / "a.csv").read_bytes() == b"old"
    assert read_manifest(workspace, EDITION) == new
    assert kept_manifest(workspace, EDITION, new.digest) is None


def test_hashes_of_a_councils_tables_need_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "one.key"))
    one = key_for("council", "plymouth")
    assert key_for("council", "plymouth") == one
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "other.key"))
    other = key_for("council", "plymouth")
    content = b"7,[c]"
    hashes = {key.of(content) for key in (one, other, key_for("published", "plymouth"))}
    assert len(hashes) == 3
    assert len({one.name, other.name, "open"}) == 3
    assert one.secret.hex() not in one.name
    (tmp_path / "other.key").write_text("0123", encoding="utf-8")
    with pytest.raises(FaultsFound, match="this is no key"):
        key_for("council", "plymouth")


def _drawn(held: dict[str, bytes] | None = None) -> Manifest:
    return manifest_of(held or {"a.csv": b"one"})


def _stop_at(patch: pytest.MonkeyPatch, step: int) -> Callable[[], int]:
    """Let nothing touch the disk from one step on, as after a kill; tells how many were asked."""
    asked = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def touch(*args: Any, **kwargs: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked > step:
                raise KeyboardInterrupt
            return function(*args, **kwargs)

        return touch

    for home, name in (
        *((Path, each) for each in ("mkdir", "write_bytes", "rename", "unlink")),
        *((os, "replace"), (shutil, "rmtree")),
    ):
        patch.setattr(home, name, counted(getattr(home, name)))
    return lambda: asked
