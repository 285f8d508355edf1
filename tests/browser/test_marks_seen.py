"""Letters of notes above a chart, measured in a browser: on a phone, too, they lie on nothing."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from playwright.sync_api import Browser

from scrutinybook.charts.context_marks import ContextMark
from scrutinybook.charts.measure_chart import Limits, measure_chart
from scrutinybook.periods import Month

_BOXES = """() => [...document.querySelectorAll('svg text')].map((t) => {
    const box = t.getBoundingClientRect();
    return [t.textContent, box.left, box.right, box.top + 3, box.bottom];
})"""
"""Of each text, where its ink can be: no letter reaches the first 3 pixels of a line of 16."""


@pytest.mark.parametrize("places", [(0, 47), (3, 20, 46), (44, 45, 46, 47)])
@pytest.mark.parametrize(("size", "width"), [("narrow", 340), ("wide", 720)])
def test_no_letter_lies_on_other_words(
    browser: Browser, places: tuple[int, ...], size: str, width: int
) -> None:
    """Limits and target high up, so that their labels come near the letters."""
    flat = np.full(48, 1.0)
    values = np.array([9000.0 + 400 * (k * 7 % 5) for k in range(48)])
    drawing = measure_chart(
        "measure", "Title", "What it shows.", months=[Month(2019, 4) + k for k in range(48)],
        values=values, limits=Limits(10500 * flat, 10700 * flat, 11000 * flat, values > 10900),
        target=10900.0, unit="Referrals received in a month", percent=False,
        context=[
            ContextMark(key, Month(2019, 4) + place, "A new team began.")
            for key, place in zip("ABCD", places, strict=False)
        ],
    )  # fmt: skip
    page = browser.new_page(viewport={"width": width + 20, "height": 600})
    page.set_content(f'<main style="width:{width}px">{getattr(drawing, size)}</main>')
    boxes = page.evaluate(_BOXES)
    page.close()
    letters = [each for each in boxes if set(each[0]) <= set("ABCD–")]
    assert letters
    for (one, *own), (other, *its) in combinations(boxes, 2):
        if {one, other} & {each[0] for each in letters}:
            sideways = own[0] < its[1] and its[0] < own[1]
            upright = own[2] < its[3] and its[2] < own[3]
            assert not (sideways and upright), f"{one!r} lies on {other!r}"
