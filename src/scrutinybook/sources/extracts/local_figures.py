"""Local figures: what no return holds, as a plain table that people fill in.

One row is one figure of one measure and period: numerator and denominator, or numerator alone for a
count, or a value where the parts are not known. Figures are the council's own totals, never a row a
person. A table of a page or two is mended rather than thinned out: what is wrong is refused, and
only rows that are not due yet are set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from scrutinybook.errors import nearest
from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.given_path import require_file
from scrutinybook.sources.extracts.local_sheet import TITLE, LocalSheet, read_local_sheet
from scrutinybook.sources.extracts.noticed import Weight, raise_refusals
from scrutinybook.sources.extracts.row_checks import RowChecks
from scrutinybook.sources.extracts.text_cells import Bools
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind

TABLE = "local_figures"
PERIODS = "2023-03 (month), 2022/23 (year), 2023-03-31 (a day) or y/e 2022-09-30"
LARGEST = 1e9
"""No figure of a council is larger."""
EARLIEST = date(1990, 1, 1)
LONGEST_PART = 60
"""Letters of a part's name."""
_PART = rf"[^\W_][\w ,.:;&'’()/+%–-]{{0,{LONGEST_PART - 1}}}"
_DAY = r"\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}"


def read_local_figures(
    path: Path,
    *,
    as_of: date,
    known_measures: Collection[str] | None = None,
    rates: Collection[str] = (),
) -> Extract:
    """Read a CSV file or workbook with headings measure, period, part, numerator, denominator,
    value and note.

    `known_measures` are the ids that may stand there, any where it is None; `rates` those whose
    numerator may be above their denominator, such as cases a worker. Raises `FaultsFound` with
    every refusal at once.
    """
    require_file(path, TITLE)
    raw = path.read_bytes()
    sheet = read_local_sheet(path, raw)
    raise_refusals(sheet.notices)
    checks = RowChecks(sheet.place, TABLE, sheet.rows)
    measure = _measures(checks, sheet, known_measures)
    period, ends = _periods(checks, sheet, as_of)
    numbers = _numbers(checks, sheet, measure, known_measures, rates)
    part = _parts(checks, sheet)
    _repeats(checks, measure, period, part, numbers)
    notices = (*sheet.notices, *checks.notices)
    raise_refusals(notices)
    columns = {
        "measure": measure,
        "period": period,
        "part": part,
        **numbers,
        "note": _blank_to_missing(sheet.columns["note"]),
    }
    table = EVENT_TABLES[TABLE].frame({name: each[checks.kept] for name, each in columns.items()})
    starts = [
        _first_day(each) for each, kept in zip(ends, checks.kept, strict=True) if kept and each
    ]
    return Extract(
        format=Format.LOCAL_FIGURES,
        as_of=as_of,
        tables={TABLE: table},
        covers_from={TABLE: min(starts, default=as_of)},
        notices=notices,
        rows_read={TABLE: len(sheet.rows)},
        content_hash=hashlib.sha256(raw).hexdigest(),
    )


def _measures(checks: RowChecks, sheet: LocalSheet, known: Collection[str] | None) -> pd.Series:
    said = sheet.columns["measure"]
    blank = ~text_cells.filled(said)
    checks.refuse(blank, "measure", "blank", "the id of a measure", "put it in")
    if known is None:
        strange = ~blank & ~text_cells.marks(said.str.fullmatch(r"[a-z][a-z0-9_]{0,79}"))
        allowed = "lower-case letters, figures and underscores"
        checks.refuse(strange, "measure", "an entry that is no id", allowed, "write the id")
        return _blank_to_missing(said)
    cells = text_cells.codes(said, known)
    # One notice for each suggestion: the entry itself is not shown, the known id is.
    hints = pd.Series(
        [
            nearest(entry, known) if wrong else ""
            for entry, wrong in zip(said, cells.unread, strict=True)
        ]
    )
    for hint in hints[cells.unread].unique():
        where = cells.unread & (hints == hint).to_numpy()
        found = "a measure that the catalogue does not have"
        mend = hint or "take it from the list of the template: scrutiny template OUT.xlsx"
        checks.refuse(where, "measure", found, "a local measure of params/measures.yml", mend)
    return cells.values


def _parts(checks: RowChecks, sheet: LocalSheet) -> pd.Series:
    """Names of parts are shown on pages, so that no text about somebody may stand there."""
    said = sheet.columns["part"]
    strange = ~text_cells.marks(said.str.fullmatch(_PART)) | text_cells.marks(
        said.str.contains(_DAY)
    )
    found = "an entry that is no name of a part"
    allowed = (
        f"a service, team or group of up to {LONGEST_PART} letters and figures, without a date"
    )
    checks.refuse(text_cells.filled(said) & strange, "part", found, allowed, "write the name alone")
    return _blank_to_missing(said)


def _periods(
    checks: RowChecks, sheet: LocalSheet, as_of: date
) -> tuple[pd.Series, list[FigurePeriod | None]]:
    said = sheet.columns["period"]
    read = [_period(entry) for entry in said]
    blank = ~text_cells.filled(said)
    unread = np.array([each is None for each in read], np.bool_) & ~blank
    late = np.array([each is not None and each.end > as_of for each in read], np.bool_)
    checks.refuse(blank, "period", "blank", PERIODS, "put it in")
    mend = "write it so; in Excel give the column the format Text first"
    checks.refuse(unread, "period", "an entry that is no period", PERIODS, mend)
    found = f"a period that is not over on {as_of}"
    checks.exclude(late, "period", found, mend="nothing; the row is set aside until it is over")
    return pd.Series([None if each is None else str(each) for each in read], dtype="string"), read


def _period(entry: str) -> FigurePeriod | None:
    try:
        period = FigurePeriod.parse(entry)
    except ValueError:
        return None
    return period if period.end >= EARLIEST else None


def _numbers(
    checks: RowChecks,
    sheet: LocalSheet,
    measure: pd.Series,
    known: Collection[str] | None,
    rates: Collection[str],
) -> dict[str, pd.Series]:
    numbers = {}
    given: dict[str, Bools] = {}
    for column in ("numerator", "denominator", "value"):
        cells = text_cells.decimals(sheet.columns[column])
        mend = "write the number alone: no sign, no comma, nothing where it is not known"
        found = "an entry that is no number"
        checks.refuse(cells.unread, column, found, "a number such as 1234.5, or blank", mend)
        outside = text_cells.marks((cells.values < 0) | (cells.values > LARGEST))
        found = "a number below 0 or above a thousand million"
        checks.refuse(outside, column, found, "0 or more", "mend it")
        numbers[column] = cells.values
        given[column] = ~cells.blank
    top, bottom, value = given["numerator"], given["denominator"], given["value"]
    found = "a value and its parts in one row"
    mend = "leave value empty: it is reckoned from the parts"
    checks.refuse(value & (top | bottom), "value", found, "one of the two", mend)
    found = "a denominator without its numerator"
    mend = "put in the numerator; 0 where it is none"
    checks.refuse(bottom & ~top & ~value, "numerator", found, "both", mend)
    nothing = ~top & ~bottom & ~value
    mend = "put in the figure; the row is set aside until then"
    checks.exclude(nothing, "numerator", "no figure in the row yet", mend=mend)
    above = text_cells.marks(numbers["numerator"] > numbers["denominator"])
    above &= ~text_cells.marks(measure.isin(list(rates)))
    found = "a numerator above its denominator"
    weight = Weight.WARN if known is None else Weight.REFUSE
    mend = "see that the two columns are not swapped"
    checks.note(weight, above, "numerator", found, "the denominator or less", mend)
    return numbers


def _repeats(
    checks: RowChecks,
    measure: pd.Series,
    period: pd.Series,
    part: pd.Series,
    numbers: dict[str, pd.Series],
) -> None:
    key = {"measure": measure, "period": period, "part": part.str.casefold()}
    checks.duplicates({**key, **numbers}, "a figure")
    readable = text_cells.marks(measure.notna()) & text_cells.marks(period.notna())
    found = "another figure of a measure, period and part that stand in an earlier row"
    mend = "keep the right one"
    checks.refuse(checks.repeated(key) & readable, "measure", found, "one row for each", mend)


def _first_day(period: FigurePeriod) -> date:
    if period.kind is PeriodKind.MONTH:
        return period.month.first_day
    if period.kind is PeriodKind.YEAR:
        return period.financial_year.months[0].first_day
    if period.kind is PeriodKind.WORKFORCE_YEAR:
        return (pd.Timestamp(period.end) - pd.DateOffset(years=1)).date() + timedelta(days=1)
    return period.end


def _blank_to_missing(text: pd.Series) -> pd.Series:
    return text.mask(text == "", pd.NA)
