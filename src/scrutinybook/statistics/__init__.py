"""Pure functions on numbers: control charts, intervals, funnels and level changes.

No files, no clock, no hidden chance: arrays in, frozen results out, seeds passed in. NaN is
a period without a figure. Input that no method can use is refused with `ValueError`. Results that
hold arrays compare by identity; compare their fields.
"""

from scrutinybook.statistics.beta_binomial_chart import beta_binomial_chart, telling_periods
from scrutinybook.statistics.chance_of_latest import chance_latest_beyond
from scrutinybook.statistics.chance_of_rules import ChanceOfRules, chance_of_rules
from scrutinybook.statistics.changepoint import find_level_changes, working_day_sensitivity
from scrutinybook.statistics.chooser import (
    ChosenChart,
    Reason,
    choose_count_chart,
    choose_proportion_chart,
)
from scrutinybook.statistics.completion import (
    Completion,
    SameMaturity,
    TooShortToComplete,
    complete,
    same_maturity,
)
from scrutinybook.statistics.confirmation import Confirmation, TooEarlyToConfirm, confirm
from scrutinybook.statistics.detectable import smallest_detectable
from scrutinybook.statistics.dispersion import Dispersion
from scrutinybook.statistics.exact_tests import (
    ExactTest,
    count_against,
    two_counts,
    two_proportions,
)
from scrutinybook.statistics.forecast import (
    Forecast,
    Later,
    NoForecast,
    NoForecastWhy,
    forecast_counts,
    forecast_proportions,
)
from scrutinybook.statistics.funnel import (
    Funnel,
    FunnelLimits,
    Overdispersion,
    proportion_funnel,
    rate_funnel,
)
from scrutinybook.statistics.g_chart import g_chart
from scrutinybook.statistics.icons import (
    Assurance,
    Icons,
    Polarity,
    Variation,
    Withheld,
    icons_of,
)
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.intervals import Interval, newcombe, rate_ratio, wilson
from scrutinybook.statistics.level_change import (
    LevelChange,
    LevelChanges,
    Sensitivity,
    SmallestDetectable,
    TooShortForChanges,
    WorkingDays,
)
from scrutinybook.statistics.limits import (
    Charted,
    ChartKind,
    ControlChart,
    TooFewCases,
    TooShort,
    in_counts,
)
from scrutinybook.statistics.making_data_count import (
    PointSignals,
    Rule,
    making_data_count_chart,
    point_signals,
)
from scrutinybook.statistics.measure_chart import MeasureKind, NotCharted, choose_chart
from scrutinybook.statistics.moving_range_chart import moving_range_chart
from scrutinybook.statistics.multiplicity import (
    ChanceOverMany,
    Discoveries,
    chance_over_many,
    false_discoveries,
)
from scrutinybook.statistics.phases import ChartPhase, LeftOut, Phase, PhasedChart, phased_chart
from scrutinybook.statistics.proportion_chart import p_chart, p_prime_chart
from scrutinybook.statistics.rate_chart import c_chart, u_chart, u_prime_chart
from scrutinybook.statistics.rules import ChanceSignals, RunsTest, chance_signals, runs_test
from scrutinybook.statistics.run_chart import RunChart, run_chart
from scrutinybook.statistics.small_shifts import (
    NotWatched,
    SmallShifts,
    WhyNot,
    count_shifts,
    proportion_shifts,
)
from scrutinybook.statistics.stock_chart import FollowsItself, net_flow_chart, stock_chart
from scrutinybook.statistics.t_chart import t_chart
from scrutinybook.statistics.trend import (
    TooShortForTrend,
    Trend,
    count_trend,
    proportion_trend,
    value_trend,
)
from scrutinybook.statistics.two_means import MeanShift, mean_shift
from scrutinybook.statistics.two_runs import TwoRuns, two_count_runs, two_share_runs

__all__ = [
    "Assurance",
    "ChanceOfRules",
    "ChanceOverMany",
    "ChanceSignals",
    "ChartKind",
    "ChartPhase",
    "Charted",
    "ChosenChart",
    "Completion",
    "Confirmation",
    "ControlChart",
    "Discoveries",
    "Dispersion",
    "ExactTest",
    "FollowsItself",
    "Forecast",
    "Funnel",
    "FunnelLimits",
    "Icons",
    "Interval",
    "Later",
    "LeftOut",
    "LevelChange",
    "LevelChanges",
    "MeanShift",
    "MeasureKind",
    "NoForecast",
    "NoForecastWhy",
    "NotCharted",
    "NotWatched",
    "Overdispersion",
    "Phase",
    "PhasedChart",
    "PointSignals",
    "Polarity",
    "Reason",
    "Rule",
    "RunChart",
    "RunsTest",
    "SameMaturity",
    "Sensitivity",
    "SmallShifts",
    "SmallestDetectable",
    "TooEarlyToConfirm",
    "TooFewCases",
    "TooShort",
    "TooShortForChanges",
    "TooShortForTrend",
    "TooShortToComplete",
    "Trend",
    "TwoRuns",
    "Variation",
    "WhyNot",
    "Withheld",
    "WorkingDays",
    "beta_binomial_chart",
    "c_chart",
    "chance_latest_beyond",
    "chance_of_rules",
    "chance_over_many",
    "chance_signals",
    "choose_chart",
    "choose_count_chart",
    "choose_proportion_chart",
    "complete",
    "confirm",
    "count_against",
    "count_shifts",
    "count_trend",
    "false_discoveries",
    "find_level_changes",
    "forecast_counts",
    "forecast_proportions",
    "g_chart",
    "icons_of",
    "in_counts",
    "individuals_chart",
    "making_data_count_chart",
    "mean_shift",
    "moving_range_chart",
    "net_flow_chart",
    "newcombe",
    "p_chart",
    "p_prime_chart",
    "phased_chart",
    "point_signals",
    "proportion_funnel",
    "proportion_shifts",
    "proportion_trend",
    "rate_funnel",
    "rate_ratio",
    "run_chart",
    "runs_test",
    "same_maturity",
    "smallest_detectable",
    "stock_chart",
    "t_chart",
    "telling_periods",
    "two_count_runs",
    "two_counts",
    "two_proportions",
    "two_share_runs",
    "u_chart",
    "u_prime_chart",
    "value_trend",
    "wilson",
    "working_day_sensitivity",
]
