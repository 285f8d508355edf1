"""From a drawing function to SVG text: byte-stable, in the page's colours, with a description."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scrutinybook.charts.slim import slim
from scrutinybook.charts.theme import PIXELS_AN_INCH, SIZES, Ink, Size, drawing_style

_STYLE_FOR_ALL = re.compile(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", re.DOTALL)
_NOTHING = re.compile(r'<path d="[^"]*" style="fill: none"/>\s*')
_MARKS = re.compile(r'<g((?: clip-path="[^"]*")?)>((?:\s*<use [^>]*? style="[^"]*"/>){2,})\s*</g>')
_USE_STYLE = re.compile(r' style="([^"]*)"')


@dataclass(frozen=True)
class Drawing:
    """One chart in two sizes; each is an SVG element to stand in a page."""

    name: str
    description: str
    """What the chart shows, for readers who do not see it."""
    wide: str
    narrow: str


def draw(
    name: str,
    title: str,
    description: str,
    paint: Callable[[Axes, Size], None],
    *,
    taller: float = 1.0,
    sizes: Sequence[Size] = SIZES,
) -> Drawing:
    """Draw a chart in both sizes, or in those of `sizes` alone; the text of the other is empty.

    `name` is unique in its book (it makes the SVG's ids); `title` and `description` are read out by
    screen readers; `paint` draws on the axes it is given. `taller` stretches the height.
    """
    made = {}
    for size in sizes:
        with drawing_style(size), mpl.rc_context({"svg.hashsalt": f"{name}/{size.name}"}):
            figure = Figure(
                figsize=(size.width / PIXELS_AN_INCH, taller * size.height / PIXELS_AN_INCH),
                dpi=PIXELS_AN_INCH,
                layout="constrained",
            )
            paint(figure.subplots(), size)
            buffer = io.StringIO()
            figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        made[size.name] = _for_page(buffer.getvalue(), f"{name}-{size.name}", title, description)
    return Drawing(name, description, made.get("wide", ""), made.get("narrow", ""))


def _for_page(svg: str, prefix: str, title: str, description: str) -> str:
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = _STYLE_FOR_ALL.sub("", body)  # it would reach beyond the drawing
    body = _NOTHING.sub("", body)
    short = f"c{hashlib.sha256(prefix.encode()).hexdigest()[:6]}"
    body = _own_ids(body, short)
    body = _MARKS.sub(_style_once, body)
    for ink in Ink:
        body = body.replace(ink.value, ink.css)
    body = body.replace("'DejaVu Sans'", "var(--sb-chart-font,'DejaVu Sans')")
    box = re.search(r'viewBox="([^"]+)"', body)
    assert box is not None  # matplotlib always writes one
    width = float(box[1].split()[2])
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}" role="img"'
        f' aria-labelledby="{prefix}-t {prefix}-d" style="max-width:{width:g}px">'
        f'<title id="{prefix}-t">{escape(title)}</title>'
        f'<desc id="{prefix}-d">{escape(description)}</desc>'
    )
    body = re.sub(r"<svg[^>]*>", lambda _: opening, body, count=1)
    return slim(body.replace("xlink:href", "href"), short)


def _style_once(marks: re.Match[str]) -> str:
    """Say a style that all marks of a group share once, for the group."""
    clip, uses = marks.groups()
    styles = set(_USE_STYLE.findall(uses))
    if len(styles) != 1:
        return marks[0]
    return f'<g{clip} style="{styles.pop()}">{_USE_STYLE.sub("", uses)}</g>'


def _own_ids(svg: str, short: str) -> str:
    """Give every id a name that begins with this drawing's own; two drawings share a page."""
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    names = {old: f"{short}{number}" for number, old in enumerate(sorted(used))}

    def rename(match: re.Match[str]) -> str:
        old = match[1]
        return f' id="{names[old]}"' if old in names else ""

    svg = re.sub(r' id="([^"]*)"', rename, svg)
    for old, new in names.items():
        svg = svg.replace(f"url(#{old})", f"url(#{new})").replace(
            f'href="#{old}"', f'href="#{new}"'
        )
    return svg
