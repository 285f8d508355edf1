"""Months, years and dates as the statistics publish them, and the words for them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Self


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2023-03``. Raises `ValueError` for anything else."""
        match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
        if match is None:
            raise ValueError(f"{text!r} is not a month; write year and month as 2023-03")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """For pages: ``March 2023``."""
        return f"{calendar.month_name[self.month]} {self.year}"

    @property
    def name(self) -> str:
        """For pages that have named the year: ``March``."""
        return calendar.month_name[self.month]

    @property
    def first_day(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The month's last day."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def index(self) -> int:
        """Months since year 0, for arithmetic."""
        return self.year * 12 + self.month - 1

    @property
    def financial_year(self) -> FinancialYear:
        """The year from 1 April to 31 March that this month is part of."""
        return FinancialYear(self.year + 1 if self.month >= 4 else self.year)

    def __add__(self, months: int) -> Month:
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    def __sub__(self, months: int) -> Month:
        return self + -months


@dataclass(frozen=True, order=True)
class FinancialYear:
    """A year from 1 April to 31 March, known by the year in which it ends."""

    ending: int

    @property
    def words(self) -> str:
        """For pages: ``2022/23``."""
        return f"{self.ending - 1}/{self.ending % 100:02d}"

    @property
    def months(self) -> tuple[Month, ...]:
        """April to March."""
        return tuple(Month(self.ending - 1, 4) + k for k in range(12))


@cache
def working_days(month: Month) -> int:
    """Count Monday to Friday less England's bank holidays (17 to 23 a month)."""
    # Imported here: `scrutiny check` must stay quick and needs no calendar.
    from scrutinybook.working_days import working_days_from_to  # noqa: PLC0415

    return working_days_from_to(month.first_day, month.last_day)
