"""The committee pack as Chromium prints it: tags, bookmarks, page numbers, the same bytes again."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from sample_results import PAGE

from scrutinybook.pack import make_pack

pytestmark = [pytest.mark.browser, pytest.mark.book]
MARK = "Draft: not signed off"


def printed(site: Path, scratch: Path) -> bytes:
    pack = make_pack(site, PAGE.edition, is_whole=True, scratch=scratch, marks=[MARK])
    return pack.data


@pytest.fixture(scope="module")
def pack(sample_site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample's whole book; `browser` skips where there is none."""
    return printed(sample_site, tmp_path_factory.mktemp("pack"))


def test_it_says_its_title_and_language_and_no_time(pack: bytes) -> None:
    reader = PdfReader(io.BytesIO(pack))
    told = reader.metadata
    assert told is not None
    assert told.title == f"{PAGE.title}, {PAGE.subtitle}: whole book"
    assert told.author == PAGE.authority
    assert told.creation_date is None
    assert told.modification_date is None
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_page_bears_what_the_figures_are_the_mark_and_its_number(pack: bytes) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pack)).pages]
    for number, text in enumerate(pages, start=1):
        words = " ".join(normalize("NFKC", text).split())  # ligatures
        assert PAGE.banner in words
        assert MARK in words
        assert f"{number} of {len(pages)}" in words


def test_contents_and_bookmarks_lead_to_the_pages_they_name(pack: bytes) -> None:
    reader = PdfReader(io.BytesIO(pack))
    root, chapters = reader.outline
    assert not isinstance(root, list)
    assert root.title == PAGE.title
    assert isinstance(chapters, list)
    first = " ".join(page.extract_text() for page in reader.pages[:3])
    contents = " ".join(first.split())
    found = []
    for entry in chapters[1:]:  # the first is the contents themselves
        if isinstance(entry, list):
            assert entry  # a chapter's sections
            continue
        page = reader.get_destination_page_number(entry)
        words = " ".join(str(entry.title).split())
        assert page is not None
        # Where a line ends, extracted text may have no space.
        text = "".join(reader.pages[page].extract_text().split())
        assert words.replace(" ", "") in text
        found.append((words, page + 1))
    assert len(found) >= 5
    for words, number in found:
        assert f"{words} {number}" in contents


def test_there_is_nothing_to_press_or_to_fetch(pack: bytes) -> None:
    reader = PdfReader(io.BytesIO(pack))
    assert "/AcroForm" not in reader.root_object
    text = " ".join(page.extract_text() for page in reader.pages)
    assert not re.search(r"\bDownload\b|Skip to main|Code behind", text)
    for page in reader.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            assert str(action.get("/URI", "https://")).startswith("https://")


def test_printed_again_it_is_the_same_to_the_byte(
    pack: bytes, sample_site: Path, tmp_path: Path
) -> None:
    assert printed(sample_site, tmp_path / "again") == pack


def test_poppler_reads_its_tags_without_a_complaint(pack: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("pdfinfo is not on this machine; install the package poppler-utils")
    file = tmp_path / "pack.pdf"
    file.write_bytes(pack)
    ran = subprocess.run([program, "-struct", file], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    for kind in ("H1", "H2", "H3", "Figure", "Table", "TH", "LI", "Link"):
        assert re.search(rf"^ *{kind}\b", ran.stdout, re.MULTILINE), kind


def test_charts_have_words_for_who_cannot_see_them(pack: bytes) -> None:
    tree = PdfReader(io.BytesIO(pack)).root_object["/StructTreeRoot"]
    words = [str(each.get("/Alt", "")) for each in elements(tree) if each["/S"] == "/Figure"]
    assert "Referrals by month, October 2022 to March 2023" in " ".join(words)
    assert all(words)


def elements(node: Any) -> Iterator[Any]:
    """All elements of the tree of tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from elements(each)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K"))
