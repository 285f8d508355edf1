"""Findings on the latest month of a count: among its year's months, and against limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.analysis.levels import SEARCH_MONTHS, MonthlyCounts
from scrutinybook.chart_names import AUTO
from scrutinybook.edition import Phase
from scrutinybook.findings.monthly import (
    ChartName,
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    MonthLimits,
    NoLimits,
    NoLimitsWhy,
    OtherBaseline,
    PlainLimit,
    TooShortToSearch,
)
from scrutinybook.periods import Month
from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    MeasureKind,
    Reason,
    TooShort,
    chance_latest_beyond,
    choose_chart,
    choose_count_chart,
    in_counts,
    individuals_chart,
    run_chart,
)
from scrutinybook.statistics.limits import MINIMUM_BASELINE

PLAIN_MONTHS = 11
"""Months before the latest that make the plain limit: with it, a whole year."""

_SEED = 11
"""Of the simulation of how often limits leave out a month by chance."""

_CHART_NAMES = {
    ChartKind.INDIVIDUALS: ChartName.INDIVIDUALS,
    ChartKind.U: ChartName.U,
    ChartKind.U_PRIME: ChartName.U_PRIME,
    ChartKind.C: ChartName.C,
}


@dataclass(frozen=True)
class LatestChart:
    """The chart that judges the latest month, per working day, and what it says."""

    months: tuple[Month, ...]
    chart: ControlChart | TooShort
    finding: ControlVerdict | NoLimits


def latest_month(data: MonthlyCounts) -> LatestMonth:
    """Set the latest month among the months of its year. Raises `ValueError` if it has no count."""
    if np.isnan(data.counts[-1]):
        raise ValueError(f"{data.measure_id} has no count for {data.months[-1]}")
    year = data.months[-1].financial_year
    places = [
        i
        for i, month in enumerate(data.months)
        if month.financial_year == year and not np.isnan(data.counts[i])
    ]
    return LatestMonth(data.measure_id, tuple(data.month(i) for i in places))


def latest_chart(
    data: MonthlyCounts,
    levels: LevelChanges | TooShortToSearch,
    phase: Phase | None,
    asked: str = AUTO,
) -> LatestChart:
    """Judge the latest month by limits from the months before it.

    The baseline begins where an analyst set a phase. Without one it is the months searched, if the
    level has not changed; if it has, no limits are drawn and a beginning is suggested: limits
    across a change of level would mean nothing, and the program moves no baseline by itself.
    `asked`: the chart that the catalogue names, in place of the choice.
    """
    last_change = (
        levels.changes[-1] if isinstance(levels, LevelChanges) and levels.changes else None
    )
    if phase is not None:
        first = max(phase.begins, data.months[0])
    elif last_change is not None:
        first = min(last_change.last + 1, data.months[-1])
    else:
        first = data.latest(SEARCH_MONTHS).months[0]
    window = data.since(first)
    n_before = int(np.sum(~np.isnan(window.counts[:-1])))
    enough = n_before >= MINIMUM_BASELINE
    if not enough or (phase is None and last_change is not None):
        why = NoLimitsWhy.NO_PHASE if enough else NoLimitsWhy.TOO_SHORT
        return _without_limits(window, why, n_before, phase)
    days = window.working_days
    judged = choose_chart(
        MeasureKind.COUNT,
        window.counts,
        days,
        asked=None if asked == AUTO else ChartKind(asked),
        baseline=_all_but_last(len(window.months)),
    )
    chart = judged.chart
    if isinstance(chart, ControlChart) and chart.kind is ChartKind.C:
        chart = in_counts(chart, 1 / days)  # as all charts here, for each working day
    if not isinstance(chart, ControlChart) or judged.dispersion is None:
        return _without_limits(window, NoLimitsWhy.TOO_SHORT, n_before, phase)
    other = None
    if last_change is not None and first <= last_change.last:
        other = _other_baseline(data, last_change.last + 1)
    finding = ControlVerdict(
        measure_id=data.measure_id,
        latest=data.month(-1),
        chart=_CHART_NAMES[chart.kind],
        asked=judged.reason is Reason.ASKED_FOR,
        first=first,
        last=window.months[-2],
        n_baseline=chart.n_baseline,
        centre=float(chart.centre[-1]),
        lower=float(chart.lower[-1]),
        upper=float(chart.upper[-1]),
        beyond=bool(chart.beyond[-1]),
        spread_ratio=judged.dispersion.ratio,
        plain=_plain_limit(data),
        chance_latest=chance_latest_beyond(chart.n_baseline, chart.kind, seed=_SEED),
        phase_reason=phase.reason if phase else None,
        other_baseline=other,
    )
    return LatestChart(window.months, chart, finding)


def _without_limits(
    window: MonthlyCounts, why: NoLimitsWhy, n_before: int, phase: Phase | None
) -> LatestChart:
    per_day = window.counts / window.working_days
    run = run_chart(per_day)
    chart = TooShort(ChartKind.INDIVIDUALS, n_before, MINIMUM_BASELINE, run)
    finding = NoLimits(
        measure_id=window.measure_id,
        latest=window.month(-1),
        why=why,
        first=window.months[0],
        n_months=n_before,
        needed=MINIMUM_BASELINE,
        median=float(run.centre[-1]),
        phase_reason=phase.reason if phase else None,
    )
    return LatestChart(window.months, chart, finding)


def _plain_limit(data: MonthlyCounts) -> PlainLimit | None:
    """A c chart of the months just before: what a chart that trusts counting alone would say.

    Beside it, from the same months, what allowing for one of the things that it overlooks does.
    """
    window = data.latest(PLAIN_MONTHS + 1)
    baseline, days = _all_but_last(len(window.months)), window.working_days
    judged = choose_count_chart(window.counts, days, baseline=baseline, minimum=PLAIN_MONTHS)
    chart = judged.plain_counts
    if chart is None or isinstance(chart, TooShort):
        return None
    spread = individuals_chart(window.counts, baseline=baseline, lowest=0.0, minimum=PLAIN_MONTHS)
    return PlainLimit(
        first=window.months[0],
        last=window.months[-2],
        upper=float(chart.upper[-1]),
        lower=float(chart.lower[-1]),
        beyond=bool(chart.beyond[-1]),
        days_alone=_month_limits(judged.plain, float(days[-1])),
        spread_alone=_month_limits(spread, 1.0),
    )


def _month_limits(chart: ControlChart | TooShort | None, days: float) -> MonthLimits | None:
    """A chart's limits for the latest month; `days` turns its unit into events a month."""
    if chart is None or isinstance(chart, TooShort):
        return None
    return MonthLimits(
        lower=float(chart.lower[-1]) * days,
        upper=float(chart.upper[-1]) * days,
        beyond=bool(chart.beyond[-1]),
    )


def _other_baseline(data: MonthlyCounts, first: Month) -> OtherBaseline | None:
    if first >= data.months[-1]:
        return None
    window = data.since(first)
    known = int(np.sum(~np.isnan(window.counts[:-1])))
    chart = choose_count_chart(
        window.counts,
        window.working_days,
        baseline=_all_but_last(len(window.months)),
        # A check of the choice, not a chart to publish, so that fewer months will do.
        minimum=max(6, min(known, MINIMUM_BASELINE)),
    ).chart
    if isinstance(chart, TooShort):
        return None
    return OtherBaseline(
        first=first,
        n_baseline=chart.n_baseline,
        lower=float(chart.lower[-1]),
        upper=float(chart.upper[-1]),
        beyond=bool(chart.beyond[-1]),
    )


def _all_but_last(n: int) -> list[bool]:
    return [True] * (n - 1) + [False]
