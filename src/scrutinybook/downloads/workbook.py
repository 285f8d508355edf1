"""All tables of an edition in one workbook that can be used with a screen reader.

gptables lays it out after the guidance for statistics in spreadsheets of the government's Analysis
Function: a cover, a list of contents, one table a sheet and marked as one, from the first column
on. What the marks mean has a sheet of its own; no cell is empty, none merged, no colour means
anything.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from gptables import Cover, GPTable, produce_workbook  # type: ignore[import-untyped]

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
_WIDTH, _SHEET_WIDTH, _TEXT_WIDTH = 12, 16, 90
_ONE_TABLE = "This sheet holds one table."
_BACK = f"[Back to the contents](internal:'{CONTENTS}'!A1)"
_AS_TEXT = {f"strings_to_{each}": False for each in ("formulas", "urls", "numbers")}
# A fixed time: the same figures give the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_workbook(
    tables: Sequence[DownloadTable], title: str, cover: Sequence[str], path: Path
) -> None:
    """Write the workbook. `cover` has the lines below the title on the first sheet."""
    sheets = {MARKS_SHEET: _marks()}
    sheets |= {str(place): _measure(each) for place, each in enumerate(tables, start=1)}
    with warnings.catch_warnings():
        # Notes stand in their rows, and what the marks mean on a sheet of its own.
        warnings.filterwarnings("ignore", message="No note text provided")
        # gptables writes for older versions of pandas, too.
        warnings.filterwarnings("ignore", category=pd.errors.Pandas4Warning)
        book = produce_workbook(
            str(path),
            sheets=sheets,
            cover=Cover(plain(title), intro=[plain(line) for line in cover], width=_TEXT_WIDTH),
            contentsheet_label=CONTENTS,
            contentsheet_options={
                "title": "Contents",
                "table_name": "contents",
                "column_names": ["Sheet", "What it holds"],
                "instructions": f"{_ONE_TABLE} Each sheet it names holds one, too.",
            },
            auto_width=False,
            workbook_options=_AS_TEXT,
        )
    for name in (CONTENTS, MARKS_SHEET):
        sheet = book.get_worksheet_by_name(name)
        sheet.set_column(0, 0, _SHEET_WIDTH)
        sheet.set_column(1, 1, _TEXT_WIDTH)
    for place in range(1, len(tables) + 1):
        sheet = book.get_worksheet_by_name(str(place))
        for column, heading in enumerate(COLUMNS):
            sheet.set_column(column, column, _WIDTHS.get(heading, _WIDTH))
    about = {"title": plain(title), "subject": "Tables of an edition", "created": _MADE}
    book.set_properties(about)
    book.close()


def plain(text: str) -> str:
    """Text that stands as it is: no formula, and none of the signs that gptables acts upon.

    Those are a link as ``[words](address)`` and a reference to a note as ``$$name$$``. A cell
    without a letter or digit would be refused, since a screen reader says nothing of it.
    """
    quiet = harmless(text).replace("](", "] (").replace("$$", "$ $")
    return quiet if re.search("[A-Za-z0-9]", quiet) else f"Text: {quiet}"


def _marks() -> GPTable:
    rows = [*MEANINGS.items(), (NONE, "nothing to say: no mark, or no note")]
    return GPTable(
        pd.DataFrame(rows, columns=["Mark", "Meaning"]),
        table_name="marks",
        title="What the marks in the tables mean",
        instructions=_ONE_TABLE,
        index_columns={2: 0},
    )


def _measure(table: DownloadTable) -> GPTable:
    rows = [[_cell(each) for each in row] for row in table.rows] or [[NONE] * len(COLUMNS)]
    return GPTable(
        pd.DataFrame(rows, columns=list(COLUMNS), dtype=object),
        table_name=f"table_{table.measure_id}",
        title=plain(table.title),
        subtitles=[plain(line) for line in table.about],
        instructions=f"{_ONE_TABLE} The sheet {MARKS_SHEET} says what its marks mean.",
        scope=_BACK,
        index_columns={2: 0},
    )


def _cell(value: Cell) -> Cell:
    return plain(value) if isinstance(value, str) else value
