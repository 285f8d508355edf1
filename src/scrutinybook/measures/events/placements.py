"""Placement stability of children in care, from episodes.

A placement lasts until the child moves to another carer. Temporary stays (T0 to T4) are no
placements, nor is the return from one to a placement of the same kind. Children in care under a
series of short breaks (V3, V4) are in neither measure, as in the Department's figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.columns import (
    Bools,
    Ints,
    add_months,
    codes,
    days,
    months_before,
)
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import share
from scrutinybook.sources.extracts.ssda903_kinds import (
    CARE_GOES_ON,
    NEW_CARER,
    STARTED_CARE,
    TEMPORARY,
)
from scrutinybook.working_days import Days

MANY = 3
SHORT_BREAKS = ("V3", "V4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
"""Placed for adoption: the stay with the same family before it counts too."""
LONG_MONTHS, SAME_MONTHS, UNDER_AGE, YEAR_MONTHS = 30, 24, 16, 12


@dataclass(frozen=True, eq=False)
class Stays:
    """Episodes by child and start, shape (n,), with the placement and period that each is of."""

    child: Ints
    started: Days
    ended: Days
    placement: Ints
    """Number of the placement; -1 for temporary stays."""
    placement_start: Days
    """First day of that placement (with the stay before it, where placed for adoption)."""
    period_start: Days
    """First day of the period of care, as far as it is held."""
    short_break: Bools
    born: Days
    """About the day of birth, from ages at the start of episodes; NaT where none is known."""

    def on(self, day: date) -> Bools:
        """Episodes of children in care at the end of a day, short breaks left out."""
        at = np.datetime64(day, "D")
        going_on = np.isnat(self.ended) | (self.ended > at)
        return (self.started <= at) & going_on & ~self.short_break


def stays(episodes: pd.DataFrame) -> Stays:
    """Join episodes to placements and periods of care."""
    frame = episodes.assign(
        number=codes(episodes["child"]), until=episodes["ended"].fillna(pd.Timestamp("2200-01-01"))
    ).sort_values(["number", "started", "until"], ignore_index=True)
    child = frame["number"].to_numpy(np.int64)
    started, ended = days(frame["started"]), days(frame["ended"])
    reason, kind = frame["reason_started"], frame["placement"].fillna("")
    same_child = np.append(False, child[1:] == child[:-1])
    follows_on = _follows_on(frame, same_child)
    period: Ints = np.cumsum(
        ~(same_child & (reason != STARTED_CARE).to_numpy(np.bool_) & follows_on), dtype=np.int64
    )
    temporary = kind.isin(TEMPORARY).to_numpy(np.bool_)
    placement = np.full(len(frame), -1, np.int64)
    placement[~temporary] = _placements(
        period[~temporary],
        reason[~temporary],
        kind[~temporary],
        np.append(False, temporary[:-1])[~temporary],
    )
    start = _first_of(placement, started)
    adopted = kind.isin(FOR_ADOPTION).to_numpy(np.bool_)
    earlier = _start_of_placement_before(placement, period, start)
    return Stays(
        child,
        started,
        ended,
        placement,
        np.where(adopted & ~np.isnat(earlier), earlier, start),
        _first_of(period, started),
        frame["legal_status"].isin(SHORT_BREAKS).to_numpy(np.bool_),
        about_born(child, started, frame["age_at_start"]),
    )


def _follows_on(frame: pd.DataFrame, same_child: Bools) -> Bools:
    """Whether care goes on from the episode before: the same day, or one that says so."""
    before = frame["until"].shift()
    touches = (frame["started"] <= before).to_numpy(np.bool_)
    goes_on = (frame["reason_ended"].shift() == CARE_GOES_ON).fillna(False).to_numpy(np.bool_)
    return same_child & (touches | goes_on)


def _placements(period: Ints, reason: pd.Series, kind: pd.Series, after_temporary: Bools) -> Ints:
    same_period = np.append(False, period[1:] == period[:-1])
    same_kind = (kind == kind.shift()).fillna(False).to_numpy(np.bool_)
    moved = reason.isin(NEW_CARER).to_numpy(np.bool_) & ~(after_temporary & same_kind)
    return np.cumsum(moved | ~same_period, dtype=np.int64)


def _first_of(group: Ints, started: Days) -> Days:
    first = pd.Series(started.astype("datetime64[ns]")).groupby(group).transform("min")
    return days(first)


def _start_of_placement_before(placement: Ints, period: Ints, start: Days) -> Days:
    frame = pd.DataFrame({"placement": placement, "period": period, "start": start})
    firsts = frame[frame["placement"] >= 0].drop_duplicates("placement")
    before = firsts.groupby("period")["start"].shift()
    by_placement = pd.Series(before.to_numpy(), index=firsts["placement"].to_numpy())
    return days(by_placement.reindex(placement).astype("datetime64[ns]"))


def about_born(child: Ints, on: Days, age: pd.Series) -> Days:
    """About when each row's child was born: the middle of the days that all known ages leave.

    An age in whole years leaves a year of days; each further age of the child narrows it.
    """
    known = age.notna().to_numpy(np.bool_)
    years = age.fillna(0).to_numpy(np.int64)
    latest, earliest = on.copy(), on.copy()
    for each in np.unique(years[known]):
        at = known & (years == each)
        latest[at] = add_months(on[at], -12 * int(each))
        earliest[at] = add_months(on[at], -12 * (int(each) + 1)) + np.timedelta64(1, "D")
    frame = pd.DataFrame(
        {
            "child": child,
            "latest": pd.Series(latest.astype("datetime64[ns]")).where(known),
            "earliest": pd.Series(earliest.astype("datetime64[ns]")).where(known),
        }
    ).groupby("child")
    low, high = frame["earliest"].transform("max"), frame["latest"].transform("min")
    return days((low + (high - low) / 2).dt.floor("D"))


def three_or_more(found: Stays, day: date) -> Reading:
    """Children in care at the end of a day, and who lived in three or more placements that year."""
    at = np.datetime64(day, "D")
    since = np.datetime64(months_before(day, YEAR_MONTHS), "D")
    here = np.unique(found.child[found.on(day)])
    in_year = (found.started <= at) & (np.isnat(found.ended) | (found.ended > since))
    in_year &= (found.placement >= 0) & ~found.short_break
    lived = pd.Series(found.placement[in_year]).groupby(found.child[in_year]).nunique()
    many = lived.index[lived >= MANY]
    return {WHOLE: share(float(np.isin(here, many).sum()), float(here.size))}


def same_placement(found: Stays, day: date) -> Reading:
    """Children under 16 in care for two and a half years: in one placement for two years or more.

    A child on a temporary stay, and one whose age is not known, is left out.
    """
    here = found.on(day) & (found.placement >= 0)
    here &= found.born > np.datetime64(months_before(day, 12 * UNDER_AGE), "D")
    here &= found.period_start <= np.datetime64(months_before(day, LONG_MONTHS), "D")
    stayed = here & (found.placement_start <= np.datetime64(months_before(day, SAME_MONTHS), "D"))
    return {
        WHOLE: share(
            float(np.unique(found.child[stayed]).size), float(np.unique(found.child[here]).size)
        )
    }


def year_before(day: date) -> date:
    """Placements are counted over the 12 months up to a day."""
    return months_before(day, YEAR_MONTHS)


def long_before(day: date) -> date:
    """Who has been in care for two and a half years is known only where so much is held."""
    return months_before(day, LONG_MONTHS)
