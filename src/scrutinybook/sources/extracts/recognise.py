"""Which format a file or folder has, by its content, and its reader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.sources.extracts import annex_a_parts, local_sheet, workbook_sheets
from scrutinybook.sources.extracts.annex_a import read_annex_a
from scrutinybook.sources.extracts.annex_a_layouts import list_number
from scrutinybook.sources.extracts.annex_a_workbook import LARGEST_FILE, sheets_of
from scrutinybook.sources.extracts.cin_census import read_cin_census
from scrutinybook.sources.extracts.csv_files import read_csv_text
from scrutinybook.sources.extracts.extract import Extract, Format
from scrutinybook.sources.extracts.given_path import require_path
from scrutinybook.sources.extracts.local_figures import read_local_figures
from scrutinybook.sources.extracts.pseudonyms import Pseudonyms
from scrutinybook.sources.extracts.ssda903 import read_ssda903
from scrutinybook.sources.extracts.ssda903_files import contents_of
from scrutinybook.sources.extracts.ssda903_kinds import kind_of
from scrutinybook.sources.extracts.workforce_census import read_workforce_census
from scrutinybook.sources.extracts.xml_files import (
    CHILDREN_CENSUS,
    WORKFORCE_CENSUS,
    read_beginning,
)

KNOWN = (
    "an Annex A workbook (sheets List 1 to List 9), a folder or zip of an SSDA903 return's CSV"
    " files, a children in need or workforce census (XML), or a table of local figures (CSV, .xlsx)"
)
TITLES = {
    Format.ANNEX_A: "an Annex A workbook",
    Format.SSDA903: "an SSDA903 return",
    Format.CIN_CENSUS: "a children in need census",
    Format.WORKFORCE_CENSUS: "a workforce census",
    Format.LOCAL_FIGURES: "a table of local figures",
}
_AS_EXPORTED = "see that it is the file as exported; a CSV file needs its headings in the first row"
_SAYS_ITS_DAY = (Format.CIN_CENSUS, Format.WORKFORCE_CENSUS)
_HEAD = 65_536
"""Bytes at the beginning of a text file that hold its headings."""
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")


def read_extract(
    path: Path,
    *,
    as_of: date | None,
    pseudonyms: Pseudonyms,
    known_measures: Collection[str] | None = None,
    rates: Collection[str] = (),
) -> Extract:
    """Read a council's own extract, whatever its format.

    `as_of` is the day that the extract shows: needed where the format does not say it itself, and
    checked where it does. `known_measures` and `rates` go to `read_local_figures`. Raises
    `FaultsFound` with every refusal at once.
    """
    found = recognise(path)
    if found in _SAYS_ITS_DAY:
        read = read_cin_census if found is Format.CIN_CENSUS else read_workforce_census
        extract = read(path, pseudonyms=pseudonyms)
        if as_of is not None and as_of != extract.as_of:
            said = f"its reference date is {extract.as_of}, not {as_of}"
            mend = "leave --as-of out, or look whether it is the right file"
            raise FaultsFound([Fault(path.name, said, "the file's own day", mend)])
        return extract
    if as_of is None:
        said = f"{TITLES[found]} does not say which day it shows"
        mend = "add --as-of with the day on which it was taken, such as --as-of 2024-03-31"
        raise FaultsFound([Fault(path.name, said, "a day", mend)])
    if found is Format.ANNEX_A:
        return read_annex_a(path, as_of=as_of, pseudonyms=pseudonyms)
    if found is Format.SSDA903:
        return read_ssda903(path, as_of=as_of, pseudonyms=pseudonyms)
    return read_local_figures(path, as_of=as_of, known_measures=known_measures, rates=rates)


def recognise(path: Path) -> Format:
    """Say which format a file or folder has. Raises `FaultsFound` for one that is none of them."""
    require_path(path, KNOWN)
    if path.is_dir():
        return _folder(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise _unknown(path, "an empty file")
    if workbook_sheets.is_workbook(head):
        return _packed(path)
    if head.startswith(_XML_STARTS) or head.lstrip().startswith(b"<"):
        return _xml(path)
    return _text(path, head)


def _folder(path: Path) -> Format:
    contents = contents_of(path, [])
    if any(kind_of(read_csv_text(name, raw).headings) for name, raw in contents.items()):
        return Format.SSDA903
    many = len(contents)
    files = "1 CSV file" if many == 1 else f"{many} CSV files"
    found = f"a folder with {files} of another kind" if many else "a folder without CSV files"
    if any(_may_be_an_extract(each) for each in path.iterdir()):
        raise _unknown(
            path, found, "name what is in it one by one: each file, each return's folder"
        )
    raise _unknown(path, found)


def _may_be_an_extract(path: Path) -> bool:
    """Whether somebody may have meant this, who named the folder that it lies in."""
    return path.is_dir() or path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xml", ".zip")


def _packed(path: Path) -> Format:
    if path.stat().st_size > LARGEST_FILE:
        raise _unknown(path, "a file far larger than any extract")
    raw = path.read_bytes()
    sheets = sheets_of(raw)
    if any(list_number(each) is not None for each in sheets):
        return Format.ANNEX_A
    if sheets:
        tables, _ = workbook_sheets.read_sheets(path.name, raw)
        if any(each.rows and local_sheet.is_local_table(each.headings) for each in tables):
            return Format.LOCAL_FIGURES
        found = f"a workbook of {len(sheets)} sheets, none of them a list or table that is"
        raise _unknown(path, found)
    try:
        names = annex_a_parts.names_in(raw)
    except (annex_a_parts.Damaged, annex_a_parts.TooLarge):
        names = frozenset()
    if any(name.lower().endswith(".csv") for name in names):
        return Format.SSDA903
    raise _unknown(path, "a damaged or locked workbook, or a zip file without CSV files")


def _xml(path: Path) -> Format:
    beginning = read_beginning(path)
    found = {CHILDREN_CENSUS: Format.CIN_CENSUS, WORKFORCE_CENSUS: Format.WORKFORCE_CENSUS}
    if beginning.is_message and beginning.collection in found:
        return found[beginning.collection]
    if beginning.has_doctype:
        raise _unknown(path, "XML with a document type declaration, which no census has")
    raise _unknown(path, "XML of another kind" if beginning.is_xml else "damaged XML")


def _text(path: Path, head: bytes) -> Format:
    # The last line of the head may be cut within a letter.
    whole = head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1]
    headings = read_csv_text(path.name, whole).headings
    if kind_of(headings) is not None:
        return Format.SSDA903
    if local_sheet.is_local_table(headings):
        return Format.LOCAL_FIGURES
    raise _unknown(path, "text without the headings of a known file in its first row")


def _unknown(path: Path, found: str, mend: str = _AS_EXPORTED) -> FaultsFound:
    return FaultsFound([Fault(path.name or str(path), f"{found}; no format known", KNOWN, mend)])
