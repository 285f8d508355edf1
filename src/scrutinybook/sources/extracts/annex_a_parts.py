"""The parts of a workbook's zip file that a table of values does not show, read with bounds.

The reader of values gives blank for an Excel error and for a formula that was never calculated, and
sets aside memory for every cell between the first and the last one. So sheets are looked through
beforehand, as bytes: how far they reach, where errors stand, where formulas have no value.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

LARGEST_UNPACKED = 600_000_000
"""Bytes that the zip file may hold when unpacked: a large council's workbook holds a tenth."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError),
    *(RuntimeError, NotImplementedError, etree.XMLSyntaxError),
)
_TAG = rb"<(?:\w+:)?"
_FILLED = re.compile(rb"\sr=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'](?:[^>]*[^/>])?>")
_ERROR = re.compile(_TAG + rb"c\s(?=[^>]*\bt=[\"']e[\"'])[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})")
_FORMULA = re.compile(
    _TAG
    + rb"c\s([^>]*)>\s*"
    + (_TAG + rb"f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f\s*>)\s*+")
    + (rb"(?!" + _TAG + rb"(?:is\b|v[^>/]*>[^<]))")
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

Place = tuple[int, int]
"""Row and column of a cell, each from 0."""


@dataclass(frozen=True, eq=False, repr=False)
class SheetParts:
    """One sheet beside its values."""

    rows: int = 0
    """Rows up to the last cell with anything in it."""
    columns: int = 0
    errors: tuple[Place, ...] = ()
    """Cells that show an error such as #N/A."""
    without_value: tuple[Place, ...] = ()
    """Cells with a formula that no program has calculated and saved."""


@dataclass(frozen=True, eq=False, repr=False)
class Parts:
    """A workbook's parts."""

    sheets: Mapping[str, SheetParts]
    """By the sheet's name."""
    counts_from_1904: bool
    """Days are counted from 1 January 1904 and not from 1900 (old Macintosh workbooks)."""


class Damaged(Exception):
    """A zip file that cannot be unpacked, or not as the workbook it should be."""


class TooLarge(Exception):
    """A zip file that unpacks to more than any extract holds."""


def names_in(raw: bytes) -> frozenset[str]:
    """Names of a zip file's members, all of it checked against its sums.

    Raises `TooLarge`, before anything is unpacked, and `Damaged`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = packed.infolist()
            if sum(each.file_size for each in members) > LARGEST_UNPACKED:
                raise TooLarge
            # Sizes are what the file says of itself; unpacking every member checks them.
            if packed.testzip() is not None:
                raise Damaged
    except _DAMAGED:
        raise Damaged from None
    return frozenset(each.filename for each in members)


def read_parts(raw: bytes, wanted: frozenset[str]) -> Parts:
    """Look through the sheets whose names are wanted, in a file that `names_in` has checked.

    Raises `Damaged`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            book = _tree(packed.read("xl/workbook.xml"))
            settings = book.find("{*}workbookPr")
            from_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
            targets = _targets(packed)
            sheets = {
                name: _sheet(packed.read(targets[relation]))
                for name, relation in _sheet_relations(book)
                if name in wanted and targets.get(relation) in packed.NameToInfo
            }
    except _DAMAGED:
        raise Damaged from None
    return Parts(sheets, from_1904)


def _tree(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(xml, parser)


def _sheet_relations(book: etree._Element) -> list[tuple[str, str]]:
    found = book.iterfind("{*}sheets/{*}sheet")
    return [
        (each.get("name", ""), each.get(_RELATION) or each.get(_STRICT_RELATION) or "")
        for each in found
    ]


def _targets(packed: zipfile.ZipFile) -> dict[str, str]:
    relations = _tree(packed.read("xl/_rels/workbook.xml.rels"))
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", "")))[1:]
        for each in relations.iterfind("{*}Relationship")
    }


def _sheet(xml: bytes) -> SheetParts:
    filled = _FILLED.findall(xml)
    return SheetParts(
        rows=max((int(row) for _, row in filled), default=0),
        columns=max(map(_column, {letters for letters, _ in filled}), default=-1) + 1,
        errors=tuple(_place(*found) for found in _ERROR.findall(xml)),
        without_value=_without_value(xml) if b"<f" in xml or b":f" in xml else (),
    )


def _without_value(xml: bytes) -> tuple[Place, ...]:
    places = []
    for found in _FORMULA.finditer(xml):
        reference = _REFERENCE.search(found[1])
        # A formula whose result is an empty text has been calculated.
        if reference and not _TEXT_RESULT.search(found[1]):
            places.append(_place(reference[1], reference[2]))
    return tuple(places)


def _place(letters: bytes, row: bytes) -> Place:
    return int(row) - 1, _column(letters)


def _column(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number - 1


def column_letters(column: int) -> str:
    """A column as Excel names it: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters
