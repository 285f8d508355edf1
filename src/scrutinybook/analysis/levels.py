"""Findings on lasting changes in the level of a monthly count."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

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
from scrutinybook.kept_findings import KeptFindings
from scrutinybook.periods import Month, working_days
from scrutinybook.statistics import changepoint, smallest_detectable
from scrutinybook.statistics.confirmation import FEWEST_LATER
from scrutinybook.statistics.first_sight import Standing, standings
from scrutinybook.statistics.level_change import LevelChange as Found
from scrutinybook.statistics.level_change import LevelChanges as Searched
from scrutinybook.statistics.level_change import TooShortForChanges

SEEN_BEFORE_END = 6
"""A change put so many months before the end is the one that could have been seen, or not."""

POWER = 0.8
"""How probable it must be that the search shows a change, to say that it could have been seen."""

RIGHT_AFTER = 3
"""Months told one by one of those that came after an earlier edition."""

SEARCH_MONTHS = 48
"""Latest months that are searched: the length whose false alarms and power were measured. Over many
more years the level drifts as well as steps, and what the search finds hangs on chance."""

FORM: TypeAdapter[LevelChanges | TooShortToSearch] = TypeAdapter(LevelChanges | TooShortToSearch)
"""How what was searched is kept."""


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
        return self.part(self.months.index(month), len(self.months))

    def part(self, begins: int, ends: int) -> MonthlyCounts:
        """The months from one place up to another, which is left out."""
        here = slice(begins, ends)
        return MonthlyCounts(
            self.measure_id, self.months[here], self.counts[here], self.working_days[here]
        )


def level_changes(
    data: MonthlyCounts, slug: str, kept: KeptFindings
) -> LevelChanges | TooShortToSearch:
    """Search the latest `SEARCH_MONTHS` months for lasting changes of level; say how each stands.

    `slug` is the authority's. Month, authority and measure give the seed of each search, so that
    the same edition says the same, and looking back finds what the earlier edition found. What was
    searched before is taken from `kept`: several pages tell of it.
    """
    figures = {
        "slug": slug,
        "measure": data.measure_id,
        "months": [str(month) for month in data.months],
        "counts": [None if np.isnan(count) else float(count) for count in data.counts],
        "working days": [float(days) for days in data.working_days],
    }
    return kept.find("level changes", figures, FORM, partial(_level_changes, data, slug))


def _level_changes(data: MonthlyCounts, slug: str) -> LevelChanges | TooShortToSearch:
    latest = data.latest(SEARCH_MONTHS)
    found = changepoint.working_day_sensitivity(
        latest.counts,
        latest.working_days,
        first_month=latest.months[0].month,
        seed=_seed(slug, latest),
    )
    if isinstance(found, TooShortForChanges):
        return TooShortToSearch(data.measure_id, found.n_months, found.needed)
    main = found.offset

    def search(begins: int, ends: int) -> Searched | TooShortForChanges:
        return main if ends == len(data.months) else _searched(data.part(begins, ends), slug)

    standing = standings(
        data.counts,
        data.working_days,
        first_month=data.months[0].month,
        window=SEARCH_MONTHS,
        search=search,
    )
    return LevelChanges(
        measure_id=data.measure_id,
        first=latest.months[0],
        last=latest.months[-1],
        n_months=main.n_months,
        changes=tuple(
            _dated(change, stands, latest.months, data.months)
            for change, stands in zip(main.changes, standing, strict=True)
        ),
        levels=main.levels,
        any_p_value=main.any_p_value,
        next_p_value=main.next_p_value,
        autocorrelation=main.rho,
        smallest=_smallest(latest, main),
        other_ways=(
            _other_way(DaysTaken.FREE, found.free, latest.months),
            _other_way(DaysTaken.NONE, found.none, latest.months),
        ),
        months_to_confirm=FEWEST_LATER,
    )


def level_p_value(data: MonthlyCounts, slug: str, kept: KeptFindings) -> float | None:
    """The one p-value for whether the level changed in the latest months; None if too short."""
    found = level_changes(data, slug, kept)
    return None if isinstance(found, TooShortToSearch) else found.any_p_value


def _seed(slug: str, data: MonthlyCounts) -> int:
    return zlib.crc32(f"{slug}-{data.months[-1]}/{data.measure_id}".encode())


def _searched(data: MonthlyCounts, slug: str) -> Searched | TooShortForChanges:
    return _searched_once(
        data.counts.tobytes(), data.working_days.tobytes(), data.months[0].month, _seed(slug, data)
    )


@lru_cache(maxsize=256)
def _searched_once(
    counts: bytes, days: bytes, first_month: int, seed: int
) -> Searched | TooShortForChanges:
    """Search once: an edition and the one before it look back at the same months."""
    return changepoint.find_level_changes(
        np.frombuffer(counts), np.frombuffer(days), first_month=first_month, seed=seed
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


def since_then(context: Context, now: LevelChanges, earlier: Context) -> SinceThen | None:
    """What the months after an earlier edition show; None where it had too few months."""
    data = MonthlyCounts.of(earlier.monthly(now.measure_id))
    then = level_changes(data, earlier.edition.slug, earlier.kept)
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


def _dated(
    change: Found, stands: Standing, searched: tuple[Month, ...], months: tuple[Month, ...]
) -> LevelChange:
    return LevelChange(
        month=searched[change.first_month],
        first=searched[change.earliest],
        last=searched[change.latest],
        before=change.before,
        after=change.after,
        difference=change.difference,
        p_value=change.p_value,
        state=stands.state,
        first_seen=months[stands.first_seen],
        seen_longer=stands.seen_longer,
        n_later=stands.n_later,
    )
