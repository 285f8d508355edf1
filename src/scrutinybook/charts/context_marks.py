"""Dated notes on a monthly chart: a line at the month, a key above, the words for screen readers.

They are context. A line says when something was noted, and nothing of what the figures did since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from scrutinybook.charts.theme import Ink, Size
from scrutinybook.periods import Month

_LETTER = 0.8
"""Width of a bold capital over the size of the type, generously."""
_PLOT = 0.55
"""Least share of a drawing's width that its plot takes; labels stand beside it."""
_LINE: dict[str, Any] = {
    "color": Ink.TEXT.value,
    "linewidth": 1.4,
    "dashes": (1.2, 1.8),
    "zorder": 1.5,
}


@dataclass(frozen=True)
class ContextMark:
    """A note on a chart."""

    key: str
    """Short, a letter; the list of notes repeats it."""
    month: Month
    text: str


def marks_among(
    marks: Sequence[ContextMark], months: Sequence[Month], start: int = 0
) -> list[ContextMark]:
    """The marks whose month a chart of `months` shows from position `start` on."""
    shown = set(months[start:])
    return [mark for mark in marks if mark.month in shown]


def with_marks(description: str, marks: Sequence[ContextMark]) -> str:
    """A chart's description, and after it what each of its marks stands for."""
    said = [f"Note {mark.key}, {mark.month.words}: {mark.text.rstrip('.')}." for mark in marks]
    return " ".join([description, *said])


def draw_marks(
    axes: Axes, marks: Sequence[ContextMark], months: Sequence[Month], size: Size
) -> None:
    """Draw a dotted line at each mark's month, and the keys in one row above the plot.

    Every mark's month is among `months`; x is the month's position, and the axis's ends are set.
    Keys that would touch are said together, first and last: ``A–C``. The words are never drawn.
    """
    if not marks:
        return
    places = [months.index(mark.month) for mark in marks]
    for place in sorted(set(places)):
        axes.axvline(place, **_LINE)
    low, high = axes.get_xlim()
    letter = _LETTER * size.text * (high - low) / (_PLOT * size.width)
    keys = [(place, mark.key) for place, mark in zip(places, marks, strict=True)]
    groups = _apart(keys, letter, high)
    row = axes.secondary_xaxis("top")
    row.set_xticks([at for at, _ in groups], [key for _, key in groups], fontweight="bold")
    row.tick_params(axis="x", length=0, pad=2, labelcolor=Ink.TEXT.value)
    row.spines["top"].set_visible(False)


@dataclass(frozen=True)
class _Group:
    """Keys from `first` to `last`, over the months at these positions."""

    first: str
    last: str
    begins: float
    ends: float

    @property
    def key(self) -> str:
        return self.first if self.first == self.last else f"{self.first}–{self.last}"

    def middle(self, letter: float, high: float) -> float:
        """Over its months, but not so far right that it would lie on labels beside the plot."""
        return min((self.begins + self.ends) / 2, high - letter * (len(self.key) - 1) / 2)

    def touches(self, after: _Group, letter: float, high: float) -> bool:
        room = letter * (len(self.key) + len(after.key) + 1) / 2
        return after.middle(letter, high) - self.middle(letter, high) < room


def _apart(keys: Sequence[tuple[int, str]], letter: float, high: float) -> list[tuple[float, str]]:
    """Labels and their positions, such that none touches the next.

    `letter` is a letter's width and `high` the right end of the axis, in its unit.
    """
    groups: list[_Group] = []
    for place, key in sorted(keys, key=lambda each: each[0]):
        group = _Group(key, key, place, place)
        while groups and groups[-1].touches(group, letter, high):
            before = groups.pop()
            group = _Group(before.first, group.last, before.begins, group.ends)
        groups.append(group)
    return [(each.middle(letter, high), each.key) for each in groups]
