"""A user's file as rows of text, or what keeps it from being comma-separated text."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from scrutinybook.errors import Fault, FaultsFound, nearest

SAVE_AS = "in the spreadsheet program: Save as, CSV UTF-8 (comma delimited)"
"""What mends most files that are no comma-separated text."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin, new and old."""


def read_rows(path: Path) -> list[list[str]]:
    """Read a comma-separated file; a byte-order mark and blank rows at the end are accepted.

    The first row holds the headings. Raises `FaultsFound` for a file that is missing, a folder,
    empty, no UTF-8 text, or separated by something else than commas.
    """
    text = _text(path, _bytes(path))
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        mend = "look for a quotation mark that is not closed"
        raise _fault(path, f"not a table: {error}", "comma-separated text", mend) from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise _fault(path, "the file is empty", "a row of headings and a row for each point")
    _refuse_other_separators(path, rows)
    return rows


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        raise _fault(
            path, "there is no such file", "a CSV file", nearest(path.name, beside)
        ) from None
    except OSError as error:
        if path.is_dir():
            raise _fault(path, "a folder", "a CSV file", "name a file in it") from None
        raise _fault(path, f"cannot be read: {error.strerror or error}", "a CSV file") from None
    except ValueError:  # a name that no system can have
        raise _fault(path, "not a file's name", "a CSV file") from None


def _text(path: Path, raw: bytes) -> str:
    if raw.startswith(_WORKBOOKS):
        raise _fault(path, "a spreadsheet workbook, not text", "comma-separated text", SAVE_AS)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _fault(path, "UTF-16 text", "UTF-8 text", SAVE_AS)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sign = raw[error.start : error.start + 1].decode("cp1252", errors="replace")
        found = f"not UTF-8 text; as Windows text (cp1252) the sign there is {sign!r}"
        raise _fault(path, found, "UTF-8 text", SAVE_AS, f"line {line}") from None
    if "\0" in text:
        raise _fault(path, "not text: it holds signs of number 0", "UTF-8 text", SAVE_AS)
    return text


def _refuse_other_separators(path: Path, rows: list[list[str]]) -> None:
    heading = ",".join(rows[0])
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        if len(rows[0]) == 1 and sign in heading:
            mend = f"separate cells by commas and write decimals with a point: {SAVE_AS}"
            raise _fault(path, f"separated by {name}", "separated by commas", mend, "row 1")


def _fault(
    path: Path, found: str, allowed: str = "", mend: str = "", place: str = ""
) -> FaultsFound:
    return FaultsFound([Fault(f"{path}: {place}" if place else str(path), found, allowed, mend)])
