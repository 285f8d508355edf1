"""What is asked of the formulas, and what they answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scrutinybook.measures.series import Observation, Series
from scrutinybook.periods import FinancialYear, Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind


@dataclass(frozen=True)
class Asked:
    """For whom, for which months, and what the events alone do not hold."""

    area: str
    """Name of the authority."""
    first: Month
    last: Month
    """The run of months, both ends included."""
    children: Mapping[int, float] = field(default_factory=dict)
    """Children aged 0 to 17 who live in the area, by the year whose middle an estimate is for."""
    services: Mapping[str, str] = field(default_factory=dict)
    """Service of each team; a team that is not named stands for itself."""
    localities: Mapping[str, str] = field(default_factory=dict)
    """Locality of each team."""
    target_caseload: float = 18.0

    @property
    def months(self) -> tuple[Month, ...]:
        """The run of months, oldest first. Empty where the last comes before the first."""
        return tuple(self.first + k for k in range(self.last.index - self.first.index + 1))

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Years from 1 April that end in the run."""
        return tuple(month.financial_year for month in self.months if month.month == 3)

    def children_on(self, day: date) -> float | None:
        """The latest estimate for the middle of a year that is not after `day`, or None."""
        past = [year for year in self.children if date(year, 6, 30) <= day]
        return self.children[max(past)] if past else None


@dataclass(frozen=True)
class Figures:
    """One run of figures."""

    series: Series
    """A place for every period asked for: months, years, or days."""
    to_date: Series | None = None
    """For flows by month: at each month, all since 1 April pooled; None for everything else."""


@dataclass(frozen=True)
class Measured:
    """A measure as computed."""

    whole: Figures
    parts: Mapping[str, Figures] = field(default_factory=dict)
    """The same for each source, service, band and so on; empty where it is not divided."""


def year_before_latest(series: Series) -> Observation | None:
    """For figures on a day: the same month's figure a year before the latest one; None if none."""
    month = series.latest.period.month - 12
    return next((o for o in series if o.period.month == month), None)


def month_period(month: Month) -> FigurePeriod:
    """The period of a month."""
    return FigurePeriod(PeriodKind.MONTH, month.last_day)


def day_period(day: date) -> FigurePeriod:
    """The period of a figure on a day."""
    return FigurePeriod(PeriodKind.SNAPSHOT, day)


def year_period(year: FinancialYear) -> FigurePeriod:
    """The period of a year from 1 April."""
    return FigurePeriod(PeriodKind.YEAR, year.months[-1].last_day)
