"""A notice of withdrawal as a browser shows it: first on the page, readable by everybody."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from test_pages import sideways, violations

from scrutinybook.signoff.notices import new_notice, put_on_pages

pytestmark = [pytest.mark.browser]

WHY = "Referrals of one team were counted twice in each month since November 2022"


@pytest.fixture(scope="module")
def withdrawn(sample_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's pages, corrected once and then withdrawn."""
    folder = tmp_path_factory.mktemp("withdrawn") / sample_book.name
    shutil.copytree(sample_book, folder)
    day, digest = date(2023, 4, 3), "0" * 64
    first = new_notice("corrected", day, "A label was wrong", digest)
    put_on_pages(folder, (first, new_notice("withdrawn", day.replace(month=5), WHY, digest)))
    return folder


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_notice_comes_first_on_every_page(
    withdrawn: Path, browser: Browser, width: int, dark: bool
) -> None:
    context = browser.new_context(
        locale="en-GB",
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
    )
    for path in sorted(withdrawn.glob("*.html")):
        page = context.new_page()
        page.goto(path.as_uri())
        notice = page.get_by_role("complementary", name="Notice on this edition")
        assert notice.is_visible(), path.name
        told = notice.inner_text()
        assert told.startswith("Withdrawn"), path.name
        assert told.index("withdrawn on 3 May 2023") < told.index("corrected on 3 April 2023")
        assert f"Reason: {WHY}." in told
        first = page.locator("main > *").first
        assert first.get_attribute("class") == "sb-note sb-notice", path.name
        box = notice.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, path.name
        assert sideways(page) == [], path.name
        if path.name in ("index.html", "glossary.html"):
            assert violations(page) == [], path.name
        page.close()
    context.close()
