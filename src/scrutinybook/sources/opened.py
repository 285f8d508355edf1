"""A downloaded file as rows of text, before anybody asks which table it is."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from scrutinybook.errors import Fault

_SHOWN = 12
"""Rows of the wrong length listed for one file; the rest are counted."""


@dataclass
class Opened:
    """A file as text rows, with what is wrong with it."""

    path: Path
    sha256: str
    headings: tuple[str, ...]
    rows: list[list[str]]
    faults: list[Fault] = field(default_factory=list)


def open_table(path: Path) -> Opened:
    """Read the bytes of a file that should be comma-separated text with headings.

    A byte-order mark, either kind of line end and empty lines at the end are accepted. Faults (not
    UTF-8, no table, a heading twice, rows of the wrong length) are gathered, not raised; headings
    are given even then, so that a file that is none of ours can be told from one that is damaged.
    """
    raw = path.read_bytes()
    opened = Opened(path, hashlib.sha256(raw).hexdigest(), (), [])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        opened.faults.append(
            Fault(
                where=f"{path.name}: byte {error.start}",
                found="not UTF-8 text",
                allowed="the file as the Department publishes it",
                mend="download it again and do not save it from a spreadsheet",
            )
        )
        encoding = "utf-16" if raw[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "latin-1"
        text = raw.decode(encoding, errors="replace").partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        # A quotation mark that is never closed swallows the rest of the file.
        mend = "the file was cut short or changed: download it again"
        opened.faults.append(Fault(path.name, f"not a table: {error}", mend=mend))
        return opened
    while rows and not rows[-1]:
        rows.pop()
    opened.headings = tuple(h.strip() for h in rows[0]) if rows else ()
    opened.rows = rows[1:]
    twice = sorted({h for h in opened.headings if opened.headings.count(h) > 1})
    opened.faults += [Fault(f"{path.name}: headings", f"{h!r} stands there twice") for h in twice]
    opened.faults += _wrong_lengths(opened)
    return opened


def _wrong_lengths(opened: Opened) -> list[Fault]:
    name, expected = opened.path.name, len(opened.headings)
    wrong = [(n, row) for n, row in enumerate(opened.rows, start=2) if len(row) != expected]
    faults = [
        Fault(
            where=f"{name}: row {number}",
            found=f"{len(row)} cells under {expected} headings",
            allowed="one cell under each heading",
            mend="download the file again"
            + ("; it was cut short" if number == len(opened.rows) + 1 else ""),
        )
        for number, row in wrong[:_SHOWN]
    ]
    if len(wrong) > _SHOWN:
        faults.append(Fault(name, f"{len(wrong) - _SHOWN} more rows of the wrong length"))
    return faults
