"""From when to when events are known in whole, which settles what is zero and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from scrutinybook.history.known import Known
from scrutinybook.periods import Month

NeedsFrom = Callable[[date], date]
"""From the first day of a period (or the day of a figure) to the day that must be held from."""


@dataclass(frozen=True)
class Coverage:
    """Days of which every event of some tables is held."""

    first: date | None
    """None where nothing is held in whole."""
    last: date

    def holds(self, first: date, last: date) -> bool:
        """Whether every day from `first` to `last` is covered."""
        return self.first is not None and self.first <= first and last <= self.last


def coverage(known: Known, tables: Iterable[str]) -> Coverage:
    """Days that all tables cover; None as the first day where one of them covers none."""
    firsts = [known.covers_from.get(table) for table in tables]
    lasts = [known.covers_to.get(table, known.as_of) for table in tables]
    held = [each for each in firsts if each is not None]
    first = max(held) if held and len(held) == len(firsts) else None
    return Coverage(first, min([known.as_of, *lasts]))


def snapshots(known: Known, table: str) -> Mapping[date, pd.DataFrame]:
    """How things stood on each extract's day, by day; the newest table counts as one."""
    found = dict(known.snapshots.get(table, {}))
    if table in known.tables:
        found.setdefault(known.covers_to.get(table, known.as_of), known.tables[table])
    return dict(sorted(found.items()))


def snapshot_in(found: Mapping[date, pd.DataFrame], month: Month) -> date | None:
    """The day of the month's latest extract, or None."""
    days = [day for day in found if month.first_day <= day <= month.last_day]
    return max(days, default=None)
