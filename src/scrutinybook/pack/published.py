"""A book as it was published: what its pages say, and in which order they stand.

The pack is made from these pages and nothing else, so that it holds what was published and no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html

from scrutinybook.errors import Fault, FaultsFound, nearest

THE_MONTH = "The month"
"""The part of the contents (``book/parts.yml``) that, with the first page, is the summary."""

# lxml bears no types; an element is one of its trees.
Element = Any


@dataclass(frozen=True)
class PublishedPage:
    """One page of a book."""

    name: str
    """Its address without ending, e.g. ``at-a-glance``."""
    title: str
    part: str
    """The caption that it stands under in the contents; nothing for the first page."""
    main: Element
    """What it says, without what stands on every page."""

    @property
    def is_summary(self) -> bool:
        """Whether it belongs to the summary."""
        return self.part in {"", THE_MONTH}


@dataclass(frozen=True)
class PublishedBook:
    """A book in the site."""

    edition: str
    title: str
    """E.g. ``Children's services scrutiny book``."""
    subtitle: str
    """Whose book and which month, e.g. ``Plymouth, March 2023``."""
    authority: str
    language: str
    banner: str
    """What kind of figures these are; of a demonstration, that all is invented."""
    is_demo: bool
    footer: tuple[str, ...]
    """Lines that stand under every page."""
    style: str
    """Its style sheets."""
    pages: tuple[PublishedPage, ...]
    """In the order of the contents."""


def read_published(site: Path, edition_id: str) -> PublishedBook:
    """Read a book from the site.

    Raises `FaultsFound` where there is no such book or a part of it is missing.
    """
    folder = site / edition_id
    if not (folder / "edition.json").is_file() or folder.parent != site:
        books = sorted(path.parent.name for path in site.glob("*/edition.json"))
        mend = nearest(edition_id, books) or f"scrutiny book {edition_id}"
        there = f"the books there are: {', '.join(books) or 'none yet'}"
        raise FaultsFound([Fault(f"site/{edition_id}", "there is no such book", there, mend)])
    try:
        return _read(folder)
    except (OSError, ValueError, LookupError, AttributeError) as error:
        found = f"not a whole book ({type(error).__name__}: {error})"
        mend = f"build it anew: scrutiny build {edition_id}"
        raise FaultsFound([Fault(f"site/{edition_id}", found, mend=mend)]) from error


def _read(folder: Path) -> PublishedBook:
    first = _parse(folder / "index.html")
    card = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    return PublishedBook(
        edition=str(card["edition"]),
        title=_words(first, "sb-brand-title"),
        subtitle=_words(first, "sb-brand-sub"),
        authority=str(card["authority"]),
        language=str(first.get("lang")),
        banner=_words(first, "sb-banner"),
        is_demo="sb-is-demo" in (first.find("body").get("class") or "").split(),
        footer=tuple(_footer(first)),
        style="\n".join(_styles(folder, first)),
        pages=tuple(_pages(folder, first)),
    )


def _pages(folder: Path, first: Element) -> Iterator[PublishedPage]:
    caption = ""
    for each in first.get_element_by_id("sb-nav"):
        if each.tag == "p":
            caption = _plain(each)
        for link in each.xpath("./li/a"):
            # A page's link to itself is "#".
            name = (urlsplit(link.get("href")).path or "index.html").removesuffix(".html")
            main = _parse(folder / f"{name}.html").xpath("//main")[0]
            yield PublishedPage(name, _plain(link), caption, main)


def _styles(folder: Path, page: Element) -> Iterator[str]:
    for address in page.xpath("//link[@rel='stylesheet']/@href"):
        yield (folder / urlsplit(str(address)).path).read_text(encoding="utf-8")


def _footer(page: Element) -> Iterator[str]:
    """The lines under a page but those that name the book, tell the kind, or lead elsewhere."""
    for line in page.xpath("//footer//p[not(@class) and not(.//a) and not(.//code)]"):
        yield _plain(line)


def _parse(path: Path) -> Element:
    return lxml.html.document_fromstring(path.read_bytes())


def _words(page: Element, name: str) -> str:
    found = page.find_class(name)
    return _plain(found[0]) if found else ""


def _plain(element: Element) -> str:
    return " ".join(element.text_content().split())
