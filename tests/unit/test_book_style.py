"""Colours of the style sheet, computed: enough contrast in light, in dark and for charts."""

from __future__ import annotations

import re

import pytest
from page_colours import CSS, DARK, DARK_WITHOUT_SCRIPT, LIGHT, contrast


def test_contrast_agrees_with_the_known_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


TEXT = [
    ("ink", "paper"),
    ("ink", "paper-2"),
    ("ink", "band"),
    ("muted", "paper"),
    ("muted", "paper-2"),
    ("muted", "band"),
    ("accent", "paper"),
    ("accent", "paper-2"),
    ("accent", "band"),
    ("accent-2", "paper"),
    ("accent-2", "paper-2"),
    ("signal", "paper"),
    ("signal", "paper-2"),
    ("signal", "band"),
    ("on-bar", "bar"),
    ("on-demo", "demo"),
    ("on-focus", "focus"),
]
MARKS = [
    ("others", "paper"),
    ("others", "band"),
    ("edge", "paper"),
    ("edge", "paper-2"),
    ("accent-2", "band"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_words_can_be_read(theme: dict[str, str], front: str, back: str) -> None:
    assert contrast(theme[front], theme[back]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks_and_edges_can_be_seen(theme: dict[str, str], front: str, back: str) -> None:
    assert contrast(theme[front], theme[back]) >= 3


def test_dark_is_the_same_whether_the_reader_or_the_device_chose_it() -> None:
    assert DARK == DARK_WITHOUT_SCRIPT
    assert set(DARK) == set(LIGHT)


def test_every_colour_that_charts_ask_for_is_set() -> None:
    from scrutinybook.charts.theme import Ink

    asked = {re.sub(r"var\(--sb-|,.*", "", ink.css) for ink in Ink}
    assert asked <= set(LIGHT)


def test_no_rule_sets_words_smaller_than_twelve_points() -> None:
    screen = CSS[: CSS.index("@page { size")]
    rem = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", screen)]
    assert rem
    assert min(rem) >= 1.0  # 1rem is 16 pixels, which is 12 points
