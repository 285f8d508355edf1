"""All tables of an edition in one workbook that can be used with a screen reader.

After the guidance for statistics in spreadsheets of the government's Analysis Function: a cover, a
list of contents, what the marks mean, one table a sheet and marked as one, from the first column
on, no cell empty, none merged, no colour that means anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from scrutinybook.downloads.cells import MEANINGS, NONE, Cell, harmless
from scrutinybook.downloads.tables import COLUMNS, DownloadTable

COVER, CONTENTS, MARKS_SHEET = "Cover", "Contents", "Marks"
_WIDTHS = {
    "Area": 30,
    "Period": 22,
    "Covers": 30,
    "Part": 28,
    "Unit": 24,
    "Mark": 30,
    "Note": 40,
    "Source": 50,
}
_WIDTH, _TEXT_WIDTH = 12, 90
# A fixed time: the same figures give the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(
    tables: Sequence[DownloadTable], title: str, cover: Sequence[str], path: Path
) -> None:
    """Write the workbook. `cover` has the lines below the title on the first sheet."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 12},
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": title, "subject": "Tables of an edition", "created": _MADE})
        look = _Look(book)
        sheet = look.sheet(COVER, title)
        for row, line in enumerate(cover, start=1):
            sheet.write_string(row, 0, harmless(line), look.text)
        _contents(look, tables)
        _marks(look)
        for place, table in enumerate(tables, start=1):
            _measure(look, str(place), table)


class _Look:
    """The formats of one workbook, and sheets that begin alike."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "Arial", "font_size": 12}
        self.book = book
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.text = book.add_format({**base, "text_wrap": True, "valign": "top"})
        self.cell = book.add_format({**base, "valign": "top"})
        self.head = book.add_format({**base, "bold": True, "text_wrap": True, "bottom": 1})
        self.link = book.add_format({**base, "font_color": "#0b4a8f", "underline": 1})

    def sheet(self, name: str, title: str) -> Any:
        """A sheet whose first cell is its title."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, harmless(title), self.title)
        sheet.set_column(0, 0, _TEXT_WIDTH)
        sheet.hide_gridlines(2)
        return sheet

    def table(
        self,
        sheet: Any,
        first: int,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
    ) -> None:
        """A marked table from row `first` on; each row has a cell for each column."""
        sheet.add_table(
            first,
            0,
            first + max(1, len(rows)),
            len(columns) - 1,
            {
                "name": name,
                "autofilter": False,
                "style": None,
                "columns": [{"header": each, "header_format": self.head} for each in columns],
            },
        )
        for down, row in enumerate(rows or [[NONE] * len(columns)], start=first + 1):
            for across, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(down, across, harmless(cell), self.cell)
                else:
                    sheet.write_number(down, across, cell, self.cell)


def _contents(look: _Look, tables: Sequence[DownloadTable]) -> None:
    sheet = look.sheet(CONTENTS, "Contents")
    sheet.write_string(1, 0, "This sheet holds one table. Each sheet it names holds one, too.")
    rows = [[str(place), each.title] for place, each in enumerate(tables, start=1)]
    rows.insert(0, [MARKS_SHEET, "What the marks in the tables mean"])
    look.table(sheet, 2, "contents", ("Sheet", "What it holds"), rows)
    for down, (name, _) in enumerate(rows, start=3):
        sheet.write_url(down, 0, f"internal:'{name}'!A1", look.link, string=name)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _TEXT_WIDTH)


def _marks(look: _Look) -> None:
    sheet = look.sheet(MARKS_SHEET, "What the marks in the tables mean")
    sheet.write_string(1, 0, "This sheet holds one table.", look.text)
    rows = [list(each) for each in MEANINGS.items()]
    rows.append([NONE, "nothing to say: no mark, or no note"])
    look.table(sheet, 2, "marks", ("Mark", "Meaning"), rows)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _TEXT_WIDTH)


def _measure(look: _Look, name: str, table: DownloadTable) -> None:
    sheet = look.sheet(name, table.title)
    lines = [*table.about, "This sheet holds one table. The sheet Marks says what its marks mean."]
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, harmless(line), look.cell)
    sheet.write_url(
        len(lines) + 1, 0, f"internal:'{CONTENTS}'!A1", look.link, string="Back to the contents"
    )
    look.table(sheet, len(lines) + 2, f"table_{table.measure_id}", COLUMNS, table.rows)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS.get(column, _WIDTH))
