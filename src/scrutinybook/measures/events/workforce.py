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
from scrutinybook.working_days import Floats


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
    )


def _numbers(column: pd.Series) -> Floats:
    return np.asarray(column.astype("Float64").fillna(0.0), dtype=np.float64)


def caseload(tables: Sequence[pd.DataFrame], day: date) -> Reading:
    """Cases for each full-time equivalent who holds any, agency included; also by stage."""
    found = workers(tables[0], day)
    holds = found.here & (found.cases > 0) & (found.fte > 0)

    def of(which: Bools) -> parts.Parts:
        return parts.caseload(float(found.cases[which].sum()), float(found.fte[which].sum()))

    stages = sorted(set(found.stage[holds]))
    by_stage = {str(s): of(holds & (found.stage == s).to_numpy(np.bool_)) for s in stages}
    return {WHOLE: of(holds), **by_stage}


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
