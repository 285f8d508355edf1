"""What a control chart is: values, a centre line, limits, and the points beyond them.

Each chart type works out its centre and its standard deviations in a module of its own; what
they share is here: which periods make the limits, how limits are cut to the possible range, and
the refusal to draw limits from too few periods.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.run_chart import RunChart, run_chart

SIGMAS = 3.0
"""Limits lie three standard deviations from the centre (Shewhart 1931)."""

NEAR_SIGMAS = 2.0
"""A value further from the centre than this, and within the limits, is near a limit."""

MINIMUM_BASELINE = 12
"""Fewer periods than this make a run chart only: limits from them would move with every month."""

MEAN_RANGE_TO_SIGMA = 1.128
"""d2 for pairs: the mean moving range over the standard deviation of independent normal values,
as printed in the tables that analysts check charts against (2 / sqrt(pi) to three places)."""

RANGE_LIMIT = 3.267
"""D4 for pairs: a moving range above this many mean moving ranges is beyond its own limit."""


class ChartKind(StrEnum):
    """Which chart. A prime says that limits are widened by the spread between periods."""

    INDIVIDUALS = "individuals"
    P = "p"
    P_PRIME = "p'"
    C = "c"
    U = "u"
    U_PRIME = "u'"
    BETA_BINOMIAL = "beta-binomial"
    G = "g"
    T = "t"
    MOVING_RANGE = "moving range"
    STOCK = "individuals, correlation allowed for"
    NET_FLOW = "net flow"


FOLLOW_ON = frozenset({ChartKind.STOCK, ChartKind.MOVING_RANGE})
"""Charts whose neighbouring points are alike by their making: their runs come up by chance, so that
no rule on runs applies."""


@dataclass(frozen=True, eq=False)
class ControlChart:
    """One control chart over n periods. Arrays have shape (n,) and the unit of `values`."""

    kind: ChartKind
    values: Floats
    """What is drawn; NaN where a period has no figure (a gap in the line)."""
    centre: Floats
    """The centre line; a number in every period, also in the gaps."""
    lower: Floats
    """Lower limit, never below what is possible; NaN where it would vary with a missing size."""
    upper: Floats
    """Upper limit, never above what is possible; NaN where it would vary with a missing size."""
    near_lower: Floats
    """Two standard deviations below the centre, or the line as likely to be passed by chance."""
    near_upper: Floats
    """The same above the centre; between it and the limit a value is near the limit."""
    baseline: Bools
    """The periods from which centre and limits were worked out."""
    excluded: Bools
    """Periods left out of the baseline by the analyst; drawn, and still judged."""
    sigma: Floats
    """Standard deviation of each period's value about the centre; NaN like the limits, and on t
    charts, whose times are judged on another scale."""
    inflation: float
    """Standard deviations over those that counting alone gives (sigma-z of Laney 2002), with any
    floor applied; 1 for plain charts and for individuals, which know no counting spread."""

    @property
    def beyond(self) -> Bools:
        """The periods whose value lies outside its limits; a gap is never outside."""
        return (self.values < self.lower) | (self.values > self.upper)

    @property
    def n_baseline(self) -> int:
        """Number of periods that made the limits."""
        return int(self.baseline.sum())


@dataclass(frozen=True)
class TooShort:
    """Too few periods for limits that mean anything: a run chart only."""

    kind: ChartKind
    """The chart that was asked for."""
    n_baseline: int
    """Periods with a figure in the baseline."""
    needed: int
    """Periods that were needed."""
    run: RunChart
    """The values about their median, without limits."""

    @property
    def values(self) -> Floats:
        """What is drawn; shape (n,)."""
        return self.run.values


@dataclass(frozen=True)
class TooFewCases:
    """Too few cases to tell: hardly any result that could come up would lie beyond limits."""

    kind: ChartKind
    """The chart that was asked for."""
    n_baseline: int
    """Periods with a figure in the baseline."""
    n_telling: int
    """Those of them in which some possible result would lie beyond limits."""
    run: RunChart
    """The values about their median, without limits."""

    @property
    def values(self) -> Floats:
        """What is drawn; shape (n,)."""
        return self.run.values


Charted: TypeAlias = ControlChart | TooShort | TooFewCases
"""What a chart function gives: a chart with limits, or why there are none."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Which periods make the limits, after gaps and exclusions."""

    used: Bools
    excluded: Bools


def baseline_of(
    values: Floats, baseline: npt.ArrayLike | None, exclude: npt.ArrayLike | None
) -> Baseline:
    """Settle the baseline: asked for (all when None), with a figure, and not excluded.

    Raises `ValueError` for masks of another shape or type.
    """
    asked = checks.mask("baseline", baseline, length=values.size, default=True)
    excluded = checks.mask("exclude", exclude, length=values.size, default=False)
    return Baseline(used=asked & ~excluded & ~np.isnan(values), excluded=excluded)


def too_short(kind: ChartKind, values: Floats, settled: Baseline, minimum: int) -> TooShort | None:
    """Say so when the baseline holds fewer periods than `minimum` (2 at the very least)."""
    found = int(settled.used.sum())
    needed = checks.at_least("minimum", minimum, 2)
    if found >= needed:
        return None
    left_out = settled.excluded if (~np.isnan(values) & ~settled.excluded).any() else None
    run = run_chart(values, exclude=left_out)
    return TooShort(kind=kind, n_baseline=found, needed=needed, run=run)


def mean_range(values: Floats, *, screen: bool = False) -> float:
    """Average the moving ranges of values in order; shape (m,), m >= 2.

    Neighbours are neighbours in the list, so that a gap or an excluded period is stepped over.
    With `screen`, ranges beyond their own limit are left out once (Nelson 1982).
    """
    ranges = np.abs(np.diff(values))
    if screen:
        ranges = ranges[ranges <= RANGE_LIMIT * ranges.mean()]
    return float(ranges.mean())


def sigma_from_ranges(values: Floats, *, screen: bool = False) -> float:
    """Estimate a standard deviation from the moving ranges of values; input as above."""
    return mean_range(values, screen=screen) / MEAN_RANGE_TO_SIGMA


def chart_about(
    *,
    kind: ChartKind,
    values: Floats,
    centre: float,
    sigma: Floats,
    settled: Baseline,
    inflation: float = 1.0,
    lowest: float = -np.inf,
    highest: float = np.inf,
) -> ControlChart:
    """Put limits three `sigma` about `centre` and cut every line to the possible range."""
    return ControlChart(
        kind=kind,
        values=values,
        centre=np.full(values.size, centre),
        lower=np.maximum(centre - SIGMAS * sigma, lowest),
        upper=np.minimum(centre + SIGMAS * sigma, highest),
        near_lower=np.maximum(centre - NEAR_SIGMAS * sigma, lowest),
        near_upper=np.minimum(centre + NEAR_SIGMAS * sigma, highest),
        baseline=settled.used,
        excluded=settled.excluded,
        sigma=sigma,
        inflation=inflation,
    )


def rescaled(
    chart: ControlChart, factor: float, *, lowest: float = -np.inf, highest: float = np.inf
) -> ControlChart:
    """Widen or narrow the limits of a chart that lie about its centre by `factor`."""
    sigma = chart.sigma * factor
    return replace(
        chart,
        lower=np.maximum(chart.centre - SIGMAS * sigma, lowest),
        upper=np.minimum(chart.centre + SIGMAS * sigma, highest),
        near_lower=np.maximum(chart.centre - NEAR_SIGMAS * sigma, lowest),
        near_upper=np.minimum(chart.centre + NEAR_SIGMAS * sigma, highest),
        sigma=sigma,
    )


def in_counts(chart: ControlChart, exposures: npt.ArrayLike) -> ControlChart:
    """Bring a chart of rates back to counts: every line times its period's exposure.

    `exposures`: shape (n,), as the rates were made with (working days, say). The limits then rise
    and fall with the working days, and say how many children would have been beyond them. Raises
    `ValueError` for exposures of another length or not above zero.
    """
    size = checks.exposures("exposures", exposures, length=chart.values.size)
    return replace(
        chart,
        values=chart.values * size,
        centre=chart.centre * size,
        lower=chart.lower * size,
        upper=chart.upper * size,
        near_lower=chart.near_lower * size,
        near_upper=chart.near_upper * size,
        sigma=chart.sigma * size,
    )
