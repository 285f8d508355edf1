"""What every page of a finished book must meet; a book that does not is not published.

The checks read the HTML as it will be served: nothing is loaded from outside, every link leads
somewhere, every picture has words, and no two things share an address that something points to.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

from scrutinybook.errors import Fault
from scrutinybook.store.needs import content_state

_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LOADED = (
    "//script/@src | //link/@href | //img/@src | //img/@srcset | //source/@src | //iframe/@src"
    " | //source/@srcset | //object/@data | //embed/@src | //video/@src | //audio/@src"
    " | //image/@href | //use/@href | //form/@action"
)
_CSS_ADDRESS = re.compile(r"(?:@import\s*(?:url\()?|url\()\s*[\"']?\s*([^\"')\s;]+)", re.IGNORECASE)
_JS_ADDRESS = re.compile(r"[\"'`](?:https?:)?//[^\"'`\s]+")
# Names of vocabularies look like addresses but are never fetched.
_VOCABULARY = re.compile(r"^[\"'`]?https?://www\.w3\.org/")
_FILE_NAME = re.compile(r"\.(?:png|jpe?g|svg|gif|webp)$", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")

# lxml bears no types; a page is its element tree.
Page = Any


def read_page(path: Path) -> Page:
    """Parse one page."""
    return lxml.html.document_fromstring(path.read_bytes())


def read_pages(html: Path) -> dict[str, Page]:
    """Parse every page below a folder, by its path there."""
    return {
        path.relative_to(html).as_posix(): read_page(path) for path in sorted(html.rglob("*.html"))
    }


def check_site(
    html: Path, pages: dict[str, Page] | None = None, *, sound: Set[str] = frozenset()
) -> list[Fault]:
    """Check all pages, style sheets and scripts below `html` and return every fault.

    `pages` are those of `read_pages`, if they have been read. `sound` are hashes of pages that
    these very checks have found no fault in: of those only the links are followed again.
    """
    pages = read_pages(html) if pages is None else pages
    faults = []
    files = frozenset(
        path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()
    )
    places = {name: Counter(map(str, page.xpath("//@id"))) for name, page in pages.items()}
    for name, page in pages.items():
        if content_state(html / name) not in sound:
            for check in (_outline, _outside, _pictures):
                faults += [Fault(name, found) for found in check(page)]
            faults += [Fault(name, found) for found in _references(page, places[name])]
        faults += [Fault(name, found) for found in _links(name, page, places, files)]
    for path in sorted([*html.rglob("*.css"), *html.rglob("*.js")]):
        name = path.relative_to(html).as_posix()
        faults += [Fault(name, found) for found in _asset(path)]
    return faults


def outside_addresses(page: Page) -> list[str]:
    """List what a browser would fetch from elsewhere while it shows `page`."""
    loaded = [str(each) for each in page.xpath(_LOADED)]
    styles = [*page.xpath("//style/text()"), *page.xpath("//@style")]
    loaded += [address for text in styles for address in _CSS_ADDRESS.findall(str(text))]
    for script in page.xpath("//script[not(@src)]/text()"):
        loaded += [m.strip("\"'`") for m in _JS_ADDRESS.findall(str(script))]
    return [each for each in loaded if _OUTSIDE.match(each) and not _VOCABULARY.match(each)]


def _outside(page: Page) -> Iterator[str]:
    for address in outside_addresses(page):
        yield f"loads {address} from outside"
    if page.xpath("//base | //meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']"):
        yield "has a <base> or a refresh, which changes where the reader is"


def _outline(page: Page) -> Iterator[str]:
    if not page.get("lang"):
        yield "does not say its language"
    if not (page.findtext(".//title") or "").strip():
        yield "has no title"
    headings = len(page.xpath("//main//h1"))
    if headings != 1:
        yield f"has {headings} first-level headings; it must have one"


def _pictures(page: Page) -> Iterator[str]:
    for image in page.xpath("//img"):
        words = (image.get("alt") or "").strip()
        if not words:
            yield f"has a picture without words: {image.get('src')}"
        elif _FILE_NAME.search(words) or words == PurePosixPath(image.get("src", "")).stem:
            yield f"has a picture whose words are its file's name: {words}"
    ids = {each.get("id"): each for each in page.xpath("//*[@id]")}
    for drawing in page.xpath("//svg[@role='img']"):
        named = (drawing.get("aria-labelledby") or "").split()
        words = " ".join(ids[each].text_content() for each in named if each in ids)
        words = words or drawing.get("aria-label") or drawing.findtext("./title") or ""
        if not words.strip():
            yield "has a drawing (svg role=img) without a title"
    for drawing in page.xpath("//main//svg[not(@role='img') and not(@aria-hidden='true')]"):
        yield f"has a drawing that is neither role=img nor hidden: {drawing.get('class') or 'svg'}"


def _references(page: Page, present: Counter[str]) -> Iterator[str]:
    """Find addresses within the page that lead nowhere, or to more than one thing."""
    wanted: set[str] = set()
    for attribute in _REFERRING:
        for value in page.xpath(f"//@{attribute}"):
            wanted |= set(str(value).split())
    for value in page.xpath("//svg//@*[contains(., 'url(')]"):
        wanted |= set(_REFERENCE.findall(str(value)))
    wanted |= {str(v)[1:] for v in page.xpath("//svg//@href") if str(v).startswith("#")}
    for each in sorted(wanted):
        if present[each] != 1:
            yield f"points to #{each}, which {present[each] or 'no'} elements have"


def _links(
    name: str, page: Page, places: dict[str, Counter[str]], files: frozenset[str]
) -> Iterator[str]:
    for link in dict.fromkeys(str(each) for each in page.xpath("//a/@href")):
        address = urlsplit(link)
        if address.scheme or address.netloc or link == "#":
            continue
        place = name
        if address.path:
            place = posixpath.normpath(posixpath.join("/", name, "..", unquote(address.path)))[1:]
            if _climbs_out(name, unquote(address.path)):
                continue  # the list of all books lies above this one
            if place not in files:
                yield f"links to {link}, which is not there"
                continue
        if address.fragment and place in places:
            fragment = unquote(address.fragment)
            if not places[place][fragment]:
                yield f"links to {link}, but there is no #{fragment} on that page"


def _climbs_out(name: str, path: str) -> bool:
    """Whether a path on a page leads above the folder of all pages."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return whole.startswith(("..", "/"))


def _asset(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if path.suffix == ".css":
        found = _CSS_ADDRESS.findall(text)
    else:
        found = [each.strip("\"'`") for each in _JS_ADDRESS.findall(text)]
    for address in found:
        if _OUTSIDE.match(address) and not _VOCABULARY.match(address):
            yield f"loads {address} from outside"
