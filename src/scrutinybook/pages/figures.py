"""Charts on a page: one drawing for wide screens, one for phones, one description for both."""

from __future__ import annotations

from html import escape

from scrutinybook.charts.drawing import Drawing


def figure(drawing: Drawing, caption: str) -> str:
    """Set a chart with its caption; the style shows whichever variant fits the screen."""
    parts = "".join(
        f'<div class="sb-{size}">{svg}</div>'
        for size, svg in (("wide", drawing.wide), ("narrow", drawing.narrow))
    )
    return (
        f'<figure class="sb-figure">{parts}'
        f'<figcaption class="sb-caption">{escape(caption)}</figcaption></figure>'
    )
