"""The page of a book's record: made from the manifest alone, the same from run to run."""

from __future__ import annotations

import re
from pathlib import Path

from drawn_records import EDITION, manifest_of
from projects import ROOT

from scrutinybook.catalogue import read_catalogue
from scrutinybook.chapters.reproduce import TITLE, reproduce_page
from scrutinybook.record.keyed import plain
from scrutinybook.record.manifest import (
    Code,
    Manifest,
    NotebookRecord,
    NotebookState,
    Run,
    RunNotebook,
)
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace(ROOT))


def drawn(commit: str | None = "0123abc", *, differs: bool = False, seconds: float = 3) -> Manifest:
    words = "2 files differ from the commit" if differs else "as committed"
    state = NotebookState.RAN if seconds else NotebookState.KEPT
    notebooks = {"50-workforce": RunNotebook(state=state, seconds=seconds)}
    made = f"2026-01-01T00:00:{int(seconds):02d}"
    code = Code(commit=commit, differs=differs if commit else None, words=words)
    run = Run(made=made, code=code, python="3.11.0", platform="Linux", notebooks=notebooks)
    record = NotebookRecord(source=plain(b""), inputs=("params/measures.yml",), seed="some words")
    return manifest_of({"caseload.csv": b""}, run=run, notebooks={"50-workforce": record})


def test_a_number_leads_back_to_notebook_formula_and_input() -> None:
    page = reproduce_page(drawn(), CATALOGUE)
    assert page.splitlines()[:5] == ["---", "nosearch: true", "---", "", f"# {TITLE}"]
    assert '<a href="workforce.html#average-caseload">Average caseload</a>' in page
    assert '<a href="code-workforce.html">code</a>' in page
    assert '<a href="downloads/caseload.csv">table (CSV)</a>' in page
    assert '<a href="downloads/statistics.csv" download>' in page
    assert f"python3 run.py scrutiny verify {EDITION}" in page
    assert f"params/measures.yml</th><td>{plain(b'measures')}" in page
    assert drawn().digest in page
    assert "some words" in page
    # Of measures that the edition does not have there is nothing.
    assert "Referrals" not in page


def test_the_page_hangs_on_no_clock_and_no_store() -> None:
    assert reproduce_page(drawn(seconds=3), CATALOGUE) == reproduce_page(
        drawn(seconds=0), CATALOGUE
    )


def test_what_git_does_not_know_is_said() -> None:
    page = reproduce_page(drawn(differs=True), CATALOGUE)
    assert "git checkout 0123abc" in page
    assert "not as committed: 2 files differ from the commit" in page
    page = reproduce_page(drawn(None), CATALOGUE)
    assert "git checkout" not in page
    assert "Which commit made this book is not known" in page


def test_the_page_stands_in_each_book_with_all_that_it_links_to(site: Path) -> None:
    """Links to files are followed here; those to pages were when the book was built."""
    books = sorted(path.parent for path in site.glob("*/reproduce.html"))
    assert len(books) == len(list(site.glob("*/index.html")))
    for book in books:
        page = (book / "reproduce.html").read_text(encoding="utf-8")
        files = set(re.findall(r'href="(downloads/[^"]+)"', page))
        assert len(files) > 10
        assert all((book / name).is_file() for name in files)
        # Small tables of a council's own are told by keyed hashes alone.
        prepared = re.findall(r"data/prepared/[^<]+</th>\s*<td[^>]*>([^<]+)", page)
        assert all(each.startswith("hmac-sha256:") for each in prepared)
        assert bool(prepared) is book.name.startswith("demo")
