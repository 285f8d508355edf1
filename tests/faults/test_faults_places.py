"""Books on a git branch and at an address: published, corrected, withdrawn; what faults leave."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from projects import copy_project
from signed_project import DAY, PAGES, REAL, clock, make, write_results

from scrutinybook.errors import FaultsFound
from scrutinybook.publications import of_authority
from scrutinybook.publish.destination import Destination
from scrutinybook.publish.places import place_at
from scrutinybook.signoff.publishing import correct, publish, withdraw
from scrutinybook.signoff.sign_off import sign
from scrutinybook.workspace import Workspace

WHY = "Referrals of one team were counted twice"
GIT = shutil.which("git")


class Place:
    """A place of books outside, and what a reader finds there."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder

    @property
    def found(self) -> dict[str, str]:
        """Every page of now, by name; nothing where there is none yet."""
        if self.address.startswith("git+"):
            return self._on_branch()
        fs, root = fsspec.core.url_to_fs(self.address)
        names = [name for name in fs.find(root) if name.endswith(".html")]
        start = fs._strip_protocol(root)
        return {name.removeprefix(f"{start}/"): fs.cat_file(name).decode() for name in names}

    def _on_branch(self) -> dict[str, str]:
        names = ask(self.folder, "ls-tree", "-r", "--name-only", "refs/heads/pages").splitlines()
        pages = [name for name in names if name.endswith(".html")]
        return {name: ask(self.folder, "show", f"refs/heads/pages:{name}") for name in pages}


def ask(repository: Path, *words: str) -> str:
    command = [str(GIT), f"--git-dir={repository}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture(params=["git", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "outside"
    if request.param == "git":
        if GIT is None:
            pytest.skip("git is not on this machine")
        subprocess.run([GIT, "init", "--bare", "--quiet", str(folder)], check=True)
        yield Place(f"git+{folder}#pages", folder)
    elif request.param == "file":
        yield Place(f"file://{folder}", folder)
    else:
        yield Place("memory://books", folder)
        fs, root = fsspec.core.url_to_fs("memory://books")
        if fs.exists(root):
            fs.rm(root, recursive=True)


@pytest.fixture
def ready(tmp_path: Path) -> Workspace:
    workspace = make(tmp_path / "project")
    sign(workspace, REAL, "head of performance", DAY.date())
    return workspace


def published(workspace: Workspace, place: Place) -> None:
    with place_at(place.address, REAL, workspace.scratch, clock) as at:
        publish(workspace, REAL, at.folder, clock, at.deliver)


def corrected(workspace: Workspace, place: Place) -> None:
    write_results(workspace, REAL, 254)
    sign(workspace, REAL, "analyst", DAY.date())
    with place_at(place.address, REAL, workspace.scratch, clock) as at:
        correct(workspace, REAL, at.folder, WHY, clock, at.deliver)


def withdrawn(workspace: Workspace, place: Place) -> None:
    with place_at(place.address, REAL, workspace.scratch, clock) as at:
        withdraw(workspace, REAL, at.folder, WHY, clock, at.deliver)


def test_a_signed_edition_comes_before_readers_with_the_list_of_books(
    ready: Workspace, place: Place
) -> None:
    assert place.found == {}
    published(ready, place)
    assert {f"{REAL}/{name}" for name in PAGES} <= place.found.keys()
    assert REAL in place.found["index.html"]
    assert [each.what for each in of_authority(ready, REAL)] == ["published"]
    before = place.found
    published(ready, place)  # once more, as it stands
    assert place.found == before
    assert [each.what for each in of_authority(ready, REAL)] == ["published"]
    assert not list(ready.scratch.glob("publish-*"))


def test_corrections_and_withdrawals_are_on_every_page(ready: Workspace, place: Place) -> None:
    published(ready, place)
    corrected(ready, place)
    for name in PAGES:
        assert "This edition was corrected on 3 April 2023." in place.found[f"{REAL}/{name}"]
    withdrawn(ready, place)
    for name in PAGES:
        assert "was withdrawn on 3 April 2023" in place.found[f"{REAL}/{name}"]
    assert "was withdrawn on 3 April 2023" in place.found["index.html"]
    what = [each.what for each in of_authority(ready, REAL)]
    assert what == ["published", "corrected", "withdrawn"]
    with pytest.raises(FaultsFound, match="it was withdrawn"):
        published(ready, place)


def test_other_figures_are_not_put_there_unsaid(ready: Workspace, place: Place) -> None:
    published(ready, place)
    before = place.found
    write_results(ready, REAL, 254)
    sign(ready, REAL, "analyst", DAY.date())
    with pytest.raises(FaultsFound, match="readers would not be told"):
        published(ready, place)
    assert place.found == before


def test_a_delivery_that_fails_is_not_on_record_and_can_be_done_again(
    ready: Workspace, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(ready, place)
    before = place.found
    with monkeypatch.context() as patch:
        break_delivery(place, patch)
        with pytest.raises((FaultsFound, OSError)):
            corrected(ready, place)
    mend_delivery(place)
    if not place.address.startswith("memory"):  # files are replaced one by one there
        assert place.found == before
    assert [each.what for each in of_authority(ready, REAL)] == ["published"]
    corrected(ready, place)
    for name in PAGES:
        page = place.found[f"{REAL}/{name}"]
        assert page.count("This edition was corrected on 3 April 2023.") == 1
    assert [each.what for each in of_authority(ready, REAL)] == ["published", "corrected"]


def break_delivery(place: Place, patch: pytest.MonkeyPatch) -> None:
    if place.address.startswith("git+"):
        hook = place.folder / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        return

    whole, put = Destination._put, []

    def refuse(destination: Destination, path: str, content: bytes) -> None:
        put.append(path)
        if len(put) > 1:
            raise OSError("no room")
        whole(destination, path, content)

    def no_room(*args: object, **more: object) -> None:
        raise OSError("no room")

    if "file" in place.address:
        patch.setattr(Destination, "deliver", no_room)
    else:
        patch.setattr(Destination, "_put", refuse)


def mend_delivery(place: Place) -> None:
    (place.folder / "hooks" / "pre-receive").unlink(missing_ok=True)


@pytest.mark.skipif(GIT is None, reason="git is not on this machine")
def test_what_else_is_on_the_branch_is_refused_and_stays(ready: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "work"
    subprocess.run([str(GIT), "init", "-q", "-b", "pages", str(other)], check=True)
    (other / "letter.txt").write_text("not a book", encoding="utf-8")
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    for words in (["add", "."], [*who, "commit", "-q", "-m", "a letter"]):
        subprocess.run([str(GIT), "-C", str(other), *words], check=True)
    place = Place(f"git+{other}#pages", other / ".git")
    with pytest.raises(FaultsFound, match="no book"):
        published(ready, place)
    assert ask(other / ".git", "show", "pages:letter.txt") == "not a book"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "nothing"),
        ("git+/nowhere/at-all#pages", "/nowhere/at-all"),
        ("git+#pages", "REPOSITORY#BRANCH"),
        ("git+somewhere", "REPOSITORY#BRANCH"),
        ("git+somewhere#a..b", "REPOSITORY#BRANCH"),
        ("git+--upload-pack=evil#pages", "REPOSITORY#BRANCH"),
        ("git+ext::sh -c true#pages", "REPOSITORY#BRANCH"),
        ("nosuch://books", "nosuch"),
    ],
)
def test_a_place_that_cannot_be_is_told(ready: Workspace, to: str, said: str) -> None:
    with pytest.raises(FaultsFound) as refused:
        published(ready, Place(to, Path()))
    assert said in str(refused.value)
    assert of_authority(ready, REAL) == ()


def test_the_command_says_where_to_look(tmp_path: Path) -> None:
    from projects import run_scrutiny

    project = copy_project(tmp_path / "project")
    done = run_scrutiny(project, "publish", REAL, "--to", "nosuch://books")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "nosuch" in done.stderr
