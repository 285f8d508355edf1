"""Charts of stocks: numbers on a date, such as open cases or children in care.

Most children of one month's count are in the next one too, so neighbouring values are alike and
their differences small. Plain individuals limits read that as little spread, and signal again and
again by chance. Either the limits are widened for it, or, where a stock follows itself so closely
that a few years hold next to no independent values, the change from month to month is charted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Bools, Floats
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import (
    MINIMUM_BASELINE,
    ChartKind,
    ControlChart,
    TooShort,
    rescaled,
)

ENOUGH_INDEPENDENT = 6.0
"""Correlated periods must be worth so many independent ones, or their limits say little."""

LARGEST_CORRELATION = 0.95
"""An estimate above it, from the correction for short series, is taken as this."""


@dataclass(frozen=True, eq=False)
class FollowsItself:
    """A stock that follows itself too closely for limits about one level: chart its net flow."""

    values: Floats
    """What was to be drawn; shape (n,)."""
    correlation: float
    """Estimated correlation of neighbouring periods."""
    worth: float
    """Independent periods that the baseline is worth."""
    needed: float
    """Independent periods that were needed."""


def stock_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    lowest: float = -np.inf,
    highest: float = np.inf,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort | FollowsItself:
    """Chart a stock by individuals limits widened for the correlation r of neighbouring periods.

    Where r is the correlation, differences have sqrt(1 - r) times the spread of independent values,
    so the standard deviation is the mean moving range / 1.128 / sqrt(1 - r); `inflation` holds that
    factor. No runs rule applies: correlated values make runs by chance. Input and errors as for
    `individuals_chart`.
    """
    chart = individuals_chart(
        values,
        baseline=baseline,
        exclude=exclude,
        lowest=lowest,
        highest=highest,
        minimum=minimum,
    )
    if isinstance(chart, TooShort):
        return replace(chart, kind=ChartKind.STOCK)
    correlation = lag_one_correlation(chart.values, chart.baseline)
    worth = chart.n_baseline * (1 - correlation) / (1 + correlation)
    if worth < ENOUGH_INDEPENDENT:
        return FollowsItself(chart.values, correlation, worth, ENOUGH_INDEPENDENT)
    factor = float(1 / np.sqrt(1 - correlation))
    widened = rescaled(chart, factor, lowest=lowest, highest=highest)
    return replace(widened, kind=ChartKind.STOCK, inflation=factor)


def net_flow_chart(
    values: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    exclude: npt.ArrayLike | None = None,
    minimum: int = MINIMUM_BASELINE,
) -> ControlChart | TooShort:
    """Chart by how much a stock rose or fell in each period, with individuals limits.

    `values`: the stock, shape (n,), NaN for gaps. The chart's values are differences from the
    period before; the first is NaN, and so is one beside a gap. Excluding a period excludes the
    change into it and the change out of it. Raises `ValueError` for other input, or where no two
    neighbouring periods have figures.
    """
    found = checks.series("values", values)
    flow = np.concatenate([[np.nan], np.diff(found)])
    if np.isnan(flow).all():
        raise ValueError("values hold no two neighbouring figures; a net flow needs them")
    left_out = checks.mask("exclude", exclude, length=found.size, default=False)
    left_out[1:] |= left_out[:-1].copy()
    chart = individuals_chart(flow, baseline=baseline, exclude=left_out, minimum=minimum)
    return replace(chart, kind=ChartKind.NET_FLOW)


def lag_one_correlation(values: Floats, used: Bools) -> float:
    """Estimate how strongly a period follows the one before, among the periods `used`; 0 to 0.95.

    A short series shows less correlation than there is, by about (1 + 4 r) / m over m periods
    (Kendall 1954, Biometrika 41: 403-404); that is put back. Values that swing to and fro count as
    0. The constant series has none.
    """
    middle = values - values[used].mean()
    m = int(used.sum())
    pairs = used[1:] & used[:-1]
    squares = float((middle[used] ** 2).sum())
    if squares == 0 or m <= 4:
        return 0.0
    products = float((middle[1:] * middle[:-1])[pairs].sum())
    # Pairs that a gap broke are missing from the products but not from the squares.
    share = (m - 1) / max(int(pairs.sum()), 1)
    seen = products / squares * share
    return float(np.clip((seen * m + 1) / (m - 4), 0.0, LARGEST_CORRELATION))
