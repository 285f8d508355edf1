"""The steps of making a pack: read what was published, put it together, print it, twice."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.errors import BookFailed, Faults, FaultsFound
from scrutinybook.pack.browser import find_browser
from scrutinybook.pack.document import Document, assemble_pack
from scrutinybook.pack.pdf import finished, page_count, page_numbers
from scrutinybook.pack.printing import print_page
from scrutinybook.pack.published import read_published

PRINT_SECONDS = 180.0
"""Longest that one printing may take."""
_PRINTINGS = 4


@dataclass(frozen=True)
class Pack:
    """A printed pack."""

    data: bytes
    """The PDF."""
    pages: int
    """How many printed pages it has."""


def make_pack(
    site: Path,
    edition_id: str,
    *,
    is_whole: bool,
    scratch: Path,
    marks: Sequence[str] = (),
    browser: Path | None = None,
    limit_seconds: float = PRINT_SECONDS,
) -> Pack:
    """Print a published edition's summary, or the whole book, to one PDF.

    `marks` are words that every printed page must bear beside the book's banner. `scratch` is a
    folder for what is unfinished, made and removed here.

    Raises `FaultsFound` without such a book or without a browser, `BookFailed` where the browser
    fails or takes longer than `limit_seconds` for one printing.
    """
    faults = Faults()
    book = faults.gather(read_published, site, edition_id)
    program = faults.gather(find_browser, browser)
    if book is None or program is None:
        raise FaultsFound(faults.found)
    document = assemble_pack(book, is_whole=is_whole, marks=marks)
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        return _printed(document, program, scratch, limit_seconds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _printed(document: Document, browser: Path, folder: Path, limit_seconds: float) -> Pack:
    """Print until the contents name the pages that things are on: in practice, twice."""
    page = folder / "pack.html"
    places = [place for place, _, _ in document.entries()]
    numbers: dict[str, int] = {}
    for _ in range(_PRINTINGS):
        page.write_text(document.as_html(numbers), encoding="utf-8")
        pdf = print_page(browser, page, folder, limit_seconds=limit_seconds)
        found = page_numbers(pdf, places)
        if found == numbers:
            whole = finished(
                pdf,
                title=document.title,
                author=document.book.authority,
                headings=document.headings,
            )
            return Pack(whole, page_count(whole))
        numbers = found
    raise BookFailed("The pages of the pack come out in another order each time it is printed.")
