"""A comma-separated file of an extract as columns of text, each row with its line in the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.sources.extracts.noticed import Notice, Weight

SAVE_AS = "save it as: CSV UTF-8 (comma delimited)"
EXPORT_AGAIN = "export the file again"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheet programs begin, new and old."""
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


@dataclass(frozen=True, eq=False, repr=False)
class CsvText:
    """A file as text. Notices say what is wrong with the whole of it or with rows."""

    name: str
    headings: tuple[str, ...]
    """As they stand there, without spaces around them."""
    cells: Sequence[Sequence[str]]
    """Rows below the headings that have one cell for each heading."""
    lines: npt.NDArray[np.int64]
    """The line on which each of these rows begins; the headings are on line 1."""
    wrong_length: tuple[int, ...]
    """Lines of rows with more or fewer cells than headings: cut short, or a comma within a cell."""
    notices: list[Notice] = field(default_factory=list)

    def column(self, heading: str) -> pd.Series:
        """One column as text; all missing where the file does not have it. Case does not matter."""
        wanted = normal(heading)
        for at, each in enumerate(self.headings):
            if normal(each) == wanted:
                return pd.Series([row[at] for row in self.cells], dtype="string")
        return pd.Series(pd.array([pd.NA] * len(self.cells), dtype="string"))

    @property
    def is_usable(self) -> bool:
        """Whether nothing is wrong with the file as a whole."""
        return not any(each.weight is Weight.REFUSE for each in self.notices)


def normal(heading: str) -> str:
    """A heading for comparing: capitals, no spaces around it."""
    return heading.strip().upper()


def read_csv_text(name: str, raw: bytes) -> CsvText:
    """Read a file's bytes. What is wrong is noticed, never raised, and never shown.

    A byte-order mark, either kind of line end and blank rows are accepted; text that is not UTF-8
    is read as Windows text (cp1252) with a warning.
    """
    notices: list[Notice] = []
    text = _text(name, raw, notices)
    rows: list[list[str]] = []
    lines: list[int] = []
    if text is not None:
        reader = csv.reader(io.StringIO(text, newline=""))
        line = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    rows.append(row)
                    lines.append(line)
                line = reader.line_num + 1
        except csv.Error:
            found = f"not a table from line {line} on"
            mend = "look for a quotation mark that is not closed, or export the file again"
            notices.append(Notice(Weight.REFUSE, name, found, "comma-separated text", mend))
        if not rows and not notices:
            notices.append(Notice(Weight.REFUSE, name, "an empty file", "headings and rows"))
    headings = tuple(cell.strip() for cell in rows[0]) if rows else ()
    _notice_separators(name, headings, notices)
    whole = [len(row) == len(headings) for row in rows[1:]]
    if whole and len(rows[-1]) < len(headings) and not (text or "").endswith(("\n", "\r")):
        notices.append(_cut_short(name, lines[-1]))
    numbers = np.array(lines[1:], np.int64)
    ok = np.array(whole, np.bool_)
    return CsvText(
        name=name,
        headings=headings,
        cells=[row for row, is_whole in zip(rows[1:], whole, strict=True) if is_whole],
        lines=numbers[ok],
        wrong_length=tuple(numbers[~ok].tolist()),
        notices=notices,
    )


def _text(name: str, raw: bytes, notices: list[Notice]) -> str | None:
    if raw.startswith(_WORKBOOKS):
        found = "a workbook or archive, not text"
        notices.append(Notice(Weight.REFUSE, name, found, "comma-separated text", SAVE_AS))
        return None
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw:
        found = "not text, or text in UTF-16"
        notices.append(Notice(Weight.REFUSE, name, found, "UTF-8 text", SAVE_AS))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"neither UTF-8 nor Windows text (line {line})"
        notices.append(Notice(Weight.REFUSE, name, found, "UTF-8 text", SAVE_AS))
        return None
    found = "not UTF-8; read as Windows text (cp1252)"
    notices.append(Notice(Weight.WARN, name, found, "UTF-8 text", SAVE_AS))
    return text


def _cut_short(name: str, line: int) -> Notice:
    """A last row without its last cells and its line end: nobody knows how many rows are gone."""
    found = "the file breaks off in the midst of a row: it was cut short"
    return Notice(Weight.REFUSE, name, found, "the whole file", EXPORT_AGAIN, (line,))


def _notice_separators(name: str, headings: Sequence[str], notices: list[Notice]) -> None:
    if len(headings) != 1:
        return
    for sign, words in _SEPARATORS.items():
        if sign in headings[0]:
            found = f"separated by {words}"
            notices.append(Notice(Weight.REFUSE, name, found, "separated by commas", SAVE_AS))


def notice_wrong_length(file: CsvText, table: str) -> list[Notice]:
    """Set rows aside that have more or fewer cells than there are headings."""
    if not file.wrong_length:
        return []
    return [
        Notice(
            Weight.EXCLUDE,
            file.name,
            "more or fewer cells than headings",
            "one cell under each heading",
            "a comma within a cell needs quotation marks around it; if it is the last row, the "
            "file was cut short: export it again",
            file.wrong_length,
            table,
        )
    ]
