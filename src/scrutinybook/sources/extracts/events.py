"""Tidy event tables: what every reader of a council's extract gives, whatever the format.

One row is one event (a referral, a review) or one spell (an assessment, a plan, a period of care).
`child` and `worker` are keyed hashes, never the council's own numbers; dates of birth end as ages;
names, postcodes and school numbers are not taken over at all. Dates are whole days.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

DAY: Final = "datetime64[ns]"
"""Type of every date: midnight of a whole day."""


def _day(*, nullable: bool = False) -> pa.Column:
    return pa.Column(DAY, nullable=nullable)


def _text(*, nullable: bool = False) -> pa.Column:
    return pa.Column("string", nullable=nullable)


def _yes_no(*, nullable: bool = False) -> pa.Column:
    return pa.Column("boolean", nullable=nullable)


def _whole(*, nullable: bool = False) -> pa.Column:
    return pa.Column("Int32", pa.Check.ge(-1), nullable=nullable)


def _number(*, nullable: bool = False) -> pa.Column:
    return pa.Column("Float64", nullable=nullable)


@dataclass(frozen=True)
class EventTable:
    """One kind of event."""

    columns: Mapping[str, pa.Column]
    """In order."""
    begins: str | None
    """Column with the day on which the event is, or its spell begins; None for tables of people or
    figures that have no such day."""
    ends: str | None = None
    """Column with the day on which the spell ends; empty while it is open. None for events of one
    day."""

    @property
    def schema(self) -> pa.DataFrameSchema:
        """The table's pandera schema: these columns in this order, no other."""
        return pa.DataFrameSchema(dict(self.columns), strict=True, ordered=True)

    def frame(self, columns: Mapping[str, object]) -> pd.DataFrame:
        """Make a table of this kind from columns. Raises `ValueError` for any other content."""
        made = pd.DataFrame({name: columns[name] for name in self.columns})
        typed = None
        with suppress(ValueError, TypeError):  # whose words quote an entry
            typed = made.astype({name: str(each.dtype) for name, each in self.columns.items()})
        if typed is None:
            raise ValueError("entries of another type than the event table has")
        return self.checked(typed.reset_index(drop=True))

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table if it is after the schema, else raise `ValueError`.

        Pandera's own errors quote entries, and hold the whole table: neither may leave the reader.
        """
        with suppress(SchemaError, SchemaErrors):
            return self.schema.validate(frame)
        raise ValueError("rows that are not after the schema of the event table")

    def empty(self) -> pd.DataFrame:
        """A table of this kind without rows."""
        return self.frame({name: [] for name in self.columns})


EVENT_TABLES: Mapping[str, EventTable] = {
    # Annex A list 1: one row a child a contact. A contact is not a referral.
    "contacts": EventTable(
        {"child": _text(), "date": _day(), "source": _text(nullable=True)}, "date"
    ),
    # List 2.
    "early_help": EventTable(
        {"child": _text(), "started": _day(), "completed": _day(nullable=True)},
        "started",
        "completed",
    ),
    # List 3; children in need census.
    "referrals": EventTable(
        {
            "child": _text(),
            "date": _day(),
            "source": _text(nullable=True),
            "no_further_action": _yes_no(nullable=True),
        },
        "date",
    ),
    # List 4; census. Completed on the day a manager authorises it.
    "assessments": EventTable(
        {
            "child": _text(),
            "started": _day(),
            "authorised": _day(nullable=True),
            "need_found": _yes_no(nullable=True),
        },
        "started",
        "authorised",
    ),
    # List 5; census. `started` is the strategy discussion (census: start of the enquiry).
    "section_47": EventTable(
        {
            "child": _text(),
            "started": _day(),
            "conference_unneeded": _yes_no(nullable=True),
            "conference": _day(nullable=True),
            "plan_followed": _yes_no(nullable=True),
        },
        "started",
        "conference",
    ),
    # List 6: who holds which open case. `status` is the list's letter a to e in words.
    "cases": EventTable(
        {
            "child": _text(),
            "started": _day(nullable=True),
            "closed": _day(nullable=True),
            "status": _text(),
            "team": _text(nullable=True),
            "worker": _text(nullable=True),
        },
        "started",
        "closed",
    ),
    # List 7; census. `previous_plans`: in this authority alone.
    "protection_plans": EventTable(
        {
            "child": _text(),
            "started": _day(),
            "ended": _day(nullable=True),
            "previous_plans": _whole(nullable=True),
            "latest_review": _day(nullable=True),
        },
        "started",
        "ended",
    ),
    # Census: every review of a plan, where list 7 has the latest alone.
    "plan_reviews": EventTable({"child": _text(), "plan_started": _day(), "date": _day()}, "date"),
    # List 8: periods of care. 903: episodes joined to periods.
    "care_periods": EventTable(
        {
            "child": _text(),
            "started": _day(),
            "ended": _day(nullable=True),
            "age_at_start": _whole(nullable=True),
            "placements_in_year": _whole(nullable=True),
            "latest_review": _day(nullable=True),
        },
        "started",
        "ended",
    ),
    # 903: one row a placement or legal status within a period of care.
    "care_episodes": EventTable(
        {
            "child": _text(),
            "started": _day(),
            "ended": _day(nullable=True),
            "reason_started": _text(),
            "reason_ended": _text(nullable=True),
            "legal_status": _text(nullable=True),
            "placement": _text(nullable=True),
            "age_at_start": _whole(nullable=True),
        },
        "started",
        "ended",
    ),
    # 903: every statutory review, where list 8 has the latest alone.
    "care_reviews": EventTable(
        {"child": _text(), "date": _day(), "participation": _text(nullable=True)}, "date"
    ),
    # 903: what permanence a child had before this period of care (P1 to P4, Z1 for none).
    "previous_permanence": EventTable(
        {"child": _text(), "kind": _text(), "date": _day(nullable=True)}, None
    ),
    # List 9; 903 file OC3. `age` in whole years on the extract's date.
    "care_leavers": EventTable(
        {
            "child": _text(),
            "age": _whole(nullable=True),
            "in_touch": _text(nullable=True),
            "activity": _text(nullable=True),
            "suitable_accommodation": _text(nullable=True),
        },
        None,
    ),
    # Workforce census. FTE is full-time equivalent.
    "social_workers": EventTable(
        {
            "worker": _text(),
            "agency": _yes_no(),
            "fte": _number(nullable=True),
            "role": _text(nullable=True),
            "started": _day(nullable=True),
            "ended": _day(nullable=True),
            "origin": _text(nullable=True),
            "destination": _text(nullable=True),
            "reason_left": _text(nullable=True),
            "fte_30_september": _number(nullable=True),
            "cases_30_september": _whole(nullable=True),
            "days_lost": _number(nullable=True),
            "stage": _text(nullable=True),
        },
        None,
    ),
    # Workforce census: one row an authority.
    "vacancies": EventTable(
        {
            "vacancies_fte": _number(),
            "agency_covering_fte": _number(),
            "agency_covering_heads": _whole(),
        },
        None,
    ),
    # The plain table of what no return holds. `period` as `figure_periods` writes it.
    "local_figures": EventTable(
        {
            "measure": _text(),
            "period": _text(),
            "part": _text(nullable=True),
            "numerator": _number(nullable=True),
            "denominator": _number(nullable=True),
            "value": _number(nullable=True),
            "note": _text(nullable=True),
        },
        None,
    ),
}
"""Every kind of event table, by name."""
