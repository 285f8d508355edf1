"""Notes on monthly charts: a line at the month, a letter above it, the words beside and beneath."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from string import ascii_uppercase
from xml.etree import ElementTree

import lxml.html
import numpy as np
import pytest
from drawn_council_context import context, figures
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from scrutinybook.chapters.context_notes import context_marks, context_notes
from scrutinybook.chapters.council_section import council_section
from scrutinybook.chapters.front_door import FrontDoor, front_door
from scrutinybook.charts.context_marks import ContextMark
from scrutinybook.charts.control_chart import control_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.measure_chart import Limits, measure_chart
from scrutinybook.charts.monthly_chart import Level, monthly_chart
from scrutinybook.context import open_context
from scrutinybook.edition import Edition
from scrutinybook.periods import Month
from scrutinybook.statistics import individuals_chart
from scrutinybook.workspace import Workspace

SVG = "{http://www.w3.org/2000/svg}"
FIRST = Month(2019, 4)
N = 48
MONTHS = [FIRST + k for k in range(N)]
VALUES = np.array([900.0 + 40 * (k * 7 % 5) for k in range(N)])
HOSTILE = "</desc><script>alert(1)</script> & a new team."
Chart = Callable[..., Drawing]


def control(context: Sequence[ContextMark]) -> Drawing:
    return control_chart(
        "control", "Title", "What it shows.", months=MONTHS,
        chart=individuals_chart(list(VALUES)), unit="A day", context=context,
    )  # fmt: skip


def levels(context: Sequence[ContextMark], searched_from: int = 0) -> Drawing:
    return monthly_chart(
        "levels", "Title", "What it shows.", months=MONTHS, counts=list(VALUES),
        levels=[Level(searched_from, N, 980.0)], change_ranges=[], unit="A month",
        searched_from=searched_from, context=context,
    )  # fmt: skip


def measure(context: Sequence[ContextMark]) -> Drawing:
    flat = np.full(N, 1.0)
    return measure_chart(
        "measure", "Title", "What it shows.", months=MONTHS, values=VALUES,
        limits=Limits(850 * flat, 980 * flat, 1100 * flat, VALUES > 1050), target=1050.0,
        unit="A month", percent=False, context=context,
    )  # fmt: skip


CHARTS: list[Chart] = [control, levels, measure]


def mark(key: str, place: int, text: str = "A new team began.") -> ContextMark:
    return ContextMark(key, FIRST + place, text)


def variants(drawing: Drawing) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in (drawing.wide, drawing.narrow)]


def keys_of(root: ElementTree.Element) -> list[tuple[float, float, str]]:
    """Place and words of each bold capital or run of them, from left to right."""
    found = []
    for each in root.iter(f"{SVG}text"):
        words = each.text or ""
        if re.fullmatch(r"[A-Z]+(–[A-Z]+)?", words):
            place = re.search(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)", each.get("transform", ""))
            x, y = place.groups() if place else (each.get("x"), each.get("y"))
            found.append((float(x or "nan"), float(y or "nan"), words))
    return sorted(found)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_letter_is_drawn_and_the_words_are_told(chart: Chart) -> None:
    drawing = chart([mark("A", 20), mark("B", 40, HOSTILE)])
    for root in variants(drawing):
        assert [key for _, _, key in keys_of(root)] == ["A", "B"]
        assert not any("team" in (each.text or "") for each in root.iter(f"{SVG}text"))
        assert root.findtext(f"{SVG}desc") == (
            "What it shows. Note A, December 2020: A new team began."
            f" Note B, August 2022: {HOSTILE}"
        )
        assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("chart", CHARTS)
def test_the_line_stands_at_its_month_from_top_to_bottom(chart: Chart) -> None:
    for plain, marked in zip(variants(chart([])), variants(chart([mark("A", 20)])), strict=True):
        before = [each.get("d") for each in plain.iter(f"{SVG}path")]
        new = [d for e in marked.iter(f"{SVG}path") if (d := e.get("d", "")) not in before]
        upright = [
            (float(x), abs(float(top) - float(bottom)))
            for d in new
            if (found := re.fullmatch(r"M([\d.]+) ([\d.]+) \1 ([\d.]+)", d))
            for x, bottom, top in [found.groups()]
        ]
        ((at, height),) = [each for each in upright if each[1] > 100]
        assert at == pytest.approx(keys_of(marked)[0][0], abs=0.2)
        assert height > 0.5 * float((marked.get("viewBox") or "").split()[3])


@pytest.mark.parametrize("chart", CHARTS)
def test_a_note_of_a_month_that_is_not_shown_is_not_told_either(chart: Chart) -> None:
    assert chart([mark("A", -1), mark("B", N)]) == chart([])


def test_no_screen_has_a_line_that_another_has_not() -> None:
    """A phone leaves out the months before the search, so no screen marks a note there."""
    assert levels([mark("A", 3)], searched_from=10) == levels([], searched_from=10)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_notes_make_the_same_bytes(chart: Chart) -> None:
    marks = [mark("A", 0), mark("B", 20), mark("C", N - 1)]
    assert chart(marks) == chart(marks) != chart(marks[:2])


@pytest.mark.parametrize(
    "places",
    [
        (0, N - 1),
        (20, 20),
        (20, 21),
        (20, 22, 24, 26, 28, 47),
        (0, 1, 2, 30, 31, 46, 47, 47),
        tuple(range(0, N, 2)),
        tuple(range(5, 31)),
    ],
)
def test_letters_never_touch_and_none_is_lost(places: tuple[int, ...]) -> None:
    letters = ascii_uppercase[: len(places)]
    drawing = measure([mark(*each) for each in zip(letters, places, strict=True)])
    bold = FontProperties(family="DejaVu Sans", weight="bold", size=16)
    for root in variants(drawing):
        keys = keys_of(root)
        assert len({y for _, y, _ in keys}) == 1
        width = [TextPath((0, 0), words, prop=bold).get_extents().width for _, _, words in keys]
        for (at, half), (after, half_after) in pairwise(
            (x, w / 2) for (x, _, _), w in zip(keys, width, strict=True)
        ):
            assert at + half < after - half_after
        said = "".join(
            letters[letters.index(words[0]) : letters.index(words[-1]) + 1] for *_, words in keys
        )
        assert said == letters


def test_notes_far_apart_each_have_their_letter() -> None:
    drawing = control([mark("A", 5), mark("B", 25), mark("C", 45)])
    for root in variants(drawing):
        assert [key for _, _, key in keys_of(root)] == ["A", "B", "C"]


def note(month: str, text: str, measure: str = "referrals_received") -> dict[str, str]:
    return {"measure": measure, "month": month, "text": text, "source": "minutes"}


NOTES = [
    note("2022-12", "The team moved."),
    note("2022-06", "A bonus began."),
    note("2019-01", "Long ago."),
    note("2022-06", "Of another measure.", "contacts"),
]


def test_a_council_s_chart_and_the_list_beneath_have_the_same_letters() -> None:
    steady = [100 + 7 * (k % 3) - 4 * (k % 5) for k in range(25)]
    held = {"referrals_received": figures("referrals_received", steady)}
    root = lxml.html.fromstring(
        f"<div>{council_section(context(held, notes=NOTES), 'referrals_received')}</div>"
    )
    (box,) = root.find_class("sb-context")
    assert [p.text_content() for p in box.iterfind("p")] == [
        "Context on record",
        "January 2019: Long ago. (Source: minutes.)",
        "Note A, June 2022: A bonus began. (Source: minutes.)",
        "Note B, December 2022: The team moved. (Source: minutes.)",
    ]
    described = [each.text_content() for each in root.iter("desc")]
    assert len(described) == 2
    for words in described:
        assert "Note A, June 2022: A bonus began. Note B, December 2022: The team moved." in words
        assert "Long ago" not in words and "another measure" not in words
    links = [a.get("href") for a in root.xpath(".//figcaption//a")]
    assert f"#{box.get('id')}" in links


def test_a_section_without_notes_speaks_of_none() -> None:
    steady = [100 + 7 * (k % 3) - 4 * (k % 5) for k in range(25)]
    held = {"referrals_received": figures("referrals_received", steady)}
    html = council_section(context(held), "referrals_received")
    assert "dotted line" not in html and "sb-context" not in html


def test_a_section_without_a_chart_has_its_notes_without_letters() -> None:
    held = {"referrals_received": figures("referrals_received", [101, 99])}
    html = council_section(context(held, notes=[note("2023-03", "Moved.")]), "referrals_received")
    assert "March 2023: Moved. (Source: minutes.)" in html
    assert "Note A" not in html and "dotted line" not in html


def test_each_official_chart_marks_the_notes_of_its_own_months(project: Path) -> None:
    """The control chart begins with a phase; the chart of levels reaches further back."""
    began = {"measure": "referrals", "begins": "2021-12", "decided": "2026-11-23", "reason": "x"}
    notes = [
        note("2021-03", "The team moved.", "referrals"),
        note("2022-06", HOSTILE, "referrals"),
    ]
    values = {"authority": "Plymouth", "month": "2023-03", "phases": [began], "notes": notes}
    chapter = front_door(open_context(Workspace(project), values))
    assert isinstance(chapter, FrontDoor)
    control, by_level = chapter.latest_month(), chapter.lasting_changes()
    assert "Note B, June 2022" in control and "Note A" not in control
    assert "Note A, March 2021" in by_level and "Note B, June 2022" in by_level
    listed = lxml.html.fromstring(chapter.context_notes())
    assert [p.text_content() for p in listed.iterfind("p")][1:] == [
        "Note A, March 2021: The team moved. (Source: minutes.)",
        f"Note B, June 2022: {HOSTILE} (Source: minutes.)",
    ]
    for html in (control, by_level):
        assert f'href="#{listed.get("id")}"' in html
        assert "<script" not in html and "&lt;script&gt;" in html


def test_after_z_come_two_letters() -> None:
    values = {"authority": "Demo", "month": "2023-03", "kind": "demonstration"}
    many = [note(str(FIRST + k), f"Note {k}.") for k in range(N)][:28]
    edition = Edition(**values, notes=many)
    marks = context_marks(edition, "referrals_received", MONTHS)
    assert [m.key for m in marks] == [*ascii_uppercase, "AA", "AB"]
    listed = context_notes(edition, "referrals_received", MONTHS)
    assert all(f"Note {m.key}, {m.month.words}: {m.text}" in listed for m in marks)
