"""What a printed PDF says of itself: page numbers of places, and details made whole and lasting."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from scrutinybook.errors import BookFailed, Fault
from scrutinybook.pack.browser import OLDEST

CREATOR = "scrutiny pack"
_VERSION = re.compile(r"Skia/PDF m(\d+)")
# Kinds of words that came with PDF 2.0. A reader of older kinds is told what they stand for.
_NEWER_KINDS = {"/Strong": "/Span", "/Em": "/Span"}


def page_numbers(pdf: bytes, places: Iterable[str]) -> dict[str, int]:
    """The page, from 1, on which each of `places` stands. Raises `KeyError` where one is not."""
    reader = PdfReader(io.BytesIO(pdf))
    named = reader.named_destinations
    pages = {place: reader.get_destination_page_number(named[f"/{place}"]) for place in places}
    return {place: 1 + number for place, number in pages.items() if number is not None}


def finished(pdf: bytes, *, title: str, author: str, headings: Iterable[str]) -> bytes:
    """The PDF with its title and author, without the time and the machine that it was made with.

    `headings` are all headings of the document: where one runs over two lines, a browser leaves
    out the space between them in the bookmark.

    The same pages printed by the same browser with the same fonts give the same bytes.
    Raises `BookFailed` where the browser left out what a pack must have.
    """
    reader = PdfReader(io.BytesIO(pdf))
    if faults := list(_lacks(reader)):
        raise BookFailed("The browser cannot print a pack.", faults)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    writer.metadata = {"/Title": title, "/Author": author, "/Creator": CREATOR}
    tree = writer.root_object["/StructTreeRoot"].get_object()
    if isinstance(tree, DictionaryObject):
        kinds = {NameObject(new): NameObject(old) for new, old in _NEWER_KINDS.items()}
        tree[NameObject("/RoleMap")] = DictionaryObject(kinds)
    whole = {_squeezed(each): each for each in headings}
    for mark in _bookmarks(writer.root_object["/Outlines"].get_object()):
        words = whole.get(_squeezed(str(mark["/Title"])))
        if words is not None:
            mark[NameObject("/Title")] = TextStringObject(words)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _bookmarks(holder: Any) -> Iterator[Any]:
    """The bookmarks below `holder`, all levels."""
    mark = holder.get("/First")
    while mark is not None:
        yield (this := mark.get_object())
        yield from _bookmarks(this)
        mark = this.get("/Next")


def _lacks(reader: PdfReader) -> Iterator[Fault]:
    root = reader.root_object
    producer = (reader.metadata.producer if reader.metadata else None) or ""
    version = _VERSION.search(producer)
    mend = f"use Chromium, Chrome or Edge {OLDEST} or newer; name it with --browser FILE"
    if version is None or int(version[1]) < OLDEST:
        found = f"version {version[1]} prints no page numbers" if version else "not a Chromium"
        yield Fault("the browser", found, f"{OLDEST} or newer", mend)
    for key, words in (
        ("/StructTreeRoot", "tags for screen readers"),
        ("/Outlines", "bookmarks"),
        ("/Lang", "the language"),
    ):
        if key not in root:
            yield Fault("the printed PDF", f"it lacks {words}", mend=mend)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
