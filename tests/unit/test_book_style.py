"""Colours of the style sheet, computed: enough contrast in light, in dark and for charts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "book/_static/scrutiny.css").read_text("utf-8")


def colours(selector: str) -> dict[str, str]:
    """The colours that the rule for `selector` sets."""
    block = CSS[CSS.index(f"{selector} {{") :]
    return dict(re.findall(r"--sb-([a-z0-9-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


LIGHT = colours(":root")
DARK = colours('html[data-theme="dark"]')
DARK_WITHOUT_SCRIPT = colours("html:not([data-theme])")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


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
