"""The workforce census of 30 September: caseload, agency, vacancies, turnover, sickness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from scrutinybook.measures import parts
from scrutinybook.measures.events.asked import Asked
from scrutinybook.measures.events.columns import (
    NOT_RECORDED,
    Bools,
    days,
    months_before,
    open_on,
)
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.working_days import Days, Floats

EXPERIENCE = ((24, "less than two years"), (60, "two to five years"), (0, "five years and more"))
"""Months with the council below which a worker is in each band, shortest first; 0 for no bound."""


@dataclass(frozen=True, eq=False)
class Workers:
    """Social workers of one census, shape (n,)."""

    agency: Bools
    fte: Floats
    """Full-time equivalents on the day; 0 where nothing is recorded."""
    here: Bools
    """Whether they were in post (or at work, for agency workers) at the end of the day."""
    left: Bools
    """Whether they left in the year up to the day."""
    cases: Floats
    days_lost: Floats
    stage: pd.Series
    experience: pd.Series
    """Band of the years since they started with the council."""

    def in_post(self) -> float:
        """Full-time equivalents in post, agency workers not among them."""
        return float(self.fte[self.here & ~self.agency].sum())


def workers(table: pd.DataFrame, day: date) -> Workers:
    """Read a census. Who has no day of start or end is taken to be in post."""
    started, ended = days(table["started"]), days(table["ended"])
    here = np.isnat(started) & np.isnat(ended)
    here |= open_on(np.where(np.isnat(started), np.datetime64("1900-01-01"), started), ended, day)
    at, before = np.datetime64(day, "D"), np.datetime64(months_before(day, 12), "D")
    # Of those who left there is no figure on the day, so that the one for their role stands.
    fte = table["fte_30_september"].fillna(table["fte"])
    return Workers(
        table["agency"].to_numpy(np.bool_),
        _numbers(fte),
        here,
        (ended > before) & (ended <= at),
        _numbers(table["cases_30_september"]),
        _numbers(table["days_lost"]),
        table["stage"].astype("string").fillna(NOT_RECORDED),
        _experience(started, day),
    )


def _experience(started: Days, day: date) -> pd.Series:
    """The first band that each lies in; whole years as birthdays count them."""
    bands = np.full(started.shape, NOT_RECORDED, dtype=object)
    for months, name in reversed(EXPERIENCE):
        longest = np.datetime64(months_before(day, months), "D") if months else None
        bands[~np.isnat(started) if longest is None else started > longest] = name
    return pd.Series(bands, dtype="string")


def _numbers(column: pd.Series) -> Floats:
    return np.asarray(column.astype("Float64").fillna(0.0), dtype=np.float64)


def caseload(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Cases for each full-time equivalent who holds any, agency included; also by stage."""
    found = workers(tables[0], day)
    return _caseloads(found, found.stage, sorted(set(found.stage)))


def caseload_by_experience(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """The same, by how long they have been with the council."""
    found = workers(tables[0], day)
    names = [*(name for _, name in EXPERIENCE), NOT_RECORDED]
    return _caseloads(found, found.experience, names)


def _caseloads(found: Workers, group: pd.Series, names: Sequence[str]) -> Reading:
    """Of all who hold cases, and of each group among them that is not empty."""
    holds = found.here & (found.cases > 0) & (found.fte > 0)

    def of(which: Bools) -> parts.Parts:
        return parts.caseload(float(found.cases[which].sum()), float(found.fte[which].sum()))

    each = {str(name): holds & (group == name).to_numpy(np.bool_) for name in names}
    return {WHOLE: of(holds), **{name: of(which) for name, which in each.items() if which.any()}}


def posts_missing(tables: Sequence[pd.DataFrame], day: date, asked: Asked) -> Reading:
    """Full-time posts it would take to reach the target caseload, beyond those of case holders."""
    whole = caseload(tables, day)[WHOLE]
    fte = whole.denominator or 0.0
    return {WHOLE: parts.posts_to_target(whole.numerator, fte, asked.target_caseload)}


def agency_rate(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Agency workers as a share of all."""
    found = workers(tables[0], day)
    agency = float(found.fte[found.here & found.agency].sum())
    return {WHOLE: parts.agency_rate(agency, found.in_post())}


def vacancy_rate(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Vacancies as a share of all posts."""
    vacancies = float(_numbers(tables[1]["vacancies_fte"]).sum())
    return {WHOLE: parts.vacancy_rate(vacancies, workers(tables[0], day).in_post())}


def turnover_rate(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Those who left in the year, for each in post at its end; agency workers in neither."""
    found = workers(tables[0], day)
    left = float(found.fte[found.left & ~found.agency].sum())
    return {WHOLE: parts.turnover_rate(left, found.in_post())}


def absence_rate(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Working days that those in post lost to sickness in the year, of all their working days."""
    found = workers(tables[0], day)
    lost = float(found.days_lost[found.here & ~found.agency].sum())
    return {WHOLE: parts.absence_rate(lost, found.in_post(), day)}
