"""Pure functions on numbers: control charts, intervals, funnels and level changes.

No files, no clock, no hidden chance: arrays in, frozen results out, seeds passed in. NaN is
a period without a figure. Input that no method can use is refused with `ValueError`. Results that
hold arrays compare by identity; compare their fields.
"""

from scrutinybook.statistics.changepoint import find_level_changes, working_day_sensitivity
from scrutinybook.statistics.chooser import (
    ChosenChart,
    Reason,
    choose_count_chart,
    choose_proportion_chart,
)
from scrutinybook.statistics.detectable import smallest_detectable
from scrutinybook.statistics.dispersion import Dispersion
from scrutinybook.statistics.exact_tests import (
    ExactTest,
    count_against,
    two_counts,
    two_proportions,
)
from scrutinybook.statistics.funnel import (
    Funnel,
    FunnelLimits,
    Overdispersion,
    proportion_funnel,
    rate_funnel,
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
from scrutinybook.statistics.limits import ChartKind, ControlChart, TooShort, in_counts
from scrutinybook.statistics.multiplicity import (
    ChanceOverMany,
    Discoveries,
    chance_over_many,
    false_discoveries,
)
from scrutinybook.statistics.proportion_chart import p_chart, p_prime_chart
from scrutinybook.statistics.rate_chart import c_chart, u_chart, u_prime_chart
from scrutinybook.statistics.rules import ChanceSignals, RunsTest, chance_signals, runs_test
from scrutinybook.statistics.run_chart import RunChart, run_chart

__all__ = [
    "ChanceOverMany",
    "ChanceSignals",
    "ChartKind",
    "ChosenChart",
    "ControlChart",
    "Discoveries",
    "Dispersion",
    "ExactTest",
    "Funnel",
    "FunnelLimits",
    "Interval",
    "LevelChange",
    "LevelChanges",
    "Overdispersion",
    "Reason",
    "RunChart",
    "RunsTest",
    "Sensitivity",
    "SmallestDetectable",
    "TooShort",
    "TooShortForChanges",
    "WorkingDays",
    "c_chart",
    "chance_over_many",
    "chance_signals",
    "choose_count_chart",
    "choose_proportion_chart",
    "count_against",
    "false_discoveries",
    "find_level_changes",
    "in_counts",
    "individuals_chart",
    "newcombe",
    "p_chart",
    "p_prime_chart",
    "proportion_funnel",
    "rate_funnel",
    "rate_ratio",
    "run_chart",
    "runs_test",
    "smallest_detectable",
    "two_counts",
    "two_proportions",
    "u_chart",
    "u_prime_chart",
    "wilson",
    "working_day_sensitivity",
]
