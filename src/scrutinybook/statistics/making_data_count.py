"""The NHS "Making data count" rules: which points of a control chart signal, and by which rule.

Four rules: a point beyond a limit; a trend, all points rising or all falling; two of three points
near a limit; a shift, all points on one side of the centre. A point that several rules mark is
named by the first of them in that order. Every rule looks back over the whole chart, so a point may
be marked by what came after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats, Ints
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import (
    FOLLOW_ON,
    MEAN_RANGE_TO_SIGMA,
    MINIMUM_BASELINE,
    SIGMAS,
    ControlChart,
    TooShort,
    rescaled,
)

POINTS = 7
"""Points in a row that make a shift, or a trend; some services use 6."""

RANGES_TO_LIMIT = 2.66
"""Mean moving ranges from centre to limit, as the NHS guidance prints it; an individuals chart uses
3 / 1.128, which is 2.6596."""


class Rule(StrEnum):
    """What makes a point signal, the weightiest first."""

    BEYOND = "beyond a limit"
    TREND = "part of a trend"
    NEAR = "one of two in three points near a limit"
    SHIFT = "part of a shift to one side of the centre"


@dataclass(frozen=True, eq=False)
class PointSignals:
    """What each rule says of each point; arrays of shape (n,), 1 up, -1 down, 0 nothing."""

    beyond: Ints
    """Above the upper limit or below the lower one."""
    trend: Ints
    """In a run of rising or falling points; where one trend turns into another, the later one."""
    near: Ints
    """Near a limit, with another such point among three in a row on that side of the centre."""
    shift: Ints
    """In a run of points above or below the centre."""

    @property
    def rules(self) -> tuple[Rule | None, ...]:
        """The rule that names each point, or None."""
        names = (None, *Rule)
        return tuple(names[place] for place in self._leading)

    @property
    def direction(self) -> Ints:
        """Which way the rule that names the point points; 0 where none does."""
        ways = np.stack([np.zeros_like(self.beyond), *self._ways])
        return np.asarray(np.take_along_axis(ways, self._leading[None, :], axis=0)[0])

    @property
    def any(self) -> Bools:
        """The points that signal by some rule."""
        return self._leading > 0

    @property
    def _ways(self) -> tuple[Ints, ...]:
        return (self.beyond, self.trend, self.near, self.shift)

    @property
    def _leading(self) -> Ints:
        marked = np.stack(self._ways) != 0
        return np.where(marked.any(axis=0), 1 + marked.argmax(axis=0), 0)


def making_data_count_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    screen: bool = True,
    lowest: float = -np.inf,
    highest: float = np.inf,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart single values with limits at 2.66 mean moving ranges, screened as the guidance says.

    Input and errors as for `individuals_chart`.
    """
    chart = individuals_chart(
        values,
        baseline=baseline,
        exclude=exclude,
        screen=screen,
        lowest=lowest,
        highest=highest,
        minimum=minimum,
    )
    if isinstance(chart, TooShort):
        return chart
    factor = RANGES_TO_LIMIT * MEAN_RANGE_TO_SIGMA / SIGMAS
    return rescaled(chart, factor, lowest=lowest, highest=highest)


def point_signals(chart: ControlChart, *, shift: int = POINTS, trend: int = POINTS) -> PointSignals:
    """Apply the four rules to every point of one chart.

    `shift`, `trend`: points in a row, 3 or more. Gaps and excluded points are stepped over by the
    rules on several points; an excluded point is still judged by the limits. A point on the centre
    ends a shift and two equal points end a trend. A point beyond a limit is not near it, and
    does not count among the two of three. On charts of stocks and of moving ranges the limits alone
    are asked, as their neighbouring points are alike by their making. NHS England, Making data
    count. Raises `ValueError`.
    """
    lengths = checks.at_least("shift", shift, 3), checks.at_least("trend", trend, 3)
    beyond = np.where(chart.values > chart.upper, 1, np.where(chart.values < chart.lower, -1, 0))
    beyond = beyond.astype(np.int64)
    counted = ~np.isnan(chart.values) & ~chart.excluded & (chart.kind not in FOLLOW_ON)
    values = chart.values[counted]
    side = np.sign(values - chart.centre[counted]).astype(np.int64)
    close = (values > chart.near_upper[counted]) | (values < chart.near_lower[counted])
    close &= beyond[counted] == 0

    def spread(marks: Ints) -> Ints:
        everywhere = np.zeros(chart.values.size, dtype=np.int64)
        everywhere[counted] = marks
        return everywhere

    return PointSignals(
        beyond=beyond,
        trend=spread(trends(values, lengths[1])),
        near=spread(two_of_three(close, side)),
        shift=spread(shifts(side, lengths[0])),
    )


def shifts(side: Ints, length: int) -> Ints:
    """Mark runs of `length` points or more on one side of the centre.

    `side`: shape (..., n), 1 above, -1 below, 0 on it.
    """
    return _runs(side == 1, length) - _runs(side == -1, length)


def trends(values: Floats, length: int) -> Ints:
    """Mark runs of `length` points or more that all rise or all fall; shape (..., n)."""
    if values.shape[-1] < length:
        return np.zeros(values.shape, dtype=np.int64)
    steps = np.sign(np.diff(values, axis=-1))
    rising, falling = (
        # A run of steps that all rise reaches one point further than it has steps.
        _reach(_whole(steps == way, length - 1), length)
        for way in (1, -1)
    )
    following = np.concatenate([steps, np.zeros((*values.shape[:-1], 1))], axis=-1)
    turning = rising * falling * following
    return np.where(turning != 0, turning, rising - falling).astype(np.int64)


def two_of_three(close: Bools, side: Ints) -> Ints:
    """Mark points near a limit that have another among three in a row on that side.

    `close`, `side`: shape (..., n); `close` where a point is near a limit and not beyond it.
    """
    if side.shape[-1] < 3:
        return np.zeros(side.shape, dtype=np.int64)
    together = np.abs(sliding_window_view(side, 3, axis=-1).sum(axis=-1)) == 3
    enough = sliding_window_view(close, 3, axis=-1).sum(axis=-1) >= 2
    return _reach(together & enough, 3) * close * side


def _runs(marked: Bools, length: int) -> Ints:
    if marked.shape[-1] < length:
        return np.zeros(marked.shape, dtype=np.int64)
    return _reach(_whole(marked, length), length)


def _whole(marked: Bools, length: int) -> Bools:
    """Say of each place whether it begins `length` marked places in a row."""
    return np.asarray(sliding_window_view(marked, length, axis=-1).all(axis=-1))


def _reach(begins: Bools, length: int) -> Ints:
    """Mark the `length` points that begin at each place that is marked."""
    n = begins.shape[-1]
    reached = np.zeros((*begins.shape[:-1], n + length - 1), dtype=np.int64)
    for offset in range(length):
        reached[..., offset : offset + n] |= begins
    return reached
