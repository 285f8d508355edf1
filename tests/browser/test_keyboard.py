"""Everything that can be done with a finger can be done with the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book]


def test_the_first_stop_skips_to_the_main_content(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/how-to-read.html")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_search_opens_closes_and_gives_the_place_back(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/index.html", width=320)
    button = page.get_by_role("button", name="Search")

    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.mark.parametrize("word", ["referral", "REFERRALS", "special guardianship"])
def test_search_finds_a_word_and_no_code(visit: Visit, book: str, word: str) -> None:
    page = visit.open(f"{book}/index.html", width=390)

    page.get_by_role("button", name="Search").click()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")

    results = page.locator("#search-results")
    expect(results.get_by_role("heading", name="Results")).to_be_visible()
    links = results.get_by_role("link")
    expect(links.first).to_be_visible()
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert any(address.startswith("glossary.html") for address in addresses)
    assert not any(address.startswith("code-") for address in addresses)
    links.first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert visit.complaints == []
    assert visit.refused == []


def test_a_word_that_is_nowhere_is_said_to_be_nowhere(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/search.html?q=xylophone")

    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_the_contents_open_and_close_on_a_phone(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/index.html", width=320)
    button = page.get_by_role("button", name="Contents")
    contents = page.get_by_role("navigation", name="Contents of this book")
    expect(contents).not_to_be_visible()

    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(contents.get_by_role("link", name="Glossary")).to_be_visible()
    page.keyboard.press("Escape")
    expect(contents).not_to_be_visible()
    expect(button).to_be_focused()

    page.keyboard.press("Enter")
    contents.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", level=1, name="Glossary")).to_be_visible()


def test_a_choice_of_colours_lasts(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/index.html")
    button = page.get_by_role("button", name="Dark")
    expect(button).to_have_attribute("aria-pressed", "false")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(f"{visit.address}/{book}/glossary.html")

    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_every_page_leads_to_the_other_books(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/code-contents.html")

    page.get_by_role("link", name="All books").click()

    expect(page.get_by_role("heading", level=1, name="Books by month")).to_be_visible()


def test_a_reader_goes_from_a_page_to_its_code_and_back(visit: Visit, book: str) -> None:
    page = visit.open(f"{book}/index.html")
    title = page.get_by_role("heading", level=1).inner_text()

    page.get_by_role("link", name="Code behind this page").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the notebook as it was run").click()
    assert download.value.suggested_filename.endswith(".ipynb")
    page.get_by_role("main").get_by_role("link", name="Back to").click()

    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
