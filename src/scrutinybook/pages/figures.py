"""Charts on a page: one drawing for wide screens, one for phones, one description for both."""

from __future__ import annotations

from html import escape

from scrutinybook.charts.drawing import Drawing

HOW_TO_READ_LIMITS = "how-to-read.html#reading-a-control-chart"
HOW_TO_READ_FUNNELS = "how-to-read.html#comparing-with-other-councils-the-funnel-plot"


def figure(drawing: Drawing, caption: str, how_to_read: str = "", *, notes: str = "") -> str:
    """Set a chart with its caption; the style shows whichever variant fits the screen.

    `how_to_read` is the address of the page that explains this sort of chart. `notes` is the id of
    the list of notes that are marked on the chart, where any are.
    """
    marked = (
        " Each dotted line with a letter stands at the month of a note:"
        f' <a href="#{escape(notes, quote=True)}">context on record</a>.'
    )
    link = f' <a href="{how_to_read}">How to read this chart</a>' if how_to_read else ""
    parts = "".join(
        f'<div class="sb-{size}">{svg}</div>'
        for size, svg in (("wide", drawing.wide), ("narrow", drawing.narrow))
    )
    return (
        f'<figure class="sb-figure">{parts}'
        f'<figcaption class="sb-caption">{escape(caption)}'
        f"{marked if notes else ''}{link}</figcaption></figure>"
    )


def small_figure(drawing: Drawing, caption: str) -> str:
    """Set a chart that has one size for all screens."""
    return (
        f'<figure class="sb-figure">{drawing.narrow}'
        f'<figcaption class="sb-caption">{escape(caption)}</figcaption></figure>'
    )
