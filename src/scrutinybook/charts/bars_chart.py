"""Bars for the parts of a figure, one under the other: services, localities, bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes

from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import NARROW, Ink, Size

_A_BAR, _ROOM = 58, 52
"""Height of a bar with its name above it, and of what stands around all of them, in pixels."""
_THICK, _NAME, _LINE = 0.42, 0.52, 0.34
"""Of a bar's height: how thick it is, from where up its name stands, and each line of a name."""
_MOST = 34
"""Characters of a name before it is broken over lines."""


@dataclass(frozen=True)
class Bar:
    """One part."""

    name: str
    value: float | None
    """Zero or more; None where there is no figure to draw."""
    text: str
    """The figure as pages say it, or why there is none."""


@dataclass(frozen=True)
class Divide:
    """A line between two bars, with what lies below it."""

    after: int
    """Bars above the line."""
    text: str


def bars_chart(
    name: str,
    title: str,
    description: str,
    *,
    bars: Sequence[Bar],
    unit: str,
    target: float | None = None,
    full: float | None = None,
    divide: Divide | None = None,
) -> Drawing:
    """Draw them in one size, for phones and wide screens alike.

    `unit` names what the bars count. `target`: a line across each. `full`: the length of
    a pale bar behind each, of which it is a share. Raises `ValueError` where no bar has a value.
    """
    known = [bar.value for bar in bars if bar.value is not None]
    if not known:
        raise ValueError(f"{name} has no bar to draw")
    longest = max([*known, target or 0.0, full or 0.0]) or 1.0
    names = [wrap(bar.name, _MOST) or [""] for bar in bars]
    more = np.cumsum([_LINE * (len(lines) - 1) for lines in names])
    places = [place + float(extra) for place, extra in enumerate(more)]

    def paint(axes: Axes, size: Size) -> None:
        for place, bar, lines in zip(places, bars, names, strict=True):
            axes.text(0, place - _NAME / 2, "\n".join(lines), va="bottom")
            if bar.value is None:
                axes.text(0, place, bar.text, va="center", color=Ink.MUTED.value, style="italic")
                continue
            if full is not None:
                axes.barh(place, full, height=_THICK, color=Ink.BAND.value, linewidth=0)
            axes.barh(place, bar.value, height=_THICK, color=Ink.ACCENT.value, linewidth=0)
            if target is not None:
                for ink, width in ((Ink.PAPER, 6.0), (Ink.ACCENT_2, 2.6)):
                    axes.plot(
                        [target] * 2, [place - 0.3, place + 0.3], color=ink.value, linewidth=width
                    )
            axes.annotate(
                bar.text,
                (max(bar.value, full or 0.0, _past(target, bar.value, longest)), place),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
            )
        if divide is not None:
            line = places[divide.after - 1] + 0.3
            axes.plot([0, 1.4 * longest], [line] * 2, color=Ink.ACCENT_2.value, dashes=(3, 2))
            axes.text(
                1.4 * longest, line + 0.06, divide.text, va="top", ha="right",
                color=Ink.ACCENT_2.value,
            )  # fmt: skip
        axes.set_title(unit, color=Ink.MUTED.value, fontweight="normal")
        axes.set(xlabel="", ylabel="")
        axes.grid(visible=False)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        axes.set_xlim(0, 1.4 * longest)
        axes.set_ylim(places[-1] + 0.4, -0.65 - _LINE * (len(names[0]) - 1))

    taller = (_ROOM + _A_BAR * (places[-1] + 1)) / NARROW.height
    return draw(name, title, description, paint, taller=taller, sizes=(NARROW,))


def _past(target: float | None, value: float, longest: float) -> float:
    """Where a number beside a short bar would lie on the target's line: just past the line."""
    if target is None or value > target or target - value > 0.3 * longest:
        return 0.0
    return target
