"""Monthly counts with the levels that were found and the months in which they may have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes

from scrutinybook.charts.axes import EndLabel, end_labels, month_axis, number_axis, stretches
from scrutinybook.charts.context_marks import ContextMark, draw_marks, marks_among, with_marks
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month


@dataclass(frozen=True)
class Level:
    """A steady stretch: its months by position, and its level."""

    start: int
    stop: int
    """One past its last month."""
    value: float


def monthly_chart(
    name: str,
    title: str,
    description: str,
    *,
    months: Sequence[Month],
    counts: Sequence[float],
    levels: Sequence[Level],
    change_ranges: Sequence[tuple[int, int]],
    unit: str,
    searched_from: int = 0,
    context: Sequence[ContextMark] = (),
) -> Drawing:
    """Draw counts by month (NaN for a gap), levels as lines, ranges of change as shaded months.

    `unit` names what the vertical axis counts. Months before position `searched_from` are paler,
    and left out on a phone. `context`: notes on months searched, the same on every screen.
    """
    marks = marks_among(context, months, searched_from)

    def paint(axes: Axes, size: Size) -> None:
        # A phone has room for the months that were searched, not for ten years.
        start = searched_from if size.narrow else 0
        x = np.arange(len(months))
        y = np.asarray(counts, dtype=float)
        for first, last in change_ranges:
            axes.axvspan(first - 0.5, last + 0.5, color=Ink.BAND.value, linewidth=0, zorder=0)
        for part, ink in (
            (slice(start, searched_from + 1), Ink.OTHERS),
            (slice(searched_from, None), Ink.MUTED),
        ):
            if np.isnan(y[part]).all():
                continue  # seaborn draws no line of no point
            sns.lineplot(
                x=x[part],
                y=y[part],
                ax=axes,
                color=ink.value,
                linewidth=1.2,
                legend=False,
                **stretches(y[part]),
            )
        dots = slice(searched_from, None)
        axes.scatter(x[dots], y[dots], s=16, color=Ink.MUTED.value, linewidth=0, zorder=3)
        for level in levels:
            axes.plot(
                [level.start - 0.5, level.stop - 0.5],
                [level.value] * 2,
                color=Ink.ACCENT.value,
                linewidth=3,
                solid_capstyle="butt",
                zorder=4,
            )
        last = int(np.flatnonzero(~np.isnan(y))[-1])
        axes.scatter(
            [last], [y[last]], s=70, marker="D", color=Ink.SIGNAL.value, zorder=7, clip_on=False
        )
        axes.set_title(unit, color=Ink.MUTED.value)
        axes.set(xlabel="", ylabel="")
        month_axis(axes, months, size, start)
        draw_marks(axes, marks, months, size)
        number_axis(axes)
        axes.set_ylim(0, 1.08 * np.nanmax(y[start:]))
        end_labels(axes, [EndLabel(last, float(y[last]), f"{y[last]:,.0f}", Ink.SIGNAL)], size)
        for level in levels:
            axes.annotate(
                f"{level.value:,.0f}",
                ((level.start + level.stop - 1) / 2, level.value),
                xytext=(0, -7),
                textcoords="offset points",
                ha="center",
                va="top",
                color=Ink.ACCENT.value,
                fontweight="bold",
                zorder=6,
                bbox={"facecolor": Ink.PAPER.value, "edgecolor": "none", "pad": 1.5},
            )

    return draw(name, title, with_marks(description, marks), paint)
