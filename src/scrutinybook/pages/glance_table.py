"""The table of all measures: on wide screens rows and columns, on phones one block a measure.

Where the style turns rows into blocks, browsers forget that this is a table; the roles, which
repeat what the elements say, keep it one for those who hear it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class GlanceRow:
    """One measure's name and cells."""

    title: str
    address: str
    """Of its section."""
    way: str
    """Which way is better."""
    cells: Mapping[str, str]
    """HTML of this package, by the heading of the column; the same headings in every row."""


def glance_table(caption: str, rows: Sequence[GlanceRow]) -> str:
    """Make the table. Raises `ValueError` without a row."""
    if not rows:
        raise ValueError("a table of measures needs a measure")
    names = ("Measure", *rows[0].cells)
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in names)
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
    cells = "".join(_cell(name, body) for name, body in row.cells.items())
    return f'<tr role="row">{first}{cells}</tr>'


def _cell(name: str, body: str) -> str:
    css = name.lower().replace(",", "").replace(" ", "-")
    return f'<td role="cell" class="sb-g-{css}" data-label="{name}">{body}</td>'
