"""The files of a children looked after return in a folder or zip file, known by their headings."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scrutinybook.sources.extracts.csv_files import EXPORT_AGAIN, CsvText, normal, read_csv_text
from scrutinybook.sources.extracts.given_path import hash_of, require_path
from scrutinybook.sources.extracts.noticed import ROWS_NAMED, Notice, Weight
from scrutinybook.sources.extracts.ssda903_kinds import EPISODES, HEADER, KINDS, USED, Kind, kind_of

LARGEST_UNPACKED = 2_000_000_000
"""Bytes that a zip file may hold when unpacked: England's whole return is a fifth of it."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError),
    *(RuntimeError, NotImplementedError),  # a password; a way of packing that nobody uses
)
_WITHOUT = {
    "Reviews": "reviews of children in care on time cannot be computed from it",
    "PrevPerm": "children who come into care from a special guardianship cannot be counted from it",
    "OC3": "care leavers' activity and accommodation cannot be computed from it",
}


@dataclass(frozen=True, eq=False, repr=False)
class Return:
    """The files of one return."""

    files: Mapping[str, CsvText]
    """By the name of their kind; those that are used."""
    notices: list[Notice]
    content_hash: str
    """SHA-256 of all files, by name."""


def read_files(path: Path) -> Return:
    """Read the CSV files of a folder (not of folders in it) or of a zip file.

    What is wrong is noticed: a file twice, a needed one missing, one of no known kind, one that
    cannot be read. Raises `FaultsFound` where there is no such folder.
    """
    require_path(path, "a folder of CSV files, or a zip file of them")
    notices: list[Notice] = []
    contents = contents_of(path, notices)
    files: dict[str, CsvText] = {}
    seen: dict[str, tuple[str, bytes]] = {}
    for name, raw in sorted(contents.items()):
        file = read_csv_text(name, raw)
        kind = kind_of(file.headings)
        if kind is None:
            notices += _unknown(file)
            continue
        if kind.name in seen:
            notices.append(_twice(name, kind, *seen[kind.name], raw))
            continue
        seen[kind.name] = name, raw
        notices += _headings(file, kind)
        if kind in USED:
            notices += file.notices
            files[kind.name] = file
    notices += _missing(path, files)
    return Return(files, notices, hash_of(contents))


def contents_of(path: Path, notices: list[Notice]) -> dict[str, bytes]:
    """The bytes of the CSV files of a folder or zip file, by name; others are noticed."""
    if path.is_dir():
        there = {
            each.name: each
            for each in sorted(path.iterdir())
            if each.is_file() and not each.name.startswith((".", "~$"))
        }
        notices += [_not_csv(name) for name in there if not _is_csv(name)]
        return {name: file.read_bytes() for name, file in there.items() if _is_csv(name)}
    raw = path.read_bytes()
    if not raw.startswith(b"PK"):
        return {path.name: raw}
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _unpacked(path, archive, notices)
    except _DAMAGED:
        found = "a zip file that cannot be unpacked: damaged, cut short, or with a password"
        allowed = "a folder of CSV files, or a zip file of them"
        notices.append(Notice(Weight.REFUSE, path.name, found, allowed, "copy the folder again"))
        return {}


def _unpacked(path: Path, archive: zipfile.ZipFile, notices: list[Notice]) -> dict[str, bytes]:
    members = [
        each
        for each in archive.infolist()
        if not each.is_dir()
        and not each.filename.startswith("__MACOSX/")
        and not PurePosixPath(each.filename).name.startswith((".", "~$"))
    ]
    if sum(each.file_size for each in members) > LARGEST_UNPACKED:
        found = "a zip file that unpacks to more than 2 GB"
        mend = "unpack it yourself and name the folder, if it is a return"
        notices.append(Notice(Weight.REFUSE, path.name, found, "a return's CSV files", mend))
        return {}
    notices += [_not_csv(each.filename) for each in members if not _is_csv(each.filename)]
    return {each.filename: archive.read(each) for each in members if _is_csv(each.filename)}


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _not_csv(name: str) -> Notice:
    return Notice(Weight.WARN, name, "no CSV file; not read", mend="take it out of the folder")


def _unknown(file: CsvText) -> list[Notice]:
    refused = [each for each in file.notices if each.weight is Weight.REFUSE]
    if refused:
        return refused
    # Headings are not shown: a file without headings has somebody's entries in their place.
    known = ", ".join(kind.name for kind in KINDS)
    mend = "take it out of the folder, or see that line 1 holds the return's headings"
    found = f"line 1 has {len(file.headings)} cells that are no file's headings; not read"
    return [Notice(Weight.WARN, file.name, found, f"one of {known}", mend)]


def _twice(name: str, kind: Kind, first: str, first_raw: bytes, raw: bytes) -> Notice:
    if raw == first_raw:
        found = f"a copy of {first}; not read twice"
        return Notice(Weight.WARN, name, found, mend="take one of them out")
    found = f"this and {first} are both {kind.name}, and differ"
    mend = "keep the newer one; where each holds a part, put their rows into one file"
    return Notice(Weight.REFUSE, name, found, "one file of each kind", mend)


def _headings(file: CsvText, kind: Kind) -> list[Notice]:
    there = [normal(each) for each in file.headings]
    notices = [
        Notice(Weight.REFUSE, file.name, f"no column {heading}; the file is {kind.name}",
               ", ".join(kind.headings), EXPORT_AGAIN)
        for heading in kind.needed
        if heading not in there
    ]  # fmt: skip
    notices += [
        Notice(Weight.REFUSE, file.name, f"the column {heading} stands twice", "once",
               "take one of them out")
        for heading in kind.headings
        if there.count(heading) > 1
    ]  # fmt: skip
    if kind not in USED:
        return []
    absent = [each for each in kind.headings if each not in [*there, *kind.needed]]
    if absent:
        found = f"no column {', '.join(absent)}; the file is {kind.name}"
        notices.append(Notice(Weight.WARN, file.name, found, mend=EXPORT_AGAIN))
    # By number alone: what stands there is the file's own.
    extra = [str(at) for at, each in enumerate(there, start=1) if each not in kind.headings]
    if extra:
        many = "a column" if len(extra) == 1 else f"{len(extra)} columns"
        numbers = ", ".join(extra[:ROWS_NAMED]) + (" and more" if len(extra) > ROWS_NAMED else "")
        found = f"{many} that {kind.name} does not have (number {numbers}); not read"
        notices.append(Notice(Weight.WARN, file.name, found))
    return notices


def _missing(path: Path, files: Mapping[str, CsvText]) -> list[Notice]:
    notices = []
    for kind in USED:
        if kind.name in files:
            continue
        found = f"no file with the headings of {kind.name}"
        allowed = ", ".join(kind.headings)
        if kind in (EPISODES, HEADER):
            mend = f"add the return's {kind.name} file"
            notices.append(Notice(Weight.REFUSE, path.name, found, allowed, mend))
        else:
            mend = f"add it: without it {_WITHOUT[kind.name]}"
            notices.append(Notice(Weight.WARN, path.name, found, allowed, mend))
    return notices
