"""What a workforce census of 30 September holds: everybody in post, and who left in the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scrutinybook.demo import story
from scrutinybook.demo.days import NEVER, Ints
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.view import View
from scrutinybook.demo.workforce import INITIAL, MANAGERS, OTHER, POSTS, bands

AGENCY_COVERING = 0.85
_SENIOR_DAYS = 7 * 365


@dataclass(frozen=True, eq=False)
class Staff:
    """Rows of the census, by worker's place, and the vacancies."""

    workers: pd.DataFrame
    """place, number, agency, fte, role, started, ended, origin, destination, reason, fte_30, cases
    (-1 for none), days_lost, stage, born, is_woman; codes as in the census."""
    vacancies_fte: float
    agency_fte: float
    agency_heads: int


def staff_on(truth: Truth, day: int) -> Staff:
    """The census of a day."""
    workers = truth.workforce.workers
    spells = truth.workforce.spells
    started, ended = workers["started"].to_numpy(), workers["ended"].to_numpy()
    there = (started <= day) & (ended > day - 365)
    in_post = there & (ended > day)
    seen = spells[spells["from_day"] <= day].drop_duplicates("worker", keep="last")
    service = np.full(len(workers), OTHER)
    service[seen["worker"].to_numpy()] = seen["service"].to_numpy()
    band = bands(workers["qualified"].to_numpy(), day)
    cases = View(truth, day, day).cases
    held = cases["worker"].to_numpy()
    many = np.bincount(held[held >= 0], minlength=len(workers))
    rows = workers.assign(
        place=np.arange(len(workers)),
        role=_roles(workers, service, day),
        cases=np.where(in_post & (many > 0), many, -1),
        fte_30=np.where(in_post, workers["fte"].to_numpy(), np.nan),
        days_lost=_days_lost(truth, workers, service, day),
        ended=np.where(ended <= day, ended, NEVER),
    )
    rows["stage"] = np.select(
        [rows["role"].isin(["1", "2"]), rows["role"] == "3", band == 0], ["4", "3", "1"], "2"
    )
    agency = workers["agency"].to_numpy()
    permanent = in_post & ~agency
    fte = workers["fte"].to_numpy()
    covering = in_post & agency
    return Staff(
        workers=rows[there].sort_values("number", ignore_index=True),
        vacancies_fte=round(float(sum(POSTS.values()) * 0.93 - fte[permanent].sum()), 2),
        agency_fte=round(float(AGENCY_COVERING * fte[covering].sum()), 2),
        agency_heads=int(AGENCY_COVERING * covering.sum()),
    )


def _roles(workers: pd.DataFrame, service: Ints, day: int) -> list[str]:
    since = day - workers["qualified"].to_numpy()
    place = np.arange(len(workers))
    manager = np.select([place % 11 == 0, place % 11 < 4], ["1", "2"], "3")
    holder = np.where((since > _SENIOR_DAYS) & (place % 3 == 0), "4", "5")
    return list(np.select([service == MANAGERS, service == OTHER], [manager, "6"], holder))


def _days_lost(truth: Truth, workers: pd.DataFrame, service: Ints, day: int) -> list[float]:
    """Working days lost in the year: most people few, some many."""
    months = truth.rates.months
    last = np.searchsorted([(m.last_day.toordinal() - 719163) for m in months], day)
    year = slice(max(0, int(last) - 11), int(last) + 1)
    rate = np.where(
        service == INITIAL,
        truth.rates.sickness_initial[year].mean(),
        truth.rates.sickness[year].mean(),
    )
    started, ended = workers["started"].to_numpy(), workers["ended"].to_numpy()
    present = np.clip(np.minimum(ended, day) - np.maximum(started, day - 365), 0, 365) / 365
    absent = workers["absent"].to_numpy() / story.MEAN_ABSENCE
    days = rate * absent * 253 * present * workers["fte"].to_numpy()
    return [round(float(each) * 2) / 2 for each in np.minimum(days, 150)]
