"""Which format a file has is found in it, whatever it is called."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from drawn_extracts import (
    KEY,
    REFERRAL,
    RETURN,
    WORKER,
    child,
    children_census,
    workforce_census,
    write_return,
)

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts.extract import Format
from scrutinybook.sources.extracts.recognise import KNOWN, read_extract, recognise

AS_OF = date(2024, 3, 31)
LOCAL = "measure,period,numerator\nhub_referrals,2023-04,255\n"


def workbook(**sheets: list[list[str]]) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    for name, rows in sheets.items():
        page = book.add_worksheet(name.replace("_", " "))
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    return packed.getvalue()


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content.lstrip("\n"))
    return packed.getvalue()


RETURN_ZIPPED = zipped(**{name.replace(".", "__"): content for name, content in RETURN.items()})
CONTENTS = [
    (children_census(child(REFERRAL)).encode(), Format.CIN_CENSUS),
    (b"\xef\xbb\xbf" + workforce_census(WORKER).encode(), Format.WORKFORCE_CENSUS),
    (b"\n  " + workforce_census(WORKER).encode(), Format.WORKFORCE_CENSUS),
    (children_census(child(REFERRAL)).encode("utf-16"), Format.CIN_CENSUS),
    (LOCAL.encode(), Format.LOCAL_FIGURES),
    (
        workbook(Figures=[["measure", "period", "value"], ["hub_referrals", "2023-04", "7"]]),
        Format.LOCAL_FIGURES,
    ),
    (workbook(List_3=[["Child Unique ID", "Date of referral"], ["C1", "01/05/2023"]]),
     Format.ANNEX_A),
    (RETURN_ZIPPED, Format.SSDA903),
    (RETURN["three.csv"].lstrip().encode(), Format.SSDA903),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CONTENTS)
@pytest.mark.parametrize("name", ["download (2)", "extract.txt", "Annex A.xlsx", "903.xml"])
def test_the_name_says_nothing(tmp_path: Path, name: str, content: bytes, expected: Format) -> None:
    (tmp_path / name).write_bytes(content)
    assert recognise(tmp_path / name) is expected


def test_a_folder_of_csv_files_is_a_return(tmp_path: Path) -> None:
    path = write_return(tmp_path / "sent")
    assert read_extract(path, as_of=AS_OF, pseudonyms=KEY).format is Format.SSDA903


UNKNOWN = [
    (b"", "an empty file"),
    (b"  \n \n", "an empty file"),
    (b"NAME,STREET\nx,y\n", "text without the headings of a known file"),
    (b"\x00\x01\x02\xff" * 100, "text without the headings of a known file"),
    (b"<html><body/></html>", "XML of another kind"),
    (b"<Message><Header></Message>", "XML of another kind"),
    (b"<<<", "damaged XML"),
    (b"<!DOCTYPE x [<!ENTITY a 'b'>]><Message><Children/></Message>", "a document type"),
    (b"PK\x03\x04 and nothing else", "a damaged or locked workbook"),
    (zipped(readme__txt="x"), "a damaged or locked workbook, or a zip file without CSV"),
    (workbook(Sheet1=[["name"]], Sheet2=[]), "a workbook of 2 sheets, none of them"),
]


@pytest.mark.parametrize(("content", "found"), UNKNOWN, ids=[each[1] for each in UNKNOWN])
def test_what_is_none_of_them_is_refused_with_what_is_known(
    tmp_path: Path, content: bytes, found: str
) -> None:
    (tmp_path / "it").write_bytes(content)
    with pytest.raises(FaultsFound) as caught:
        recognise(tmp_path / "it")
    (fault,) = caught.value.faults
    assert found in fault.found and fault.allowed == KNOWN and fault.mend


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, "a folder without CSV files"),
        ({"a.csv": "NAME\nx\n"}, "a folder with 1 CSV file of another kind"),
    ],
)
def test_folders_of_other_things_are_refused(
    tmp_path: Path, files: dict[str, str], found: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FaultsFound, match=found):
        recognise(tmp_path)


def test_a_month_s_folder_of_several_extracts_is_refused_with_what_to_name(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(LOCAL, encoding="utf-8")
    (tmp_path / "Annex A.xlsx").touch()
    with pytest.raises(FaultsFound, match="name what is in it one by one"):
        recognise(tmp_path)


def test_what_is_not_there_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "census-2024.xml").touch()
    with pytest.raises(FaultsFound, match=r"did you mean 'census-2024\.xml'"):
        recognise(tmp_path / "census-2042.xml")


@pytest.mark.parametrize(
    "content", [LOCAL.encode(), RETURN_ZIPPED, workbook(List_1=[["Child Unique ID"]])]
)
def test_formats_that_do_not_say_their_day_need_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "it").write_bytes(content)
    with pytest.raises(FaultsFound, match="add --as-of") as caught:
        read_extract(tmp_path / "it", as_of=None, pseudonyms=KEY)
    assert "does not say which day it shows" in caught.value.faults[0].found


@pytest.mark.parametrize(
    ("content", "day"),
    [
        (children_census(child(REFERRAL)), date(2024, 3, 31)),
        (workforce_census(WORKER), date(2023, 9, 30)),
    ],
)
def test_censuses_say_their_day_and_another_is_refused(
    tmp_path: Path, content: str, day: date
) -> None:
    (tmp_path / "it").write_text(content, encoding="utf-8")
    for given in (None, day):
        assert read_extract(tmp_path / "it", as_of=given, pseudonyms=KEY).as_of == day
    with pytest.raises(FaultsFound, match=f"its reference date is {day}, not 2024-01-01"):
        read_extract(tmp_path / "it", as_of=date(2024, 1, 1), pseudonyms=KEY)


def test_local_measures_are_checked_where_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "it").write_text(LOCAL, encoding="utf-8")
    assert read_extract(tmp_path / "it", as_of=AS_OF, pseudonyms=KEY).tables["local_figures"].size
    with pytest.raises(FaultsFound, match="did you mean 'hub_referral'"):
        read_extract(tmp_path / "it", as_of=AS_OF, pseudonyms=KEY, known_measures=["hub_referral"])
