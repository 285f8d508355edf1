"""A very small line chart for a table's cell, drawn by hand: few bytes, the same ones every time.

The scale comes from the figures that are drawn and from nothing else, so that no length and no
place in the drawing hangs on a figure that is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 120, 36, 6
"""In CSS pixels; the style may scale the drawing."""


def sparkline(values: Sequence[float | None], description: str, *, signal: bool) -> str:
    """Draw values as a line, the oldest first; None is a gap. Nothing for fewer than two figures.

    The last value, where it is a figure, has a diamond, or a square if it is a signal.
    `description` is read out by screen readers.
    """
    drawn = [v for v in values if v is not None]
    if len(drawn) < 2:
        return ""
    low, high = min(drawn), max(drawn)
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)

    def place(position: int, value: float) -> tuple[str, str]:
        share = (value - low) / (high - low) if high > low else 0.5
        y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)
        return _short(MARGIN + position * step), _short(y)

    path = "".join(
        # A figure between two gaps is a line of no length, which round ends make a dot.
        ("M" + "L".join(" ".join(place(i, v)) for i, v in stretch))
        + ("h0" if len(stretch) == 1 else "")
        for stretch in _stretches(values)
    )
    last = values[-1]
    mark = "" if last is None else _mark(*place(len(values) - 1, last), signal=signal)
    return (
        f'<svg class="sb-spark" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(description, quote=True)}">'
        f'<path class="sb-spark-line" fill="none" d="{path}"/>{mark}</svg>'
    )


def _stretches(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    stretch: list[tuple[int, float]] = []
    for position, value in enumerate(values):
        if value is not None:
            stretch.append((position, value))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _mark(x: str, y: str, *, signal: bool) -> str:
    if signal:
        return f'<path class="sb-spark-signal" d="M{x} {y}m-4 -4h8v8h-8z"/>'
    return f'<path class="sb-spark-latest" d="M{x} {y}m0 -4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"/>'


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
