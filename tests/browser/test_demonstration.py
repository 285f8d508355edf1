"""The demonstration's book in a browser: opened with the others, and what is its alone."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]

MONTH = re.compile(r"demo-\d{4}-\d{2}/")


def pages_of_demonstration(visit: Visit) -> list[str]:
    """Readers' pages of the demonstration's newest book; skips on a site without one."""
    names = [e for e in visit.newest_pages() if MONTH.match(e) and "/code-" not in e]
    if not names:
        pytest.skip("this site is the made-up sample alone")
    return names


def test_the_projects_own_site_holds_it(site: Path) -> None:
    """So the tests of every page (sideways scroll, axe, pictures' words, complaints) open it."""
    books = {folder.name.partition("-20")[0] for folder in site.glob("*-20*")}
    assert books == {"demo", "plymouth"}
    pages = {path.name for path in site.glob("demo-*/*.html")}
    assert {"index.html", "front-door-by-month.html", "data-quality.html"} <= pages


def test_every_chart_has_words_of_its_own_and_one_drawing_is_seen(visit: Visit) -> None:
    for name in pages_of_demonstration(visit):
        for width in (320, 1280):
            page = visit.open(name, width=width)
            charts = page.locator("figure.sb-figure")
            for place in range(charts.count()):
                # Of the two drawings one is for wide screens and one for phones.
                assert charts.nth(place).locator("svg:visible").count() == 1, name
            told = Counter(charts.locator("svg:visible > desc").all_text_contents())
            assert all(len(words) > 60 for words in told), name
            assert max(told.values(), default=1) == 1, name
            page.close()
    assert visit.complaints == []


def test_folded_tables_open_by_keyboard_and_scroll_inside(visit: Visit) -> None:
    names = [
        n for n in pages_of_demonstration(visit) if n.endswith("child-protection-by-month.html")
    ]
    page = visit.open(names[0], width=320)
    folded = page.locator("details.sb-more", has_text="The numbers behind the chart").nth(1)
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    table = folded.get_by_role("region")
    assert table.is_visible()
    assert "withheld" in table.inner_text()
    assert folded.get_by_text("Withheld: the number is small").is_visible()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room


def test_every_page_says_that_it_is_invented(visit: Visit) -> None:
    for name in pages_of_demonstration(visit):
        page = visit.open(name, width=320)
        assert "demonstration" in page.locator(".sb-banner").inner_text().lower(), name
        page.close()
