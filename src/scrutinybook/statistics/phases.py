"""Several phases in one chart, each with limits of its own, and points that are left out.

An analyst begins a new phase where practice or recording changed, and says why; the program never
does so by itself. A phase may freeze its baseline at its first points, to judge the later ones by
them. A point that is known to be special can be left out of the limits, with a reason: excluded, it
is still drawn and judged; ghosted, it is drawn apart and enters no calculation at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.limits import (
    FOLLOW_ON,
    MINIMUM_BASELINE,
    Charted,
    ControlChart,
)
from scrutinybook.statistics.rules import RunsTest, runs_test


@dataclass(frozen=True)
class Phase:
    """Where an analyst begins new limits, and why."""

    begins: int
    """Place of the first point, from 0."""
    reason: str
    """What the page prints."""
    frozen: int | None = None
    """Limits come from the first so many points of the phase; from all of them when None."""


@dataclass(frozen=True)
class LeftOut:
    """A point that makes no limits, and why."""

    at: int
    """Place of the point, from 0."""
    reason: str
    """What the page prints."""
    ghosted: bool = False
    """Drawn apart and in no calculation; otherwise it is still judged by the limits."""


@dataclass(frozen=True, eq=False)
class ChartPhase:
    """One phase as it was charted."""

    begins: int
    """Place of the first point, from 0."""
    ends: int
    """Place after the last point."""
    reason: str | None
    """Why it begins there; None for the first phase if nobody set it."""
    chart: Charted
    """The phase's own chart, with arrays of shape (ends - begins,)."""

    @property
    def runs(self) -> RunsTest | None:
        """The runs rules about the phase's own centre line; None where they do not apply."""
        if self.chart.kind in FOLLOW_ON:
            return None
        if not isinstance(self.chart, ControlChart):
            return self.chart.run.runs
        return runs_test(self.chart.values, self.chart.centre, exclude=self.chart.excluded)


@dataclass(frozen=True, eq=False)
class PhasedChart:
    """Phases side by side. Arrays have shape (n,) and the unit of `values`."""

    phases: tuple[ChartPhase, ...]
    """In order, without gaps between them."""
    left_out: tuple[LeftOut, ...]
    """Excluded and ghosted points in order."""
    ghosts: Floats
    """Values of ghosted points, NaN elsewhere."""

    @property
    def latest(self) -> Charted:
        """The chart of the latest phase."""
        return self.phases[-1].chart

    @property
    def rebased(self) -> bool:
        """The latest phase follows an earlier one."""
        return len(self.phases) > 1

    @property
    def values(self) -> Floats:
        """What is drawn; NaN for gaps and for ghosted points."""
        return np.concatenate([each.chart.values for each in self.phases])

    @property
    def centre(self) -> Floats:
        """Each phase's centre line; its median where it has no limits."""
        return np.concatenate(
            [
                each.chart.centre if isinstance(each.chart, ControlChart) else each.chart.run.centre
                for each in self.phases
            ]
        )

    @property
    def lower(self) -> Floats:
        """Lower limits; NaN in phases without limits."""
        return self._joined(lambda chart: chart.lower)

    @property
    def upper(self) -> Floats:
        """Upper limits; NaN in phases without limits."""
        return self._joined(lambda chart: chart.upper)

    @property
    def beyond(self) -> Bools:
        """The points outside their own phase's limits; never a gap or a ghosted point."""
        return (self.values < self.lower) | (self.values > self.upper)

    def _joined(self, line: Callable[[ControlChart], Floats]) -> Floats:
        return np.concatenate(
            [
                line(each.chart)
                if isinstance(each.chart, ControlChart)
                else np.full(each.ends - each.begins, np.nan)
                for each in self.phases
            ]
        )


def phased_chart(
    make: Callable[..., Charted],
    *columns: npt.ArrayLike,
    phases: Sequence[Phase] = (),
    left_out: Sequence[LeftOut] = (),
    minimum: int = MINIMUM_BASELINE,
) -> PhasedChart:
    """Chart each phase by `make`, which is one of this package's chart functions.

    `columns`: what `make` takes, each of shape (n,): values, or counts and exposures, or numerators
    and denominators. Other arguments of `make` are bound beforehand (`functools.partial`). Points
    before the first phase make a phase of their own. Moving ranges do not reach across phases.
    Raises `ValueError` for a place outside the series or named twice, an empty reason, a frozen
    baseline that is longer than its phase, or a phase without any figure, and as `make` does.
    A stock is charted in phases by its net flow.
    """
    data = [checks.series("columns", columns[0])] if columns else []
    if not data:
        raise ValueError("columns are missing; a chart needs one at least")
    n = data[0].size
    data += [checks.series("columns", column, length=n) for column in columns[1:]]
    starts = _in_order(phases, n)
    missing = _places("left_out", [(each.at, each.reason) for each in left_out], n)
    ghosted = np.isin(np.arange(n), [each.at for each in left_out if each.ghosted])
    without = np.isin(np.arange(n), missing)
    shown = [np.where(ghosted, np.nan, column) for column in data]

    charted, ghosts = [], np.full(n, np.nan)
    for start, ends in pairwise([*starts, None]):
        assert start is not None
        here = slice(start.begins, n if ends is None else ends.begins)
        length = here.stop - here.start
        if start.frozen is not None and not 1 <= start.frozen <= length:
            raise ValueError(
                f"phase at {start.begins} freezes its first {start.frozen} points; it has {length}"
            )
        if np.isnan([column[here] for column in shown]).any(axis=0).all():
            raise ValueError(f"phase at {start.begins} holds no figure in its {length} points")
        rest = {"exclude": without[here], "minimum": minimum}
        frozen = np.arange(length) < (length if start.frozen is None else start.frozen)
        chart = make(*[column[here] for column in shown], baseline=frozen, **rest)
        charted.append(ChartPhase(here.start, here.stop, start.reason or None, chart))
        if ghosted[here].any():
            drawn = make(*[column[here] for column in data], baseline=frozen, **rest).values
            ghosts[here] = np.where(ghosted[here], drawn, np.nan)
    ordered = tuple(sorted(left_out, key=lambda each: each.at))
    return PhasedChart(tuple(charted), ordered, ghosts)


def _in_order(phases: Sequence[Phase], n: int) -> list[Phase]:
    """Sort the phases and put one without a reason first where none begins at the first point."""
    places = _places("phases", [(each.begins, each.reason) for each in phases], n)
    ordered = sorted(phases, key=lambda each: each.begins)
    return ordered if 0 in places else [Phase(0, ""), *ordered]


def _places(name: str, named: Sequence[tuple[int, str]], n: int) -> list[int]:
    seen: list[int] = []
    for place, reason in named:
        if not 0 <= place < n:
            raise ValueError(f"{name} name point {place}; points are numbered 0 to {n - 1}")
        if place in seen:
            raise ValueError(f"{name} name point {place} twice")
        if not reason.strip():
            raise ValueError(f"{name} give no reason for point {place}")
        seen.append(place)
    return seen
