"""A drawing said in fewer bytes: what is left must be drawn in the same place and ink."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.charts.slim import slim

SVG = "{http://www.w3.org/2000/svg}"
INK = "fill: none; stroke: var(--sb-accent,#0d567a)"


def drawn(*parts: str) -> str:
    body = "\n".join(parts)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 400" style="max-width:720px">'
        f"<title>A &amp; B</title><desc>Words.</desc>\n{body}\n</svg>"
    )


def test_groups_that_say_nothing_go_and_those_that_do_stay() -> None:
    root = ElementTree.fromstring(
        slim(
            drawn(
                "<g><g>\n</g><g><text>one</text></g></g>",
                '<g clip-path="url(#a)"><g><text>two</text></g></g>',
                "<defs></defs>",
            ),
            "c",
        )
    )
    assert [each.tag.removeprefix(SVG) for each in root] == ["title", "desc", "text", "g"]
    assert [each.text for each in root.iter(f"{SVG}text")] == ["one", "two"]
    assert root[0].text == "A & B"


def test_a_style_of_several_is_said_once_and_words_stay_first() -> None:
    alone = "fill: red"
    text = slim(drawn(*[f'<path d="M 0 0" style="{INK}"/>'] * 3, f'<a style="{alone}"/>'), "c1")
    root = ElementTree.fromstring(text)
    assert [each.tag.removeprefix(SVG) for each in root][:3] == ["title", "desc", "style"]
    assert root[2].text == ".c1s0{fill:none;stroke:var(--sb-accent,#0d567a)}"
    assert [each.get("class") for each in root.iter(f"{SVG}path")] == ["c1s0"] * 3
    assert root.find(f"{SVG}a").get("style") == "fill:red"  # type: ignore[union-attr]
    assert root.get("style") == "max-width:720px"


def test_a_turn_by_nothing_goes_and_one_by_something_stays() -> None:
    text = slim(
        drawn(
            '<text transform="rotate(-0 33.54 355.17)">0</text>',
            '<text transform="translate(1.26 2) rotate(-90)">up</text>',
        ),
        "c",
    )
    assert [e.get("transform") for e in ElementTree.fromstring(text).iter(f"{SVG}text")] == [
        *(None, "translate(1.3 2) rotate(-90)"),
    ]


COORDINATE = st.integers(-900_000, 900_000).map(lambda value: value / 1000)
STEPS = st.lists(
    st.tuples(st.sampled_from("MLC"), st.lists(COORDINATE, min_size=6, max_size=6)),
    min_size=1,
    max_size=12,
)


@given(steps=STEPS)
def test_a_path_goes_the_same_way_to_a_tenth_of_a_pixel(
    steps: list[tuple[str, list[float]]],
) -> None:
    steps = [("M", steps[0][1]), *steps[1:]]
    whole = [(letter, places if letter == "C" else places[:2]) for letter, places in steps]
    path = "\n".join(f"{letter} {' '.join(map(repr, places))}" for letter, places in whole) + "\nz"
    root = ElementTree.fromstring(slim(drawn(f'<path d="{path}"/>'), "c"))
    short = root.find(f"{SVG}path").get("d")  # type: ignore[union-attr]
    assert short is not None and len(short) <= len(path)
    read = read_path(short)
    assert [letter for letter, _ in read] == [letter for letter, _ in whole] + ["z"]
    for (_, found), (_, wanted) in zip(read, whole, strict=False):
        assert found == pytest.approx(wanted, abs=0.0501)


def read_path(path: str) -> list[tuple[str, list[float]]]:
    """The steps of a path as a browser reads them, letters that go without saying included."""
    steps: list[tuple[str, list[float]]] = []
    for letter, rest in re.findall(r"([MLCz])([^MLCz]*)", path):
        numbers = [float(each) for each in rest.split()]
        size = 6 if letter == "C" else 2
        if not numbers:
            steps.append((letter, []))
        for place in range(0, len(numbers), size):
            steps.append((letter, numbers[place : place + size]))
            letter = "L" if letter == "M" else letter  # noqa: PLW2901 - as the rule has it
    return steps


def test_marks_keep_a_hundredth_where_they_are_small() -> None:
    text = slim(drawn('<defs><path id="m" d="M 0 3 C 0.796 3 1.559 2.684 12.344 2"/></defs>'), "c")
    assert ' d="M0 3C0.8 3 1.56 2.68 12.3 2"' in text
