"""Turn what Jupyter Book built into what is published: only what pages use, checked, described."""

from __future__ import annotations

import re
import shutil
from collections.abc import Set
from pathlib import Path
from urllib.parse import urlsplit

from scrutinybook.book.checks import Page, check_site, read_pages
from scrutinybook.book.search_index import hide_pages
from scrutinybook.book.settings import BookPage
from scrutinybook.errors import BookFailed

# Sphinx's own notes to itself: no reader needs them, and other builds would differ in them.
_NOTES = (".buildinfo", ".buildinfo.bak", "objects.inv", ".nojekyll")
_CSS_FILE = re.compile(r"url\(\s*[\"']?([^\"')\s]+)")


def finish(html: Path, page: BookPage, *, sound: Set[str] = frozenset()) -> Path:
    """Make the built folder `html` ready to publish, in place, and return it.

    Removes files that no page uses, takes pages that are not for readers out of the search,
    writes ``edition.json`` and checks every page.

    `sound` are hashes of finished pages that have been checked before (see `check_site`). Raises
    `BookFailed` with every fault of every page.
    """
    for name in _NOTES:
        (html / name).unlink(missing_ok=True)
    pages = read_pages(html)
    _drop_unused(html, pages)
    hidden = [
        name.removesuffix(".html")
        for name, page_read in pages.items()
        if page_read.xpath("//meta[@name='robots' and contains(@content, 'noindex')]")
    ]
    hide_pages(html / "searchindex.js", hidden)
    page.write_card(html)
    faults = check_site(html, pages, sound=sound)
    if faults:
        raise BookFailed("The pages are not fit to publish.", faults)
    return html


def _drop_unused(html: Path, pages: dict[str, Page]) -> None:
    """Remove from ``_static`` what no page and no style sheet in use asks for."""
    used: set[Path] = set()
    for name, page in pages.items():
        for address in page.xpath("//script/@src | //link/@href | //img/@src"):
            used.add(((html / name).parent / urlsplit(str(address)).path).resolve())
    for sheet in [each for each in used if each.suffix == ".css" and each.is_file()]:
        for address in _CSS_FILE.findall(sheet.read_text(encoding="utf-8")):
            used.add((sheet.parent / urlsplit(address).path).resolve())
    static = html / "_static"
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_file() and path.resolve() not in used:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)
