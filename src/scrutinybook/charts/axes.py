"""What the charts share: month and year axes, labels at the end of a line, room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month

_MOST_WIDE, _MOST_NARROW = 24, 16
"""Characters of a label beside a line before it is broken, on a wide drawing and a narrow one."""
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class EndLabel:
    """A label beside the last point of a line."""

    x: float
    y: float
    text: str
    ink: Ink


def stretches(values: npt.NDArray[np.float64]) -> dict[str, Any]:
    """What seaborn's line needs to break at every gap (NaN): it would join the points beside it.

    A line across months that nobody has a figure for would show figures that are not there.
    """
    return {"units": np.cumsum(np.isnan(values)), "estimator": None}


def month_axis(axes: Axes, months: Sequence[Month], size: Size, start: int = 0) -> None:
    """Mark each April, or a few months where the series is short; x is the month's position.

    Months before position `start` are not shown.
    """
    shown = range(start, len(months))
    if len(shown) <= 30:
        step = 6 if size.narrow else 3
        places = [i for i in shown if (months[i].month - 1) % step == 0]
    else:
        aprils = [i for i in shown if months[i].month == 4]
        every = max(1, round(len(aprils) / (4 if size.narrow else 9) + 0.4))
        places = aprils[::-1][::every][::-1]
    labels = [f"{_SHORT[months[i].month - 1]}\n{months[i].year}" for i in places]
    axes.set_xticks(places, labels)
    axes.set_xlim(start - 0.8, len(months) - 0.6)


def number_axis(
    axes: Axes, *, percent: bool = False, unit: str = "", from_zero: bool = True
) -> None:
    """Few round numbers, from zero; shares are marked as per cent, or by `unit`."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    if percent:
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{100 * y:.0f}%"))
    else:
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:,.10g}{unit}"))
    if from_zero:
        axes.set_ylim(bottom=0)
    axes.tick_params(axis="y", length=0)


def in_lines(text: str, size: Size) -> str:
    """Break a long label, an authority's name say, so that it leaves room for the drawing."""
    most = _MOST_NARROW if size.narrow else _MOST_WIDE
    lines = text.split("\n")
    return "\n".join(part for each in lines for part in wrap(each, most, break_long_words=False))


def end_labels(axes: Axes, labels: Sequence[EndLabel], size: Size) -> None:
    """Set labels right of their points, moved apart so that none lies on another."""
    if not labels:
        return
    low, high = axes.get_ylim()
    # A line of type in the axis's unit; the plot takes up about 80% of the drawing's height.
    line = 1.25 * size.text / (0.8 * size.height) * (high - low)
    least = -np.inf
    for label in sorted(labels, key=lambda each: each.y):
        text = in_lines(label.text, size)
        half = line * (text.count("\n") + 1) / 2
        y = max(label.y, least + half)
        least = y + half
        axes.annotate(
            text,
            (label.x, y),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            color=label.ink.value,
            annotation_clip=False,
        )
