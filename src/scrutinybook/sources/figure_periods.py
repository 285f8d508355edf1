"""The periods of official figures, each written in one way only.

===================  ==================  ================================================
written              kind                means
===================  ==================  ================================================
``2023-03``          month               the calendar month
``2022/23``          year                the year from 1 April to 31 March
``y/e 2022-09-30``   workforce_year      the year that ends on that 30 September
``2023-03-31``       snapshot            the state on that day (31 March, 30 June, 30 September)
===================  ==================  ================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from scrutinybook.periods import FinancialYear, Month


class PeriodKind(Enum):
    """What a figure's period is."""

    MONTH = "month"
    YEAR = "year"
    WORKFORCE_YEAR = "workforce_year"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True)
class FigurePeriod:
    """One period: its kind and its last day."""

    kind: PeriodKind
    end: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any of the four notations. Raises `ValueError` for anything else."""
        if match := re.fullmatch(r"(\d{4})/(\d{2})", text):
            ending = int(match[1]) + 1
            if ending % 100 == int(match[2]):
                return cls(PeriodKind.YEAR, date(ending, 3, 31))
        elif re.fullmatch(r"\d{4}-\d{2}", text):
            return cls(PeriodKind.MONTH, Month.parse(text).last_day)
        elif match := re.fullmatch(r"(y/e )?(\d{4}-\d{2}-\d{2})", text):
            kind = PeriodKind.WORKFORCE_YEAR if match[1] else PeriodKind.SNAPSHOT
            return cls(kind, date.fromisoformat(match[2]))
        raise ValueError(
            f"{text!r} is not a period; write 2023-03, 2022/23, 2023-03-31 or y/e 2022-09-30"
        )

    def __str__(self) -> str:
        if self.kind is PeriodKind.MONTH:
            return str(self.month)
        if self.kind is PeriodKind.YEAR:
            return self.financial_year.words
        prefix = "y/e " if self.kind is PeriodKind.WORKFORCE_YEAR else ""
        return f"{prefix}{self.end.isoformat()}"

    @property
    def words(self) -> str:
        """For pages: ``March 2023``, ``2022/23``, ``year to 30 September 2022`` or a day."""
        day = f"{self.end.day} {self.month.words}"
        return {
            PeriodKind.MONTH: self.month.words,
            PeriodKind.YEAR: self.financial_year.words,
            PeriodKind.WORKFORCE_YEAR: f"year to {day}",
            PeriodKind.SNAPSHOT: day,
        }[self.kind]

    @property
    def month(self) -> Month:
        """The month in which the period ends."""
        return Month(self.end.year, self.end.month)

    @property
    def financial_year(self) -> FinancialYear:
        """The year from 1 April in which the period ends."""
        return self.month.financial_year
