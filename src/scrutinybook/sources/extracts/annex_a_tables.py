"""From the rows of each list to its event table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from scrutinybook.sources.extracts import annex_a_codes as codes
from scrutinybook.sources.extracts import annex_a_rules as rules
from scrutinybook.sources.extracts import vocabulary
from scrutinybook.sources.extracts.annex_a_rows import ListRows
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.row_checks import whole_years

MOST_PLANS, MOST_PLACEMENTS = 20, 100
"""Numbers beyond these are a slip of the hand."""

Columns = dict[str, pd.Series]


def contacts(rows: ListRows) -> Columns:
    """List 1. A child may have two contacts on a day."""
    columns = {
        "child": rows.child(),
        "date": rows.day("date"),
        "source": rows.code("source", codes.SOURCES),
    }
    _check_birth(rows, columns["date"], "date")
    rules.exact_repeats(rows)
    _check_six_months(rows, columns["date"], "date")
    return columns


def early_help(rows: ListRows) -> Columns:
    """List 2. Services record it in different ways: one child twice on a day is looked at."""
    columns = {
        "child": rows.child(),
        "started": rows.day("started"),
        "completed": rows.end("completed"),
    }
    _check_spell(rows, columns, "completed")
    rules.exact_repeats(rows)
    keys = pd.DataFrame({name: columns[name] for name in ("child", "started")})[rows.kept]
    twice = keys.duplicated(keep=False).reindex(columns["child"].index, fill_value=False)
    rows.warn(twice & columns["child"].notna(), "", "a child with two assessments of one day",
              mend="nothing, if they are two; both are used")  # fmt: skip
    rules.too_early(rows, columns["completed"], "completed")
    rules.reaches_both_ends(rows, columns["started"])
    return columns


def referrals(rows: ListRows) -> Columns:
    """List 3. A child has one referral a day."""
    columns = {
        "child": rows.child(),
        "date": rows.day("date"),
        "source": rows.code("source", codes.SOURCES),
        "no_further_action": rows.yes_no("no_further_action"),
    }
    _check_birth(rows, columns["date"], "date")
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "date"), "a referral of the same child and day")
    _check_six_months(rows, columns["date"], "date")
    return columns


def assessments(rows: ListRows) -> Columns:
    """List 4. Of two that start on one day the authorised one is kept."""
    columns = {
        "child": rows.child(),
        "started": rows.day("started"),
        "authorised": rows.end("authorised"),
        "need_found": rows.yes_no("need_found"),
    }
    _check_spell(rows, columns, "authorised")
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "started"), "an assessment of the same child and first day",
               prefer=columns["authorised"].notna())  # fmt: skip
    rules.too_early(rows, columns["authorised"], "authorised")
    rules.reaches_both_ends(rows, columns["started"])
    return columns


def section_47(rows: ListRows) -> Columns:
    """List 5. Of two enquiries that start on one day the one with a conference is kept."""
    columns = {
        "child": rows.child(),
        "started": rows.day("started"),
        "conference_unneeded": rows.yes_no("conference_unneeded"),
        "conference": rows.end("conference"),
        "plan_followed": rows.yes_no("plan_followed"),
    }
    held = columns["conference"].notna()
    _check_spell(rows, columns, "conference")
    rows.warn(held & columns["conference_unneeded"].fillna(False),
              rows.label("conference_unneeded"), "yes, beside the day of a conference", "no",
              "mend one of the two in the case system; the conference is used")  # fmt: skip
    rows.warn(~held & columns["plan_followed"].fillna(False), rows.label("plan_followed"),
              "yes, without the day of a conference", "the conference's day",
              "add the day in the case system; no conference is counted")  # fmt: skip
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "started"), "an enquiry of the same child and first day",
               prefer=held)  # fmt: skip
    over = columns["started"].where(columns["conference_unneeded"].fillna(False))
    rules.too_early(rows, columns["conference"].fillna(over), "started")
    rules.reaches_both_ends(rows, columns["started"])
    return columns


def cases(rows: ListRows) -> Columns:
    """List 6: open cases, and those closed in the six months."""
    columns = {
        "child": rows.child(),
        "started": rows.other_day("started"),
        "closed": rows.end("closed"),
        "status": rows.needed("status", codes.STATUSES),
        "team": rows.words("team"),
        "worker": rows.pseudonyms.of(rows.words("worker"), "worker"),
    }
    _check_spell(rows, columns, "closed")
    closed = columns["closed"].notna()
    says_closed = columns["status"] == vocabulary.CASE_STATUSES[-1]
    rows.warn(closed & ~says_closed & columns["status"].notna(), rows.label("status"),
              "an open case with a day of closure", "a closed episode",
              "mend one of the two in the case system")  # fmt: skip
    rows.warn(~closed & says_closed, rows.label("status"), "a closed case without its day",
              "the day of closure", "mend one of the two in the case system")  # fmt: skip
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "started"), "a case of the same child and first day")
    rules.open_twice(rows, columns["child"], columns["closed"], "cases")
    rules.too_early(rows, columns["closed"], "closed")
    return columns


def protection_plans(rows: ListRows) -> Columns:
    """List 7: plans in force, and those that ended in the six months."""
    started = rows.day("started")
    review = rows.other_day("latest_review")
    columns = {
        "child": rows.child(),
        "started": started,
        "ended": rows.end("ended"),
        "previous_plans": rows.whole("previous_plans", most=MOST_PLANS),
        "latest_review": rules.left_out_before(rows, review, "latest_review", started),
    }
    _check_spell(rows, columns, "ended")
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "started"), "a plan of the same child and first day")
    rules.open_twice(rows, columns["child"], columns["ended"], "plans")
    rules.too_early(rows, columns["ended"], "ended")
    return columns


def care_periods(rows: ListRows) -> Columns:
    """List 8: children in care, and those who left it in the six months."""
    born, _ = rules.born_and_age(rows)
    started = rows.day("started")
    review = rows.other_day("latest_review")
    columns = {
        "child": rows.child(),
        "started": started,
        "ended": rows.end("ended"),
        "age_at_start": whole_years(born, started),
        "placements_in_year": rows.whole("placements_in_year", most=MOST_PLACEMENTS),
        "latest_review": rules.left_out_before(rows, review, "latest_review", started),
    }
    rules.not_before_birth(rows, born, started, "started", 0)
    rows.order(started, columns["ended"], rows.label("ended"), rows.label("started"))
    rules.exact_repeats(rows)
    rules.once(rows, _keys(columns, "started"), "a period of care of the same child and first day")
    rules.open_twice(rows, columns["child"], columns["ended"], "periods of care")
    rules.too_early(rows, columns["ended"], "ended")
    return columns


def care_leavers(rows: ListRows) -> Columns:
    """List 9: ages are those on the extract's day."""
    born, age = rules.born_and_age(rows)
    today = pd.Series(pd.Timestamp(rows.as_of), index=born.index, dtype=born.dtype)
    columns = {
        "child": rows.child(),
        "age": whole_years(born, today).fillna(age.astype("Int32")),
        "in_touch": rows.code("in_touch", codes.IN_TOUCH),
        "activity": rows.code("activity", codes.ACTIVITIES),
        "suitable_accommodation": rows.code("suitable_accommodation", codes.SUITABILITY),
    }
    rules.exact_repeats(rows)
    rules.once(rows, {"child": columns["child"]}, "a young person")
    return columns


def _keys(columns: Columns, day: str) -> Mapping[str, pd.Series]:
    return {"child": columns["child"], day: columns[day]}


def _check_birth(rows: ListRows, day: pd.Series, name: str) -> None:
    born, _ = rules.born_and_age(rows)
    rules.not_before_birth(rows, born, day, name, rules.BEFORE_BIRTH)


def _check_spell(rows: ListRows, columns: Columns, end: str) -> None:
    _check_birth(rows, columns["started"], "started")
    rows.order(columns["started"], columns[end], rows.label(end), rows.label("started"))


def _check_six_months(rows: ListRows, day: pd.Series, name: str) -> None:
    rules.too_early(rows, day, name)
    rules.reaches_both_ends(rows, day)


BUILDERS: Mapping[str, Callable[[ListRows], Columns]] = {
    each.__name__: each
    for each in (
        contacts, early_help, referrals, assessments, section_47, cases, protection_plans,
        care_periods, care_leavers,
    )
}  # fmt: skip
"""By event table."""


def build(rows: ListRows) -> pd.DataFrame:
    """Read a list's rows into its event table; those set aside are left out."""
    columns = BUILDERS[rows.table](rows)
    kept = {name: each[rows.kept] for name, each in columns.items()}
    return EVENT_TABLES[rows.table].frame(kept)
