"""Folded headings: however narrow the screen, every line of one begins at the same place."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

STYLE = (Path(__file__).resolve().parents[2] / "book/_static/scrutiny.css").read_text("utf-8")
HEADING = "Spread against counting, for a month of any length (Pearson’s dispersion)"
LINES = """() => {
  const words = document.createRange();
  words.selectNodeContents(document.querySelector('summary'));
  return [...words.getClientRects()].map(each => each.left);
}"""


def test_a_second_line_begins_under_the_first_and_not_under_the_triangle(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.set_content(
        f"<style>{STYLE}</style><main><details class='sb-more'>"
        f"<summary>{HEADING}</summary><p>Words.</p></details></main>"
    )
    lefts = page.evaluate(LINES)
    assert len(lefts) > 1
    assert max(lefts) - min(lefts) < 1
    # The triangle has its room left of the words, within the page.
    assert page.locator("main").bounding_box()["x"] + 12 < lefts[0]  # type: ignore[index]
    page.close()
