"""The children looked after return (SSDA903): a folder of CSV files to event tables.

A return covers the year from 1 April to the extract's day: every episode that was open in it, every
review held in it. A file that holds more years may be read with the day from which it is whole.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from scrutinybook.sources.extracts import ssda903_kinds as kinds
from scrutinybook.sources.extracts import vocabulary
from scrutinybook.sources.extracts.care_periods import join_periods, within_periods
from scrutinybook.sources.extracts.csv_files import CsvText, notice_wrong_length
from scrutinybook.sources.extracts.events import DAY, EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.noticed import Notice, Weight, raise_refusals
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.quiet_weeks import quiet_weeks
from scrutinybook.sources.extracts.return_years import first_day_covered
from scrutinybook.sources.extracts.row_checks import RowChecks, whole_years
from scrutinybook.sources.extracts.ssda903_files import read_files
from scrutinybook.sources.extracts.text_cells import Bools, filled, marks

OLDEST_IN_CARE = 18
"""Age at which care ends; an older start of an episode is a wrong date."""
LEAVERS_AGES = (17, 21)
"""OC3 is about young people whose 17th to 21st birthday falls in the year."""
_TOO_MANY_LATER = 0.25
"""Share of episodes that start after the extract's day which says that the day is wrong."""


def read_ssda903(
    path: Path, *, as_of: date, pseudonyms: Pseudonyms, covers_from: date | None = None
) -> Extract:
    """Read a return from a folder of CSV files or a zip file of them.

    `covers_from` is for a file that holds more years than its own: the day from which it holds
    every episode and review. Raises `FaultsFound` with every refusal at once.
    """
    files = read_files(path)
    reading = _Reading(as_of, covers_from or first_day_covered(as_of), pseudonyms)
    reading.notices += files.notices
    # What can be read is, even where something is refused: all faults are told at once.
    usable = {name: file for name, file in files.files.items() if _has_needed(file, name)}
    reading.header(usable.get("Header"))
    if "Episodes" in usable:
        reading.episodes(usable["Episodes"])
    for name, step in reading.steps.items():
        if name in usable:
            step(usable[name])
    reading.notices += quiet_weeks(path.name, reading.tables, reading.covers_from, as_of)
    raise_refusals(reading.notices)
    return reading.extract(files.content_hash)


def _has_needed(file: CsvText, name: str) -> bool:
    kind = next(each for each in kinds.USED if each.name == name)
    there = {each.strip().upper() for each in file.headings}
    return set(kind.needed) <= there


class _Reading:
    """One pass over a return."""

    def __init__(self, as_of: date, covers_from: date, pseudonyms: Pseudonyms) -> None:
        self.as_of = as_of
        self.covers_from = covers_from
        self.pseudonyms = pseudonyms
        self.notices: list[Notice] = []
        self.tables: dict[str, pd.DataFrame] = {}
        self.rows_read: dict[str, int] = {}
        self.born = pd.Series([], index=pd.Index([], dtype="string"), dtype=DAY)
        """Dates of birth by hashed child; they end with this reading."""
        self.periods: pd.DataFrame | None = None
        self.in_episodes: frozenset[str] = frozenset()
        self.steps: dict[str, Callable[[CsvText], None]] = {
            "Reviews": self.reviews,
            "PrevPerm": self.previous_permanence,
            "OC3": self.care_leavers,
        }

    def start(self, file: CsvText, table: str) -> tuple[RowChecks, pd.Series]:
        """Begin a file: its checks and its hashed children."""
        self.notices += notice_wrong_length(file, table)
        if table:
            self.rows_read[table] = len(file.cells) + len(file.wrong_length)
        checks = RowChecks(file.name, table, file.lines)
        number = file.column("CHILD")
        checks.identity(number, "CHILD")
        return checks, self.pseudonyms.of(number, "child")

    def finish(self, checks: RowChecks, columns: dict[str, pd.Series]) -> None:
        """Keep the rows that are not set aside."""
        self.notices += checks.notices
        kept = {name: each[checks.kept] for name, each in columns.items()}
        self.tables[checks.table] = EVENT_TABLES[checks.table].frame(kept)

    def header(self, file: CsvText | None) -> None:
        if file is None:
            return
        checks, child = self.start(file, "")
        born = checks.birth_day(file.column("DOB"), "DOB", self.as_of)
        checks.warn(born.isna() & ~filled(file.column("DOB")), "DOB", "blank")
        known = pd.Series(born.to_numpy(), index=pd.Index(child, dtype="string"))
        known = known[known.index.notna()].dropna()
        twice = child.isin(known.groupby(level=0).nunique().loc[lambda many: many > 1].index)
        checks.warn(twice, "DOB", "a child with two dates of birth; the first is used")
        self.born = known[~known.index.duplicated()]
        checks.duplicates({"child": child.fillna("")}, "a child")
        if not len(file.cells):
            checks.notices.append(_no_rows(file))
        self.notices += checks.notices

    def born_of(self, child: pd.Series) -> pd.Series:
        return self.born.reindex(pd.Index(child)).set_axis(child.index).astype(DAY)

    def age(self, child: pd.Series, on: pd.Series) -> pd.Series:
        """Ages on a day; empty where unknown or beyond that of care."""
        age = whole_years(self.born_of(child), on)
        return age.mask(marks(age > OLDEST_IN_CARE))

    def birth_day(self, checks: RowChecks, child: pd.Series, file: CsvText) -> pd.Series:
        """Read the date of birth that a file repeats, compared with the one of Header."""
        given = checks.birth_day(file.column("DOB"), "DOB", self.as_of)
        known = self.born_of(child)
        differs = given.notna() & known.notna() & (given != known)
        checks.warn(differs, "DOB", "a date of birth other than in Header", mend="mend one of them")
        return given

    def episodes(self, file: CsvText) -> None:
        checks, child = self.start(file, "care_episodes")
        started = checks.needed_day(file.column("DECOM"), "DECOM", self.as_of)
        planned = checks.end_day(file.column("DEC"), "DEC", self.as_of)
        reason = checks.needed_code(file.column("RNE"), "RNE", kinds.REASONS_STARTED)
        ended_why = checks.optional_code(file.column("REC"), "REC", kinds.REASONS_ENDED)
        legal = checks.optional_code(file.column("LS"), "LS", kinds.LEGAL_STATUSES)
        placement = checks.optional_code(file.column("PLACE"), "PLACE", kinds.PLACEMENTS)
        checks.order(started, planned, "DEC", "DECOM")
        has_end, has_reason = filled(file.column("DEC")), filled(file.column("REC"))
        checks.warn(has_reason & ~has_end, "REC", "a reason for an end without its day")
        checks.warn(has_end & ~has_reason, "REC", "an end without its reason",
                    mend="mend it; care is taken to end unless an episode follows")  # fmt: skip
        self.check_as_of(file, checks, started)
        checks.warn(whole_years(self.born_of(child), started) > OLDEST_IN_CARE, "DECOM",
                    f"an age above {OLDEST_IN_CARE} when the episode starts",
                    mend="look at the date of birth in Header; the age is left empty")  # fmt: skip
        unborn = self.born_of(child) > started
        checks.warn(unborn, "DECOM", "an episode that starts before the child's birth",
                    mend="look at the date of birth in Header; the age is left empty")  # fmt: skip
        columns = {
            "child": child,
            "started": started,
            "ended": planned,
            "reason_started": reason,
            "reason_ended": ended_why.where(planned.notna()),
            "legal_status": legal,
            "placement": placement,
            "age_at_start": self.age(child, started),
        }
        checks.duplicates(columns, "an episode")
        self.in_episodes = frozenset(child.dropna())
        place = placement.fillna("") + "|" + _place(file)
        self.join(checks, pd.DataFrame({**columns, "place": place}))
        self.finish(checks, columns)
        if not len(file.cells):
            self.notices.append(_no_rows(file))

    def check_as_of(self, file: CsvText, checks: RowChecks, started: pd.Series) -> None:
        """Refuse a return that cannot be of the extract's day: too many episodes start later."""
        later = int(marks(started > pd.Timestamp(self.as_of)).sum())
        if later > _TOO_MANY_LATER * len(file.cells):
            found = f"{later} of {len(file.cells)} episodes start after {self.as_of}"
            mend = "give the day on which the return was taken"
            checks.notices.append(Notice(Weight.REFUSE, file.name, found, "none or few", mend))

    def join(self, checks: RowChecks, episodes: pd.DataFrame) -> None:
        kept = checks.kept.copy()

        def warn(where: Bools, column: str, found: str, mend: str) -> None:
            mask = np.zeros(len(kept), np.bool_)
            mask[np.flatnonzero(kept)[where]] = True
            checks.warn(mask, column, found, mend=mend)

        used = episodes[kept].reset_index(drop=True)
        self.periods = join_periods(used, as_of=self.as_of, covers_from=self.covers_from, warn=warn)
        self.periods["age_at_start"] = self.age(self.periods["child"], self.periods["started"])
        self.periods["latest_review"] = pd.Series(pd.NaT, self.periods.index, DAY)
        self.rows_read["care_periods"] = len(self.periods)

    def reviews(self, file: CsvText) -> None:
        checks, child = self.start(file, "care_reviews")
        day = checks.needed_day(file.column("REVIEW"), "REVIEW", self.as_of)
        part = checks.optional_code(file.column("REVIEW_CODE"), "REVIEW_CODE", kinds.PARTICIPATION)
        self.birth_day(checks, child, file)
        columns = {"child": child, "date": day, "participation": part}
        if self.periods is not None:
            known = child.isin(self.in_episodes)
            checks.exclude(child.notna() & ~known, "CHILD", "a child who is not in Episodes")
            self.place_reviews(checks, child, day, known)
        checks.duplicates({"child": child, "date": day}, "a review of the same child and day")
        self.finish(checks, columns)

    def place_reviews(
        self, checks: RowChecks, child: pd.Series, day: pd.Series, known: pd.Series
    ) -> None:
        assert self.periods is not None
        positions, covered, before = within_periods(child, day, self.periods)
        dated = marks(known) & marks(day.notna())
        checks.exclude(dated & before, "REVIEW", "a review before care started")
        checks.warn(dated & (positions >= 0) & ~covered, "REVIEW", "a review after care had ended",
                    mend="mend the review or the episode; the review is used")  # fmt: skip
        used = covered & checks.kept
        latest = day[used].groupby(positions[used]).max()
        self.periods.loc[latest.index, "latest_review"] = latest

    def previous_permanence(self, file: CsvText) -> None:
        checks, child = self.start(file, "previous_permanence")
        kind = checks.needed_code(file.column("PREV_PERM"), "PREV_PERM", kinds.PERMANENCE)
        day = checks.optional_day(file.column("DATE_PERM"), "DATE_PERM", self.as_of)
        self.birth_day(checks, child, file)
        columns = {"child": child, "kind": kind, "date": day}
        if self.periods is not None:
            unknown = child.notna() & ~child.isin(self.in_episodes)
            checks.warn(
                unknown, "CHILD", "a child who is not in Episodes", mend="look for episodes"
            )
        checks.duplicates(columns, "a previous permanence")
        self.finish(checks, columns)

    def care_leavers(self, file: CsvText) -> None:
        checks, child = self.start(file, "care_leavers")
        born = self.birth_day(checks, child, file)
        age = whole_years(born, pd.Series(pd.Timestamp(self.as_of), index=born.index, dtype=DAY))
        low, high = LEAVERS_AGES
        found = f"an age outside {low} to {high} on {self.as_of}"
        mend = "look at the date of birth; the young person is in no age group"
        checks.warn((age < low) | (age > high), "DOB", found, mend=mend)
        checks.warn(~filled(file.column("DOB")), "DOB", "blank")
        columns = {
            "child": child,
            "age": age,
            "in_touch": checks.optional_code(file.column("IN_TOUCH"), "IN_TOUCH", kinds.IN_TOUCH),
            "activity": checks.optional_code(
                _without_zero(file.column("ACTIV")), "ACTIV", vocabulary.ACTIVITIES
            ),
            "suitable_accommodation": checks.optional_code(
                _without_zero(file.column("ACCOM")), "ACCOM", kinds.ACCOMMODATION
            ),
        }
        checks.duplicates({"child": child}, "a young person")
        self.finish(checks, columns)

    def extract(self, content_hash: str) -> Extract:
        """What was read, when nothing is refused."""
        assert self.periods is not None
        columns = EVENT_TABLES["care_periods"].columns
        periods = {name: self.periods[name] for name in columns}
        self.tables["care_periods"] = EVENT_TABLES["care_periods"].frame(periods)
        # Care leavers are shown as they stand on the extract's day.
        leavers = {"care_leavers": self.as_of} if "care_leavers" in self.tables else {}
        return Extract(
            format=Format.SSDA903,
            as_of=self.as_of,
            tables=self.tables,
            covers_from=dict.fromkeys(self.tables, self.covers_from) | leavers,
            notices=tuple(self.notices),
            rows_read=self.rows_read,
            content_hash=content_hash,
        )


def _place(file: CsvText) -> pd.Series:
    """What tells two placements of one kind apart; it ends with this reading."""
    headings = ("URN", "PL_POST", "PLACE_PROVIDER")
    parts = [file.column(heading).fillna("").str.strip() for heading in headings]
    return parts[0] + "|" + parts[1] + "|" + parts[2]


def _without_zero(text: pd.Series) -> pd.Series:
    """0 says that nothing applies: died, returned home, or not in touch."""
    return text.mask(text.str.strip() == kinds.NOT_APPLICABLE)


def _no_rows(file: CsvText) -> Notice:
    found = "headings without a row below them"
    return Notice(Weight.REFUSE, file.name, found, "the return's rows", "export the file again")
