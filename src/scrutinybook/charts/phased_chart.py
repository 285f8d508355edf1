"""A chart in phases over points of any label: values, each phase's own lines, signals by shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from scrutinybook.charts.axes import EndLabel, end_labels, month_axis, number_axis, stretches
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month
from scrutinybook.statistics import ControlChart, PhasedChart

_LETTER = 0.62
"""Width of a letter over the size of the type, generously."""

_VALUE: dict[str, Any] = {"marker": "o", "markersize": 5, "markeredgewidth": 0}
_BEYOND: dict[str, Any] = {"marker": "s", "color": Ink.SIGNAL.value, "linestyle": "none"}
_EXCLUDED: dict[str, Any] = {
    **{"marker": "o", "markerfacecolor": "none", "markeredgecolor": Ink.TEXT.value},
    **{"markeredgewidth": 1.4, "linestyle": "none"},
}
_FROZEN: dict[str, Any] = {"color": Ink.MUTED.value, "linewidth": 1.4, "linestyle": ":"}
_RUNS: dict[str, Any] = {"color": Ink.SIGNAL.value, "linewidth": 2.4, "dashes": (5, 2)}
_CENTRE: dict[str, Any] = {"color": Ink.MUTED.value, "linewidth": 1.4}
_LIMIT: dict[str, Any] = {"color": Ink.MUTED.value, "linewidth": 1.2, "dashes": (2, 2)}


def phased_chart_drawing(
    name: str,
    title: str,
    description: str,
    *,
    chart: PhasedChart,
    labels: Sequence[str] | Sequence[Month],
    percent: bool,
    unit: str,
    frozen: int | None = None,
) -> Drawing:
    """Draw all phases of a chart; `labels` has one for each point, months or words.

    A point beyond a limit is a square, an excluded point has a ring, and the centre line of a phase
    in which the runs rules signal is broken; a key below says so. `frozen`: limits come from the
    first so many points, and a dotted line stands behind them. With `percent`, values are shares
    from 0 to 1. `unit` names what the vertical axis counts.
    """

    def paint(axes: Axes, size: Size) -> None:
        x = np.arange(len(labels))
        values = chart.values
        for phase in chart.phases:
            here = slice(phase.begins, phase.ends)
            signal = phase.runs is not None and phase.runs.signal
            if isinstance(phase.chart, ControlChart):
                lower, upper = phase.chart.lower, phase.chart.upper
                axes.fill_between(x[here], lower, upper, color=Ink.BAND.value, linewidth=0)
                axes.plot(x[here], lower, **_LIMIT)
                axes.plot(x[here], upper, **_LIMIT)
            axes.plot(x[here], chart.centre[here], **(_RUNS if signal else _CENTRE))
            if not np.isnan(values[here]).all():
                sns.lineplot(
                    x=x[here],
                    y=values[here],
                    ax=axes,
                    color=Ink.ACCENT.value,
                    linewidth=1.6,
                    legend=False,
                    **_VALUE,
                    **stretches(values[here]),
                )
            if phase.begins:
                axes.axvline(phase.begins - 0.5, color=Ink.MUTED.value, linewidth=1)
        if frozen is not None:
            axes.axvline(frozen - 0.5, **_FROZEN)
        beyond = np.flatnonzero(chart.beyond)
        axes.plot(x[beyond], values[beyond], markersize=9, zorder=5, **_BEYOND)
        left_out = [each.at for each in chart.left_out]
        axes.plot(x[left_out], values[left_out], markersize=16, zorder=6, **_EXCLUDED)
        axes.set_title(unit, color=Ink.MUTED.value, fontweight="normal")
        axes.set(xlabel="", ylabel="")
        _label_points(axes, labels, size)
        number_axis(axes, from_zero=False)
        if percent:
            axes.yaxis.set_major_formatter(PercentFormatter(xmax=1))
        end_labels(axes, list(_line_labels(chart, percent)), size)
        handles = _key(chart, frozen)
        if handles:
            axes.figure.legend(
                handles=handles,
                loc="outside lower left",
                ncols=1 if size.narrow else 3,
                frameon=False,
                fontsize=size.text,
            )

    return draw(name, title, description, paint)


def _label_points(axes: Axes, labels: Sequence[str] | Sequence[Month], size: Size) -> None:
    months = [each for each in labels if isinstance(each, Month)]
    if len(months) == len(labels):
        month_axis(axes, months, size)
        return
    words = [each if len(each) <= 14 else f"{each[:13]}…" for each in map(str, labels)]
    room = 0.75 * size.width / (_LETTER * size.text * (max(map(len, words)) + 2))
    every = max(1, int(np.ceil(len(words) / max(1.0, room))))
    places = list(range(0, len(words), every))
    axes.set_xticks(places, [words[at] for at in places])
    axes.set_xlim(-0.8, len(words) - 0.4)


def _line_labels(chart: PhasedChart, percent: bool) -> list[EndLabel]:
    """Names and values of the latest phase's lines, beside their ends."""
    latest = chart.latest
    last = len(chart.values) - 1
    name = "centre" if isinstance(latest, ControlChart) else "median"
    lines = [(name, chart.centre), ("upper", chart.upper), ("lower", chart.lower)]
    return [
        EndLabel(last, float(line[-1]), f"{word} {_short(float(line[-1]), percent)}", Ink.MUTED)
        for word, line in lines
        if not np.isnan(line[-1])
    ]


def _short(number: float, percent: bool) -> str:
    return f"{100 * number:.3g}%" if percent else f"{number:,.4g}"


def _key(chart: PhasedChart, frozen: int | None) -> list[Line2D]:
    """A key of the signs that this chart has."""
    runs = any(each.runs is not None and each.runs.signal for each in chart.phases)
    signs: list[tuple[npt.ArrayLike, str, dict[str, Any]]] = [
        (chart.beyond.any(), "beyond a limit", _BEYOND),
        (bool(chart.left_out), "makes no limits", {**_EXCLUDED, "markersize": 10}),
        (runs, "runs rule signals", _RUNS),
        (frozen is not None, "limits from before", _FROZEN),
    ]
    return [Line2D([], [], label=label, **style) for there, label, style in signs if there]
