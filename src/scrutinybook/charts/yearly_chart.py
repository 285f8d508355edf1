"""A yearly figure of the authority beside its neighbours and England."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes

from scrutinybook.charts.axes import EndLabel, end_labels, number_axis, stretches
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size


@dataclass(frozen=True)
class Line:
    """One line: a value for each of the chart's periods, NaN where there is no figure."""

    label: str
    values: Sequence[float]


def yearly_chart(
    name: str,
    title: str,
    description: str,
    *,
    periods: Sequence[str],
    authority: Line,
    others: Sequence[Line],
    percent: bool,
    unit_percent: bool = False,
) -> Drawing:
    """Draw the authority as a strong line with points, up to two others thin and dashed.

    `periods`: short labels, oldest first. With `percent`, values are shares from 0 to 1; with
    `unit_percent` they are per cent already.
    Raises `ValueError` where a line has another number of values than there are periods.
    """
    for line in (authority, *others):
        if len(line.values) != len(periods):
            raise ValueError(f"{line.label} has {len(line.values)} values for {len(periods)} years")

    def paint(axes: Axes, size: Size) -> None:
        x = np.arange(len(periods))
        styles = [(Ink.ACCENT_2, (4, 2)), (Ink.MUTED, (1, 1.5))]
        labels = []
        for line, (ink, dashes) in zip(others, styles, strict=False):
            shown = np.asarray(line.values, dtype=float)
            axes.plot(x, shown, color=ink.value, dashes=dashes, linewidth=1.8)
            labels += _end(x, shown, line.label, ink)
        own = np.asarray(authority.values, dtype=float)
        sns.lineplot(
            x=x,
            y=own,
            ax=axes,
            color=Ink.ACCENT.value,
            linewidth=2.6,
            marker="o",
            markersize=7,
            markeredgewidth=0,
            legend=False,
            **stretches(own),
        )
        labels += _end(x, own, authority.label, Ink.ACCENT)
        axes.set(xlabel="", ylabel="")
        number_axis(axes, percent=percent, unit="%" if unit_percent else "")
        top = float(np.nanmax([*own, *(v for o in others for v in o.values)]))
        axes.set_ylim(0, 1.02 if percent and top > 0.75 else 1.1 * top or 1)
        # A phone has room for the first year and the last; they say how long the line is.
        every = max(1, len(periods) - 1) if size.narrow else -(-len(periods) // 7)
        places = list(range(len(periods)))[::-1][::every][::-1]
        axes.set_xticks(places, [periods[i] for i in places])
        axes.set_xlim(-0.3, len(periods) - 0.7)
        end_labels(axes, labels, size)

    return draw(name, title, description, paint)


def _end(x: np.ndarray, values: np.ndarray, text: str, ink: Ink) -> list[EndLabel]:
    known = np.flatnonzero(~np.isnan(values))
    if not known.size:
        return []
    last = int(known[-1])
    return [EndLabel(float(x[last]), float(values[last]), text, ink)]
