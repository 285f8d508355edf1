"""Which extract speaks for which day.

Every extract holds everything from its first day covered up to its own day: its window. Windows
overlap, since each month's extract looks months back. For a day in several windows the newest
extract speaks: so a later extract restates earlier months, also by no longer holding a row. For a
day in no window nothing is known in whole; what some extract still holds of it (a census lists the
referral of a case that was open when its year began) is taken from the extract whose window begins
next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from scrutinybook.history.tables import Bools, Days


@dataclass(frozen=True)
class Window:
    """The days of which an extract holds everything, both ends included."""

    first: date
    last: date
    """The extract's own day."""


@dataclass(frozen=True, eq=False)
class Speakers:
    """For each day the place of the extract that speaks for it."""

    windows: tuple[Window, ...]
    """By their last days, no two of which are the same."""
    _first: np.datetime64
    _of_day: npt.NDArray[np.int64]

    @classmethod
    def among(cls, windows: Sequence[Window]) -> Self:
        """Settle it for windows in order of their last days. Raises `ValueError` without one."""
        if not windows or any(a.last >= b.last for a, b in pairwise(windows)):
            raise ValueError("windows must be one or more, in order of their last days")
        # The day before the first window stands for all days before it.
        begin = np.datetime64(min(w.first for w in windows) - timedelta(days=1), "D")
        end = np.datetime64(windows[-1].last, "D")
        days = np.arange(begin, max(end, begin) + 1)
        of_day = np.full(days.size, len(windows) - 1, dtype=np.int64)
        next_first = sorted(range(len(windows)), key=lambda k: (windows[k].first, -k), reverse=True)
        for place in next_first:
            of_day[days < np.datetime64(windows[place].first, "D")] = place
        for place, window in enumerate(windows):
            first, last = np.datetime64(window.first, "D"), np.datetime64(window.last, "D")
            of_day[(days >= first) & (days <= last)] = place
        return cls(tuple(windows), begin, of_day)

    def keep(self, place: int, last_days: Days) -> Bools:
        """Which rows of the extract at `place` stand, by the last day that concerns each.

        `last_days`: NaT for a spell that is open. Open spells, and days after the extract's own,
        which were still to come, stand in the newest extract alone.
        """
        own = np.datetime64(self.windows[place].last, "D")
        to_come = np.isnat(last_days) | (last_days > own)
        day = np.where(to_come, own, last_days)
        at = np.clip((day - self._first).astype(np.int64), 0, self._of_day.size - 1)
        speaks = np.where(to_come, len(self.windows) - 1, self._of_day[at])
        return np.asarray(speaks == place)


def unbroken_from(windows: Sequence[Window]) -> date:
    """First day from which windows follow one another without a gap up to the last of them."""
    earliest = windows[-1].first
    for window in reversed(windows[:-1]):
        if window.last + timedelta(days=1) < earliest:
            break
        earliest = min(earliest, window.first)
    return earliest
