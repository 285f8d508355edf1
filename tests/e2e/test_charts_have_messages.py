"""No chart of a book stands without its message: what was found is said above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest

pytestmark = pytest.mark.book

INVENTED = {"how-to-read.html"}
"""Pages whose charts show how to read one, and no figures of anybody."""


def charts_without_message(page: Path) -> Iterator[str]:
    """The captions of a page's charts before which their section says nothing that was found."""
    for chart in lxml.html.parse(page).xpath("//figure[contains(@class, 'sb-figure')]"):
        (section,) = chart.xpath("ancestor::section[1]")
        order = list(section.iter())
        above = order[: order.index(chart)]
        if not any(each.get("data-finding") and each.text_content().strip() for each in above):
            yield f"{page.name}: {chart.find('.//figcaption').text_content()}"


def test_what_was_found_is_said_above_every_chart(site: Path) -> None:
    pages = [page for page in sorted(site.glob("*-20*/*.html")) if page.name not in INVENTED]
    with_charts = {p.name for p in pages if "sb-figure" in p.read_text(encoding="utf-8")}
    assert {"front-door.html", "front-door-by-month.html", "improvement-plan.html"} <= with_charts
    assert [each for page in pages for each in charts_without_message(page)] == []


def test_a_chart_above_its_message_is_found(tmp_path: Path) -> None:
    chart = '<figure class="sb-figure"><figcaption>Referrals</figcaption></figure>'
    said = '<p><span data-finding="x">There were 255.</span></p>'
    page = tmp_path / "page.html"
    for body, wanted in ((said + chart, []), (chart + said, ["page.html: Referrals"])):
        page.write_text(f"<section><h2>A</h2>{body}</section>", encoding="utf-8")
        assert list(charts_without_message(page)) == wanted
