"""What guidance asks of every chart: seen in light and dark, from zero, named where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from drawn_charts import CHARTS, bars
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from page_colours import DARK, LIGHT, contrast

from scrutinybook.charts.theme import Ink

SOURCES = Path(__file__).resolve().parents[2] / "src/scrutinybook/charts"
SVG = "{http://www.w3.org/2000/svg}"
BEHIND = {"paper", "grid", "band"}
"""Colours of what lies behind marks and says nothing by itself."""
TWELVE_POINTS = 16.0
"""In CSS pixels."""

Style = dict[str, str]


@pytest.fixture(params=sorted(CHARTS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def drawings(name: str) -> list[str]:
    """The drawings of a chart: wide and narrow, or one for both."""
    drawn = CHARTS[name]()
    return [svg for svg in (drawn.wide, drawn.narrow) if svg]


def styled(svg: str) -> Iterator[tuple[ElementTree.Element, Style]]:
    """Everything drawn, with its style as a browser works it out: own, named and handed down."""
    root = ElementTree.fromstring(svg)
    rules = dict(re.findall(r"\.(\w+)\{([^}]*)\}", root.findtext(f"{SVG}style") or ""))

    def walk(
        each: ElementTree.Element, above: Style
    ) -> Iterator[tuple[ElementTree.Element, Style]]:
        said = f"{rules.get(each.get('class', ''), '')};{each.get('style', '')}"
        own = above | dict(re.findall(r"([\w-]+):([^;]+)", said))
        yield each, own
        for inner in each:
            yield from walk(inner, own)

    return walk(root, {})


def colour(value: str | None) -> str | None:
    """The page's name for a colour; None for nothing drawn."""
    found = re.match(r"var\(--sb-([\w-]+),", value or "")
    return found[1] if found else None


def words_in(svg: str) -> Iterator[tuple[str, Style, ElementTree.Element]]:
    for each, style in styled(svg):
        if each.tag == f"{SVG}text":
            yield "".join(each.itertext()), style, each


def test_no_sort_of_chart_is_forgotten() -> None:
    drawing = {p.stem for p in SOURCES.glob("*_chart.py")}
    assert drawing == {each.split()[0] for each in CHARTS}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_its_words_can_be_read_and_its_marks_seen(name: str, theme: dict[str, str]) -> None:
    for svg in drawings(name):
        behind = ["paper", "band"] if "--sb-band," in svg else ["paper"]
        words = {colour(style.get("fill")) for _, style, _ in words_in(svg)}
        marks = {
            colour(style.get(way))
            for each, style in styled(svg)
            if each.tag in {f"{SVG}path", f"{SVG}use"}
            for way in ("fill", "stroke")
        }
        assert words and None not in words  # words without a colour would be black in the dark
        marks -= {None, *BEHIND}
        assert marks
        for back in behind:
            assert {
                w: contrast(theme[w], theme[back])
                for w in words
                if w and contrast(theme[w], theme[back]) < 4.5
            } == {}
            assert {
                m: contrast(theme[m], theme[back])
                for m in marks
                if m and contrast(theme[m], theme[back]) < 3
            } == {}


def test_no_words_are_smaller_than_twelve_points(name: str) -> None:
    for svg in drawings(name):
        sizes = {
            text: float(style["font-size"].removesuffix("px")) for text, style, _ in words_in(svg)
        }
        assert {t: s for t, s in sizes.items() if s < TWELVE_POINTS} == {}


@pytest.mark.parametrize(
    "name",
    [
        "yearly_chart", "monthly_chart", "claim_chart",
        "measure_chart without limits", "control_chart without limits",
    ],
)  # fmt: skip
def test_without_limits_an_axis_begins_at_zero_at_its_foot(name: str) -> None:
    for svg in drawings(name):
        zero = [e for text, _, e in words_in(svg) if text in {"0", "0%"}]
        assert len(zero) == 1
        numbers = [
            float(e.get("y", "nan")) for t, s, e in words_in(svg)
            if s.get("text-anchor") == "end" and re.fullmatch(r"[\d,.]+%?", t)
        ]  # fmt: skip
        assert len(numbers) > 2
        assert max(numbers) == float(zero[0].get("y", "nan"))
        # Nothing but the names of the months lies below: no line begins under zero.
        below = [t for t, _, e in words_in(svg) if float(e.get("y", "nan")) > max(numbers) + 4]
        assert all(re.fullmatch(r"[A-Z][a-z]{2}|20\d\d(/\d\d)?", each) for each in below)


def test_bars_begin_at_zero_and_at_one_edge() -> None:
    svg = bars(90.0, 100.0).narrow
    accent = Ink.ACCENT.css
    ends = [
        [float(x) for x in re.findall(r"(?:M|L|^| )([\d.]+) [\d.]+", each.get("d", ""))]
        for each, style in styled(svg)
        if each.tag == f"{SVG}path" and style.get("fill") == accent
    ]
    (left, right), (other_left, other_right) = [(min(x), max(x)) for x in ends]
    assert left == other_left
    # As long as their numbers: from any other foot the nearly equal ones would differ more.
    assert (right - left) / (other_right - other_left) == pytest.approx(0.9, abs=0.005)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "yearly_chart",
            {"Plymouth": Ink.ACCENT, "Neighbours": Ink.ACCENT_2, "England": Ink.MUTED},
        ),
        ("claim_chart", {"Front door": Ink.ACCENT, "Permanence": Ink.MUTED}),
        ("measure_chart", {"target": Ink.ACCENT_2, "centre": Ink.MUTED}),
        ("control_chart", {"centre": Ink.MUTED}),
    ],
)
def test_a_line_has_its_name_beside_its_end_in_its_own_colour(
    name: str, lines: dict[str, Ink]
) -> None:
    for svg in drawings(name):
        width = float(re.findall(r'viewBox="0 0 ([\d.]+)', svg)[0])
        strokes = {style.get("stroke") for e, style in styled(svg) if e.tag == f"{SVG}path"}
        named = {text: (style.get("fill"), e) for text, style, e in words_in(svg)}
        for line, ink in lines.items():
            fill, label = named[line]
            assert fill == ink.css and ink.css in strokes
            assert float(label.get("x", "nan")) > width / 2


def test_there_is_no_key_where_labels_can_stand(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    for kind in (Axes, Figure):
        monkeypatch.setattr(kind, "legend", lambda *_, **__: keys.append(name))
    CHARTS[name]()
    # A chart of a reader's own file may have six sorts of lines and marks that end nowhere.
    assert not keys or name == "phased_chart"
