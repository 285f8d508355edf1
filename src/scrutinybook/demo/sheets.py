"""Tables for writing: columns with headings, whose values are days, texts and whole numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import xlsxwriter  # type: ignore[import-untyped]

from scrutinybook.demo.days import NEVER, Ints

MARK = "SYNTHETIC DEMONSTRATION DATA"
"""Stands in the name of every file, folder and sheet."""
Value = date | str | int | float | None
_DAY_ZERO = date(1899, 12, 30).toordinal()
_MADE = datetime(2000, 1, 1)
"""Stands in every workbook for when it was made: the same seed gives the same bytes."""


@dataclass(eq=False)
class Column:
    """One column; faults are put into `values`."""

    heading: str
    values: list[Any]
    """Days, texts, numbers, or none for a blank."""


@dataclass(eq=False)
class Sheet:
    """One sheet of a workbook."""

    name: str
    title: str
    """Stands in the first row, with the headings below; empty for none."""
    columns: list[Column]

    def column(self, start: str) -> Column:
        """The column whose heading starts so, in any case. Raises `StopIteration` without one."""
        return next(
            each for each in self.columns if each.heading.casefold().startswith(start.casefold())
        )


def day_values(days: Ints) -> list[Value]:
    """Day numbers as dates; none for `NEVER`."""
    whole = np.where(days < NEVER, days, 0).astype("datetime64[D]").astype(object)
    return [day if n < NEVER else None for day, n in zip(whole, days, strict=True)]


def as_text(values: Sequence[Value]) -> list[Value]:
    """Dates as text, day first: 31/03/2023."""
    return [f"{each:%d/%m/%Y}" if isinstance(each, date) else each for each in values]


def workbook(sheets: Sequence[Sheet], notes: Sequence[str]) -> bytes:
    """A workbook with a sheet of notes in front. The same content gives the same bytes."""
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"title": MARK, "comments": MARK, "created": _MADE})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    bold = book.add_format({"bold": True})
    front = book.add_worksheet(MARK)
    for row, line in enumerate((MARK, *notes)):
        front.write_string(row, 0, line, bold if row == 0 else None)
    for each in sheets:
        page = book.add_worksheet(each.name)
        page.set_header(f"&C{MARK}")
        top = 0
        if each.title:
            page.write_string(0, 0, each.title, bold)
            top = 1
        page.freeze_panes(top + 1, 0)
        for at, column in enumerate(each.columns):
            page.write_string(top, at, column.heading, bold)
            for row, value in enumerate(column.values, top + 1):
                if isinstance(value, str):
                    page.write_string(row, at, value)
                elif isinstance(value, date):
                    page.write_number(row, at, value.toordinal() - _DAY_ZERO, day)
                elif value is not None:
                    page.write_number(row, at, value)
    book.close()
    return sink.getvalue()


def csv_text(columns: Sequence[Column]) -> str:
    """Comma-separated text; days as 31/03/2023. Nothing in it needs quotation marks."""
    made = [as_text(each.values) for each in columns]
    lines = [",".join(each.heading for each in columns)]
    for row in zip(*made, strict=True):
        lines.append(",".join("" if each is None else str(each) for each in row))
    return "\r\n".join(lines) + "\r\n"
