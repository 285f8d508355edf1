"""Files that are no workbook, or no usable one: refused in plain words, never with a traceback."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from annex_a_workbooks import AS_OF, Drawn, drawn, good_lists, read, save, who

from scrutinybook.errors import FaultsFound
from scrutinybook.sources.extracts import annex_a_parts, annex_a_workbook
from scrutinybook.sources.extracts.annex_a_parts import column_letters, read_parts
from scrutinybook.sources.extracts.annex_a_workbook import sheets_of

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
"""How documents of the old formats begin."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return save(tmp_path_factory.mktemp("good") / "good.xlsx", good_lists()).read_bytes()


def refusal(tmp_path: Path, raw: bytes, name: str = "x.xlsx") -> str:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(FaultsFound) as refused:
        read(path)
    assert len(refused.value.faults) == 1
    fault = refused.value.faults[0]
    assert fault.allowed and fault.mend
    assert refused.value.__cause__ is None
    return fault.found


def repacked(raw: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The zip file with its members changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def sheet_xml(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its first sheet changed."""

    def edit(members: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        assert change(members[name]) != members[name], "the change found nothing"
        members[name] = change(members[name])

    return repacked(raw, edit)


NO_WORKBOOK = {
    "nothing": (b"", "an empty file"),
    "text": (b"Child Unique ID,Date of Contact\n1,2\n", "text or another kind of file"),
    "html named xls": (b"<html><table><tr><td>1</td></tr></table></html>", "text or another kind"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "text or another kind of file"),
    "Excel's lock file": (b"\x05Some " + bytes(160), "text or another kind of file"),
    "a password": (OLD + "EncryptedPackage".encode("utf-16-le"), "a password"),
    "a Word file of old": (OLD + "WordDocument".encode("utf-16-le"), "another program"),
    "an old workbook cut short": (OLD + "Workbook\0".encode("utf-16-le"), "cut short"),
    "half a zip file": (b"PK\x03\x04" + bytes(50), "cut short"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_WORKBOOK)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str) -> None:
    raw, words = NO_WORKBOOK[name]
    assert words in refusal(tmp_path, raw)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_workbook_that_was_cut_short_is_refused(
    tmp_path: Path, good: bytes, share: float
) -> None:
    assert "cut short" in refusal(tmp_path, good[: int(len(good) * share)])


def test_a_changed_byte_within_a_sheet_is_refused(tmp_path: Path, good: bytes) -> None:
    """Every member is checked against the sum that the file keeps of it."""
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        member = packed.getinfo("xl/worksheets/sheet3.xml")
    at = member.header_offset + 30 + len(member.filename) + member.compress_size // 2
    raw = bytearray(good)
    raw[at] ^= 0xFF
    assert "cut short" in refusal(tmp_path, bytes(raw))


def test_other_documents_in_zip_files_are_refused(tmp_path: Path, good: bytes) -> None:
    def rename(old: str, new: str) -> Callable[[dict[str, bytes]], object]:
        return lambda members: members.__setitem__(new, members.pop(old))

    binary = repacked(good, rename("xl/workbook.xml", "xl/workbook.bin"))
    assert "another format" in refusal(tmp_path, binary, "x.xlsb")
    opened = repacked(good, rename("xl/workbook.xml", "content.xml"))
    assert "another format" in refusal(tmp_path, opened, "x.ods")
    word = repacked(good, rename("xl/workbook.xml", "word/document.xml"))
    assert "not a workbook" in refusal(tmp_path, word, "x.docx")


def test_a_macro_workbook_is_read_like_any(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "x.xlsm"
    path.write_bytes(repacked(good, lambda members: members.update({"xl/vbaProject.bin": b"x"})))
    assert len(read(path).tables) == 9


def test_a_missing_file_a_folder_and_a_forbidden_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="no such file"):
        read(tmp_path / "nowhere.xlsx")
    with pytest.raises(FaultsFound, match="a folder, not a workbook"):
        read(tmp_path)


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_a_parts, "LARGEST_UNPACKED", 1_000_000)
    bomb = repacked(good, lambda members: members.update({"xl/media/image1.png": bytes(2_000_000)}))
    assert len(bomb) < 100_000
    monkeypatch.setattr(annex_a_parts, "read_parts", lambda *_: pytest.fail("it was unpacked"))
    assert "unpacks to far more" in refusal(tmp_path, bomb)


def test_a_file_that_lies_about_what_it_unpacks_to_is_refused(tmp_path: Path, good: bytes) -> None:
    """The size that stands in the file is too small: unpacking stops there; the sum is wrong."""
    bomb = repacked(good, lambda members: members.update({"xl/media/image1.png": bytes(500_000)}))
    size = struct.pack("<I", 500_000)
    assert bomb.count(size) >= 2
    assert "cut short" in refusal(tmp_path, bomb.replace(size, struct.pack("<I", 10)))


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex_a_workbook, "LARGEST_FILE", len(good) - 1)
    assert "far larger" in refusal(tmp_path, good)


def test_a_cell_at_the_far_corner_takes_no_memory(tmp_path: Path, good: bytes) -> None:
    """XFD1048576: seventeen thousand million cells, were they all made."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    raw = sheet_xml(good, lambda xml: xml.replace(b"</sheetData>", far))
    assert "column XFD, row 1048576" in refusal(tmp_path, raw)


def test_formats_down_to_the_last_row_are_no_data(tmp_path: Path, good: bytes) -> None:
    """Excel keeps formatted cells without a value; they are no entries."""
    formats = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    path = tmp_path / "x.xlsx"
    path.write_bytes(sheet_xml(good, lambda xml: xml.replace(b"</sheetData>", formats)))
    assert read(path).rows_read["contacts"] == 4


FORMULAS = {
    b"<f>1+1</f>": True,
    b"<f>1+1</f><v></v>": True,
    b"<f>1+1</f><v/>": True,
    b'<f t="shared" ref="F2:F3" si="0">1+1</f>\n': True,
    b'<f t="shared" si="0"/>': True,
    b"<f>1+1</f>\n <v>44900</v>": False,
    b'<f t="shared" si="0"/><v>44900</v>': False,
}


@pytest.mark.parametrize("inner", FORMULAS)
def test_a_formula_has_a_stored_value_or_not(tmp_path: Path, good: bytes, inner: bytes) -> None:
    raw = sheet_xml(
        good, lambda xml: re.sub(rb'<c r="F3"([^>]*)><v>\d+</v>', rb'<c r="F3"\1>' + inner, xml)
    )
    found = read_parts(raw, frozenset({"List 1"})).sheets["List 1"].without_value
    assert found == (((2, 5),) if FORMULAS[inner] else ())
    if FORMULAS[inner]:
        assert refusal(tmp_path, raw) == "a formula without a stored value"


def test_a_formula_that_gives_an_empty_text_is_calculated(tmp_path: Path, good: bytes) -> None:
    empty = rb'<c r="G5" t="str"><f>IF(A5="","",1)</f><v></v></c></row>'

    def change(xml: bytes) -> bytes:
        return re.sub(rb'<c r="G5".*?</c></row>', empty, xml)

    path = tmp_path / "x.xlsx"
    path.write_bytes(sheet_xml(good, change))
    extract = read(path)
    assert extract.notices == ()
    assert list(extract.tables["contacts"]["source"].isna()) == [False, False, False, True]


def test_errors_are_found_whatever_the_order_of_attributes() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="m" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships"><workbookPr date1904="1"/>'
            '<sheets><sheet name="List 1" r:id="a"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="r"><Relationship Id="a" Target="/xl/one.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/one.xml",
            '<x:sheetData><x:c r="B3" s="1" t="e"><x:v>#N/A</x:v></x:c><x:c t="e" r="AA4">'
            '<x:v>#REF!</x:v></x:c><x:c r="C9" t="s"><x:v>0</x:v></x:c></x:sheetData>',
        )
    parts = read_parts(made.getvalue(), frozenset({"List 1"}))
    assert parts.counts_from_1904
    sheet = parts.sheets["List 1"]
    assert sheet.errors == ((2, 1), (3, 26))
    assert (sheet.rows, sheet.columns) == (9, 27)


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_named_as_excel_names_them(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_no_list_at_all_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "x.xlsx", {}, others={"Guidance": [["List 1: Contacts"]]})
    with pytest.raises(FaultsFound, match="no sheet of a list"):
        read(path)


def test_lists_without_a_row_in_any_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="no list with rows"):
        read(save(tmp_path / "x.xlsx", {1: drawn(1, []), 2: drawn(2, [])}))


def test_the_sheets_of_a_workbook_tell_formats_apart(good: bytes) -> None:
    assert sheets_of(good)[:2] == ("List 1", "List 2")
    assert sheets_of(b"text") == ()


def test_a_list_with_none_below_its_headings_is_a_list_of_none(tmp_path: Path) -> None:
    """Headings and no rows may be a list left out; the word says that there were none."""
    lists = good_lists()
    lists[5].rows = [["None", *[None] * (len(lists[5].headings) - 1)]]
    extract = read(save(tmp_path / "x.xlsx", lists))
    assert len(extract.tables["section_47"]) == 0
    assert extract.covers_from["section_47"] < AS_OF
    assert extract.notices == ()
    lists[5].rows = []
    extract = read(save(tmp_path / "y.xlsx", lists))
    assert "section_47" not in extract.tables
    assert [each.weight.value for each in extract.notices] == ["warn"]


def test_the_same_bytes_have_the_same_hash(tmp_path: Path, good: bytes) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        (tmp_path / name).write_bytes(good)
    first, second = (read(tmp_path / name) for name in ("one.xlsx", "two.xlsx"))
    assert first.content_hash == second.content_hash
    assert len(first.content_hash) == 64


def test_an_old_mac_workbook_counts_its_days_from_1904(tmp_path: Path) -> None:
    lists: dict[int, Drawn] = {1: drawn(1, [who(1), who(2)])}
    lists[1].put_all("Date of Contact", [AS_OF, 43_554])
    extract = read(save(tmp_path / "x.xlsx", lists, date_1904=True))
    assert list(map(str, extract.tables["contacts"]["date"].dt.date)) == [
        "2023-03-31",
        "2023-03-31",
    ]
