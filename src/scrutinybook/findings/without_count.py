"""Findings where counts by month are missing in a way that leaves nothing to judge."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.findings.base import Finding
from scrutinybook.periods import Month
from scrutinybook.sources.symbols import Symbol


@dataclass(frozen=True)
class NoCount(Finding):
    """The edition's own month has no count."""

    month: Month
    symbol: Symbol
    """Why there is none."""
    last_known: Month | None
    """The last month that has a count."""


@dataclass(frozen=True)
class ManyWithheld(Finding):
    """So many small counts are withheld that those left would mislead: they are the larger ones."""

    month: Month
    count: float
    """The edition's own month, which has a count."""
    n_withheld: int
    n_months: int
    """Months that would have been searched for changes, those withheld among them."""
