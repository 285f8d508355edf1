"""A monthly series made ready for the search: log counts, offset, gaps, calendar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.statistics import checks
from scrutinybook.statistics.checks import Floats
from scrutinybook.statistics.level_change import WorkingDays
from scrutinybook.statistics.step_scan import Fit, MonthlyLayout, StepScan, step_scan

HALF = 0.5
"""Added to counts before the logarithm, so that months with none can be used; it also takes off
most of the bias that the logarithm of a small count has."""

PERIODS = (1, 4, 12)
"""Periods a year that a season can have: none, quarters, months."""


@dataclass(frozen=True, eq=False)
class MonthlySeries:
    """n consecutive months (or quarters, or years)."""

    counts: Floats
    """Shape (n,); NaN where a month has no figure."""
    offset: Floats
    """Shape (n,): log of working days over their mean; zeros where they do not enter as offset."""
    layout: MonthlyLayout
    """Gaps, calendar, season, segment length."""
    working_days: WorkingDays
    """How working days enter."""

    @property
    def n_months(self) -> int:
        """Months with a figure."""
        return int(self.layout.observed.sum())

    @property
    def logs(self) -> Floats:
        """Log counts less the offset, observed months only; shape (m,)."""
        return np.asarray(self.to_logs(self.counts[None, :])[0])

    def to_logs(self, counts: Floats) -> Floats:
        """Bring counts of shape (samples, n) to the scale of the model; (samples, m)."""
        kept = counts[:, self.layout.observed]
        return np.asarray(np.log(kept + HALF) - self.offset[self.layout.observed])

    def scan(self, found: tuple[int, ...] = ()) -> StepScan:
        """Prepare the scan for one more step beside those found."""
        return step_scan(self.layout, found)

    def log_mean(self, fit: Fit) -> Floats:
        """Log of the expected count of every month; shape (n,)."""
        return fit.fitted + self.offset

    def exponent(self, fit: Fit) -> float:
        """Exponent of working days: 1 as offset, fitted, or 0 where they do not enter."""
        if fit.slope is not None:
            return fit.slope
        return 1.0 if self.working_days is WorkingDays.OFFSET else 0.0

    def levels(self, fit: Fit) -> Floats:
        """Levels of the segments in counts per average month; shape (steps + 1,).

        An average month has the mean seasonal and working-day factor of the series. Logs
        average to the median, not to the mean: the fitted total is set to the counted one.
        """
        observed = self.layout.observed
        expected = np.exp(self.log_mean(fit))
        smear = self.counts[observed].sum() / expected[observed].sum()
        average = float(np.mean(np.exp(fit.seasonal + self.offset)))
        return np.asarray(np.exp(fit.levels) * average * smear)


def monthly_series(
    counts: npt.ArrayLike,
    working_days: npt.ArrayLike | None,
    *,
    first_month: int,
    seasonal: bool,
    use_working_days: WorkingDays,
    minimum_segment: int,
    period: int = 12,
) -> MonthlySeries:
    """Check and prepare a series; arguments and errors as for `find_level_changes`."""
    found = checks.counts("counts", counts)
    if period not in PERIODS:
        raise ValueError(
            f"period is {period}; period must be one of {', '.join(map(str, PERIODS))}"
        )
    if first_month not in range(1, 13):
        raise ValueError(f"first_month is {first_month}; first_month must be from 1 to 12")
    checks.at_least("minimum_segment", minimum_segment, 3)
    log_days = np.zeros(found.size)
    if working_days is None:
        use_working_days = WorkingDays.NONE
    else:
        days = checks.exposures("working_days", working_days, length=found.size)
        if np.isnan(days).any():
            place = int(np.argmax(np.isnan(days)))
            raise ValueError(f"working_days[{place}] is missing; every month has working days")
        log_days = np.log(days / days.mean())
    free = use_working_days is WorkingDays.FREE and bool(np.ptp(log_days) > 0)
    return MonthlySeries(
        counts=found,
        offset=log_days if use_working_days is WorkingDays.OFFSET else np.zeros(found.size),
        layout=MonthlyLayout(
            observed=~np.isnan(found),
            first_month=first_month,
            seasonal=seasonal and period > 1,
            minimum_segment=minimum_segment,
            covariate=log_days if free else None,
            period=period,
        ),
        working_days=use_working_days,
    )
