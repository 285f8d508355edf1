"""Charts as SVG: the same bytes each time, named, in the page's colours, whatever the numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import nan
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from scrutinybook.charts.control_chart import control_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.funnel_chart import funnel_chart
from scrutinybook.charts.monthly_chart import Level, monthly_chart
from scrutinybook.charts.theme import Ink
from scrutinybook.charts.yearly_chart import Line, yearly_chart
from scrutinybook.periods import Month
from scrutinybook.statistics import ControlChart, individuals_chart, proportion_funnel

STYLE = Path(__file__).resolve().parents[2] / "book" / "_static" / "scrutiny.css"
SVG = "{http://www.w3.org/2000/svg}"
TITLE, DESCRIPTION = "Referrals & <more>", 'What the chart "shows" & why'


def months(n: int) -> list[Month]:
    return [Month(2021, 4) + k for k in range(n)]


def control(values: list[float], name: str = "control") -> Drawing:
    chart = individuals_chart(values)
    return control_chart(
        name, TITLE, DESCRIPTION, months=months(len(values)), chart=chart, unit="A day"
    )


def monthly(counts: list[float], name: str = "monthly") -> Drawing:
    n = len(counts)
    return monthly_chart(
        name, TITLE, DESCRIPTION, months=months(n), counts=counts,
        levels=[Level(0, n, 200.0)], change_ranges=[(0, 0)], unit="A month",
    )  # fmt: skip


def yearly(own: list[float], others: list[float] | None = None, *, percent: bool = True) -> Drawing:
    labels = [f"{2012 + k}/{13 + k}" for k in range(len(own))]
    lines = [Line("Neighbours", others), Line("England", others)] if others else []
    return yearly_chart(
        "yearly", TITLE, DESCRIPTION, periods=labels, authority=Line("Plymouth", own),
        others=lines, percent=percent,
    )  # fmt: skip


def funnel(tops: list[float], bottoms: list[float]) -> Drawing:
    return funnel_chart(
        "funnel", TITLE, DESCRIPTION,
        funnel=proportion_funnel(np.array(tops), np.array(bottoms)),
        highlighted=0, highlighted_name="Plymouth", size_label="Referrals",
    )  # fmt: skip


WAVE = [10.0 + (k * 7 % 5) for k in range(24)]
SPREAD = [float(60 + k % 9) for k in range(20)]
CHARTS: dict[str, Callable[[], Drawing]] = {
    "control": lambda: control(WAVE),
    "control with a signal": lambda: control([*WAVE[:-1], 60.0]),
    "control with gaps": lambda: control([*WAVE[:10], nan, nan, *WAVE[10:]]),
    "control, all equal": lambda: control([10.0] * 24),
    "run chart": lambda: control([10.0, 12.0, 9.0]),
    "run chart of one point": lambda: control([10.0]),
    "monthly": lambda: monthly([200.0 + k % 30 for k in range(60)]),
    "monthly with gaps": lambda: monthly([nan, 210.0, nan, 190.0, nan]),
    "monthly, one point": lambda: monthly([200.0]),
    "monthly, all equal": lambda: monthly([200.0] * 40),
    "yearly": lambda: yearly([0.5, 0.6, 0.7], [0.6, 0.6, 0.65]),
    "yearly with gaps": lambda: yearly([nan, 0.6, nan], [nan, nan, nan]),
    "yearly, one point": lambda: yearly([0.5], [0.6]),
    "yearly, all equal": lambda: yearly([0.5] * 12, [0.5] * 12),
    "yearly, all nought": lambda: yearly([0.0] * 5, percent=False),
    "funnel": lambda: funnel(SPREAD, [100.0 + 10 * k for k in range(20)]),
    "funnel with gaps": lambda: funnel([60.0, nan, *SPREAD], [90.0, nan, *[100.0] * 20]),
    "funnel, all equal": lambda: funnel([50.0] * 12, [100.0] * 12),
}


@pytest.fixture(scope="module", params=sorted(CHARTS))
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return CHARTS[request.param]()


def variants(drawing: Drawing) -> Iterator[ElementTree.Element]:
    for svg in (drawing.wide, drawing.narrow):
        yield ElementTree.fromstring(svg)


def test_it_is_named_and_described_for_those_who_do_not_see_it(drawing: Drawing) -> None:
    for root in variants(drawing):
        assert root.tag == f"{SVG}svg" and root.get("role") == "img"
        title, desc = root[0], root[1]
        assert (title.tag, title.text) == (f"{SVG}title", TITLE)
        assert (desc.tag, desc.text) == (f"{SVG}desc", DESCRIPTION)
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


def test_ids_are_its_own_and_every_reference_is_met(drawing: Drawing) -> None:
    found = [re.findall(r' id="([^"]+)"', svg) for svg in (drawing.wide, drawing.narrow)]
    assert len({*found[0], *found[1]}) == len(found[0]) + len(found[1])
    for ids, svg in zip(found, (drawing.wide, drawing.narrow), strict=True):
        assert set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg)) <= set(ids)
        # No address beyond the page: nothing is fetched.
        assert set(re.findall(r'"(https?://[^"]+)"', svg)) <= {"http://www.w3.org/2000/svg"}


def test_every_colour_is_one_of_the_page_s(drawing: Drawing) -> None:
    for svg in (drawing.wide, drawing.narrow):
        used = set(re.findall(r"var\(--sb-([a-z0-9-]+),(#[0-9a-f]{6})\)", svg))
        assert used and used <= {(name_of(ink), ink.value) for ink in Ink}
        bare = re.sub(r"var\(--sb-[a-z0-9-]+,#[0-9a-f]{6}\)", "", svg)
        assert not re.findall(
            r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|rgb\(|: ?(?:black|white)\b", bare
        )


def test_nothing_is_drawn_at_no_place(drawing: Drawing) -> None:
    for svg in (drawing.wide, drawing.narrow):
        assert not re.search(r"\b(nan|inf|None)\b", svg)


def test_it_has_no_size_but_its_view_box_and_its_greatest_width(drawing: Drawing) -> None:
    wide, narrow = variants(drawing)
    widths = []
    for root in (wide, narrow):
        assert root.get("width") is None and root.get("height") is None
        width = float((root.get("viewBox") or "").split()[2])
        assert root.get("style") == f"max-width:{width:g}px"
        widths.append(width)
    assert widths[1] <= 360 < widths[0]  # the narrow one fits a phone


@pytest.mark.parametrize("name", ["control", "monthly", "yearly", "funnel"])
def test_the_same_numbers_make_the_same_bytes(name: str) -> None:
    assert CHARTS[name]() == CHARTS[name]()


def test_two_charts_of_a_page_share_no_id() -> None:
    one, other = control(WAVE, "referrals"), control(WAVE, "contacts")
    ids = [set(re.findall(r' id="([^"]+)"', d.wide + d.narrow)) for d in (one, other)]
    assert ids[0] and not ids[0] & ids[1]


def test_a_gap_breaks_the_line() -> None:
    whole, broken = monthly([200.0] * 40), monthly([*[200.0] * 20, nan, *[200.0] * 19])
    assert whole.wide != broken.wide
    assert whole.wide.count("<use") == broken.wide.count("<use") + 1  # one point fewer


def test_points_beyond_the_limits_have_a_shape_of_their_own() -> None:
    values = [*WAVE[:-1], 60.0]
    chart = individuals_chart(values, baseline=[True] * 23 + [False])
    assert isinstance(chart, ControlChart) and chart.beyond[-1]
    drawn = control_chart("c", TITLE, DESCRIPTION, months=months(24), chart=chart, unit="A day")
    usual = control(WAVE)
    assert len(inked(drawn.wide, Ink.SIGNAL)) > len(inked(usual.wide, Ink.SIGNAL))


def inked(svg: str, ink: Ink) -> list[ElementTree.Element]:
    """What is drawn in an ink, by a style of its own or by one that the drawing names."""
    root = ElementTree.fromstring(svg)
    named = re.findall(r"\.(\w+)\{([^}]*)\}", root.findtext(f"{SVG}style") or "")
    names = {name for name, style in named if ink.css in style}
    return [
        each
        for each in root.iter()
        if ink.css in each.get("style", "") or each.get("class") in names
    ]


def test_a_line_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="Neighbours has 2 values for 3 years"):
        yearly([0.1, 0.2, 0.3], [0.1, 0.2])


def test_light_shades_are_those_of_the_page() -> None:
    light = re.search(r":root[^{]*\{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.DOTALL)
    assert light is not None
    shades = dict(re.findall(r"--sb-([a-z0-9-]+):\s*(#[0-9a-f]{6})", light[1]))
    assert {name_of(ink): ink.value for ink in Ink} == {
        name_of(ink): shades.get(name_of(ink)) for ink in Ink
    }


def test_one_colour_has_one_meaning() -> None:
    assert len({ink.value for ink in Ink}) == len({name_of(ink) for ink in Ink}) == len(Ink)


def name_of(ink: Ink) -> str:
    return ink.css.removeprefix("var(--sb-").split(",")[0]
