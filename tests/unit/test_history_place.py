"""Where history and key may lie: apart, and nowhere that git would take them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from drawn_histories import AUTHORITY, KEY

from scrutinybook.errors import FaultsFound
from scrutinybook.history import place as place_module
from scrutinybook.history.authority import authority_slug
from scrutinybook.history.git_tracking import git_would_track
from scrutinybook.history.key import open_key
from scrutinybook.history.place import Place, place_faults, place_of
from scrutinybook.naming import Named

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def said(place: Place) -> str:
    return "\n".join(map(str, place_faults(place)))


def at(history: Path, key: Path) -> Place:
    return Place(AUTHORITY, history, key)


def test_by_default_both_lie_outside_the_checkout_and_apart(tmp_path: Path) -> None:
    place = place_of("plymouth")
    assert place.folder.name == "plymouth"
    assert place.key_file.name == "plymouth.key"
    assert not place.key_file.is_relative_to(place.folder)
    root = Path(place_module.__file__).resolve().parents[3]
    assert not place.folder.resolve().is_relative_to(root)
    assert place_of("plymouth", tmp_path, tmp_path / "k").folder == tmp_path


@needs_git
@pytest.mark.parametrize("inside", [".", "deep/down/here"])
def test_a_history_that_git_would_track_is_refused(
    repository: Path, tmp_path: Path, inside: str
) -> None:
    place = at(repository / inside, tmp_path / "key")
    assert "git would track the history" in said(place)
    assert "--history or SCRUTINY_HISTORY" in said(place)


@needs_git
@pytest.mark.parametrize(
    ("ignored", "is_refused"),
    [
        ("history/\n", False),
        ("history/**\n", False),
        ("*.parquet\n", True),
        ("history/**\n!tombstones.jsonl\n", True),
        ("", True),
    ],
)
def test_it_may_lie_in_a_work_tree_only_where_git_ignores_every_file_of_it(
    repository: Path, tmp_path: Path, ignored: str, is_refused: bool
) -> None:
    (repository / ".gitignore").write_text(ignored, encoding="utf-8")
    place = at(repository / "history", tmp_path / "key")
    assert bool(place_faults(place)) is is_refused
    place.folder.mkdir()
    assert bool(place_faults(place)) is is_refused


@needs_git
def test_a_key_that_git_would_track_is_refused(repository: Path, tmp_path: Path) -> None:
    place = at(tmp_path / "history", repository / "key")
    assert "git would track the key" in said(place)
    (repository / ".gitignore").write_text("key\n", encoding="utf-8")
    assert place_faults(place) == []


@needs_git
def test_variables_of_another_repository_do_not_mislead(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    subprocess.run(["git", "init", "-q", str(other)], check=True)
    (other / ".git" / "info" / "exclude").write_text("*\n", encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert git_would_track(repository / "history", ["manifest.json"])


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_without_git_any_folder_below_a_repository_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    root = tmp_path / "repository"
    root.mkdir()
    mark = root / ".git"
    mark.mkdir() if kind == "folder" else mark.write_text("gitdir: elsewhere", encoding="utf-8")
    assert git_would_track(root)
    assert git_would_track(root / "a" / "b")
    assert not git_would_track(tmp_path / "beside")


@needs_git
def test_a_repository_that_git_will_not_speak_of_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    assert git_would_track(tmp_path / "history")


def test_the_key_may_not_lie_inside_the_history(tmp_path: Path) -> None:
    assert "inside the history" in said(at(tmp_path / "h", tmp_path / "h" / "k" / "key"))
    assert "inside the history" in said(at(tmp_path / "h", tmp_path / "x" / ".." / "h" / "key"))
    assert said(at(tmp_path / "h", tmp_path / "key")) == ""


def test_a_file_for_a_folder_and_a_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "a file, not a folder" in said(at(tmp_path / "file", tmp_path / "key"))
    assert "a folder, not a file" in said(at(tmp_path / "h", tmp_path))


def test_the_key_is_made_once_and_then_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "k.key"
    made = open_key(path, set())
    assert len(made.key) == 32
    before = path.read_bytes()
    assert open_key(path, {made.fingerprint}) == made
    assert path.read_bytes() == before
    assert open_key(tmp_path / "another.key", set()).key != made.key


def test_a_lost_key_is_never_silently_a_new_one(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="no child of the history would be found again"):
        open_key(tmp_path / "k.key", {KEY.fingerprint})
    assert not (tmp_path / "k.key").exists()


def test_another_key_is_refused(tmp_path: Path) -> None:
    open_key(tmp_path / "k.key", set())
    with pytest.raises(FaultsFound, match="another key than the history was read with"):
        open_key(tmp_path / "k.key", {KEY.fingerprint})


@pytest.mark.parametrize("content", [b"", b"words", b"00ff", b"\xff\xfe", b"zz" * 32])
def test_a_file_that_is_no_key_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "k.key"
    path.write_bytes(content)
    with pytest.raises(FaultsFound, match="this is no key"):
        open_key(path, set())
    assert path.read_bytes() == content


KNOWN = (
    Named("Plymouth", frozenset({"879", "E06000026"})),
    Named("Newcastle upon Tyne", frozenset({"391"})),
    Named("Newcastle-under-Lyme", frozenset({"999"})),
)


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("Plymouth", "plymouth"),
        ("plymouth", "plymouth"),
        ("879", "plymouth"),
        ("Exampleton", "exampleton"),
        ("demo", "demo"),
        ("Dempshire", "dempshire"),
    ],
)
def test_whose_history(asked: str, slug: str) -> None:
    assert authority_slug(asked, KNOWN, ["demo"]) == slug


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Plymoth", "did you mean 'Plymouth'?"),
        ("Newcastle", "more than one authority"),
        ("demmo", "did you mean 'demo'?"),
        (" ", "no name"),
    ],
)
def test_a_slip_does_not_begin_another_history(asked: str, said: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        authority_slug(asked, KNOWN, ["demo"])
    assert said in str(caught.value)
