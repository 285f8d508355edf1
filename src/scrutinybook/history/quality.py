"""How complete and how prompt recording was: numbers for a chapter on the quality of the data.

Counts here have not passed the disclosure gate; whoever shows them sends them through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.history.triangle import Triangle
from scrutinybook.sources.extracts.events import EVENT_TABLES


@dataclass(frozen=True)
class FieldCompleteness:
    """How much of one column was left empty in one extract."""

    table: str
    column: str
    as_of: date
    rows: int
    missing: int

    @property
    def share_missing(self) -> float | None:
        """Between 0 and 1; None without rows."""
        return self.missing / self.rows if self.rows else None


@dataclass(frozen=True)
class Growth:
    """How months grew from their first count to the count at one age."""

    age: int
    """Months since the first count."""
    months: int
    """Months with both counts."""
    first: float
    """What they first added up to."""
    later: float
    """What they added up to at this age."""

    @property
    def share(self) -> float | None:
        """Growth as a share of the first count, e.g. 0.04; below 0 where rows were taken out. None
        where the first count was 0."""
        return self.later / self.first - 1 if self.first else None

    @property
    def recorded_at_first(self) -> float | None:
        """Share of the later count that was there at first; None where the later count is 0."""
        return self.first / self.later if self.later else None


def completeness(
    table: str, extracts: Mapping[date, pd.DataFrame]
) -> tuple[FieldCompleteness, ...]:
    """Empty entries of every column that may be empty, in each extract by day.

    The day a spell ends is left out: it is empty while the spell is open. Columns in the table's
    order, extracts by day.
    """
    kind = EVENT_TABLES[table]
    columns = [n for n, each in kind.columns.items() if each.nullable and n != kind.ends]
    return tuple(
        FieldCompleteness(table, column, day, len(frame), int(frame[column].isna().sum()))
        for column in columns
        for day, frame in sorted(extracts.items())
    )


def timeliness(triangle: Triangle) -> tuple[Growth, ...]:
    """For each age, how much the months seen both at first and at that age grew, pooled."""
    first = triangle.counts[:, 0]
    found = []
    for age in range(1, triangle.counts.shape[1]):
        later = triangle.counts[:, age]
        both = ~np.isnan(first) & ~np.isnan(later)
        found.append(
            Growth(age, int(both.sum()), float(first[both].sum()), float(later[both].sum()))
        )
    return tuple(found)
