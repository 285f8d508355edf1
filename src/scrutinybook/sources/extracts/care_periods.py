"""Episodes of care joined to periods of care.

A period begins with the first episode of a child, with an episode that says that care starts
(reason S), and with one that comes after care had ended. It goes on through episodes that follow on
the same day, and through a gap where the episode before it says that care goes on (X1): the gap is
noticed. It ends with the day of its last episode, unless that says X1 and nothing follows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.sources.extracts.ssda903_kinds import (
    CARE_GOES_ON,
    NEW_CARER,
    STARTED_CARE,
    TEMPORARY,
)
from scrutinybook.sources.extracts.text_cells import Bools, marks

_OPEN = pd.Timestamp("2200-01-01")
"""Stands for the end of an open episode in comparisons; later than any day that is read."""
_DAY = pd.Timedelta(days=1)

Warn = Callable[[Bools, str, str, str], None]
"""Notices episodes: mask in the order given, column, what was found, what to do."""


def join_periods(
    episodes: pd.DataFrame, *, as_of: date, covers_from: date, warn: Warn
) -> pd.DataFrame:
    """Join episodes to periods; what does not fit together is told to `warn`.

    `episodes` has columns child, started, ended, reason_started, reason_ended, placement and place
    (what tells placements of one kind apart). The periods have columns child, started, ended,
    start_seen (whether the file holds the start of care) and placements_in_year, by child and
    start.
    """
    sequence = episodes.assign(at=np.arange(len(episodes)))
    sequence["until"] = sequence["ended"].fillna(_OPEN)
    sequence = sequence.sort_values(["child", "started", "until", "at"], ignore_index=True)
    by_child = sequence.groupby("child", sort=False)
    first = ~marks(sequence.duplicated("child"))
    reached = by_child["until"].cummax().groupby(sequence["child"], sort=False).shift()
    starts_care = marks(sequence["reason_started"] == STARTED_CARE)
    goes_on = marks(by_child["reason_ended"].shift() == CARE_GOES_ON)
    overlaps = ~first & marks(sequence["started"] < reached)
    gap = ~first & marks(sequence["started"] > reached)
    new = first | (starts_care & ~overlaps) | (gap & ~goes_on)

    def tell(where: Bools, column: str, found: str, mend: str) -> None:
        mask = np.zeros(len(episodes), np.bool_)
        mask[sequence["at"].to_numpy()[where]] = True
        warn(mask, column, found, mend)

    tell(
        overlaps,
        "DECOM",
        "an episode that starts before the child's last one ends",
        "mend it in the case system; both are taken as one period of care",
    )
    long_gap = gap & marks(sequence["started"] - reached > _DAY) & goes_on & ~starts_care
    tell(
        long_gap,
        "DECOM",
        "a gap after an episode that says that care goes on (X1)",
        "look for a missing episode; it is taken as one period of care",
    )
    tell(
        gap & ~goes_on & ~starts_care,
        "RNE",
        "an episode after care had ended that does not say that care starts (S)",
        "mend the reason, or look for a missing episode; a new period of care is taken to start",
    )
    tell(
        ~first & ~overlaps & starts_care & goes_on,
        "RNE",
        "care starts (S) where the episode before says that it goes on (X1)",
        "mend one of the two; a new period of care is taken to start",
    )
    unseen = first & ~starts_care
    late = unseen & marks(sequence["started"] >= pd.Timestamp(covers_from))
    tell(
        late,
        "RNE",
        "a child's first episode does not say that care starts (S)",
        "look for a missing episode; care is taken to start with this one",
    )
    tell(
        unseen & ~late,
        "RNE",
        "care started before the first episode in the file",
        "nothing: the first episode's day stands for it",
    )
    return _periods(sequence, new, as_of=as_of, covers_from=covers_from, tell=tell)  # fmt: skip


def _periods(
    sequence: pd.DataFrame,
    new: Bools,
    *,
    as_of: date,
    covers_from: date,
    tell: Callable[[Bools, str, str, str], None],
) -> pd.DataFrame:
    number = new.cumsum()
    childs_last = ~marks(sequence.duplicated("child", keep="last"))
    # What says X1 and is followed by a start of care has ended; nothing else is known of it.
    goes_on = childs_last & marks(sequence["reason_ended"] == CARE_GOES_ON)
    until = sequence["until"].mask(goes_on, _OPEN)
    unfollowed = goes_on & marks(sequence["until"] < pd.Timestamp(as_of))
    tell(unfollowed, "REC", "says that care goes on (X1), and no episode follows",
         "look for a missing episode; the child is taken to be in care still")  # fmt: skip
    seen = marks(sequence["reason_started"] == STARTED_CARE) | marks(sequence.duplicated("child"))
    periods = (
        sequence.assign(until=until, seen=seen)
        .groupby(number, sort=True)
        .agg(
            child=("child", "first"),
            started=("started", "min"),
            ended=("until", "max"),
            start_seen=("seen", "first"),
        )
        .reset_index(drop=True)
    )
    periods["ended"] = periods["ended"].where(periods["ended"] < _OPEN)
    counted = _placements_in_year(sequence, number, as_of=as_of, covers_from=covers_from)
    return periods.assign(placements_in_year=pd.array(counted, dtype="Int32"))


def _placements_in_year(
    sequence: pd.DataFrame, number: npt.NDArray[np.int_], *, as_of: date, covers_from: date
) -> list[int | None]:
    """Placements of each period in the 12 months up to the extract; None where not all are held.

    A placement lasts until the child moves to another carer. Temporary placements (T0 to T4) do not
    count, nor does the return from one to the same place.
    """
    many = int(number[-1]) if len(number) else 0
    year_ago = pd.Timestamp(as_of) - pd.DateOffset(years=1)
    if pd.Timestamp(covers_from) > year_ago + _DAY or sequence["placement"].isna().all():
        return [None] * many
    temporary = marks(sequence["placement"].isin(TEMPORARY))
    stays = sequence.assign(number=number, after_temporary=np.append(False, temporary[:-1]))
    stays = stays[~temporary]
    same_period = marks(stays["number"] == stays["number"].shift())
    same_place = marks(stays["place"] == stays["place"].shift())
    returned = marks(stays["after_temporary"]) & same_place
    moved = marks(stays["reason_started"].isin(NEW_CARER)) & ~returned
    placement = pd.Series((moved | ~same_period).cumsum(), index=stays.index)
    in_year = marks(stays["until"] > year_ago)
    counts = placement[in_year].groupby(stays["number"][in_year]).nunique()
    return [int(each) for each in counts.reindex(range(1, many + 1), fill_value=0)]


def within_periods(
    child: pd.Series, day: pd.Series, periods: pd.DataFrame
) -> tuple[npt.NDArray[np.intp], Bools, Bools]:
    """For each child and day the latest period that began by then.

    Returns positions in `periods` (-1 where the child has none that began by then), where that
    period covers the day, and where the day lies before the start of the child's care, which the
    file holds.
    """
    asked = pd.DataFrame({"child": child.array, "day": day.array, "at": np.arange(len(child))})
    known = periods[["child", "started", "ended"]].assign(period=np.arange(len(periods)))
    known["child"] = known["child"].astype(child.dtype)
    asked = asked.dropna(subset=["child", "day"]).sort_values("day")
    found = pd.merge_asof(
        asked, known.sort_values("started"), left_on="day", right_on="started", by="child"
    )
    positions = np.full(len(child), -1, np.intp)
    positions[found["at"]] = found["period"].fillna(-1).astype(np.intp)
    covered = np.zeros(len(child), np.bool_)
    covered[found["at"]] = marks(found["period"].notna()) & ~marks(found["ended"] < found["day"])
    starts = periods.sort_values("started").drop_duplicates("child").set_index("child")
    seen = starts["start_seen"].reindex(pd.Index(child))
    return positions, covered, (positions < 0) & marks(seen.to_numpy())
