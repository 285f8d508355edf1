"""The workbook for local figures: what is in it, and that the reader reads it back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import python_calamine as calamine
import xlsxwriter
from lxml import etree
from projects import Scrutiny

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.local_figures import read_local_figures
from scrutinybook.sources.extracts.local_sheet import HEADINGS
from scrutinybook.sources.extracts.local_template import LocalMeasure, template_bytes

MEASURES = (
    LocalMeasure("supervision_on_time", "Supervision held on time", "sessions held on time",
                 "sessions due", "percent"),
    LocalMeasure("hub_referrals", "Referrals into the hub", "referrals into the hub"),
)  # fmt: skip
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(raw: bytes, number: int = 1) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return etree.fromstring(packed.read(f"xl/worksheets/sheet{number}.xml"))


def test_the_same_measures_give_the_same_bytes() -> None:
    assert template_bytes(MEASURES) == template_bytes(MEASURES)


def test_headings_are_those_that_the_reader_knows_and_stay_in_sight() -> None:
    raw = template_bytes(MEASURES)
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    assert book.sheet_names == ["Figures", "Measures", "How to fill it in"]
    assert book.get_sheet_by_index(0).to_python() == [list(HEADINGS)]
    pane = sheet(raw).find(f".//{SPACE}pane")
    assert pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "1"


def test_drop_down_and_checks_while_typing() -> None:
    found = sheet(template_bytes(MEASURES)).iter(f"{SPACE}dataValidation")
    checks = {each.get("sqref"): each for each in found}
    assert [each.get("type") for each in checks.values()] == ["list", "custom", "decimal"]
    assert checks["A2:A1001"].findtext(f"{SPACE}formula1") == "Measures!$A$2:$A$3"
    period = checks["B2:B1001"].findtext(f"{SPACE}formula1") or ""
    assert 0 < len(period) <= 255, "Excel drops a longer formula"
    assert period.count("(") == period.count(")") and "{" not in period


def test_it_prints_on_one_page_s_width_and_holds_no_macros() -> None:
    raw = template_bytes(MEASURES)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert not [name for name in packed.namelist() if "vba" in name.lower()]
    for number in (1, 2, 3):
        page = sheet(raw, number).find(f"{SPACE}pageSetup")
        assert page is not None and page.get("orientation") == "landscape"
        assert page.get("paperSize") == "9" and page.get("fitToHeight") == "0"


def test_measures_are_explained_on_a_sheet_of_their_own() -> None:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(template_bytes(MEASURES)))
    assert book.get_sheet_by_name("Measures").to_python()[1] == [
        "supervision_on_time", "Supervision held on time", "sessions held on time", "sessions due",
        "percent",
    ]  # fmt: skip


def test_an_empty_template_is_refused_for_having_no_figure(tmp_path: Path) -> None:
    path = tmp_path / "local.xlsx"
    path.write_bytes(template_bytes(MEASURES))
    with pytest.raises(FaultsFound, match="no row is filled in"):
        read_local_figures(path, as_of=date(2024, 3, 31))


def test_a_filled_in_template_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "local.xlsx"
    path.write_bytes(
        filled_in(
            template_bytes(MEASURES),
            ("supervision_on_time", "2023-04", "", "70", "100"),
            ("hub_referrals", "2022/23", "North", "255"),
        )
    )
    extract = read_local_figures(
        path, as_of=date(2024, 3, 31), known_measures=[each.id for each in MEASURES]
    )
    table = extract.tables["local_figures"]
    assert not extract.notices
    assert table["measure"].tolist() == ["supervision_on_time", "hub_referrals"]
    assert table["numerator"].tolist() == [70, 255]


def filled_in(raw: bytes, *rows: tuple[str, ...]) -> bytes:
    """The workbook with rows typed below its headings: numbers from the fourth column on."""
    made = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{"ABCDEFG"[column]}{at}"><v>{cell}</v></c>'
            if column >= 3
            else f'<c r="{"ABCDEFG"[column]}{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for column, cell in enumerate(row)
        )
        + "</row>"
        for at, row in enumerate(rows, start=2)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", made.encode() + b"</sheetData>")
                content = re.sub(rb'<dimension ref="[^"]*"/>', b"", content)
            new.writestr(name, content)
    return packed.getvalue()


def test_examples_stand_apart_and_are_good_ones(tmp_path: Path) -> None:
    """Every example of the instructions is a row that the reader takes."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(template_bytes(MEASURES)))
    rows = book.get_sheet_by_name("How to fill it in").to_python()
    first = next(at for at, row in enumerate(rows) if row[0] == "measure")
    examples = [[f"m{at}", *map(str, row[1:])] for at, row in enumerate(rows[first + 1 :])]
    assert len(examples) >= 4
    packed = io.BytesIO()
    other = xlsxwriter.Workbook(packed)
    page = other.add_worksheet()
    for at, row in enumerate([list(HEADINGS), *examples]):
        for column, cell in enumerate(row):
            page.write_string(at, column, cell)
    other.close()
    path = tmp_path / "examples.xlsx"
    path.write_bytes(packed.getvalue())
    extract = read_local_figures(path, as_of=date(2024, 3, 31))
    assert len(extract.tables["local_figures"]) == len(examples) and not extract.notices


def test_the_command_writes_the_catalogue_s_local_measures(
    scrutiny: Scrutiny, project: Path
) -> None:
    code, out, _ = scrutiny("template", "local.xlsx")
    assert code == 0 and "Wrote local.xlsx" in out
    book = calamine.CalamineWorkbook.from_path(project / "local.xlsx")
    listed = [row[0] for row in book.get_sheet_by_name("Measures").to_python()[1:]]
    assert "supervision_on_time" in listed and "referrals_received" not in listed


def test_the_command_replaces_nothing_unasked(scrutiny: Scrutiny, project: Path) -> None:
    (project / "local.xlsx").write_bytes(b"filled in by hand")
    code, _, complaint = scrutiny("template", "local.xlsx")
    assert code == 3 and "--overwrite" in complaint
    assert (project / "local.xlsx").read_bytes() == b"filled in by hand"
    assert scrutiny("template", "local.xlsx", "--overwrite")[0] == 0


@pytest.mark.parametrize("name", ["local.csv", "nowhere/local.xlsx", "params"])
def test_the_command_refuses_what_is_no_place_for_a_workbook(scrutiny: Scrutiny, name: str) -> None:
    assert scrutiny("template", name)[0] == 3
