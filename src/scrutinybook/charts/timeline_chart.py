"""A timeline: one row a step with its words above its days; the state told by shape and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes

from scrutinybook.charts.axes import month_axis
from scrutinybook.charts.drawing import Drawing, draw
from scrutinybook.charts.theme import NARROW, WIDE, Ink, Size
from scrutinybook.committee.plan import MilestoneState
from scrutinybook.periods import Month

_LETTER = 0.66
"""Width of a bold letter over the size of the type, generously."""
_LINE = 1.3
"""Height of a line of words over the size of the type."""
_TRACK = 34
"""Height of a row's days, with the room below them, in pixels."""
_MIDDLE = 14
"""From the top of the days to where their marks stand."""
_AROUND = 90
"""Height of the label on top and of the months below, in pixels."""
_FEWEST_MONTHS = 7
"""So that every axis, marked each half year on a phone, has a mark."""

_MARKS: dict[MilestoneState, dict[str, Any]] = {
    MilestoneState.REACHED: {"marker": "o", "color": Ink.ACCENT.value, "linewidth": 0},
    MilestoneState.LATE: {"marker": "s", "color": Ink.SIGNAL.value, "linewidth": 0},
    MilestoneState.AHEAD: {
        **{"marker": "o", "facecolor": Ink.PAPER.value, "edgecolor": Ink.ACCENT.value},
        **{"linewidth": 2.4},
    },
}


@dataclass(frozen=True)
class Step:
    """One row."""

    title: str
    label: str
    """Its state and day in words."""
    state: MilestoneState
    planned: date
    """The day first set."""
    day: date
    """The day it was reached, or is due by now."""


def timeline_chart(
    name: str,
    title: str,
    description: str,
    *,
    steps: Sequence[Step],
    as_at: date,
    as_at_label: str,
) -> Drawing:
    """Draw steps one below the other in the order given; each has its words above its days.

    A filled circle was reached, a square is late, an open circle is still to come. From the day
    first set, a short bar, a thin line leads to the day of the mark; from the mark of a late one a
    dotted line leads to `as_at`. Raises `ValueError` for no steps.
    """
    if not steps:
        raise ValueError("a timeline needs one step or more")
    months = _months([as_at, *(day for s in steps for day in (s.planned, s.day))])

    def place(day: date) -> float:
        month = Month(day.year, day.month)
        return month.index - months[0].index + (day.day - 1) / month.last_day.day

    def paint(axes: Axes, size: Size) -> None:
        now = place(as_at)
        month_axis(axes, months, size)
        axes.set_yticks([])
        axes.set_ylim(size.height - _AROUND, 0)
        top = 0.0
        for step in steps:
            top = _words(axes, step, size, top)
            y = top + _MIDDLE
            planned, day = place(step.planned), place(step.day)
            axes.axhline(y, color=Ink.GRID.value, linewidth=1, zorder=0)
            axes.plot([now, now], [top, top + _TRACK - 6], color=Ink.MUTED.value, linewidth=1.6)
            if planned != day:
                axes.plot([planned, day], [y, y], color=Ink.OTHERS.value, linewidth=1.6)
                axes.plot([planned] * 2, [y - 7, y + 7], color=Ink.OTHERS.value, linewidth=2.4)
            if step.state is MilestoneState.LATE:
                axes.plot([day, now], [y, y], color=Ink.SIGNAL.value, linewidth=3, dashes=(1, 1))
            axes.scatter([day], [y], s=110, zorder=5, clip_on=False, **_MARKS[step.state])
            top += _TRACK
        right = now > len(months) / 2
        axes.annotate(
            as_at_label, (now, 0), xytext=(0, 6), textcoords="offset points", va="bottom",
            ha="right" if right else "left", color=Ink.MUTED.value, annotation_clip=False,
        )  # fmt: skip

    sizes = [_tall_enough(size, steps) for size in (WIDE, NARROW)]
    return draw(name, title, description, paint, sizes=sizes)


def _months(days: Sequence[date]) -> list[Month]:
    """The months from the first day's to the one after the last day's."""
    first, last = min(days), max(days)
    start, end = Month(first.year, first.month), Month(last.year, last.month) + 1
    n = max(end.index - start.index + 1, _FEWEST_MONTHS)
    return [start + k for k in range(n)]


def _in_lines(step: Step, size: Size) -> tuple[list[str], list[str]]:
    letters = int(size.width / (_LETTER * size.text))
    return wrap(step.title, letters), wrap(step.label, letters)


def _words(axes: Axes, step: Step, size: Size, top: float) -> float:
    """Set a row's words; returns where its days begin."""
    line = _LINE * size.text
    title, label = _in_lines(step, size)
    inks = {MilestoneState.LATE: Ink.SIGNAL, MilestoneState.REACHED: Ink.MUTED}
    for lines, ink, weight in (
        (title, Ink.TEXT, "bold"),
        (label, inks.get(step.state, Ink.ACCENT), "normal"),
    ):
        for words in lines:
            axes.text(
                0, top + line / 2, words, transform=axes.get_yaxis_transform(), va="center",
                color=ink.value, fontweight=weight, zorder=6, in_layout=False,
                bbox={"facecolor": Ink.PAPER.value, "edgecolor": "none", "pad": 1},
            )  # fmt: skip
            top += line
    return top


def _tall_enough(size: Size, steps: Sequence[Step]) -> Size:
    n_lines = sum(len(lines) for step in steps for lines in _in_lines(step, size))
    height = n_lines * _LINE * size.text + len(steps) * _TRACK + _AROUND
    return replace(size, height=round(height))
