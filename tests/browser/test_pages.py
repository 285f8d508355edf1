"""Every page of a site, on a phone and on a desk, in light and in dark, as a browser sees it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]

RULES = {
    "resultTypes": ["violations"],  # what passes need not be listed, which takes most of the time
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
COLD_VISIT_BYTES = 500_000
SHEET_PIXELS = 672
"""A4 less its margins of 16 mm, in CSS pixels."""
PAGE_BYTES, WITHOUT_DRAWINGS_BYTES = 300_000, 150_000

# Two frames: what was opened is laid out, and those who watch its size have been told.
_DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

_SMALL_WORDS = """() => {
  const small = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !holder.getClientRects().length) continue;
    if (holder.closest("svg, math, sup, sub, script, style, noscript")) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    if (size < 16) small.add(`${holder.tagName} at ${size}px: ${walker.currentNode.data.trim()}`);
  }
  return [...small];
}"""

_CLIPPED = """() => [
    ...document.querySelectorAll("h1, h2, h3, p, .sb-steps a, .sb-brand, .sb-tool")
  ]
  .filter((each) => each.getClientRects().length && !each.closest(".sb-table"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    const outside = box.left < -0.5 || box.right > innerWidth + 0.5;
    return outside || each.scrollWidth > each.clientWidth + 1;
  })
  .map((each) => `${each.tagName}: ${each.textContent.trim().slice(0, 60)}`)"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_page_can_be_read_by_everybody(visit: Visit, width: int, dark: bool) -> None:
    found: dict[str, list[str]] = {}
    # The demonstration's earlier books differ in figures alone: once, where there is least room.
    for name in visit.unlike_pages(every_edition=width == 320 and not dark):
        page = visit.open(name, width=width, dark=dark)
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        page.evaluate(_DRAWN)
        faults = [*sideways(page), *page.evaluate(_SMALL_WORDS), *page.evaluate(_CLIPPED)]
        faults += violations(page) + nameless_pictures(page)
        if faults:
            found[name] = faults
        page.close()

    assert found == {}
    assert visit.complaints == []
    assert visit.refused == []


def sideways(page: Page) -> list[str]:
    """Say whether the page itself scrolls sideways."""
    have, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"is {have}px wide on a screen of {room}px"] if have > room else []


def violations(page: Page) -> list[str]:
    """What axe-core finds, and where."""
    response: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in response["violations"]
        for node in each["nodes"]
    ]


def nameless_pictures(page: Page) -> list[str]:
    """Pictures and figures that a screen reader has no words, or only a file's name, for."""
    snapshot = page.locator("main").aria_snapshot()
    pictures = re.findall(r'^\s*- (?:\'|")?(img|figure)\b(?: "([^"]*)")?', snapshot, re.MULTILINE)
    return [
        f"{kind} without words: {words!r}"
        for kind, words in pictures
        if not words.strip() or re.search(r"\.(png|svg|jpe?g)$", words)
    ]


def test_a_first_visit_to_any_page_is_light(visit: Visit) -> None:
    heavy = {}
    for name in visit.newest_pages():
        fetched: list[str] = []
        page = visit.context.new_page()
        page.on("request", lambda request, seen=fetched: seen.append(request.url))
        page.goto(f"{visit.address}/{name}")
        page.wait_for_load_state("networkidle")
        page.close()
        assert any(url.endswith(name) for url in fetched)
        total = sum(len(gzip.compress(file_at(visit, url).read_bytes())) for url in set(fetched))
        if total > COLD_VISIT_BYTES:
            heavy[name] = total

    assert heavy == {}


def test_no_page_is_heavy_but_for_its_charts(visit: Visit) -> None:
    heavy = {}
    for name in visit.pages():
        text = (visit.site / name).read_bytes()
        words = re.sub(rb"<svg\b.*?</svg>", b"", text, flags=re.DOTALL)
        if len(text) > PAGE_BYTES or len(words) > WITHOUT_DRAWINGS_BYTES:
            heavy[name] = (len(text), len(words))

    assert heavy == {}


def file_at(visit: Visit, url: str) -> Path:
    """The file that an address of the site stands for."""
    return visit.site / unquote(urlsplit(url).path).lstrip("/")


def test_pages_read_well_without_a_script(visit: Visit, book: str) -> None:
    context = visit.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{visit.address}/{book}/index.html")

    assert page.get_by_role("navigation", name="Contents of this book").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("button").count() == 0  # buttons that would do nothing are not shown
    context.close()


def test_every_page_says_what_the_figures_are(visit: Visit, book: str) -> None:
    texts = {}
    for name in (each for each in visit.pages() if each.startswith(f"{book}/")):
        page = visit.open(name)
        texts[name] = page.locator(".sb-banner").inner_text().strip()
        assert page.locator("footer").inner_text().startswith(texts[name])
        page.close()

    assert len(set(texts.values())) == 1
    assert all(texts.values())


def test_on_paper_there_is_no_navigation_and_dark_is_light(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/index.html", dark=True)
    page.emulate_media(media="print", color_scheme="dark")

    for gone in (".sb-nav", ".sb-tools", ".sb-steps", ".sb-code-link"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".sb-banner").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visit.complaints == []


def test_on_paper_nothing_is_wider_than_the_sheet(visit: Visit) -> None:
    # Where something is, a browser prints the whole of it smaller.
    wide = {}
    for name in visit.unlike_pages():
        page = visit.open(name, width=SHEET_PIXELS)
        page.emulate_media(media="print")
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        if faults := sideways(page):
            wide[name] = faults
        page.close()

    assert wide == {}


def test_printed_pages_bear_banner_and_title(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/glossary.html")

    margins = page.evaluate(
        "[...document.styleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText)"
        ".filter(t => t.startsWith('@page')).join(' ')"
    )

    assert page.locator(".sb-banner").inner_text().strip() in margins
    assert page.locator(".sb-brand-title").inner_text() in margins
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
