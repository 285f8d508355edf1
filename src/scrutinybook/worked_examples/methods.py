"""The names that a worked example can call, each with its function of `scrutinybook.statistics`.

A name is that of the function, or of a class and its method. The few that take more than plain
numbers, text and lists have a stand-in here that makes what they take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scrutinybook import statistics as st
from scrutinybook.statistics.limits import MINIMUM_BASELINE, baseline_of, chart_about


def drawn_lines(
    values: npt.ArrayLike,
    centre: float,
    sigma: float,
    *,
    exclude: npt.ArrayLike | None = None,
    kind: st.ChartKind = st.ChartKind.INDIVIDUALS,
) -> st.ControlChart:
    """Draw values about lines that are given, not worked out: for rules that read a chart.

    Limits lie three `sigma` from `centre`, and the lines near them two.
    """
    found = np.array(values, dtype=np.float64)
    return chart_about(
        kind=kind,
        values=found,
        centre=centre,
        sigma=np.full(found.size, sigma),
        settled=baseline_of(found, None, exclude),
    )


def _phased(
    make: str,
    columns: Sequence[Sequence[float | None]],
    *,
    phases: Sequence[Mapping[str, Any]] = (),
    left_out: Sequence[Mapping[str, Any]] = (),
    minimum: int = MINIMUM_BASELINE,
) -> st.PhasedChart:
    return st.phased_chart(
        METHODS[make],
        *[np.array(column, dtype=np.float64) for column in columns],
        phases=[st.Phase(**each) for each in phases],
        left_out=[st.LeftOut(**each) for each in left_out],
        minimum=minimum,
    )


def _limits(funnel: st.Funnel, sizes: npt.ArrayLike) -> Any:
    return funnel.limits(sizes)


def _at_least(chance: st.ChanceOverMany, n_signals: int) -> float:
    return chance.at_least(n_signals)


def _began(shifts: st.SmallShifts, month: int) -> int | None:
    return shifts.began(month)


def _compare(forecast: st.Forecast, later: npt.ArrayLike) -> st.Later | None:
    return forecast.compare(later)


METHODS: Mapping[str, Callable[..., Any]] = {
    "run_chart": st.run_chart,
    "individuals_chart": st.individuals_chart,
    "moving_range_chart": st.moving_range_chart,
    "c_chart": st.c_chart,
    "u_chart": st.u_chart,
    "in_counts": st.in_counts,
    "u_prime_chart": st.u_prime_chart,
    "p_chart": st.p_chart,
    "p_prime_chart": st.p_prime_chart,
    "beta_binomial_chart": st.beta_binomial_chart,
    "telling_periods": st.telling_periods,
    "stock_chart": st.stock_chart,
    "net_flow_chart": st.net_flow_chart,
    "g_chart": st.g_chart,
    "t_chart": st.t_chart,
    "phased_chart": _phased,
    "choose_count_chart": st.choose_count_chart,
    "choose_proportion_chart": st.choose_proportion_chart,
    "choose_chart": st.choose_chart,
    "runs_test": st.runs_test,
    "chance_signals": st.chance_signals,
    "chance_latest_beyond": st.chance_latest_beyond,
    "drawn_lines": drawn_lines,
    "point_signals": st.point_signals,
    "making_data_count_chart": st.making_data_count_chart,
    "chance_of_rules": st.chance_of_rules,
    "icons_of": st.icons_of,
    "wilson": st.wilson,
    "newcombe": st.newcombe,
    "rate_ratio": st.rate_ratio,
    "two_proportions": st.two_proportions,
    "two_counts": st.two_counts,
    "two_share_runs": st.two_share_runs,
    "two_count_runs": st.two_count_runs,
    "mean_shift": st.mean_shift,
    "count_against": st.count_against,
    "proportion_funnel": st.proportion_funnel,
    "rate_funnel": st.rate_funnel,
    "Funnel.limits": _limits,
    "false_discoveries": st.false_discoveries,
    "chance_over_many": st.chance_over_many,
    "ChanceOverMany.at_least": _at_least,
    "find_level_changes": st.find_level_changes,
    "working_day_sensitivity": st.working_day_sensitivity,
    "smallest_detectable": st.smallest_detectable,
    "confirm": st.confirm,
    "count_shifts": st.count_shifts,
    "proportion_shifts": st.proportion_shifts,
    "SmallShifts.began": _began,
    "count_trend": st.count_trend,
    "proportion_trend": st.proportion_trend,
    "value_trend": st.value_trend,
    "forecast_counts": st.forecast_counts,
    "forecast_proportions": st.forecast_proportions,
    "Forecast.compare": _compare,
    "complete": st.complete,
    "same_maturity": st.same_maturity,
}
"""In the order in which pages show them."""

READ_AS: Mapping[str, Callable[[Any], Any]] = {
    "kind": st.ChartKind,
    "asked": st.ChartKind,
    "measure": st.MeasureKind,
    "polarity": st.Polarity,
    "overdispersion": st.Overdispersion,
    "use_working_days": st.WorkingDays,
}
"""Arguments that are words of a fixed set, by the argument's name."""
