"""Nothing of a row comes out beside the tables: not in notices, in errors, nor in their chain."""

from __future__ import annotations

import traceback
from datetime import date
from pathlib import Path

import pytest
from annex_a_workbooks import HEADINGS, KEY, Drawn, Formula, good_lists, read, save

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.annex_a_headings import find_headings
from scrutinybook.sources.extracts.annex_a_layouts import LISTS
from scrutinybook.sources.extracts.annex_a_rows import ListRows
from scrutinybook.sources.extracts.annex_a_workbook import open_workbook

NAME, NUMBER, BORN = "Zebedee Quux", 98765432123, date(2011, 11, 23)
CANARIES: list[object] = [NAME, NUMBER, BORN, "11/23/2011", "98765432123987654321", Formula(NAME)]
SHOWN = ("Zebedee", "Quux", "98765432123", "2011-11-23", "23/11/2011", "11/23/2011", "23, 0, 0",
         "2011, 11, 23")  # fmt: skip
WIDEST = max(map(len, HEADINGS.values()))


def all_that_is_said(path: Path) -> str:
    """Everything that reading prints or could print."""
    try:
        extract = read(path)
    except FaultsFound as refused:
        said = [str(refused), repr(refused), *map(repr, refused.faults)]
        said += traceback.format_exception(refused)
        return "\n".join(said)
    parts = [repr(each) + str(each.fault) for each in extract.notices]
    return "\n".join([*parts, str(extract.covers_from), str(extract.rows_read)])


def check(said: str) -> None:
    assert [each for each in SHOWN if each in said] == []
    assert said


@pytest.mark.parametrize("column", range(WIDEST))
def test_an_entry_planted_in_one_column_of_every_list(tmp_path: Path, column: int) -> None:
    lists = good_lists()
    for each in lists.values():
        each.rows = [list(each.rows[at % 4]) for at in range(len(CANARIES) - 1)]
        if column < len(each.headings):
            for row, canary in zip(each.rows, CANARIES, strict=False):
                row[column] = canary
    check(all_that_is_said(save(tmp_path / "x.xlsx", lists)))


@pytest.mark.parametrize("canary", CANARIES, ids=lambda each: type(each).__name__)
def test_an_entry_planted_in_every_column_of_a_row(tmp_path: Path, canary: object) -> None:
    lists = good_lists()
    for each in lists.values():
        each.rows[1] = [canary] * len(each.headings)
        each.rows.append([canary] * len(each.headings))
    check(all_that_is_said(save(tmp_path / "x.xlsx", lists)))


def test_an_entry_planted_in_titles_headings_sheet_names_and_merged_cells(tmp_path: Path) -> None:
    lists = good_lists()
    for number, each in lists.items():
        each.above = [[NAME], [NUMBER, NAME]]
        each.headings += [NAME, NAME, BORN, NUMBER, "Date of Quux referral"]
        each.sheet = f"List {number} {NAME}"
    lists[2].rename("Assessment start date", NAME)
    lists[3].rename("Date of referral", f"Date of referral {NAME}")
    lists[4].merged = ["A4:B5"]
    said = all_that_is_said(save(tmp_path / "x.xlsx", lists, others={NAME: [[NAME]]}))
    check(said)


def test_a_headless_sheet_of_entries(tmp_path: Path) -> None:
    rows: list[list[object]] = [[NAME, NUMBER, BORN]] * 5
    lists = {3: Drawn([NAME, NUMBER, BORN], rows, "List 3")}
    check(all_that_is_said(save(tmp_path / "x.xlsx", lists)))


def test_the_pieces_of_a_reading_do_not_show_what_they_hold(tmp_path: Path) -> None:
    one = good_lists()[3]
    one.rows = [[NAME] * len(one.headings), *one.rows]
    raw = save(tmp_path / "x.xlsx", {3: one}).read_bytes()
    book = open_workbook("x.xlsx", raw)
    sheet = book.sheets[3]
    headings = find_headings(sheet.rows, LISTS[2], "x.xlsx")
    rows = ListRows(sheet, LISTS[2], headings, "x.xlsx", date(2023, 3, 31), KEY)
    check("\n".join(map(repr, (book, sheet, headings, rows, rows.notices))))


def test_tables_hold_hashes_and_no_numbers(tmp_path: Path) -> None:
    lists = good_lists()
    for each in lists.values():
        each.put_all("Child Unique ID", [NUMBER + at for at in range(4)])
        if "Allocated Worker" in each.headings:
            each.put_all("Allocated Worker", [NAME] * 4)
        each.put_all("Date of Birth", [BORN] * 4)
    extract = read(save(tmp_path / "x.xlsx", lists))
    for table in extract.tables.values():
        check(table.to_csv())
        assert len(table) == 4
