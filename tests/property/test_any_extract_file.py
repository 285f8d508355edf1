"""Files of every format, damaged as files are and as somebody might on purpose: read or refused.

What is between the words of a format is drawn in test_extract_readers.py; here the format itself
is broken: parts of workbooks, entities of XML, quotation marks and separators of text.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from annex_a_workbooks import good_lists, save
from any_extract import read_any
from drawn_damage import Snippets, spoilt_bytes, spoilt_texts, spoilt_zips
from drawn_extracts import (
    REFERRAL,
    RETURN,
    WORKER,
    child,
    children_census,
    workforce_census,
    write_return,
)
from how_many import inputs
from hypothesis import given
from hypothesis import strategies as st

from scrutinybook.sources.extracts.local_sheet import HEADINGS

BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
XML: Snippets = st.sampled_from(
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{BOMB}]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">',
        *("&e;", "&l11;", "&amp;", "&#0;", "&#x202e;", "<![CDATA[<x>]]>", "<!-- x -->", "<?x y?>"),
        *("</Message>", "<Child>", "</Child>", "<x>" * 400, '<x y="' + "z" * 9_000 + '"/>', "\0"),
        *('<?xml version="1.0" encoding="utf-7"?>', '<x xmlns="urn:x"/>', "]]>", "<", ">", "&"),
        *('<c r="XFD1048576"><v>1</v></c>', '<c r="A0"><v>1</v></c>', "<f>1+1</f>", 't="s"'),
        *('<c r="A2" t="s"><v>999999</v></c>', '<c r="A2" t="e"><v>#N/A</v></c>', "<v>1e400</v>"),
        *('<c r="A2" t="inlineStr"><is><t>=cmd</t></is></c>', '<mergeCell ref="A1:C9"/>', "-5"),
        *('<row r="99999999">', '<dimension ref="A1:XFD1048576"/>', 'Target="../../../../x"'),
        *('<c r="A2" s="9999"><v>45000</v></c>', "<v>-1</v>", "<v>NaN</v>", "<v>99999999999</v>"),
    ]
)
CSV: Snippets = st.sampled_from(
    [
        *('"', '""', '"x', ",", ",,,,,,", ";", "\t", "|", "\r", "\r\n", "\n", "\n\n", "\0", "\x1a"),
        *(
            "," * 3_000,
            "x" * 140_000,
            "=1+1",
            "@x",
            "\ufeff",
            "\u202e",
            "\x85",
            "\u2028",
            "é",
            "\x1b[2J",
        ),
        *("31/02/2023", "01/01/0001", "9999-12-31", "1e999", "nan", "inf", "-0", "٣", "1,5", "£1"),
    ]
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of a good workbook."""
    path = save(tmp_path_factory.mktemp("good") / "x.xlsx", {n: good_lists()[n] for n in (1, 3, 8)})
    return unpacked(path.read_bytes())


@pytest.fixture(scope="module")
def local_parts() -> dict[str, bytes]:
    """The parts of a good workbook of local figures."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        page = book.add_worksheet("Figures")
        page.write_row(0, 0, HEADINGS)
        for at in range(1, 4):
            page.write_row(at, 0, ["hub_referrals", f"2023-0{at}", None, 255 + at])
    return unpacked(packed.getvalue())


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_bytes(raw: bytes, name: str = "it") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inner" / name
        path.parent.mkdir()
        path.write_bytes(raw)
        read_any(path)
        # Nothing is unpacked, beside the file or where a part's name leads.
        assert [each.name for each in Path(folder).rglob("*")] == ["inner", name]


def test_a_workbook_with_damaged_parts(parts: dict[str, bytes]) -> None:
    @inputs(40)
    @given(spoilt_zips(parts, XML))
    def is_read_or_refused(raw: bytes) -> None:
        read_bytes(raw)

    is_read_or_refused()


def test_a_workbook_of_local_figures_with_damaged_parts(local_parts: dict[str, bytes]) -> None:
    @inputs(40)
    @given(spoilt_zips(local_parts, XML))
    def is_read_or_refused(raw: bytes) -> None:
        read_bytes(raw)

    is_read_or_refused()


@inputs(40)
@given(spoilt_zips({k: v.lstrip("\n").encode() for k, v in RETURN.items()}, CSV))
def test_a_zip_of_a_return_with_damaged_files(raw: bytes) -> None:
    read_bytes(raw)


@inputs(40)
@given(st.data())
def test_a_return_with_a_damaged_file(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(RETURN)))
    with tempfile.TemporaryDirectory() as folder:
        raw = data.draw(spoilt_texts(RETURN[name].lstrip("\n"), CSV))
        read_any(write_return(Path(folder), {name: raw}))


CENSUSES = (
    children_census(child(REFERRAL, REFERRAL), child(REFERRAL, number="C2")),
    workforce_census(WORKER, WORKER | {"SWENo": "SW2"}),
)


@inputs(40)
@given(st.sampled_from(CENSUSES).flatmap(lambda xml: spoilt_texts(xml, XML)))
def test_a_damaged_census(raw: bytes) -> None:
    read_bytes(raw)


@inputs(40)
@given(st.sampled_from(CENSUSES).flatmap(lambda xml: spoilt_bytes(xml.encode())))
def test_a_census_with_other_bytes(raw: bytes) -> None:
    read_bytes(raw)


FIGURES = (
    ",".join(HEADINGS) + "\n" + "hub_referrals,2023-04,,255,,,\nposts,2024-03-31,,,,7.5,x\n" * 2
)


@inputs(40)
@given(spoilt_texts(FIGURES, CSV))
def test_damaged_local_figures(raw: bytes) -> None:
    read_bytes(raw)


@pytest.mark.parametrize("wide", [100_000])
def test_a_very_wide_table_is_told_in_a_few_words(tmp_path: Path, wide: int) -> None:
    heading, *rows = RETURN["two.csv"].strip().splitlines()
    content = "\n".join([heading + "," * wide, *(row + "," * wide for row in rows), ""])
    extract = read_any(write_return(tmp_path / "return", {"two.csv": content}))
    assert extract is not None
    assert all(len(each.found) < 500 for each in extract.notices)


def test_a_zip_file_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "it.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("one.csv", "w", force_zip64=True) as part,
    ):
        for _ in range(650):
            part.write(b"0" * 1_000_000)
    assert read_any(tmp_path / "it.zip") is None


@pytest.mark.parametrize("name", ["\x1b[2Jit.csv", "\u202evsc.it", "a\nb.csv", "x" * 200])
def test_a_file_with_a_name_that_a_screen_acts_on(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert read_any(tmp_path / name) is None


def test_a_day_of_long_ago(tmp_path: Path) -> None:
    """A birthday in the first century is told, and no row is lost in silence."""
    content = RETURN["one.csv"].replace("27/03/2010", f"{date.min:%d/%m/%Y}")
    assert read_any(write_return(tmp_path / "return", {"one.csv": content})) is not None
