"""An empty workbook for local figures: drop-downs, checks while typing, and how to fill it in.

It holds no macros. What Excel lets through is checked again when the workbook is read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from scrutinybook.sources.extracts.local_sheet import HEADINGS

ROWS = 1000
"""Rows with drop-downs and checks; below them figures can be typed without."""
FIGURES, MEASURES, HOW = "Figures", "Measures", "How to fill it in"
_WIDTHS = {"measure": 34, "period": 16, "part": 24, "note": 44}
_PERIOD_FORMULA = (
    '=IFERROR(IF(LEN(B2)=7,IF(MID(B2,5,1)="-",ABS(MID(B2,6,2)-6.5)<6,'
    "MOD(LEFT(B2,4)+1,100)=--RIGHT(B2,2)),"
    'IF(LEN(B2)=10,AND(MID(B2,5,1)="-",ISNUMBER(DATEVALUE(B2))),'
    'AND(LEFT(B2,4)="y/e ",ISNUMBER(DATEVALUE(RIGHT(B2,10)))))),FALSE)'
)
"""Whether B2 is a period; Excel takes 255 signs at the most."""

_STEPS = (
    "One row is one figure: of one measure, for one period and, where you wish, for one part.",
    "measure: choose it from the list. The sheet Measures says what each one counts.",
    "period: 2023-03 is a month, 2022/23 the year from 1 April, 2023-03-31 a day (for figures that"
    " say how things stand), y/e 2022-09-30 the year up to that day.",
    "part: a service, team or experience band. Leave it empty for the whole council, and give the"
    " whole council a row of its own: only where it has none are the parts added up.",
    "numerator and denominator: for 70 of 100, write 70 and 100. A count has a numerator alone.",
    "value: only where the parts are not known. Write 85 for 85 per cent, never 0.85.",
    "note: anything a reader of the table should know. Never write about a person in it.",
    "Leave a cell empty where a figure is not known. 0 means that there were none.",
    "Totals only: no names, no numbers of children or workers, nothing about one person.",
    "Do not rename or move the headings. Columns of your own to the right are left alone.",
    "Save the workbook as it is (.xlsx). Then: scrutiny ingest FILE --authority NAME --as-of DAY,",
    "DAY being the last day that the figures take in. What is wrong is listed with its row.",
)
_EXAMPLES = (
    HEADINGS,
    ("(a share)", "2023-03", "", "70", "100", "", ""),
    ("(a share, one service)", "2023-03", "permanence", "18", "20", "", ""),
    ("(a count)", "2023-03", "", "255", "", "", "new form since 6 March"),
    ("(only the value is known)", "2022/23", "", "", "", "85.0", ""),
)


@dataclass(frozen=True)
class LocalMeasure:
    """One measure that local figures may give."""

    id: str
    title: str
    numerator: str
    """What it counts."""
    denominator: str = ""
    """Out of what; empty for counts."""
    unit: str = ""
    """Unit of a value: per cent, cases a worker."""


def template_bytes(measures: Sequence[LocalMeasure]) -> bytes:
    """The workbook, as bytes; the same for the same measures."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    # A fixed day keeps the file the same to the byte.
    book.set_properties({"title": "Local figures", "created": datetime(2000, 1, 1)})
    styles = {
        "heading": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EDF2"}),
        "text": book.add_format({"num_format": "@"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "font_size": 14}),
    }
    figures = book.add_worksheet(FIGURES)
    listed = book.add_worksheet(MEASURES)
    how = book.add_worksheet(HOW)
    _figures(figures, styles, len(measures))
    _measures(listed, styles, measures)
    _how(how, styles)
    for sheet in (figures, listed, how):
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
    book.close()
    return packed.getvalue()


def _figures(sheet: Any, styles: dict[str, Any], n_measures: int) -> None:
    for column, heading in enumerate(HEADINGS):
        is_text = heading in _WIDTHS
        style = styles["text"] if is_text else None
        sheet.set_column(column, column, _WIDTHS.get(heading, 14), style)
        sheet.write_string(0, column, heading, styles["heading"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if n_measures:
        sheet.data_validation(1, 0, ROWS, 0, {
            "validate": "list",
            "source": f"={MEASURES}!$A$2:$A${n_measures + 1}",
            "input_title": "Measure",
            "input_message": "Choose one; the sheet Measures explains them.",
            "error_title": "Not a measure",
            "error_message": "Choose a measure from the list.",
        })  # fmt: skip
    sheet.data_validation(1, 1, ROWS, 1, {
        "validate": "custom",
        "value": _PERIOD_FORMULA,
        "input_title": "Period",
        "input_message": "2023-03 or 2022/23 or 2023-03-31 or y/e 2022-09-30",
        "error_title": "Not a period",
        "error_message": "Write 2023-03, 2022/23, 2023-03-31 or y/e 2022-09-30.",
    })  # fmt: skip
    sheet.data_validation(1, 3, ROWS, 5, {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "Not a figure",
        "error_message": "Write a number, 0 or more, without a sign such as %, or leave it empty.",
    })  # fmt: skip


def _measures(sheet: Any, styles: dict[str, Any], measures: Sequence[LocalMeasure]) -> None:
    headings = ("measure", "title", "numerator", "denominator", "unit of a value")
    for column, (heading, width) in enumerate(zip(headings, (34, 48, 40, 40, 22), strict=True)):
        sheet.set_column(column, column, width, styles["wrapped"])
        sheet.write_string(0, column, heading, styles["heading"])
    for row, each in enumerate(measures, start=1):
        for column, text in enumerate(
            (each.id, each.title, each.numerator, each.denominator, each.unit)
        ):
            sheet.write_string(row, column, text, styles["wrapped"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _how(sheet: Any, styles: dict[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30, styles["wrapped"])
    sheet.set_column(1, 6, 16, styles["wrapped"])
    sheet.write_string(0, 0, "How to fill in local figures", styles["bold"])
    row = 2
    for text in _STEPS:
        sheet.merge_range(row, 0, row, 6, text, styles["wrapped"])
        sheet.set_row(row, 32)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Examples, not read:", styles["bold"])
    for cells in _EXAMPLES:
        row += 1
        style = styles["heading"] if cells is HEADINGS else styles["text"]
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, style)
