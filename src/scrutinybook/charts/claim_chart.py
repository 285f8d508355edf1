"""A small chart of a claim: the figures, the periods named, and what they are set beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import seaborn as sns
from matplotlib.axes import Axes

from scrutinybook.charts.axes import EndLabel, end_labels, month_axis, number_axis, stretches
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import NARROW, Ink, Size
from scrutinybook.periods import Month

Floats = npt.NDArray[np.float64]
_TALLER = 0.8
_LOOKS = ((Ink.ACCENT, "-"), (Ink.MUTED, "--"))
"""Colour and dashes of a first line and a second."""


@dataclass(frozen=True)
class Mark:
    """A line from one place to another that the words speak of: a mean, or a trend."""

    first: int
    """Place of its first period."""
    last: int
    start: float
    """Where it begins, in the unit of the values."""
    end: float


@dataclass(frozen=True, eq=False)
class Line:
    """One series; `values` of shape (n,), NaN for a gap."""

    values: Floats
    name: str = ""
    """Beside its last point, where there are two."""


def claim_chart(
    name: str,
    title: str,
    description: str,
    *,
    months: Sequence[Month] | None,
    labels: Sequence[str],
    lines: Sequence[Line],
    named: Sequence[int],
    marks: Sequence[Mark],
    level: float | None,
    unit: str,
    percent: bool,
    unit_sign: str = "",
) -> Drawing:
    """Draw it in one size, for phones and wide screens alike.

    `months`: of each place, or None for years, which `labels` name. `named`: places of the periods
    that the claim is about; they are squares on a band. `level`: a stated level.
    """

    def paint(axes: Axes, size: Size) -> None:
        x = np.arange(len(labels))
        axes.axvspan(min(named) - 0.5, max(named) + 0.5, color=Ink.BAND.value, linewidth=0)
        ends = []
        for line, (ink, dashes) in zip(lines, _LOOKS, strict=False):
            sns.lineplot(
                x=x, y=line.values, ax=axes, color=ink.value, linewidth=1.8, legend=False,
                linestyle=dashes, **stretches(line.values),
            )  # fmt: skip
            known = np.flatnonzero(~np.isnan(line.values))
            axes.scatter(
                [i for i in named if i in known],
                [line.values[i] for i in named if i in known],
                s=30, marker="s", color=ink.value, linewidth=0, zorder=6,
            )  # fmt: skip
            if line.name:
                last = int(known[-1])
                ends.append(EndLabel(last, float(line.values[last]), line.name, ink))
        for mark in marks:
            axes.plot(
                [mark.first - 0.3, mark.last + 0.3], [mark.start, mark.end],
                color=Ink.SIGNAL.value, linewidth=2.2, zorder=5,
            )  # fmt: skip
        if level is not None:
            axes.axhline(level, color=Ink.ACCENT_2.value, linewidth=1.6, dashes=(3, 2))
        axes.set_title(unit, color=Ink.MUTED.value, fontweight="normal")
        axes.set(xlabel="", ylabel="")
        if months is not None:
            month_axis(axes, months, size)
        else:
            step = max(1, round(len(labels) / 4 + 0.4))
            places = list(range(len(labels)))[::-1][::step][::-1]
            axes.set_xticks(places, [labels[i] for i in places])
            axes.set_xlim(-0.8, len(labels) - 0.4)
        number_axis(axes, percent=percent, unit=unit_sign)
        highest = max(float(np.nanmax(line.values)) for line in lines)
        highest = max([highest, *(max(m.start, m.end) for m in marks), level or 0.0])
        axes.set_ylim(0, highest * 1.12 or 1.0)
        end_labels(axes, ends, size)

    return draw(name, title, description, paint, taller=_TALLER, sizes=(NARROW,))
