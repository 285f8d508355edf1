"""Funnel plot: every authority as a dot, limits that narrow with size, one authority named."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from scrutinybook.charts.axes import in_lines, number_axis
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size
from scrutinybook.statistics import Funnel

_STEPS = 60
"""Points of a limit line; closer together where the lines bend."""


def funnel_chart(
    name: str,
    title: str,
    description: str,
    *,
    funnel: Funnel,
    highlighted: int | None,
    highlighted_name: str = "",
    size_label: str,
) -> Drawing:
    """Draw a funnel of proportions. `highlighted` is an authority's place in its arrays, if one
    is to stand out."""
    known = ~funnel.left_out
    largest = float(np.nanmax(funnel.sizes))
    smallest = float(np.nanmin(funnel.sizes))
    limits = funnel.limits(np.geomspace(max(1.0, 0.8 * smallest), 1.04 * largest, _STEPS))

    def paint(axes: Axes, size: Size) -> None:
        axes.fill_between(
            limits.sizes, limits.lower_outer, limits.upper_outer, color=Ink.BAND.value, linewidth=0
        )
        for line in (limits.lower_outer, limits.upper_outer):
            axes.plot(limits.sizes, line, color=Ink.MUTED.value, linewidth=1.4)
        for line in (limits.lower_inner, limits.upper_inner):
            axes.plot(limits.sizes, line, color=Ink.MUTED.value, linewidth=1.2, dashes=(4, 3))
        axes.axhline(funnel.centre, color=Ink.MUTED.value, linewidth=1.2)
        others = known.copy()
        if highlighted is not None:
            others[highlighted] = False
        sns.scatterplot(
            x=funnel.sizes[others],
            y=funnel.values[others],
            ax=axes,
            color=Ink.OTHERS.value,
            s=26,
            linewidth=0,
            legend=False,
        )
        if highlighted is not None:
            label = in_lines(highlighted_name, size)
            _name_one(axes, funnel, highlighted, label, right_end=1.04 * largest)
        axes.set_xlim(0, 1.04 * largest)
        shown = np.concatenate([funnel.values[known], [funnel.centre]])
        spare = 0.08 * (shown.max() - shown.min() + 0.02)
        axes.set_ylim(max(0.0, shown.min() - spare), min(1.0, shown.max() + spare))
        number_axis(axes, percent=True, from_zero=False)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if size.narrow else 7))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.set(xlabel=fill(size_label, 30) if size.narrow else size_label, ylabel="")

    return draw(name, title, description, paint, taller=1.1)


def _name_one(axes: Axes, funnel: Funnel, place: int, name: str, *, right_end: float) -> None:
    """Mark one authority with a diamond and its name."""
    x, y = funnel.sizes[place], funnel.values[place]
    axes.scatter(
        [x],
        [y],
        s=110,
        marker="D",
        color=Ink.ACCENT.value,
        edgecolor=Ink.PAPER.value,
        linewidth=1.5,
        zorder=5,
    )
    left = x > 0.6 * right_end
    axes.annotate(
        name,
        (x, y),
        xytext=(-12 if left else 12, -2),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=Ink.ACCENT.value,
        fontweight="bold",
        bbox={"facecolor": Ink.PAPER.value, "edgecolor": "none", "alpha": 0.8, "pad": 1},
        zorder=6,
    )
