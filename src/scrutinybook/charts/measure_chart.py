"""A measure by month: values, limits where there are any, the target, the month judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import seaborn as sns
from matplotlib.axes import Axes

from scrutinybook.charts.axes import EndLabel, end_labels, month_axis, number_axis, stretches
from scrutinybook.charts.context_marks import ContextMark, draw_marks, marks_among, with_marks
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Lines of a control chart; arrays of shape (n,) in the unit of the values."""

    lower: Floats
    centre: Floats
    upper: Floats
    signals: npt.NDArray[np.bool_]
    """Which months are a signal by some rule."""


def measure_chart(
    name: str,
    title: str,
    description: str,
    *,
    months: Sequence[Month],
    values: Floats,
    limits: Limits | None,
    target: float | None,
    unit: str,
    percent: bool,
    unit_sign: str = "",
    latest_is_signal: bool = False,
    context: Sequence[ContextMark] = (),
) -> Drawing:
    """Draw one measure by month; `values` of shape (n,), NaN for a gap, one figure at the least.

    With `percent` values are shares from 0 to 1. Signals are larger and square, the latest month is
    a diamond, in the colour of signals where it is one; colour is not the only mark. `unit` names
    what the vertical axis counts. `latest_is_signal`: by limits that are not of these values.
    `context`: notes; those on other months are left out.
    """
    marks = marks_among(context, months)

    def paint(axes: Axes, size: Size) -> None:
        x = np.arange(len(months))
        labels = []
        if limits is not None:
            kept = _bends(limits.lower, limits.centre, limits.upper)
            lower, centre, upper = (
                each[kept] for each in (limits.lower, limits.centre, limits.upper)
            )
            axes.fill_between(x[kept], lower, upper, color=Ink.BAND.value, linewidth=0)
            for line in (lower, upper):
                axes.plot(x[kept], line, color=Ink.MUTED.value, linewidth=1.2, dashes=(4, 3))
            axes.plot(x[kept], centre, color=Ink.MUTED.value, linewidth=1.4)
            labels = [
                EndLabel(x[-1], float(limits.upper[-1]), "upper\nlimit", Ink.MUTED),
                EndLabel(x[-1], float(limits.centre[-1]), "centre", Ink.MUTED),
                EndLabel(x[-1], float(limits.lower[-1]), "lower\nlimit", Ink.MUTED),
            ]
        if target is not None:
            ends = [x[0], x[-1]]
            axes.plot(ends, [target] * 2, color=Ink.ACCENT_2.value, linewidth=1.8, dashes=(1, 1))
            labels.append(EndLabel(x[-1], target, "target", Ink.ACCENT_2))
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
        if limits is not None:
            marked = np.flatnonzero(limits.signals)
            axes.scatter(
                x[marked], values[marked], s=60, marker="s", color=Ink.SIGNAL.value, zorder=5
            )
        last = int(np.flatnonzero(~np.isnan(values))[-1])
        is_signal = latest_is_signal or (limits is not None and bool(limits.signals[last]))
        axes.scatter(
            [last], [values[last]], s=70, marker="D", zorder=6, clip_on=False,
            color=(Ink.SIGNAL if is_signal else Ink.ACCENT).value,
        )  # fmt: skip
        axes.set_title(unit, color=Ink.MUTED.value, fontweight="normal")
        axes.set(xlabel="", ylabel="")
        month_axis(axes, months, size)
        draw_marks(axes, marks, months, size)
        # Limits show how much is much; without them the axis from zero has to.
        number_axis(axes, percent=percent, unit=unit_sign, from_zero=limits is None)
        _set_height(axes, values, limits, target, percent)
        end_labels(axes, labels, size)

    return draw(name, title, with_marks(description, marks), paint)


def _bends(*lines: Floats) -> npt.NDArray[np.intp]:
    """Places that all lines need to be drawn: the ends alone where every line is level."""
    if all(np.ptp(line) == 0 for line in lines):
        return np.array([0, lines[0].size - 1])
    return np.arange(lines[0].size)


def _set_height(
    axes: Axes, values: Floats, limits: Limits | None, target: float | None, percent: bool
) -> None:
    lines = [] if limits is None else [limits.lower, limits.upper]
    drawn = np.concatenate([values, *lines, [] if target is None else [target]])
    low, high = float(np.nanmin(drawn)), float(np.nanmax(drawn))
    room = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    bottom = 0.0 if limits is None and low >= 0 else low - room
    top = high + room
    if low >= 0:
        bottom = max(0.0, bottom)
    axes.set_ylim(bottom, min(top, 1.02) if percent and high <= 1 else top)
