"""A reader measures the drawings: nothing stands where a figure is withheld, and nothing moved.

Each drawing is taken apart as a reader of the page could: months from the marks of its axis,
figures from its grid, then every point and every bend of every line. Random tables went through the
gate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import lxml.etree
import numpy as np
import pytest
from drawn_council_context import context
from drawn_tables_of_counts import FIRST, drawn, gated, rows_of

from scrutinybook.chapters.council_section import council_section
from scrutinybook.council.figures import CouncilFigures
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.periods import Month

DRAWN = ("contacts", "referrals_received", "referrals_no_further_action", "assessments_on_time",
         "plans_repeat", "leavers_19_to_21_active", "leavers_19_to_21_not_known")  # fmt: skip
_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
_PAIR = re.compile(r"(-?[\d.]+)[ ,](-?[\d.]+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEAR = 0.04
"""Of a month: drawings round to a tenth of a unit, and a month is about 16 units wide."""


@dataclass(frozen=True)
class Measured:
    """What a reader takes from one drawing."""

    points: tuple[tuple[float, float], ...]
    """Months after the first, and the figure: of every mark."""
    lines: tuple[tuple[tuple[float, float], ...], ...]
    """The same of every bend of each line."""
    step: float
    """How much of the figure a unit of the drawing is."""


def measured_svg(text: str) -> Measured | None:
    """Undo a drawing's axes; None for one that has no axis of months."""
    root = lxml.etree.fromstring(text.encode())
    for each in root.iter():
        each.tag = str(each.tag).rpartition("}")[2]
    ticks = {d.get("id") for d in root.iter("path") if re.match(r"M0 0 0 ", d.get("d") or "")}
    words = [(e.text or "").strip() for e in root.iter("text")]
    labels = [
        Month(int(year), _MONTHS.index(month) + 1).index - FIRST.index
        for month, year in pairwise(words)
        if month in _MONTHS and re.fullmatch(r"\d{4}", year)
    ]
    href = "href"
    uses = [
        ((e.get(href) or e.get("{http://www.w3.org/1999/xlink}href") or "")[1:],
         float(e.get("x") or 0), float(e.get("y") or 0))
        for e in root.iter("use")
    ]  # fmt: skip
    marks = [x for name, x, _ in uses if name in ticks]
    grid = list(_grid(root))
    box = next(root.iter("rect"), None)
    if box is None or len(labels) < 2 or len(marks) != len(labels) or len(grid) < 2:
        return None
    months = np.polyfit(marks, labels, 1)
    figures = np.polyfit([y for y, _ in grid], [figure for _, figure in grid], 1)

    def undone(x: float, y: float) -> tuple[float, float]:
        return float(np.polyval(months, x)), float(np.polyval(figures, y))

    lines = [
        tuple(undone(float(x), float(y)) for x, y in _PAIR.findall(each.get("d") or ""))
        for each in root.iter("path")
        if not any(a.tag in {"defs", "clipPath"} for a in each.iterancestors())
    ]
    left, top, wide, high = (float(box.get(key) or 0) for key in ("x", "y", "width", "height"))
    points = tuple(
        undone(x, y)
        for name, x, y in uses
        # What explains the marks stands outside.
        if name not in ticks and left <= x <= left + wide and top - 9 <= y <= top + high + 9
    )
    return Measured(points, tuple(lines), abs(float(figures[0])))


def _grid(root: lxml.etree._Element) -> Iterator[tuple[float, float]]:
    """Each line of the grid with the figure beside it."""
    height: float | None = None
    for each in root.iter("path", "text"):
        pairs = _PAIR.findall(each.get("d") or "")
        if each.tag == "path":
            flat = len(pairs) == 2 and pairs[0][1] == pairs[1][1]
            height = float(pairs[0][1]) if flat else None
        elif height is not None and re.fullmatch(r"[\d,.]+%?", each.text or ""):
            figure = float(str(each.text).strip("%").replace(",", ""))
            yield height, figure / 100 if str(each.text).endswith("%") else figure
            height = None


def drawings(figures: CouncilFigures, measure_id: str) -> list[Measured]:
    page = council_section(context(figures), measure_id)
    found = [measured_svg(text) for text in _SVG.findall(page)]
    return [each for each in found if each is not None]


def by_month(series: PublishedSeries) -> dict[int, float | None]:
    return {o.period.month.index - FIRST.index: o.value for o in series}


def amiss(seen: Measured, series: PublishedSeries) -> list[str]:
    """Marks that stand in a withheld month, or show what is not shown; bends in such a month."""
    shown = by_month(series)
    hidden = {month for month, value in shown.items() if value is None}
    found = []
    for x, y in seen.points:
        month = round(x)
        value = shown.get(month)
        if abs(x - month) > _NEAR or value is None or abs(value - y) > seen.step:
            found.append(f"a mark at {x:.2f}, {y:.3f}")
    for line in seen.lines:
        for k, (x, y) in enumerate(line):
            beside = [other for other in (k - 1, k + 1) if 0 <= other < len(line)]
            flat = any(abs(line[other][1] - y) < seen.step / 5 for other in beside)
            if round(x) in hidden and abs(x - round(x)) < _NEAR and not flat:
                found.append(f"a bend at {x:.2f}, {y:.3f}")
    return found


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_drawn_where_a_figure_is_withheld(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = gated(drawn(seed), monkeypatch)
    withheld = drawn_ = 0
    for name in DRAWN:
        whole = figures[name].whole
        for seen in drawings(figures, name):
            assert len(seen.points) >= 3
            assert amiss(seen, whole) == [], name
            drawn_ += 1
        withheld += sum(o.value is None for o in whole)
    assert drawn_ > 8 and withheld > 5


def test_the_reader_sees_a_figure_that_should_not_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else the test above could not fail: a drawing with one figure more than is shown."""
    figures = gated(drawn(1), monkeypatch)
    whole = figures["contacts"].whole
    shown = [o for o in whole if o.value is not None]
    kept = tuple(
        o if o is not shown[9] else type(o)(o.period, None, None, None, o.release) for o in whole
    )
    less = PublishedSeries(whole.measure_id, whole.area, kept, whole.origin)
    found = [line for seen in drawings(figures, "contacts") for line in amiss(seen, less)]
    assert any(line.startswith("a mark") for line in found)
    assert any(line.startswith("a bend") for line in found)


def test_two_truths_give_the_same_drawings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Axes, centre lines and limits too: none is worked out from what is withheld."""
    raw = drawn(2)
    raw["plans"][:, 10] = [3, 40]
    raw["referrals"][:, 12] += 40
    raw["no further action"][12] = 2
    other = {name: counts.copy() for name, counts in raw.items()}
    other["plans"][:, 10] = [4, 39]
    other["no further action"][12] = 5
    one, two = gated(raw, monkeypatch), gated(other, monkeypatch)
    assert rows_of(one, tmp_path) == rows_of(two, tmp_path)
    assert one["plans_repeat"].whole.observations[10].value is None
    pages = [[council_section(context(each), name) for name in DRAWN] for each in (one, two)]
    assert pages[0] == pages[1]
    assert sum("<svg" in page for page in pages[0]) > 4
