"""Statements to the committee in a published book: little can be tested, and it is said so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scrutinybook.chapters import claims
from scrutinybook.context import open_context
from scrutinybook.workspace import Workspace

ROOT = Workspace.find(Path(__file__).resolve())
BEFORE = {"authority": "Plymouth", "month": "2023-03"}
AFTER = {"authority": "Plymouth", "month": "2024-03", "previous": "plymouth-2023-03"}


@pytest.fixture(scope="module")
def page() -> claims.ClaimsPage:
    return claims.told(open_context(ROOT, BEFORE))


def words_of(piece: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"<svg.*?</svg>", "", piece, flags=re.DOTALL))


def test_referrals_into_the_hub_cannot_be_tested_and_have_their_context(
    page: claims.ClaimsPage,
) -> None:
    found = next(each for each in page.found if each.claim.id == "hub-referrals-rose")
    text = words_of(page.claim(found)).replace("\u00a0", " ")
    assert "Cannot be tested with the data held." in text
    for month, days in (("238 in January", 21), ("174 in February", 20), ("255 in March", 23)):
        assert f"{month} 2023 ({days} working days)" in text
    assert "upported" not in text


def test_a_yearly_figure_that_moved_the_other_way_is_told_with_how_it_was_read(
    page: claims.ClaimsPage,
) -> None:
    found = next(each for each in page.found if each.claim.id == "assessments-slower")
    text = words_of(page.claim(found))
    assert "Not supported. In 2022/23, 70.3%" in text
    assert "(1,903 of 2,706)" in text
    assert "Read as the whole year to March 2023 against the year before." in text
    assert "the periods that the statement is about" in text


def test_every_statement_with_official_figures_beside_it_has_a_chart_that_is_no_test(
    page: claims.ClaimsPage,
) -> None:
    beside = [each for each in page.found if each.claim.context is not None]
    assert len(beside) >= 12
    for each in beside:
        piece = page.claim(each)
        assert piece.count("<svg") == 1, each.claim.id
        caption = words_of(piece[piece.index("<figcaption") :])
        assert caption.startswith("For context, not a test: ")
        assert "it is no test of the statement" in piece
    ids = re.findall(r' id="([^"]+)"', page.every_claim())
    assert len(ids) == len(set(ids))


def test_the_marked_points_of_a_chart_for_context_are_the_figures_told(
    page: claims.ClaimsPage,
) -> None:
    hub = next(each for each in page.found if each.claim.id == "hub-referrals-rose")
    drawn = re.search(r"<desc[^>]*>(.*?)</desc>", page.claim(hub))
    assert drawn is not None
    # Two years of months up to the edition's own.
    assert "April 2021 to March 2023" in drawn[1]
    again = claims.told(open_context(ROOT, BEFORE))
    assert again.every_claim() == page.every_claim()


def test_each_statement_is_listed_once_under_its_verdict_and_linked(
    page: claims.ClaimsPage,
) -> None:
    overview, every = page.overview(), page.every_claim()
    for each in page.found:
        assert overview.count(f'href="#claim-{each.claim.id}"') == 1
        assert every.count(f'id="claim-{each.claim.id}"') == 1
    assert "no history of verdicts yet" in page.message()


def test_a_later_edition_tells_what_the_earlier_one_said() -> None:
    later = claims.told(open_context(ROOT, AFTER, BEFORE))
    text = words_of(later.every_claim())
    assert "The edition for March 2023 said the same: not supported." in text
    assert "The edition for March 2023 said the same: too early to tell." in text
    # Where neither edition could test it there is no history to tell.
    assert "said the same: cannot be tested" not in text
    assert "no history" not in later.message()


def test_the_authority_of_another_file_has_no_such_page() -> None:
    plain = open_context(ROOT, {"authority": "Plymouth", "month": "2012-04"})
    assert claims.told(plain).found == ()
