"""Whole books made as a person makes them: what changes a page, what fails, what stays out."""

from __future__ import annotations

import getpass
import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import nbformat
import pytest
from projects import ROOT, run_scrutiny

from scrutinybook.errors import ExitCode

pytestmark = pytest.mark.book

EDITION = "plymouth-2023-03"
TEXTS = {".html", ".js", ".json", ".css", ".svg", ".ipynb", ".txt", ".csv", ".xml"}


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file under a folder with a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page_text(page: Path) -> str:
    """What a reader sees of a page, drawings and their descriptions included, in one line."""
    return " ".join(lxml.html.parse(page).getroot().text_content().split())


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file of words under a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXTS:
            yield path, path.read_text(encoding="utf-8")


def test_every_edition_has_its_book_and_the_list_links_to_it(built: Path, site: Path) -> None:
    editions = run_scrutiny(built, "list").stdout.split()
    assert EDITION in editions
    linked = {link for _, _, link, _ in lxml.html.parse(site / "index.html").getroot().iterlinks()}
    for edition in editions:
        assert (site / edition / "index.html").is_file()
        assert f"{edition}/index.html" in linked


def test_the_front_door_of_march_2023_says_what_the_figures_show(site: Path) -> None:
    said = page_text(site / EDITION / "front-door.html")
    for words in (
        "255 referrals in March 2023",
        "highest count of 2022/23",
        "21, 20 and 23 working days",
        "not referrals into a multi-agency safeguarding hub",
        "December 2021",
        "first came out on 26 October 2023",
    ):
        assert words in said, words


def test_the_book_of_march_2024_looks_back_to_the_edition_before(site: Path) -> None:
    assert "The edition for March 2023" in page_text(site / "plymouth-2024-03/front-door.html")


def test_no_period_after_the_month_of_the_edition(site: Path) -> None:
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    later = re.compile(
        rf"20(2[3-9])/\d\d|({months}) (202[4-9])"
        "|(April|May|June|July|August|September|October|November|December) 2023"
        r"|(?<![\d-])(2023-(0[4-9]|1[0-2])|202[4-9]-(0[1-9]|1[0-2]))(?!-?\d)"
    )
    # Of days after the edition's month there may stand when a release came out, and when an
    # analyst decided where limits begin: both are about the making of the book, not the figures.
    # And when a forecast that the committee was told can be judged, and since when a method is so.
    allowed = re.compile(
        r"came out (?:on |in (?:or about )?)(?:\d{1,2} )?\w+ \d{4}"
        r"|Since \d{1,2} \w+ \d{4}(?=: )"
        r"|An analyst decided on \d{1,2} \w+ \d{4}"
        r"|reporting year \d{4}(?: \w+ \d{4}(?= (?:yes|no)))?"
        r"|It speaks of the future, and its time comes in \w+ \d{4}"
    )
    pages = sorted((site / EDITION).glob("*.html"))
    assert len(pages) > 10
    for page in pages:
        if page.name.startswith("code-"):
            continue
        said = allowed.sub("", page_text(page))
        found = [said[max(0, m.start() - 60) : m.end() + 20] for m in later.finditer(said)]
        assert not found, (page.name, found)
    for path in sorted((site / EDITION / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", ()):
                html = "".join(output.get("data", {}).get("text/html", ""))
                for table in lxml.html.fragment_fromstring(html, create_parent="div").iter("table"):
                    if table.find("caption") is None or "releases" in table.find("caption").text:
                        continue
                    assert not later.search(table.text_content()), path.name


def test_no_file_names_this_machine_its_folders_or_its_user(built: Path, site: Path) -> None:
    traces = [str(built), str(built.parent), str(ROOT), str(Path.home()), "/tmp/", "site-packages"]
    traces += [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 4]
    for path, text in texts(site):
        found = [trace for trace in traces if trace in text]
        assert not found, (path.relative_to(site).as_posix(), found)


def test_an_unchanged_edition_comes_out_the_same_to_the_byte(built_copy: Path, site: Path) -> None:
    done = run_scrutiny(
        built_copy, "book", EDITION, TZ="Pacific/Auckland", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert bytes_of(built_copy / "site") == bytes_of(site)


def test_one_changed_figure_changes_the_page_and_no_other_book(
    built_copy: Path, site: Path
) -> None:
    figures = built_copy / "data/official/plymouth/figures.csv"
    text = figures.read_text(encoding="utf-8")
    row = "E06000026,referrals,2023-03,255,"
    assert text.count(row) == 1
    figures.write_text(text.replace(row, row.replace("255", "254")), encoding="utf-8", newline="")
    refused = run_scrutiny(built_copy, "build", EDITION)
    assert refused.returncode == ExitCode.FAULTS
    assert "figures have changed since the notebooks ran" in refused.stderr
    done = run_scrutiny(built_copy, "book", EDITION)
    assert done.returncode == 0, done.stdout + done.stderr
    said = page_text(built_copy / "site" / EDITION / "front-door.html")
    assert "254 referrals in March 2023" in said
    assert "255" not in said.partition("The numbers behind the charts")[0]
    before, after = bytes_of(site), bytes_of(built_copy / "site")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed
    assert {name.split("/")[0] for name in changed} == {EDITION}


@pytest.fixture
def quick_notebooks(built_copy: Path) -> Path:
    """The project with books, and with notebooks that do next to nothing."""
    for path in (built_copy / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = notebook.cells[:2]
        nbformat.write(notebook, path)
    return built_copy


def test_a_failing_notebook_is_named_with_its_cell_and_the_books_stand(
    quick_notebooks: Path,
) -> None:
    path = quick_notebooks / "notebooks/40-care-leavers.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [
        nbformat.v4.new_markdown_cell("## Where it goes wrong", id="wrong-1"),
        nbformat.v4.new_code_cell("raise ValueError('no such share')", id="wrong-2"),
    ]
    nbformat.write(notebook, path)
    before = {part: bytes_of(quick_notebooks / part) for part in ("site", "results")}
    done = run_scrutiny(quick_notebooks, "book", EDITION)
    assert done.returncode == ExitCode.NOTEBOOK
    for words in ("40-care-leavers", "cell 4", "Where it goes wrong", "ValueError: no such share"):
        assert words in done.stderr, done.stderr
    assert {part: bytes_of(quick_notebooks / part) for part in before} == before


def test_a_warning_of_the_book_build_fails_it_and_the_books_stand(built_copy: Path) -> None:
    glossary = built_copy / "book/glossary.md"
    text = glossary.read_text(encoding="utf-8")
    glossary.write_text(f"{text}\nSee [elsewhere](no-such-page.md).\n", encoding="utf-8")
    before = bytes_of(built_copy / "site")
    done = run_scrutiny(built_copy, "build", EDITION)
    assert done.returncode == ExitCode.BOOK, done.stdout + done.stderr
    assert "no-such-page" in done.stderr
    assert bytes_of(built_copy / "site") == before
