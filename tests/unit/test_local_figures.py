"""The table of local figures: what is read from CSV and workbook, and what is wrong with a row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from drawn_extracts import seen

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.events import EVENT_TABLES
from scrutinybook.sources.extracts.extract import Extract
from scrutinybook.sources.extracts.local_figures import read_local_figures
from scrutinybook.sources.extracts.noticed import Weight

AS_OF = date(2024, 3, 31)
KNOWN = ("supervision_on_time", "hub_referrals", "direct_reports")
HEAD = "measure,period,part,numerator,denominator,value,note\n"
WHOLE = (
    HEAD
    + "supervision_on_time,2023-04,,70,100,,\n"
    + "supervision_on_time,2023-04,permanence,18,20,,new form\n"
    + "hub_referrals,2023-04,,255,,,\n"
    + "direct_reports,2024-03-31,,,,7.5,\n"
)


def read(folder: Path, content: str | bytes, name: str = "local.csv", **options: object) -> Extract:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    kept = {"as_of": AS_OF, "known_measures": KNOWN} | options
    return read_local_figures(path, **kept)  # type: ignore[arg-type]


def workbook(rows: Sequence[Sequence[object]], sheet: str = "Figures") -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(at, column, cell, day)
            elif isinstance(cell, str) and not cell.startswith("="):
                page.write_string(at, column, cell)
            else:
                page.write(at, column, cell)
    book.close()
    return packed.getvalue()


def refusal(folder: Path, content: str | bytes, name: str = "local.csv", **options: object) -> str:
    with pytest.raises(FaultsFound) as caught:
        read(folder, content, name, **options)
    return str(caught.value)


def test_rows_become_figures_as_they_stand(tmp_path: Path) -> None:
    extract = read(tmp_path, WHOLE)
    table = extract.tables["local_figures"]
    EVENT_TABLES["local_figures"].schema.validate(table)
    assert not extract.notices and extract.rows_read == {"local_figures": 4}
    assert extract.covers_from == {"local_figures": date(2023, 4, 1)}
    assert table["numerator"].tolist()[:3] == [70, 18, 255]
    assert table["part"].tolist()[1] == "permanence" and pd.isna(table["part"][0])
    assert table["value"][3] == 7.5 and table["note"][1] == "new form"


@pytest.mark.parametrize(
    ("period", "first"),
    [
        ("2023-04", date(2023, 4, 1)),
        ("2022/23", date(2022, 4, 1)),
        ("2023-03-31", date(2023, 3, 31)),
        ("y/e 2022-09-30", date(2021, 10, 1)),
        ("y/e 2024-02-29", date(2023, 3, 1)),
    ],
)
def test_periods_as_official_figures_write_them(tmp_path: Path, period: str, first: date) -> None:
    extract = read(tmp_path, HEAD + f"hub_referrals,{period},,1,,,\n")
    assert extract.tables["local_figures"]["period"].tolist() == [period]
    assert extract.covers_from["local_figures"] == first


def test_columns_in_any_order_and_optional_ones_left_out(tmp_path: Path) -> None:
    extract = read(tmp_path, "\ufeffPeriod,NUMERATOR,Measure\r\n2023-04,255,hub_referrals\r\n")
    assert extract.tables["local_figures"].iloc[0][["measure", "numerator"]].tolist() == [
        "hub_referrals", 255,
    ]  # fmt: skip


def test_a_workbook_gives_the_same_as_its_text(tmp_path: Path) -> None:
    cells = [line.split(",") for line in WHOLE.splitlines()]
    rows = [[float(c) if c.replace(".", "").isdigit() else c for c in row] for row in cells]
    packed = read(tmp_path, workbook(rows), "local.xlsx")
    written = read(tmp_path, WHOLE)
    pd.testing.assert_frame_equal(packed.tables["local_figures"], written.tables["local_figures"])


def test_a_month_that_excel_made_a_day_is_read_as_the_month(tmp_path: Path) -> None:
    head = HEAD.strip().split(",")
    rows = [head, ["hub_referrals", datetime(2023, 4, 1), "", 5],
            ["direct_reports", datetime(2023, 3, 31), "", 5]]  # fmt: skip
    extract = read(tmp_path, workbook(rows), "local.xlsx")
    assert extract.tables["local_figures"]["period"].tolist() == ["2023-04", "2023-03-31"]


def test_a_day_that_may_stand_for_a_year_is_refused(tmp_path: Path) -> None:
    """2011/12 typed into a cell that is no text becomes 1 December 2011."""
    rows = [HEAD.strip().split(","), ["hub_referrals", datetime(2011, 12, 1), "", 5]]
    said = refusal(tmp_path, workbook(rows), "local.xlsx")
    assert "local.xlsx, Figures, period, row 2: an entry that is no period" in said


REFUSED = [
    ("supervision_on_tyme,2023-04,,7,10,,", "measure, row 2: a measure that the catalogue does"),
    ("supervision_on_tyme,2023-04,,7,10,,", "did you mean 'supervision_on_time'?"),
    (",2023-04,,7,10,,", "measure, row 2: blank"),
    ("hub_referrals,,,7,,,", "period, row 2: blank"),
    ("hub_referrals,April 2023,,7,,,", "period, row 2: an entry that is no period"),
    ("hub_referrals,2023/25,,7,,,", "period, row 2: an entry that is no period"),
    ("hub_referrals,2023-13,,7,,,", "period, row 2: an entry that is no period"),
    ("hub_referrals,0203-04,,7,,,", "period, row 2: an entry that is no period"),
    ("hub_referrals,2023-04,,85%,,,", "numerator, row 2: an entry that is no number"),
    ('hub_referrals,2023-04,,"1,255",,,', "numerator, row 2: an entry that is no number"),
    ("hub_referrals,2023-04,,-3,,,", "numerator, row 2: a number below 0"),
    ("direct_reports,2023-04,,,,-1,", "value, row 2: a number below 0"),
    ("supervision_on_time,2023-04,,11,10,,", "numerator, row 2: a numerator above its denominator"),
    ("supervision_on_time,2023-04,,,10,,", "numerator, row 2: a denominator without its numerator"),
    ("supervision_on_time,2023-04,,7,10,70,", "value, row 2: a value and its parts in one row"),
    (
        "hub_referrals,2023-04,North,7,,,\nhub_referrals,2023-04,north,8,,,",
        "measure, row 3: another figure of a measure, period and part",
    ),
    ("hub_referrals,2023-04,,7", "row 2: more or fewer cells than headings"),
    *(
        (f"hub_referrals,2023-04,{part},7,,,", "part, row 2: an entry that is no name of a part")
        for part in (
            *("<b>North</b>", "=1+1", "-North", "North|South", "[North](x)", "N" * 61),
            *("Sam 12/05/2012", "Sam 2012-05-12", "Sam 1.5.12"),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "found"), REFUSED, ids=[each[1] for each in REFUSED])
def test_rows_that_are_refused(tmp_path: Path, rows: str, found: str) -> None:
    assert found in refusal(tmp_path, HEAD + rows + "\n")


def test_all_that_is_wrong_comes_at_once(tmp_path: Path) -> None:
    rows = "x_y,2023-04,,7,,,\nhub_referrals,soon,,7,,,\nhub_referrals,2023-04,,many,,,\n"
    said = refusal(tmp_path, HEAD + rows)
    assert "3 faults" in said and all(f"row {row}" in said for row in (2, 3, 4))


@pytest.mark.parametrize(
    "part",
    ["Initial Response: good", "Permanence (West)", "A&E", "0 to 5 years",
     "Newly qualified, 1st year", "31", "St. Budeaux’s / Ham", "Équipe", "5–10", "N" * 60],
)  # fmt: skip
def test_names_of_services_teams_and_groups_are_parts(tmp_path: Path, part: str) -> None:
    extract = read(tmp_path, HEAD + f'hub_referrals,2023-04,"{part}",7,,,\n')
    assert extract.tables["local_figures"]["part"].tolist() == [part]


EXCLUDED = [
    ("hub_referrals,2024-04,,7,,,", "period", "a period that is not over on 2024-03-31", (3,)),
    ("hub_referrals,2024/25,,7,,,", "period", "a period that is not over on 2024-03-31", (3,)),
    ("hub_referrals,2023-05,,,,,", "numerator", "no figure in the row yet", (3,)),
    ("hub_referrals,2023-04,,255,,,", "local.csv", "a figure that stands in an earlier row too",
     (3,)),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "found", "rows"), EXCLUDED)
def test_rows_that_are_set_aside(
    tmp_path: Path, row: str, column: str, found: str, rows: tuple[int, ...]
) -> None:
    extract = read(tmp_path, HEAD + "hub_referrals,2023-04,,255,,,\n" + row + "\n")
    assert seen(extract.notices, Weight.EXCLUDE) == [(column, found, rows)]
    assert len(extract.tables["local_figures"]) == 1 and extract.excluded("local_figures") == 1


def test_rates_may_have_a_numerator_above_their_denominator(tmp_path: Path) -> None:
    row = HEAD + "direct_reports,2023-04,,90,12,,\n"
    assert "above its denominator" in refusal(tmp_path, row)
    assert not read(tmp_path, row, rates=("direct_reports",)).notices


def test_without_a_list_of_measures_any_id_is_taken_but_no_other_text(tmp_path: Path) -> None:
    extract = read(tmp_path, HEAD + "anything_else,2023-04,,9,5,,\n", known_measures=None)
    assert seen(extract.notices, Weight.WARN)[0][1] == "a numerator above its denominator"
    said = refusal(tmp_path, HEAD + "Jo Smith,2023-04,,9,,,\n", known_measures=None)
    assert "an entry that is no id" in said and "Jo" not in said


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [HEAD.strip().split(","), [], ["", "", "", "", "", "", "to come"],
            ["hub_referrals", "2024-04", "", 5], ["hub_referrals", "2023-04", "", 5]]  # fmt: skip
    extract = read(tmp_path, workbook(rows), "local.xlsx")
    assert extract.notices[0].rows == (4,) and extract.rows_read == {"local_figures": 2}


FILES = [
    ("local.csv", b"", "an empty file"),
    ("local.csv", HEAD.encode(), "no row is filled in"),
    ("local.csv", HEAD.replace(",", ";").encode(), "separated by semicolons"),
    ("local.csv", HEAD.replace("period", "perriod").encode() + b"a,b,,1,,,\n",
     "column 2: did you mean 'period'?"),
    ("local.csv", b"measure,period,measure,value\na,2023-04,b,1\n", "column measure stands twice"),
    ("local.csv", b"measure,period\na,2023-04\n", "no column numerator or value"),
    ("local.xlsx", b"PK\x03\x04 nothing", "a damaged workbook"),
    ("local.xlsx", b"\xd0\xcf\x11\xe0 old", "Excel's old format"),
    ("local.xlsx", workbook([["name", "street"]]), "no sheet with the headings of local figures"),
    ("local.xlsx", workbook([]), "no sheet with the headings of local figures"),
    ("local.xlsx", workbook([HEAD.strip().split(","), ["hub_referrals", "2023-04", "", "=1/0"]]),
     "formulas that were never calculated"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "found"), FILES, ids=[each[2] for each in FILES])
def test_files_that_are_refused(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    if found.startswith("formulas"):  # a formula of which the file says no result
        content = _without_results(content)
    assert found in refusal(tmp_path, content, name)


def _without_results(raw: bytes) -> bytes:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</f><v>0</v>", b"</f>"))
    return packed.getvalue()


def test_columns_of_one_s_own_are_named_by_number_and_left_alone(tmp_path: Path) -> None:
    content = (
        WHOLE.replace(",note\n", ",note,Zebedee\n")
        .replace("\n", ",x\n")
        .replace("Zebedee,x", "Zebedee")
    )
    extract = read(tmp_path, content)
    assert "column 8" in extract.notices[0].found and "Zebedee" not in repr(extract.notices)
    assert len(extract.tables["local_figures"]) == 4
