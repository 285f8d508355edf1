"""A fleet over the Department's real files: its books are those of the single command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import copy_project, run_scrutiny

from scrutinybook.book.checks import outside_addresses, read_page
from scrutinybook.sources.authorities import authorities_in
from scrutinybook.sources.folder import read_folder
from scrutinybook.sources.releases import Releases

pytestmark = pytest.mark.book


@pytest.fixture(scope="module")
def files(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as a person has them: one folder."""
    folder = tmp_path_factory.mktemp("files")
    for name in ("dfe_children_in_need", "dfe_outcomes"):
        shutil.copytree(reference / "data" / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def made(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project and its fleet's books, in ``books``: one month of two, one of which has none."""
    project = copy_project(tmp_path_factory.mktemp("fleet") / "project")
    done = _fleet(project, files)
    assert done[0] == 0, done
    assert "1 book made" in done[1]
    assert "cumberland-2023-03: left out: " in done[1]
    assert "2023-03 is before the figures" in done[1]
    return project


def _fleet(project: Path, files: Path) -> tuple[int, str, str]:
    words = ["fleet", str(files), "--to", "books", "--authorities", "Torbay;Cumberland"]
    done = run_scrutiny(project, *words, "--editions", "2023-03", "--workers", "1")
    return done.returncode, done.stdout, done.stderr


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_book_of_a_fleet_is_that_of_the_single_command(made: Path, files: Path) -> None:
    assert run_scrutiny(made, "official", str(files), "--authority", "Torbay").returncode == 0
    assert run_scrutiny(made, "new", "--authority", "Torbay", "--month", "2023-03").returncode == 0
    done = run_scrutiny(made, "book", "torbay-2023-03")
    assert done.returncode == 0, done.stderr
    fleet, single = _bytes(made / "books/torbay-2023-03"), _bytes(made / "site/torbay-2023-03")
    names = fleet.keys() | single.keys()
    assert [name for name in names if fleet.get(name) != single.get(name)] == []


def test_a_second_run_makes_nothing_again(made: Path, files: Path) -> None:
    before = _bytes(made / "books")
    code, out, _ = _fleet(made, files)
    assert code == 0
    assert "1 book unchanged" in out
    assert _bytes(made / "books") == before


def test_the_page_of_all_authorities_gives_funnels_and_no_ranks(made: Path) -> None:
    page = read_page(made / "books" / "index.html")
    assert outside_addresses(page) == []
    assert len(page.xpath("//main//h1")) == 1
    links = [str(link) for link in page.xpath("//ul[@class='sb-authorities']//a/@href")]
    assert links == ["torbay-2023-03/index.html"]
    drawings = page.xpath("//figure//svg[@role='img']")
    assert len(drawings) >= 8
    for table in page.xpath("//table"):
        names = [cell.text_content() for cell in table.xpath(".//tbody//th")]
        assert names == sorted(names)
        assert len(names) > 140
        assert "Rank" not in table.text_content()
    ids = [str(each) for each in page.xpath("//@id")]
    assert len(ids) == len(set(ids))


def test_every_authority_of_today_can_be_asked_for(files: Path, made: Path) -> None:
    folder = read_folder(files, Releases.load(made / "data/official/releases.yml"))
    assert len(authorities_in(folder).current) == 153
