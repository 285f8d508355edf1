"""One document from a book's pages: a cover, contents with page numbers, the pages one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import lxml.html

from scrutinybook.pack.on_paper import on_paper, sections_of
from scrutinybook.pack.published import Element, PublishedBook, PublishedPage

CONTENTS = "Contents"
_HEADINGS = ".//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_LOOK = Path(__file__).with_name("pack.css")

_DOCUMENT = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body class="sb-pack{demo}">
<header class="sb-pack-cover">
<h1>{name}</h1>
<p class="sb-pack-whose">{subtitle}</p>
<p class="sb-pack-which">{which}</p>
{marks}
{footer}
</header>
<nav class="sb-pack-contents" aria-labelledby="contents">
<h2 id="contents">{heading}</h2>
{contents}
</nav>
<main>
{pages}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Document:
    """A pack before it is printed; page numbers are known only once it has been."""

    book: PublishedBook
    is_whole: bool
    marks: tuple[str, ...]
    """What every printed page must say beside the banner, such as that nobody has signed it off."""
    articles: tuple[tuple[PublishedPage, Element], ...]

    @property
    def title(self) -> str:
        """For the window, the bookmarks' root and screen readers."""
        which = "whole book" if self.is_whole else "summary"
        return f"{self.book.title}, {self.book.subtitle}: {which}"

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading, in order, as the bookmarks should say it."""
        told = (_words(each) for _, article in self.articles for each in article.xpath(_HEADINGS))
        return (self.book.title, CONTENTS, *told)

    def entries(self) -> Iterator[tuple[str, str, bool]]:
        """The contents: address, words, and whether it is a page's section and no page."""
        for page, article in self.articles:
            yield page.name, page.title, False
            sections = list(sections_of(article))
            if len(sections) > 1:
                for place, words in sections:
                    yield place, words, True

    def as_html(self, numbers: Mapping[str, int]) -> str:
        """The document, with the page `numbers` of its entries where they are known."""
        book = self.book
        top = [book.banner, *self.marks]
        marks = [
            f'<p class="sb-pack-mark{" sb-pack-banner" if words == book.banner else ""}">'
            f"{escape(words)}</p>"
            for words in top
            if words
        ]
        return _DOCUMENT.format(
            language=escape(book.language, quote=True),
            title=escape(self.title),
            style="\n".join(
                [book.style, _LOOK.read_text(encoding="utf-8"), _margins(self, top)]
            ).replace("</", "<\\/"),
            demo=" sb-is-demo" if book.is_demo else "",
            name=escape(book.title),
            subtitle=escape(book.subtitle),
            which="The whole book" if self.is_whole else "Summary for the committee",
            marks="\n".join(marks),
            footer="\n".join(f"<p>{escape(line)}</p>" for line in book.footer),
            heading=CONTENTS,
            contents=_contents(self, numbers),
            pages="\n".join(
                lxml.html.tostring(article, encoding="unicode") for _, article in self.articles
            ),
        )


def assemble_pack(book: PublishedBook, *, is_whole: bool, marks: Sequence[str] = ()) -> Document:
    """Put the pages of the summary, or of the whole book, into one document.

    `marks` are words that every printed page must bear beside the banner.
    """
    pages = [page for page in book.pages if is_whole or page.is_summary]
    titles = {page.name: page.title for page in book.pages}
    kept = frozenset(page.name for page in pages)
    articles = tuple((page, on_paper(page, titles, kept)) for page in pages)
    return Document(book, is_whole, tuple(marks), articles)


def _contents(document: Document, numbers: Mapping[str, int]) -> str:
    parts = {page.name: page.part for page, _ in document.articles}
    lines: list[str] = []
    caption = ""
    for place, words, is_section in document.entries():
        part = parts.get(place, caption)
        if document.is_whole and part != caption:
            lines.append(f'<p class="sb-pack-part">{escape(part)}</p>')
            caption = part
        number = f'<span class="sb-pack-number">{numbers.get(place, "")}</span>'
        level = "sb-pack-section" if is_section else "sb-pack-chapter"
        lines.append(
            f'<p class="{level}"><a href="#{escape(place, quote=True)}">'
            f"<span>{escape(words)}</span>{number}</a></p>"
        )
    return "\n".join(lines)


def _margins(document: Document, top: Sequence[str]) -> str:
    """What stands in the margins of every printed page."""
    foot = f"{document.book.title}, {document.book.subtitle}"
    # Each on a line of its own.
    head = ' "\\A" '.join(css_string(words) for words in top if words)
    return (
        f"@page {{ @top-left {{ white-space: pre; content: {head}; }}"
        f" @bottom-left {{ content: {css_string(foot)}; }} }}"
    )


def _words(element: Element) -> str:
    return " ".join(element.text_content().split())


def css_string(words: str) -> str:
    """Quote words for a style sheet within a page: no sign of theirs can end the string or it."""
    return '"' + re.sub(r'["\\<\n]', lambda sign: f"\\{ord(sign[0]):x} ", words) + '"'
