"""Rules across the entries of a row, across the rows of a list, and across its six months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pandas as pd

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.annex_a_rows import ListRows
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.row_checks import LEFT_EMPTY, whole_years
from scrutinybook.sources.extracts.text_cells import marks

UNBORN, OLDEST = -1, 25
"""Ages that lists of children and care leavers can hold; -1 stands for a child not yet born."""
BEFORE_BIRTH = 300
"""Days before birth at which there may be a contact about a child, or an expected date of birth."""
LONGEST_GAP = 31
"""Days at either end of the six months without a row that say that the list may not be whole."""
_AGES = f"years from {UNBORN} to {OLDEST}; {UNBORN} is for a child not yet born"
ONCE = "nothing, if it is one event: it is counted once"


def first_day_covered(as_of: date) -> date:
    """First of the six months up to the extract's day: the day six months before, plus one."""
    day = pd.Timestamp(as_of) - pd.DateOffset(months=6) + pd.Timedelta(days=1)
    return day.date()


# ------------------------------------------------------------------------------ ages


def born_and_age(rows: ListRows) -> tuple[pd.Series, pd.Series]:
    """Dates of birth (empty where impossible or expected) and the list's ages (Int64, from -1).

    The date of birth is for this reading alone: ages follow from it, then it is dropped.
    """
    as_of = pd.Timestamp(rows.as_of)
    age = _ages(rows)
    label = rows.label("born")
    text = rows.days_as_text("born")
    given = text_cells.days(text).values
    expected = marks((given > as_of) & (given <= as_of + pd.Timedelta(days=BEFORE_BIRTH)))
    expected &= marks(age.isna() | (age <= 0))
    born = rows.birth_day(text.mask(expected, ""), label, rows.as_of)
    on = pd.Series(as_of, index=born.index, dtype=born.dtype)
    now = whole_years(born, on)
    too_old = marks(now > OLDEST)
    rows.warn(too_old, label, f"a date of birth that makes an age above {OLDEST}", _AGES,
              "mend it in the case system; no age is taken from it")  # fmt: skip
    born = born.mask(too_old)
    differs = marks((now - age).abs() > 1) & ~too_old
    rows.warn(differs, label, "a date of birth that does not go with the age beside it",
              "a year apart at most", "mend one of them; the date is used")  # fmt: skip
    return born, age


def _ages(rows: ListRows) -> pd.Series:
    label, text = rows.label("age"), rows.age_text()
    text = text.mask(text.str.casefold() == "unborn", str(UNBORN))
    cells = text_cells.decimals(text)
    rows.warn(cells.unread, label, "an entry that is no age", _AGES)
    years: pd.Series = np.floor(cells.values)
    impossible = marks((years < UNBORN) | (years > OLDEST))
    rows.warn(impossible, label, f"an age below {UNBORN} or above {OLDEST}",
              _AGES)  # fmt: skip
    return years.mask(impossible).astype("Int64")


def not_before_birth(
    rows: ListRows, born: pd.Series, day: pd.Series, name: str, allowed: int
) -> None:
    """Warn of events more than so many days before the child's birth."""
    early = day < born - pd.Timedelta(days=allowed)
    rows.warn(early, rows.label(name), "a day before the child's date of birth", "",
              "mend one of the two in the case system; the row is used without an age")  # fmt: skip


# ---------------------------------------------------------------------------- repeats


def exact_repeats(rows: ListRows) -> None:
    """Set aside rows that repeat an earlier one in every column of the sheet, read or not."""
    seen: dict[tuple[object, ...], int] = {}
    codes = [seen.setdefault(tuple(row), len(seen)) for row in rows.cells]
    rows.duplicates({"row": pd.Series(codes, dtype="int64")}, "a row")


def once(
    rows: ListRows, keys: Mapping[str, pd.Series], what: str, prefer: pd.Series | None = None
) -> None:
    """Set aside all but one of the rows with the same keys: the first, or the first preferred."""
    frame = pd.DataFrame({name: each.to_numpy() for name, each in keys.items()})
    frame["later"] = 0 if prefer is None else (~marks(prefer)).astype(int)
    usable = frame[rows.kept & marks(frame[list(keys)].notna().all(axis=1))]
    repeats = usable.sort_values("later", kind="stable").duplicated(list(keys))
    where = repeats.reindex(frame.index, fill_value=False).to_numpy()
    rows.exclude(where, "", f"{what} that stands in another row too", "one row", ONCE)


def open_twice(rows: ListRows, child: pd.Series, ended: pd.Series, what: str) -> None:
    """Warn of children with two spells open at once."""
    is_open = rows.kept & marks(ended.isna()) & marks(child.notna())
    twice = is_open & marks(child.where(is_open).duplicated(keep=False))
    rows.warn(twice, "", f"a child with two {what} open at once", "one",
              "end the former one in the case system; both are used")  # fmt: skip


def left_out_before(rows: ListRows, day: pd.Series, name: str, started: pd.Series) -> pd.Series:
    """Leave days empty that lie before the spell: they belong to a former one."""
    early = marks(day < started)
    rows.warn(early, rows.label(name), "a day before the start", "the same or later", LEFT_EMPTY)
    return day.mask(early)


# ------------------------------------------------------------------------- six months


def too_early(rows: ListRows, last: pd.Series, name: str) -> None:
    """Warn of rows that were over before the six months began; `last` is empty while open."""
    first = first_day_covered(rows.as_of)
    mend = "nothing; the list counts as whole from that day on alone"
    rows.warn(last < pd.Timestamp(first), rows.label(name), f"a day before {first}",
              f"the six months from {first} to {rows.as_of}", mend)  # fmt: skip


def reaches_both_ends(rows: ListRows, begins: pd.Series) -> None:
    """Warn of a list of events that has no row at the start or at the end of its six months."""
    if rows.says_none:
        return
    days = begins[rows.kept]
    first = first_day_covered(rows.as_of)
    gap = timedelta(days=LONGEST_GAP)
    ends = {
        "first": (first, first + gap - timedelta(days=1)),
        "last": (rows.as_of - gap + timedelta(days=1), rows.as_of),
    }
    for which, (start, end) in ends.items():
        within = (days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end))
        if not within.any():
            found = f"no usable row in the {which} {LONGEST_GAP} days, {start} to {end}"
            expected = f"the six months from {first} to {rows.as_of}"
            mend = "check the extract's day, and that the list is whole: no row will count as none"
            rows.notices.append(
                Notice(Weight.WARN, rows.place, found, expected, mend, (), rows.table)
            )
