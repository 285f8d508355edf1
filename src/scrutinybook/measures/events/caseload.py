"""Who holds how many open cases: from the list of cases, on the day of each extract.

A case is one child. Workers count as one each: the list does not say who works part time. Cases
that no worker holds are in no caseload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures.events.asked import Asked
from scrutinybook.measures.events.columns import NOT_RECORDED, days
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import Parts, caseload, posts_to_target, share
from scrutinybook.sources.extracts.vocabulary import CASE_STATUSES

CaseReading = Callable[[pd.DataFrame, date, Asked], Reading | None]

CLOSED = CASE_STATUSES[-1]
OTHER_PLACE = "other"
BANDS = ((9, "1 to 9"), (14, "10 to 14"), (18, "15 to 18"), (22, "19 to 22"))
"""Most cases of each band; who holds more is in `LAST_BAND`."""
LAST_BAND = "23 and more"


def held_cases(cases: pd.DataFrame, day: date) -> pd.DataFrame:
    """Open cases that a worker holds, each child once a worker: columns child, worker, team."""
    closed = days(cases["closed"])
    still = np.isnat(closed) | (closed > np.datetime64(day, "D"))
    still &= (cases["status"] != CLOSED).to_numpy(np.bool_)
    still &= cases["worker"].notna().to_numpy(np.bool_)
    held = cases.loc[still, ["child", "worker", "team"]].drop_duplicates(["child", "worker"])
    return held.assign(team=held["team"].fillna(NOT_RECORDED))


def where_workers_are_held(reading: CaseReading) -> CaseReading:
    """Nothing, rather than nobody, where no case names its worker: the census does not."""

    def made(cases: pd.DataFrame, day: date, asked: Asked) -> Reading | None:
        nobody = len(cases) > 0 and bool(cases["worker"].isna().all())
        return None if nobody else reading(cases, day, asked)

    return made


def by_service(cases: pd.DataFrame, day: date, asked: Asked) -> Reading:
    """Cases for each worker, of all and of each service."""
    held = held_cases(cases, day)
    groups = _groups(held, asked.services)
    return {name: caseload(*_cases_and_workers(rows)) for name, rows in groups.items()}


def by_locality(cases: pd.DataFrame, day: date, asked: Asked) -> Reading | None:
    """Cases for each worker, of all and of each locality; None where no team's is known."""
    if not asked.localities:
        return None
    held = held_cases(cases, day)
    known = held["team"].map(lambda team: asked.localities.get(team, OTHER_PLACE))
    groups = {WHOLE: held, **{str(name): rows for name, rows in held.groupby(known)}}
    return {name: caseload(*_cases_and_workers(rows)) for name, rows in groups.items()}


def distribution(cases: pd.DataFrame, day: date, asked: Asked) -> Reading:
    """Workers who hold cases, in bands of how many they hold; the same whatever is asked."""
    many = held_cases(cases, day)["worker"].value_counts().to_numpy()
    band = np.searchsorted(np.array([most for most, _ in BANDS]), many, side="left")
    counted = np.bincount(band, minlength=len(BANDS) + 1)
    names = [*(name for _, name in BANDS), LAST_BAND]
    bands = {name: Parts(float(count)) for name, count in zip(names, counted, strict=True)}
    return {WHOLE: Parts(float(many.size)), **bands}


def above_target(cases: pd.DataFrame, day: date, asked: Asked) -> Reading:
    """Workers who hold cases, and who more than the target; in a service, by all they hold."""
    held = held_cases(cases, day)
    many = held["worker"].map(held["worker"].value_counts()) > asked.target_caseload
    over = set(held["worker"][many])
    workers = {name: set(rows["worker"]) for name, rows in _groups(held, asked.services).items()}
    return {
        name: share(float(len(each & over)), float(len(each))) for name, each in workers.items()
    }


def posts_missing(cases: pd.DataFrame, day: date, asked: Asked) -> Reading:
    """Workers it would take to reach the target, beyond those who hold cases."""
    groups = _groups(held_cases(cases, day), asked.services)
    return {
        name: posts_to_target(*_cases_and_workers(rows), asked.target_caseload)
        for name, rows in groups.items()
    }


def _groups(held: pd.DataFrame, names: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    named = held["team"].map(lambda team: names.get(team, team))
    return {WHOLE: held, **{str(name): rows for name, rows in held.groupby(named)}}


def _cases_and_workers(held: pd.DataFrame) -> tuple[float, float]:
    return float(len(held)), float(held["worker"].nunique())
