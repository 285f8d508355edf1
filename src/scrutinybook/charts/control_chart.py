"""A control chart: values, centre line and limits, the months that set them, the month judged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes

from scrutinybook.charts.axes import EndLabel, end_labels, month_axis, number_axis, stretches
from scrutinybook.charts.context_marks import ContextMark, draw_marks, marks_among, with_marks
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month
from scrutinybook.statistics import ControlChart, TooShort


def control_chart(
    name: str,
    title: str,
    description: str,
    *,
    months: Sequence[Month],
    chart: ControlChart | TooShort,
    unit: str,
    context: Sequence[ContextMark] = (),
) -> Drawing:
    """Draw one control chart, or a run chart with its median where there are no limits.

    `unit` names what the vertical axis counts. Points beyond the limits are larger and of another
    shape, so that colour is not the only mark. `context`: notes; those on other months are left
    out.
    """
    marks = marks_among(context, months)

    def paint(axes: Axes, size: Size) -> None:
        x = np.arange(len(months))
        values = chart.values
        labels = []
        if isinstance(chart, ControlChart):
            axes.fill_between(x, chart.lower, chart.upper, color=Ink.BAND.value, linewidth=0)
            for limit in (chart.lower, chart.upper):
                axes.plot(x, limit, color=Ink.MUTED.value, linewidth=1.2, dashes=(4, 3))
            axes.plot(x, chart.centre, color=Ink.MUTED.value, linewidth=1.4)
            labels = [
                EndLabel(x[-1], float(chart.upper[-1]), "upper\nlimit", Ink.MUTED),
                EndLabel(x[-1], float(chart.centre[-1]), "centre", Ink.MUTED),
                EndLabel(x[-1], float(chart.lower[-1]), "lower\nlimit", Ink.MUTED),
            ]
        else:
            median = float(chart.run.centre[-1])
            axes.plot(x[[0, -1]], [median] * 2, color=Ink.MUTED.value, linewidth=1.4)
            labels = [EndLabel(x[-1], median, "median", Ink.MUTED)]
        sns.lineplot(
            x=x,
            y=values,
            ax=axes,
            color=Ink.ACCENT.value,
            linewidth=1.8,
            marker="o",
            markersize=6,
            markeredgewidth=0,
            legend=False,
            **stretches(values),
        )
        if isinstance(chart, ControlChart):
            beyond = np.flatnonzero(chart.beyond)
            axes.scatter(
                x[beyond], values[beyond], s=95, marker="s", color=Ink.SIGNAL.value, zorder=5
            )
        last = int(np.flatnonzero(~np.isnan(values))[-1])
        axes.scatter(
            [last],
            [values[last]],
            s=70,
            marker="D",
            color=Ink.SIGNAL.value,
            zorder=6,
            clip_on=False,
        )
        axes.set_title(unit, color=Ink.MUTED.value, fontweight="normal")
        axes.set(xlabel="", ylabel="")
        month_axis(axes, months, size)
        draw_marks(axes, marks, months, size)
        # Limits show how much is much; without them the axis from zero has to.
        number_axis(axes, from_zero=isinstance(chart, TooShort))
        low, high = axes.get_ylim()
        room = 0.0 if isinstance(chart, TooShort) else 0.3
        axes.set_ylim(max(0.0, low - room * (high - low)), high + 0.05 * (high - low))
        end_labels(axes, labels, size)

    return draw(name, title, with_marks(description, marks), paint)
