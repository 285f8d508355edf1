"""Accessible tables: a caption, headings with a scope, numbers aligned, sideways scroll inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Column:
    """A heading; `numeric` columns are set right-aligned in even digits."""

    heading: str
    numeric: bool = True


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    numbered: bool = False,
) -> str:
    """Make a table whose first column names each row.

    `numbered`: the names are short, numbers of months say, so that the column may be narrow.
    Raises `ValueError` where a row has another number of cells than there are columns.
    """
    escaped = [[escape(cell) for cell in row] for row in rows]
    return table_of_html(caption, columns, escaped, numbered=numbered)


def table_of_html(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    numbered: bool = False,
) -> str:
    """The same with cells that are HTML of this package, links for instance."""
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} cells for {len(columns)} columns")
    head = "".join(f'<th scope="col"{_css(c)}>{escape(c.heading)}</th>' for c in columns)
    body = "".join(f"<tr>{_row(columns, row)}</tr>" for row in rows)
    css = "sb-table sb-numbered" if numbered else "sb-table"
    # A region that can scroll must be reachable by keyboard and have a name.
    return (
        f'<div class="{css}" role="region" aria-label="{escape(caption, quote=True)}"'
        f' tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[Column], row: Sequence[str]) -> str:
    first = f'<th scope="row">{row[0]}</th>'
    rest = (
        f"<td{_css(column)}>{cell}</td>" for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    return first + "".join(rest)


def _css(column: Column) -> str:
    return ' class="sb-number"' if column.numeric else ""
