"""The table of all measures: on wide screens rows and columns, on phones one block a measure.

Where the style turns rows into blocks, browsers forget that this is a table; the roles, which
repeat what the elements say, keep it one for those who hear it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

COLUMNS = ("Measure", "Latest", "Year so far", "Recent past", "Against its past", "Target")


@dataclass(frozen=True)
class GlanceRow:
    """One measure's cells; all but the first three are HTML of this package."""

    title: str
    address: str
    """Of its section."""
    way: str
    """Which way is better."""
    latest: str
    year_so_far: str
    trend: str
    against_past: str
    target: str


def glance_table(caption: str, rows: Sequence[GlanceRow]) -> str:
    """Make the table."""
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in COLUMNS)
    return (
        f'<table class="sb-glance" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(map(_row, rows))}</tbody></table>'
    )


def _row(row: GlanceRow) -> str:
    first = (
        f'<th role="rowheader" scope="row"><a href="{escape(row.address, quote=True)}">'
        f'{escape(row.title)}</a> <span class="sb-way">{escape(row.way)}</span></th>'
    )
    cells = (row.latest, row.year_so_far, row.trend, row.against_past, row.target)
    return f'<tr role="row">{first}{"".join(map(_cell, COLUMNS[1:], cells))}</tr>'


def _cell(name: str, body: str) -> str:
    css = name.lower().replace(" ", "-")
    return f'<td role="cell" class="sb-g-{css}" data-label="{name}">{body}</td>'
