"""Files to take away: what stands in them, that nothing small does, that nothing in them runs."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import ROOT
from python_calamine import CalamineWorkbook

from scrutinybook.catalogue import read_catalogue
from scrutinybook.context import open_context
from scrutinybook.disclosure import Origin, gate
from scrutinybook.downloads.cells import MARKS, MEANINGS, NONE, harmless, number
from scrutinybook.downloads.csv_file import write_csv
from scrutinybook.downloads.edition import write_downloads
from scrutinybook.downloads.tables import COLUMNS, DownloadTable, Stretch, download_table
from scrutinybook.downloads.workbook import write_workbook
from scrutinybook.measures.series import Observation, Series
from scrutinybook.page_names import ABOUT_MEASURES
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace(ROOT))
SOURCES = {"annex-a": "drawn records (annex-a)"}
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def observed(
    month: int, top: float | None, bottom: float | None = None, symbol: Symbol | None = None
) -> Observation:
    end = date(2023, month, 28 if month == 2 else 31)
    period = FigurePeriod(PeriodKind.MONTH, end)
    return Observation(period, top, bottom, symbol, "annex-a")


def drawn(measure_id: str, *observations: Observation, **notes: str) -> DownloadTable:
    series = gate(
        Series(measure_id, "the demonstration authority", observations), Origin.DEMONSTRATION
    )
    measure = CATALOGUE.extract_measures[measure_id]
    return download_table(measure_id, measure, [Stretch(series)], sources=SOURCES, notes=notes)


def row_of(table: DownloadTable, place: int) -> Mapping[str, object]:
    return dict(zip(COLUMNS, table.rows[place], strict=True))


def test_a_share_with_a_withheld_month() -> None:
    """
    month     seen  of   shown
    January   162   283  162, 283, 57.2
    February  3     40   [c], [c], [c]     three children could be known
    March     -     -    [x]               not returned
    """
    table = drawn(
        "assessments_on_time",
        observed(1, 162, 283),
        observed(2, 3, 40),
        observed(3, None, None, Symbol.NOT_AVAILABLE),
    )
    cells = [tuple(row_of(table, k)[c] for c in ("Number", "Out of", "Figure")) for k in range(3)]
    assert cells == [(162, 283, 57.2), ("[c]",) * 3, ("[x]",) * 3]
    assert [row_of(table, k)["Mark"] for k in range(3)] == [
        NONE,
        "[c] withheld to protect people where numbers are small",
        "[x] not available",
    ]
    assert row_of(table, 0) | {
        "Area": "The demonstration authority",
        "Period": "January 2023",
        "Unit": "per cent",
        "Source": "drawn records (annex-a)",
    } == row_of(table, 0)
    assert "Higher is better." in table.about


def test_a_note_stands_beside_its_month_alone() -> None:
    table = drawn("contacts", observed(1, 900), observed(3, 950), **{"2023-03": "The hub moved."})
    assert [row_of(table, k)["Note"] for k in range(2)] == [NONE, "The hub moved."]


def test_of_an_average_no_finer_number_is_given_than_on_pages() -> None:
    table = drawn("caseload_by_service", observed(1, 2_163, 108))
    assert row_of(table, 0) | {"Number": "[z]", "Out of": "[z]", "Figure": 20} == row_of(table, 0)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_a_spreadsheet_would_run_is_made_harmless(tmp_path: Path, text: str) -> None:
    assert harmless(text).startswith("'")
    table = DownloadTable("contacts", text, (text,), (("x", *[text] * (len(COLUMNS) - 1)),))
    write_csv(table, text, tmp_path / "one.csv")
    with (tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as file:
        for cell in [cell for row in csv.reader(file) for cell in row]:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    write_workbook([table], text, [text], tmp_path / "one.xlsx")
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in book.read(name) for name in sheets)


@pytest.mark.parametrize(
    "text", ["[Click](https://example.org)", "see [x](y) [z](w)", "$$note$$", "!!!", "[c](=1+1)"]
)
def test_what_the_workbook_would_act_upon_stands_as_text(tmp_path: Path, text: str) -> None:
    table = DownloadTable("contacts", text, (text,), (("x", *[text] * (len(COLUMNS) - 1)),))
    write_workbook([table], text, [text], tmp_path / "one.xlsx")
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        every = b"".join(book.read(name) for name in book.namelist())
    assert b"example.org" not in re.sub(rb"<t[ >].*?</t>|<dc:title>.*?</dc:title>", b"", every)
    rows = CalamineWorkbook.from_path(str(tmp_path / "one.xlsx")).get_sheet_by_name("1").to_python()
    words = [word for word in re.findall(r"[\w!]+", text) if word != "note"]
    for cell in (rows[0][0], rows[1][0], rows[-1][-1]):
        assert all(word in str(cell) for word in words)


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("value", "places", "shown"), [(57.25, 1, 57.3), (3.0, None, 3), (0.449, 1, 0.4), (-2.0, 1, -2)]
)
def test_numbers(value: float, places: int | None, shown: float) -> None:
    assert number(value, places) == shown


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="no number"):
        number(float("nan"))


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("official") / "downloads"
    values = {"authority": "Plymouth", "month": "2023-03"}
    write_downloads(open_context(Workspace(ROOT), values), folder)
    return folder


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_measure_has_a_file_without_an_empty_cell(official: Path) -> None:
    files = [path for path in official.glob("*.csv") if path.name != ABOUT_MEASURES]
    assert {path.stem for path in files} == set(CATALOGUE.measures)
    about = lines_of(official / ABOUT_MEASURES)
    assert {row["File"] for row in about} == {path.name for path in files}
    assert all("better" in row["What it counts"] for row in about)
    for path in files:
        rows = lines_of(path)
        assert rows
        for row in rows:
            assert all(cell.strip() for cell in row.values()), row
            assert row["Edition"].startswith("Plymouth: ")
            mark, _, meaning = row["Mark"].partition(" ")
            assert mark == NONE or MEANINGS[mark] == meaning
            for column in ("Number", "Out of", "Figure"):
                assert re.fullmatch(r"-?\d+(\.\d+)?", row[column]) or row[column] in MARKS.values()


def test_a_file_says_what_the_official_table_says(official: Path) -> None:
    march = [r for r in lines_of(official / "referrals.csv") if r["Period"] == "March 2023"]
    assert [(r["Area"], r["Figure"], r["Covers"]) for r in march] == [
        ("Plymouth", "255", "the month")
    ]
    assert "Department for Education" in march[0]["Source"]


def test_the_workbook_can_be_used_with_a_screen_reader(official: Path) -> None:
    path = official / "plymouth-2023-03.xlsx"
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names[:3] == ["Cover", "Contents", "Marks"]
    with zipfile.ZipFile(path) as files:
        sheets = sorted(
            (n for n in files.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)),
            key=lambda name: int(re.findall(r"\d+", name)[0]),
        )
        trees: list[Any] = [lxml.etree.fromstring(files.read(name)) for name in sheets]
        assert b"<dc:title>" in files.read("docProps/core.xml")
    assert not any(tree.findall(f"{MAIN}mergeCells") for tree in trees)
    # One marked table on every sheet but the cover, and a title in the first cell of each.
    assert [len(tree.findall(f"{MAIN}tableParts/{MAIN}tablePart")) for tree in trees] == [
        0,
        *[1] * (len(trees) - 1),
    ]
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert rows[0][0]
        head = next((k for k, row in enumerate(rows) if all(row) and len(row) > 1), len(rows))
        assert all(cell != "" for row in rows[head:] for cell in row), name
        assert all(row[0] != "" for row in rows[:head]), f"{name}: an empty line"
    contents = book.get_sheet_by_name("Contents").to_python()
    assert [row[0] for row in contents[3:]] == book.sheet_names[2:]


def test_the_same_figures_give_the_same_bytes(official: Path, tmp_path: Path) -> None:
    values = {"authority": "Plymouth", "month": "2023-03"}
    write_downloads(open_context(Workspace(ROOT), values), tmp_path / "again")
    for path in official.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name
