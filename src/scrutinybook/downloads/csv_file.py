"""A measure's table as a file of its own, which says what it is wherever it is taken."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from scrutinybook.downloads.cells import Cell, harmless
from scrutinybook.downloads.tables import COLUMNS, DownloadTable
from scrutinybook.page_names import csv_name

FIRST = ("Edition", "Measure")
"""The same in each row, so that a row taken elsewhere still says what it is."""

ABOUT = ("Edition", "File", "Measure", "What it counts")


def write_csv(table: DownloadTable, edition: str, path: Path) -> None:
    """Write the table. `edition` is the edition's title, which says so if figures are invented."""
    rows = [(edition, table.title, *row) for row in table.rows]
    _write([(*FIRST, *COLUMNS), *rows], path)


def write_about(tables: Sequence[DownloadTable], edition: str, path: Path) -> None:
    """Write what each measure counts, which would make the other files heavy."""
    rows = [
        (edition, csv_name(table.measure_id), table.title, " ".join(table.about))
        for table in tables
    ]
    _write([ABOUT, *rows], path)


def _write(rows: Iterable[Sequence[Cell]], path: Path) -> None:
    # Spreadsheet programs know by the mark at its start that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\r\n")
        lines.writerows([_text(cell) for cell in row] for row in rows)


def _text(cell: Cell) -> str:
    return harmless(cell) if isinstance(cell, str) else repr(cell)
