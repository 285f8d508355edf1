"""Which control chart suits a measure: from its kind, then from its figures, or as asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.beta_binomial_chart import beta_binomial_chart
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.chooser import (
    ChosenChart,
    Options,
    Reason,
    choose_count_chart,
    choose_proportion_chart,
)
from scrutinybook.statistics.g_chart import g_chart
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    ChartKind,
    ControlChart,
    TooFewCases,
    TooShort,
)
from scrutinybook.statistics.moving_range_chart import moving_range_chart
from scrutinybook.statistics.proportion_chart import p_chart, p_prime_chart
from scrutinybook.statistics.rate_chart import c_chart, u_chart, u_prime_chart
from scrutinybook.statistics.stock_chart import FollowsItself, net_flow_chart, stock_chart
from scrutinybook.statistics.t_chart import t_chart


class MeasureKind(StrEnum):
    """What the figures of a measure are, which settles the charts that can be drawn of it."""

    COUNT = "count"
    """Events of a period; sizes are exposures, such as working days, or None."""
    PROPORTION = "proportion"
    """Numerators, with denominators as sizes."""
    VALUE = "value"
    """Single values, such as averages, with no counts behind them."""
    STOCK = "stock"
    """A number on a date."""
    ROLLING_YEAR = "rolling year"
    """A count or rate of the latest twelve months, each month."""
    CASES_BETWEEN = "cases between events"
    """Whole numbers between rare events; internal, as each point is one event."""
    TIME_BETWEEN = "time between events"
    """Times between rare events; internal, as each point is one event."""


@dataclass(frozen=True, eq=False)
class NotCharted:
    """Figures of which no chart with limits, and no runs rule, would tell the truth."""

    values: Floats
    """What would have been drawn; shape (n,)."""


AnyOutcome: TypeAlias = ControlChart | TooShort | TooFewCases | FollowsItself | NotCharted


@dataclass(frozen=True)
class _Figures:
    """What a chart is made of."""

    values: npt.ArrayLike
    sizes: npt.ArrayLike | None
    options: Options
    lowest: float
    highest: float

    def needed_sizes(self, kind: ChartKind) -> npt.ArrayLike:
        if self.sizes is None:
            raise ValueError(f"sizes are missing; a chart of kind {kind.value} needs one a period")
        return self.sizes


_Maker: TypeAlias = Callable[[_Figures], AnyOutcome]


def _alone(chart: Callable[..., AnyOutcome]) -> _Maker:
    return lambda figures: chart(figures.values, **figures.options)


def _with_sizes(chart: Callable[..., AnyOutcome], kind: ChartKind) -> _Maker:
    return lambda figures: chart(figures.values, figures.needed_sizes(kind), **figures.options)


def _in_range(chart: Callable[..., AnyOutcome]) -> _Maker:
    return lambda figures: chart(
        figures.values, lowest=figures.lowest, highest=figures.highest, **figures.options
    )


def _rates(figures: _Figures) -> AnyOutcome:
    counts = checks.counts("values", figures.values)
    if figures.sizes is not None:
        counts = counts / checks.exposures("sizes", figures.sizes, length=counts.size)
    return individuals_chart(counts, lowest=0.0, **figures.options)


def _shares(figures: _Figures) -> AnyOutcome:
    sizes = figures.needed_sizes(ChartKind.INDIVIDUALS)
    top, bottom = checks.proportion_parts(figures.values, sizes)
    return individuals_chart(top / bottom, lowest=0.0, highest=1.0, **figures.options)


_SINGLE: Mapping[ChartKind, _Maker] = {
    ChartKind.INDIVIDUALS: _in_range(individuals_chart),
    ChartKind.MOVING_RANGE: _alone(moving_range_chart),
}

_ALLOWED: Mapping[MeasureKind, Mapping[ChartKind, _Maker]] = {
    MeasureKind.COUNT: {
        ChartKind.C: _alone(c_chart),
        ChartKind.U: _with_sizes(u_chart, ChartKind.U),
        ChartKind.U_PRIME: _with_sizes(u_prime_chart, ChartKind.U_PRIME),
        ChartKind.INDIVIDUALS: _rates,
    },
    MeasureKind.PROPORTION: {
        ChartKind.P: _with_sizes(p_chart, ChartKind.P),
        ChartKind.P_PRIME: _with_sizes(p_prime_chart, ChartKind.P_PRIME),
        ChartKind.BETA_BINOMIAL: _with_sizes(beta_binomial_chart, ChartKind.BETA_BINOMIAL),
        ChartKind.INDIVIDUALS: _shares,
    },
    MeasureKind.VALUE: _SINGLE,
    MeasureKind.STOCK: {
        ChartKind.STOCK: _in_range(stock_chart),
        ChartKind.NET_FLOW: _alone(net_flow_chart),
        **_SINGLE,
    },
    MeasureKind.CASES_BETWEEN: {ChartKind.G: _alone(g_chart)},
    MeasureKind.TIME_BETWEEN: {ChartKind.T: _alone(t_chart), ChartKind.G: _alone(g_chart)},
    MeasureKind.ROLLING_YEAR: {},
}


def choose_chart(
    measure: MeasureKind,
    values: npt.ArrayLike,
    sizes: npt.ArrayLike | None = None,
    *,
    asked: ChartKind | None = None,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    lowest: float = -np.inf,
    highest: float = np.inf,
    minimum: int = MINIMUM_BASELINE,
) -> ChosenChart[AnyOutcome]:
    """Choose the chart of a measure and say why.

    `values`, `sizes`: shape (n,); what they are, `measure` says. `asked` names a chart in place
    of the choice, among those that the kind of measure allows; what the figures would have chosen
    still gives the evidence. `lowest`, `highest`: the possible range of single values and stocks.
    A rolling year is never charted. Raises `ValueError` for other input, a chart that the measure
    does not allow, or sizes that are missing or not called for.
    """
    options = Options(baseline=baseline, exclude=exclude, minimum=minimum)
    figures = _Figures(values, sizes, options, lowest, highest)
    if sizes is not None and measure not in (MeasureKind.COUNT, MeasureKind.PROPORTION):
        raise ValueError(f"sizes are given; a measure of kind {measure.value} has none")
    if asked is None:
        return _chosen(measure, figures)
    allowed = _ALLOWED[measure]
    if asked not in allowed:
        names = ", ".join(each.value for each in allowed) or "none"
        raise ValueError(
            f"asked is {asked.value}; a measure of kind {measure.value} allows {names}"
        )
    chart = allowed[asked](figures)
    counted = measure in (MeasureKind.COUNT, MeasureKind.PROPORTION)
    evidence = _chosen(measure, figures) if counted else None
    reason = Reason.TOO_SHORT if isinstance(chart, TooShort) else Reason.ASKED_FOR
    if isinstance(chart, TooFewCases):
        reason = Reason.TOO_FEW_CASES
    if evidence is None:
        return ChosenChart(chart, reason, None, None, None)
    return replace(evidence, chart=chart, reason=reason)


def _chosen(measure: MeasureKind, figures: _Figures) -> ChosenChart[AnyOutcome]:
    match measure:
        case MeasureKind.COUNT:
            return choose_count_chart(figures.values, figures.sizes, **figures.options)
        case MeasureKind.PROPORTION:
            sizes = figures.needed_sizes(ChartKind.P)
            return choose_proportion_chart(figures.values, sizes, **figures.options)
        case MeasureKind.STOCK:
            return _chosen_of_stock(figures)
        case MeasureKind.ROLLING_YEAR:
            none = NotCharted(checks.series("values", figures.values))
            return ChosenChart(none, Reason.ROLLING_YEAR, None, None, None)
        case MeasureKind.VALUE:
            kind, reason = ChartKind.INDIVIDUALS, Reason.SINGLE_VALUES
        case MeasureKind.CASES_BETWEEN:
            kind, reason = ChartKind.G, Reason.BETWEEN_EVENTS
        case MeasureKind.TIME_BETWEEN:
            kind, reason = ChartKind.T, Reason.BETWEEN_EVENTS
    return _or_too_short(_ALLOWED[measure][kind](figures), reason)


def _chosen_of_stock(figures: _Figures) -> ChosenChart[AnyOutcome]:
    allowed = _ALLOWED[MeasureKind.STOCK]
    chart = allowed[ChartKind.STOCK](figures)
    if isinstance(chart, FollowsItself):
        flow = allowed[ChartKind.NET_FLOW](figures)
        return _or_too_short(flow, Reason.STOCK_FOLLOWS_ITSELF)
    return _or_too_short(chart, Reason.STOCK)


def _or_too_short(chart: AnyOutcome, reason: Reason) -> ChosenChart[AnyOutcome]:
    short = isinstance(chart, TooShort)
    return ChosenChart(chart, Reason.TOO_SHORT if short else reason, None, None, None)
