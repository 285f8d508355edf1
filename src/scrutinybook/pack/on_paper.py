"""A page of the screen turned into a section of a printed document.

What a hand would press is gone, what was folded is open, headings stand one level lower, and each
address is the page's own, so that many pages can stand in one document.
"""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from scrutinybook.pack.published import Element, PublishedPage

_PRESSED = (
    "//script | //noscript | //button | //form | //input | //dialog | //a[@download]"
    " | //*[contains(concat(' ', @class, ' '), ' sb-code-link ')]"
    " | //*[contains(concat(' ', @class, ' '), ' headerlink ')]"
    # Each chart is drawn twice: this is the one for narrow screens.
    " | //*[contains(concat(' ', @class, ' '), ' sb-narrow ')]"
)
_HEADING = re.compile(r"h([1-5])")
_REFERRING = ("aria-labelledby", "aria-describedby", "headers", "for")
_REFERENCE = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)[\"']?\s*\)")


def on_paper(page: PublishedPage, titles: Mapping[str, str], kept: frozenset[str]) -> Element:
    """Return a page as an ``<article>`` whose address is the page's name.

    `titles` are those of all pages of the book by name; `kept` names those that the document has. A
    link to one of them leads there; one to another page becomes plain words that say where it led.
    """
    article = copy.deepcopy(page.main)
    article.tag, article.tail = "article", None
    article.attrib.clear()
    article.set("id", page.name)
    article.set("class", "sb-pack-page")
    _remove(article)
    _unfold(article)
    _plain_figures(article)
    _drop_columns_of_links(article, frozenset(titles))
    for each in article.iter():
        if isinstance(each.tag, str) and (level := _HEADING.fullmatch(each.tag)):
            each.tag = f"h{int(level[1]) + 1}"
        each.attrib.pop("tabindex", None)
    for link in list(article.iter("a")):
        _lead(link, page.name, titles, kept)
    _rename(article, page.name)
    return article


def place_of(page: str, fragment: str = "") -> str:
    """The address in the document of a place on a page."""
    return f"{page}--{fragment}" if fragment else page


def sections_of(article: Element) -> Iterator[tuple[str, str]]:
    """The sections of a page that was put on paper: address and heading of each."""
    for section in article.xpath("./section/section[@id]"):
        heading = section.find("h3")
        if heading is not None:
            yield section.get("id"), " ".join(heading.text_content().split())


def _remove(article: Element) -> None:
    for each in article.xpath(f".{_PRESSED.replace(' | //', ' | .//')}"):
        holder = each.getparent()
        if holder is None:
            continue
        each.drop_tree()
        # A line that held nothing but a button is none any more.
        while holder is not article and holder.tag in {"p", "li", "ul", "ol", "nav"}:
            if len(holder) or holder.text_content().strip():
                break
            holder, empty = holder.getparent(), holder
            empty.drop_tree()


def _unfold(article: Element) -> None:
    for folded in list(article.iter("details")):
        folded.tag = "div"
        folded.attrib.pop("open", None)
        summary = folded.find("summary")
        if summary is not None:
            summary.tag = "p"
            summary.set("class", "sb-pack-unfolded")


def _plain_figures(article: Element) -> None:
    """Leave the drawing as the one figure: what is around it would be a figure without words."""
    for name, plain in (("figure", "div"), ("figcaption", "p")):
        for each in list(article.iter(name)):
            each.tag = plain


def _drop_columns_of_links(article: Element, pages: frozenset[str]) -> None:
    """Take out of tables each column that does nothing but lead to files and code."""
    for table in article.iter("table"):
        rows = [list(row) for row in table.iter("tr")]
        if len(rows) < 2 or len({len(row) for row in rows}) != 1:
            continue
        for column in list(zip(*rows, strict=True))[1:]:
            if all(_leads_away(cell, pages) for cell in column[1:]):
                for cell in column:
                    cell.drop_tree()


def _leads_away(cell: Element, pages: frozenset[str]) -> bool:
    links = list(cell.iter("a"))
    said = "".join(cell.itertext())
    for link in links:
        said = said.replace(link.text_content(), "", 1)
    paths = [urlsplit(link.get("href") or "").path for link in links]
    return (
        bool(links)
        and not re.search(r"\w", said)
        and all(path and path.removesuffix(".html") not in pages for path in paths)
    )


def _lead(link: Element, here: str, titles: Mapping[str, str], kept: frozenset[str]) -> None:
    address = urlsplit(link.get("href") or "")
    if address.scheme or address.netloc:
        return
    path = posixpath.normpath(posixpath.join("/", unquote(address.path)))[1:] or f"{here}.html"
    name = path.removesuffix(".html")
    if name in kept:
        link.set("href", f"#{place_of(name, unquote(address.fragment))}")
        return
    title = titles.get(name, "")
    words = " ".join(link.text_content().split())
    stands_in = {each.tag for each in link.iterancestors()}
    if title and title not in words and not stands_in & {"th", "td", "h2", "h3", "h4", "h5", "h6"}:
        link.tail = f" (in the book, “{title}”){link.tail or ''}"
    link.drop_tag()


def _rename(article: Element, page: str) -> None:
    """Make addresses within a page its own. Those of links have been dealt with."""
    for each in article.iterdescendants():
        if not isinstance(each.tag, str):
            continue
        for name, value in list(each.attrib.items()):
            if name == "id":
                each.set(name, place_of(page, value))
            elif name in _REFERRING:
                each.set(name, " ".join(place_of(page, part) for part in value.split()))
            elif "url(" in value:
                each.set(name, _REFERENCE.sub(lambda m: f"url(#{place_of(page, m[1])})", value))
            elif name.endswith("href") and each.tag != "a" and value.startswith("#"):
                each.set(name, f"#{place_of(page, value[1:])}")
