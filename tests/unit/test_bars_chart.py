"""Bars for the parts of a figure: each named, in the page's colours, as long as its number."""

from __future__ import annotations

import re

import pytest

from scrutinybook.charts.bars_chart import Bar, Divide, bars_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.theme import Ink

BARS = [Bar("Initial Response", 24.0, "24.0"), Bar("Permanence", 12.0, "12.0")]
HIDDEN = Bar("Social Work", None, "withheld")
SHADES = {ink.value for ink in Ink}


def drawn(bars: list[Bar], **more: object) -> Drawing:
    return bars_chart("bars", "Caseloads", "What it shows", bars=bars, unit="Cases", **more)  # type: ignore[arg-type]


def lengths(svg: str) -> list[float]:
    """How far each closed shape, which is a bar, reaches from left to right."""
    found = re.findall(r'<path d="M([\d.]+) [\d.]+ ([\d.]+) [^"]*z"', svg)
    return [float(right) - float(left) for left, right in found]


def test_the_same_bars_are_the_same_bytes_and_one_size() -> None:
    first, second = (drawn([*BARS, HIDDEN], target=18.0) for _ in range(2))
    assert first == second
    assert first.wide == "" and 'role="img"' in first.narrow


def test_every_part_stands_there_with_its_figure_or_why_it_has_none() -> None:
    svg = drawn([*BARS, HIDDEN], target=18.0).narrow
    for text in ("Initial Response", "Permanence", "Social Work", "24.0", "12.0", "withheld"):
        assert f">{text}<" in svg, text
    assert set(re.findall(r"var\(--sb-[a-z0-9-]+,(#[0-9a-f]{6})\)", svg)) <= SHADES
    assert not re.search(r"\b(nan|inf|None)\b", svg)


def test_a_bar_is_as_long_as_its_number_and_one_withheld_has_none() -> None:
    long, short = lengths(drawn([*BARS, HIDDEN]).narrow)
    assert long == pytest.approx(2 * short, rel=0.02)


def test_a_target_a_whole_and_a_divide_each_add_a_mark() -> None:
    plain = drawn(BARS).narrow
    assert Ink.ACCENT_2.css not in plain and Ink.BAND.css not in plain
    assert Ink.ACCENT_2.css in drawn(BARS, target=18.0).narrow
    assert (
        lengths(drawn(BARS, full=30.0).narrow)[::2]
        == [max(lengths(drawn(BARS, full=30.0).narrow))] * 2
    )
    assert "more than 18" in drawn(BARS, divide=Divide(1, "more than 18")).narrow


def test_long_names_are_broken_and_make_room_for_themselves() -> None:
    long = Bar("Assessed and supported year in employment", 10.0, "10.0")
    one, other = (drawn([bar, BARS[1]]).narrow for bar in (BARS[0], long))
    assert "Assessed and supported year in employment" not in other
    heights = [float(re.findall(r'viewBox="([^"]+)"', svg)[0].split()[3]) for svg in (one, other)]
    assert heights[1] > heights[0]


def test_nothing_but_withheld_parts_is_no_chart() -> None:
    with pytest.raises(ValueError, match="no bar"):
        drawn([HIDDEN])
    assert drawn([Bar("None held", 0.0, "0")]).narrow
