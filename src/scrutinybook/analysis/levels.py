"""Findings on lasting changes in the level of a monthly count."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.context import Context
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.base import Direction
from scrutinybook.findings.level_change import DatedChange, DaysTaken, LevelChange, OtherWay
from scrutinybook.findings.monthly import (
    LevelChanges,
    MonthCount,
    SinceThen,
    SmallestChange,
    TooShortToSearch,
)
from scrutinybook.periods import Month, working_days
from scrutinybook.statistics import changepoint, smallest_detectable
from scrutinybook.statistics.level_change import LevelChange as Found
from scrutinybook.statistics.level_change import LevelChanges as Searched
from scrutinybook.statistics.level_change import TooShortForChanges

CONFIRMED_AFTER = 3
"""Months that were not used at first sight and in which a change must hold."""

SEEN_BEFORE_END = 6
"""A change put so many months before the end is the one that could have been seen, or not."""

POWER = 0.8
"""How probable it must be that the search shows a change, to say that it could have been seen."""

RIGHT_AFTER = 3
"""Months told one by one of those that came after an earlier edition."""

SEARCH_MONTHS = 48
"""Latest months that are searched: the length whose false alarms and power were measured. Over many
more years the level drifts as well as steps, and what the search finds hangs on chance."""


@dataclass(frozen=True)
class MonthlyCounts:
    """A gated monthly count as arrays of shape (n,); NaN for a month without a figure."""

    measure_id: str
    months: tuple[Month, ...]
    counts: npt.NDArray[np.float64]
    working_days: npt.NDArray[np.float64]

    @classmethod
    def of(cls, series: PublishedSeries) -> MonthlyCounts:
        """From a gated series. Raises `ValueError` for an empty one."""
        if not len(series):
            raise ValueError(f"{series.measure_id} has no months")
        months = tuple(o.period.month for o in series)
        days = np.array([working_days(m) for m in months], dtype=float)
        return cls(series.measure_id, months, series.values, days)

    def month(self, place: int) -> MonthCount:
        """One month as a finding tells it."""
        return MonthCount(
            self.months[place], float(self.counts[place]), int(self.working_days[place])
        )

    def latest(self, n: int) -> MonthlyCounts:
        """The last `n` months, or all where there are fewer."""
        return self.since(self.months[-n:][0])

    def since(self, month: Month) -> MonthlyCounts:
        """The months from `month` on. Raises `ValueError` for a month that is not among them."""
        start = self.months.index(month)
        return MonthlyCounts(
            self.measure_id, self.months[start:], self.counts[start:], self.working_days[start:]
        )


def level_changes(data: MonthlyCounts, seed_text: str) -> LevelChanges | TooShortToSearch:
    """Search the latest `SEARCH_MONTHS` months for lasting changes of level.

    `seed_text` (edition and measure) gives the seed, so that the same edition says the same.
    """
    data = data.latest(SEARCH_MONTHS)
    seed = zlib.crc32(f"{seed_text}/{data.measure_id}".encode())
    found = changepoint.working_day_sensitivity(
        data.counts, data.working_days, first_month=data.months[0].month, seed=seed
    )
    if isinstance(found, TooShortForChanges):
        return TooShortToSearch(data.measure_id, found.n_months, found.needed)
    main = found.offset
    before = _first_sight(data, seed)
    return LevelChanges(
        measure_id=data.measure_id,
        first=data.months[0],
        last=data.months[-1],
        n_months=main.n_months,
        changes=tuple(_dated(change, before, data.months) for change in main.changes),
        levels=main.levels,
        next_p_value=main.next_p_value,
        autocorrelation=main.rho,
        smallest=_smallest(data, main),
        other_ways=(
            _other_way(DaysTaken.FREE, found.free, data.months),
            _other_way(DaysTaken.NONE, found.none, data.months),
        ),
        months_to_confirm=CONFIRMED_AFTER,
    )


def _smallest(data: MonthlyCounts, searched: Searched) -> SmallestChange | None:
    """What the search could have shown half a year before the end, where it showed nothing."""
    found = smallest_detectable(
        data.counts,
        data.working_days,
        searched,
        first_month=data.months[0].month,
        months_after=SEEN_BEFORE_END,
        power=POWER,
    )
    if found is None:
        return None
    return SmallestChange(
        months_before_end=found.months_after,
        power=found.power,
        rise=found.rise_per_month if np.isfinite(found.rise_per_month) else None,
        fall=found.fall_per_month if found.fall > 0 else None,
    )


def _other_way(days: DaysTaken, found: Searched, months: tuple[Month, ...]) -> OtherWay:
    changes = tuple(
        DatedChange(
            month=months[change.first_month],
            first=months[change.earliest],
            last=months[change.latest],
            direction=Direction.of(change.after - change.before),
        )
        for change in found.changes
    )
    return OtherWay(days, changes)


def _first_sight(data: MonthlyCounts, seed: int) -> tuple[Found, ...]:
    """The changes that were there to see before the last three months came in."""
    cut = len(data.months) - CONFIRMED_AFTER
    found = changepoint.find_level_changes(
        data.counts[:cut], data.working_days[:cut], first_month=data.months[0].month, seed=seed
    )
    return () if isinstance(found, TooShortForChanges) else found.changes


def since_then(context: Context, now: LevelChanges, earlier: Context) -> SinceThen | None:
    """What the months after an earlier edition show; None where it had too few months."""
    data = MonthlyCounts.of(earlier.monthly(now.measure_id))
    then = level_changes(data, earlier.edition.id)
    if isinstance(then, TooShortToSearch):
        return None
    whole = MonthlyCounts.of(context.monthly(now.measure_id))
    cut = len(data.months)
    before, after = (
        part[~np.isnan(part)] for part in (whole.counts[max(0, cut - 12) : cut], whole.counts[cut:])
    )
    return SinceThen(
        measure_id=now.measure_id,
        earlier=earlier.edition.month,
        then=then,
        now=now,
        mean_before=float(before.mean()) if before.size else None,
        mean_after=float(after.mean()) if after.size else None,
        n_before=int(before.size),
        n_after=int(after.size),
        right_after=tuple(
            whole.month(k) for k in range(cut, len(whole.months)) if not np.isnan(whole.counts[k])
        )[:RIGHT_AFTER],
    )


def _dated(change: Found, before: Sequence[Found], months: tuple[Month, ...]) -> LevelChange:
    held = any(
        change.earliest <= earlier.latest
        and earlier.earliest <= change.latest
        and (change.after > change.before) == (earlier.after > earlier.before)
        for earlier in before
    )
    return LevelChange(
        month=months[change.first_month],
        first=months[change.earliest],
        last=months[change.latest],
        before=change.before,
        after=change.after,
        difference=change.difference,
        p_value=change.p_value,
        confirmed=held,
    )
