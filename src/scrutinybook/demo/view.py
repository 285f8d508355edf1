"""What the case system held on a day: rows as recorded by then, with what was still wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from scrutinybook.demo.days import NEVER, Ints, months_after
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.workforce import INITIAL, PERMANENCE, SOCIAL_WORK, share_out

CARE, PLAN, NEED, ASSESSMENT, CLOSED = range(5)
"""Places of the vocabulary's case statuses."""
SERVICE_OF_STATUS = np.array([PERMANENCE, SOCIAL_WORK, SOCIAL_WORK, INITIAL, -1])
_SLACK = 20
"""Days around a window that are looked at before wrong entries are put in."""


@dataclass(frozen=True, eq=False)
class View:
    """The systems at the end of a day. Days are numbers; `NEVER` where blank."""

    truth: Truth
    day: int
    first: int
    """First day of the window: spells that ended before are left out."""

    def known(
        self, name: str, table: pd.DataFrame, ends: str | None = None, *, begins: str = "day"
    ) -> pd.DataFrame:
        """Rows of a table as known on the day, in the order of the truth.

        `ends` names the column with the end of a spell, `begins` the one with its start.
        """
        there = table["recorded"].to_numpy() <= self.day
        if "removed" in table:
            there &= table["removed"].to_numpy() > self.day
        last = self._last(table, ends, begins)
        there &= last >= self.first - _SLACK
        places = np.flatnonzero(there)
        rows = table.iloc[places].copy()
        self._put_wrong(name, rows, places)
        if ends is not None:
            unknown = rows[f"{ends}_recorded"].to_numpy() > self.day
            rows[ends] = np.where(unknown, NEVER, rows[ends].to_numpy())
        kept = self._last(rows, ends, begins) >= self.first
        if name == "section_47":
            # An enquiry without a conference is over on its day.
            no_end = rows[ends].to_numpy() >= NEVER
            kept &= ~no_end | (rows[begins].to_numpy() >= self.first)
        return rows.assign(place=places)[kept].reset_index(drop=True)

    def _last(self, table: pd.DataFrame, ends: str | None, begins: str) -> Ints:
        return table[begins if ends is None else ends].to_numpy()

    def _put_wrong(self, name: str, rows: pd.DataFrame, places: Ints) -> None:
        for each in self.truth.corrections:
            if each.table != name:
                continue
            wrong = each.until > self.day
            at = np.searchsorted(places, each.rows[wrong])
            found = at < places.size
            found[found] = places[at[found]] == each.rows[wrong][found]
            column = rows[each.column].to_numpy().copy()
            column[at[found]] = each.wrong[wrong][found]
            rows[each.column] = column

    # ----------------------------------------------------------------- Annex A

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """List 1."""
        return self.known("contacts", self.truth.contacts)

    @cached_property
    def early_help(self) -> pd.DataFrame:
        """List 2."""
        return self.known("early_help", self.truth.early_help, "completed", begins="started")

    @cached_property
    def referrals(self) -> pd.DataFrame:
        """List 3."""
        return self.known("referrals", self.truth.referrals)

    @cached_property
    def assessments(self) -> pd.DataFrame:
        """List 4."""
        table = self.truth.casework.assessments
        return self.known("assessments", table, "authorised", begins="started")

    @cached_property
    def enquiries(self) -> pd.DataFrame:
        """List 5."""
        table = self.truth.casework.enquiries
        return self.known("section_47", table, "conference", begins="started")

    @cached_property
    def plans(self) -> pd.DataFrame:
        """List 7."""
        plans = self.known("plans", self.truth.casework.plans, "ended", begins="started")
        reviews = self.truth.casework.plan_reviews
        latest = self.latest(reviews, "plan", len(self.truth.casework.plans))
        return plans.assign(latest_review=latest[plans["place"].to_numpy()])

    def latest(self, reviews: pd.DataFrame, by: str, many: int) -> Ints:
        """The latest known review of each plan or period; `reviews` go by day within each."""
        known = reviews["recorded"].to_numpy() <= self.day
        latest = np.full(many, NEVER)
        # Of several values for one place the last stays.
        latest[reviews[by].to_numpy()[known]] = reviews["day"].to_numpy()[known]
        return latest

    @cached_property
    def cases(self) -> pd.DataFrame:
        """List 6, with status, worker (position among workers, -1 for none), service, locality."""
        casework = self.truth.casework
        cases = self.known("cases", casework.cases, "closed", begins="started")
        open_now = cases["closed"].to_numpy() >= NEVER
        case = cases["case"].to_numpy()
        status = np.where(cases["needs"].to_numpy(), NEED, ASSESSMENT)
        running = self._still("assessments", casework.assessments, "authorised")
        done = self._over(casework.assessments)
        status = np.where(np.isin(case, running) & ~np.isin(case, done), ASSESSMENT, status)
        status = np.where(
            np.isin(case, self._still("plans", casework.plans, "ended")), PLAN, status
        )
        care = self._still("care", self.truth.care.periods, "ended")
        status = np.where(np.isin(case, care), CARE, status)
        status = np.where(open_now, status, CLOSED)
        service = SERVICE_OF_STATUS[status]
        at_work = self.truth.workforce.at(self.day)
        holds = share_out(case, service, at_work)
        worker = np.where(holds >= 0, at_work["worker"].to_numpy()[holds], -1)
        locality = np.where(holds >= 0, at_work["locality"].to_numpy()[holds], -1)
        return cases.assign(status=status, service=service, worker=worker, locality=locality)

    def _still(self, name: str, table: pd.DataFrame, ends: str) -> Ints:
        known = table["recorded"].to_numpy() <= self.day
        going = known & (table[f"{ends}_recorded"].to_numpy() > self.day)
        return np.unique(table["case"].to_numpy()[going])

    def _over(self, assessments: pd.DataFrame) -> Ints:
        return np.unique(
            assessments["case"].to_numpy()[
                assessments["authorised_recorded"].to_numpy() <= self.day
            ]
        )

    # ----------------------------------------------------------------- children in care

    @cached_property
    def care(self) -> pd.DataFrame:
        """List 8: periods, with placements in the year up to the day and the latest review."""
        periods = self.known("care", self.truth.care.periods, "ended", begins="started")
        many = len(self.truth.care.periods)
        latest = self.latest(self.truth.care.reviews, "period", many)
        place = periods["place"].to_numpy()
        return periods.assign(latest_review=latest[place], placements=self._placements(many)[place])

    def _placements(self, many: int) -> Ints:
        """Placements of each period that lasted into the last twelve months."""
        episodes = self.truth.care.episodes
        known = episodes["recorded"].to_numpy() <= self.day
        ended = episodes["ended_recorded"].to_numpy() <= self.day
        until = np.where(ended, episodes["ended"].to_numpy(), NEVER)
        in_year = known & (until > self.year_ago)
        placement = episodes["placement"].to_numpy()
        counted = np.unique(placement[in_year])
        return np.bincount(episodes["period"].to_numpy()[counted], minlength=many).astype(np.int64)

    @cached_property
    def care_episodes(self) -> pd.DataFrame:
        """Every known episode of the periods in `care`; `reason_ended` is empty while open."""
        episodes = self.truth.care.episodes
        period = episodes["period"].to_numpy()
        last = np.append(period[1:] != period[:-1], True)
        end_code = self.truth.care.periods["end_code"].to_numpy()
        rows = episodes.assign(reason_ended=np.where(last, end_code[period], "X1"))
        there = np.isin(period, self.care["place"].to_numpy())
        rows = rows[there & (episodes["recorded"].to_numpy() <= self.day)].reset_index(drop=True)
        going = rows["ended_recorded"].to_numpy() > self.day
        return rows.assign(
            ended=np.where(going, NEVER, rows["ended"]),
            reason_ended=np.where(going, "", rows["reason_ended"]),
        )

    @cached_property
    def care_reviews(self) -> pd.DataFrame:
        """Every known review of the periods in `care`."""
        reviews = self.truth.care.reviews
        there = np.isin(reviews["period"].to_numpy(), self.care["place"].to_numpy())
        known = reviews["recorded"].to_numpy() <= self.day
        return reviews[there & known].reset_index(drop=True)

    @cached_property
    def year_ago(self) -> int:
        """The same day a year earlier."""
        return int(months_after(np.array([self.day]), -12)[0])
