"""How complete and how prompt the records behind an edition are."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.commentary import recording as said
from scrutinybook.commentary import words
from scrutinybook.council.recording import TableRecording
from scrutinybook.council_context import CouncilContext
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.periods import Month

WITHHELD = "withheld"
"""Few, or what the figures withhold would follow."""


def message(context: CouncilContext) -> str:
    """What a reader of the other pages needs to know first."""
    tables = context.recording.tables
    return fragments.headline(said.headline(tables)) + fragments.paragraph(said.in_brief(tables))


def growth(context: CouncilContext) -> str:
    """How much months grow after they are first counted."""
    rows = [
        [
            said.name_of(each.table),
            *(_growth_at(each, age) for age in (1, 2, 3)),
            str(each.growth[0].months),
        ]
        for each in context.recording.tables
        if each.growth
    ]
    columns = [
        Column("Records", numeric=False),
        Column("After one month"),
        Column("After two"),
        Column("After three"),
        Column("Months compared"),
    ]
    return table("Growth of a month since it was first counted", columns, rows) if rows else ""


def completed(context: CouncilContext) -> str:
    """What the latest months are likely to come to once everything is recorded."""
    rows = [
        [
            f"{said.name_of(each.table)}, {Month.parse(month.month).words}",
            words.whole(month.counted),
            words.whole(month.completed),
            f"{words.whole(month.lower)} to {words.whole(month.upper)}",
        ]
        for each in context.recording.tables
        for month in each.completed
        if words.whole(month.lower) != words.whole(month.upper)
    ]
    columns = [
        Column("Records and month", numeric=False),
        Column("Counted so far"),
        Column("Likely to come to"),
        Column("Range"),
    ]
    if not rows:
        if any(each.completed for each in context.recording.tables):
            return fragments.text("No month is expected to grow by a whole number any more.")
        return fragments.text(
            "Too few extracts are held to say what the latest months are likely to come to."
        )
    return table("Months that are still growing", columns, rows)


def entries(context: CouncilContext) -> str:
    """Extracts, rows and entries left empty."""
    return _extracts(context.recording.tables) + _empty(context.recording.tables)


def _extracts(tables: Sequence[TableRecording]) -> str:
    rows = [
        [
            said.name_of(each.table),
            said.format_of(each.format),
            str(each.extracts),
            f"{said.day(each.first)} to {said.day(each.last)}",
            WITHHELD if each.rows is None else words.whole(each.rows),
            WITHHELD if each.excluded is None else words.whole(each.excluded),
        ]
        for each in tables
    ]
    columns = [
        Column("Records", numeric=False),
        Column("Read from", numeric=False),
        Column("Extracts"),
        Column("From and to", numeric=False),
        Column("Rows in the newest"),
        Column("Set aside"),
    ]
    return table("What was read", columns, rows)


def _empty(tables: Sequence[TableRecording]) -> str:
    rows = [
        [said.name_of(each.table), said.column_of(entry.column), words.percent(entry.share, 1)]
        for each in tables
        for entry in each.empty or ()
        if entry.share > 0
    ]
    columns = [
        Column("Records", numeric=False),
        Column("Entry", numeric=False),
        Column("Left empty"),
    ]
    untold = said.untold(tables)
    after = fragments.paragraph(untold) if untold else ""
    if not rows:
        others = "No other entry" if untold else "No entry"
        return fragments.text(f"{others} that should be filled was left empty.") + after
    return table("Entries left empty in the newest extract", columns, rows) + after


def _growth_at(each: TableRecording, age: int) -> str:
    share = next((g.share for g in each.growth if g.age == age), None)
    if share is None:
        return "–"
    sign = "+" if share > 0 else ""
    return f"{sign}{words.percent(share, 1)}"
