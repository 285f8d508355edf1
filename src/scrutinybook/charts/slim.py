"""A drawing in fewer bytes and the same look: styles said once, no empty groups, short paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
_GROUP, _DEFS = f"{{{SVG}}}g", f"{{{SVG}}}defs"
_WORDS = {f"{{{SVG}}}title", f"{{{SVG}}}desc"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_PLACES = ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "transform")
_NO_TURN = re.compile(r"\s*rotate\(-?0(?: [^)]*)?\)")
_AFTER = {"M": "L", "L": "L", "C": "C"}
"""What a path does next where it does not say."""
_HUNDREDTHS_BELOW = 10.0

ElementTree.register_namespace("", SVG)


def slim(svg: str, prefix: str) -> str:
    """Return the drawing `svg` as short as it can be said; names of styles begin with `prefix`.

    Places are given to a tenth of a pixel, and to a hundredth within marks, which are small.
    """
    root = ElementTree.fromstring(svg)
    _open_groups(root)
    for each in root.iter():
        is_mark = "id" in each.attrib
        if "d" in each.attrib:
            each.set("d", _short_path(each.attrib["d"], is_mark=is_mark))
        for name in _PLACES:
            if name in each.attrib and each is not root:
                value = _NO_TURN.sub("", each.attrib.pop(name))
                if value:
                    each.set(name, _short_numbers(value, is_mark=is_mark))
        if "style" in each.attrib and each is not root:
            each.set("style", _short_style(each.attrib["style"]))
        for part in ("text", "tail"):
            if not (getattr(each, part) or "").strip():
                setattr(each, part, None)
    _style_once(root, prefix)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _open_groups(root: ElementTree.Element) -> None:
    """Put what stands in a group that says nothing where the group stood; drop empty groups."""
    for holder in list(root.iter()):
        holder[:] = list(_opened(holder))


def _opened(holder: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for each in holder:
        if each.tag in {_GROUP, _DEFS} and not len(each):
            continue
        if each.tag == _GROUP and not each.attrib:
            yield from _opened(each)
        else:
            yield each


def _short_path(path: str, *, is_mark: bool) -> str:
    steps, before = "", ""
    for letter, places in _STEP.findall(path):
        numbers = _short_numbers(" ".join(places.split()), is_mark=is_mark)
        goes_without_saying = letter == _AFTER.get(before)
        steps += f" {numbers}" if goes_without_saying else f"{letter}{numbers}"
        before = letter
    return steps


def _short_numbers(words: str, *, is_mark: bool) -> str:
    def shorter(match: re.Match[str]) -> str:
        number = float(match[0])
        digits = 2 if is_mark and abs(number) < _HUNDREDTHS_BELOW else 1
        text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
        return "0" if text in {"-0", ""} else text

    return _NUMBER.sub(shorter, words)


def _short_style(style: str) -> str:
    parts = (part.split(":", 1) for part in style.split(";") if part.strip())
    return ";".join(f"{name.strip()}:{value.strip()}" for name, value in parts)


def _style_once(root: ElementTree.Element, prefix: str) -> None:
    """Give a style that several elements have a name, and say it once for the drawing."""
    styled = [each for each in root.iter() if "style" in each.attrib and each is not root]
    counts = Counter(each.attrib["style"] for each in styled)
    often = [style for style, count in counts.items() if count > 1]
    names = {style: f"{prefix}s{place}" for place, style in enumerate(often)}
    for each in styled:
        if each.attrib["style"] in names:
            each.set("class", names[each.attrib.pop("style")])
    if names:
        rules = ElementTree.Element(f"{{{SVG}}}style")
        rules.text = "".join(f".{name}{{{style}}}" for style, name in names.items())
        root.insert(sum(each.tag in _WORDS for each in root), rules)
