"""What the columns of all of Annex A's lists have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.demo.annex_a_codes import ETHNIC_GROUPS, YES_NO
from scrutinybook.demo.chance import evenly
from scrutinybook.demo.days import Floats, Ints, number, whole_years
from scrutinybook.demo.extract_lists import team_names
from scrutinybook.demo.sheets import Column, Value, as_text, day_values
from scrutinybook.demo.truth import Truth
from scrutinybook.demo.view import View
from scrutinybook.demo.windows import first_of_lists
from scrutinybook.periods import Month


@dataclass(frozen=True)
class Habits:
    """How one month's workbook is written; councils' exports differ from year to year."""

    has_titles: bool
    other_spellings: bool
    days_as_text: bool
    underscores: bool
    sources: int
    """Which way of writing the codes of sources."""

    @classmethod
    def of(cls, month: Month) -> Habits:
        """By the month alone."""
        k = month.index
        return cls(k % 3 == 0, k % 4 == 1, k % 5 == 2, k % 2 == 1, k % 3)


class Lists:
    """The lists of one day."""

    def __init__(self, truth: Truth, as_of: date) -> None:
        self.truth, self.as_of = truth, as_of
        self.view = View(truth, number(as_of), number(first_of_lists(as_of)))
        self.habits = Habits.of(Month(as_of.year, as_of.month))
        people = truth.people
        self._number = people["number"].to_numpy()
        self._born = people["born"].to_numpy()
        self._girl = people["is_girl"].to_numpy()
        self._ethnic = people["ethnicity"].map(ETHNIC_GROUPS).to_numpy()
        self.disabled = people["is_disabled"].to_numpy()

    def who(self, child: Ints, *, disability: bool = False) -> list[Column]:
        """The columns about the child that every list has."""
        made = [
            Column("Child Unique ID", list(self._number[child])),
            Column("Gender", either(self._girl[child], "b) Female", "a) Male")),
            Column("Ethnicity", list(self._ethnic[child])),
            self.days("Date of Birth", self._born[child]),
            Column(
                "Age of Child (Years)", whole_years(self._born[child], number(self.as_of)).tolist()
            ),
        ]
        if disability:
            made.append(self.yes_no("Does the Child have a Disability", self.disabled[child]))
        return made

    def days(self, heading: str, days: Ints) -> Column:
        """A column of days."""
        values = day_values(np.asarray(days))
        return Column(heading, as_text(values) if self.habits.days_as_text else values)

    def yes_no(self, heading: str, said: npt.ArrayLike, given: npt.ArrayLike = True) -> Column:
        """A column of yes and no; blank where it is not given."""
        asked = np.broadcast_to(np.asarray(given), np.shape(said))
        values = [
            YES_NO[bool(each)] if ask else None
            for each, ask in zip(np.asarray(said), asked, strict=True)
        ]
        return Column(heading, values)

    def chosen(self, heading: str, texts: Sequence[str], places: Ints) -> Column:
        """A column of texts by their places."""
        return Column(heading, [texts[each] for each in places])

    def drawn(self, key: Ints, salt: int) -> Floats:
        """A number from 0 to 1 for each key, the same in every month."""
        return evenly(np.asarray(key), self.truth.seed * 64 + salt)

    def before(self, key: Ints, salt: int, least: Ints | int, most: int) -> Ints:
        """Some day in the weeks before the extract, not before `least`."""
        day = number(self.as_of) - (self.drawn(key, salt) * most).astype(np.int64)
        return np.maximum(day, least)

    def allocated(self, rows: pd.DataFrame) -> list[Column]:
        """Team and worker by the open case of the child, where there is one."""
        cases = self.view.cases
        held = cases[cases["worker"].to_numpy() >= 0].drop_duplicates("child", keep="last")
        teams = pd.Series(team_names(held).to_numpy(), index=held["child"].to_numpy())
        workers = self.truth.workforce.workers["number"].to_numpy()[held["worker"].to_numpy()]
        workers = pd.Series(workers, index=held["child"].to_numpy())
        child = rows["child"].to_numpy()
        return [
            Column("Allocated Team", blank_texts(teams.reindex(child))),
            Column("Allocated Worker", blank_texts(workers.reindex(child))),
        ]


def either(where: npt.ArrayLike, yes: str, no: str) -> list[Value]:
    """One of two texts each."""
    return [yes if each else no for each in np.asarray(where)]


def blank_texts(texts: pd.Series) -> list[Value]:
    """Texts, none for missing ones."""
    return [None if pd.isna(each) else str(each) for each in texts]
