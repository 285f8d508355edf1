"""XML of the Department's censuses, read as a stream: entities, DTDs and the network stay out."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from lxml import etree

from scrutinybook.sources.extracts.noticed import Notice, Weight

CHILDREN_CENSUS, WORKFORCE_CENSUS = "CIN", "CSWW"
"""What the header's Collection says."""
_ROOT = "Message"
_LOOKED_AT = 200
"""Elements at the beginning of a file in which its kind shows, at the latest."""
_CHUNK = 50_000
"""Rows that are held as Python texts before they are packed."""
_EXPORT_AGAIN = "export the census again from the case system"
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_NOT_XML = (etree.LxmlError, LookupError, UnicodeError, ValueError, AssertionError)
"""What the parser raises for files that are no XML or damaged."""


@dataclass(frozen=True)
class Beginning:
    """What the beginning of a file shows."""

    is_xml: bool
    is_message: bool = False
    """Whether the root element is that of the Department's censuses."""
    collection: str = ""
    """CIN, CSWW, or empty where it is neither."""
    has_doctype: bool = False


@lru_cache(maxsize=1024)
def local(tag: object) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def read_beginning(path: Path) -> Beginning:
    """Look at the first elements of a file. Raises `OSError` alone."""
    is_xml = is_message = has_doctype = False
    collection = ""
    with path.open("rb") as file:
        try:
            context = etree.iterparse(file, events=("start", "end"), **_SAFE)
            for seen, (event, element) in enumerate(context):
                name = local(element.tag)
                if seen == 0:
                    is_xml, is_message = True, name == _ROOT
                    has_doctype = bool(element.getroottree().docinfo.doctype)
                if event == "end" and name == "Collection":
                    said = (element.text or "").strip().upper()
                    collection = said if said in {CHILDREN_CENSUS, WORKFORCE_CENSUS} else ""
                if not collection and name in {"LALevelVacancies", "CSWWWorker"}:
                    collection = WORKFORCE_CENSUS
                if not collection and name in {"Children", "CINdetails"}:
                    collection = CHILDREN_CENSUS
                if collection or has_doctype or not is_message or seen >= _LOOKED_AT:
                    break
        except _NOT_XML:
            pass
    return Beginning(is_xml, is_message, collection, has_doctype)


def refuse_beginning(name: str, found: Beginning, wanted: str, title: str) -> list[Notice]:
    """Say why a file is not the census wanted; nothing where it is."""
    if found.has_doctype:
        text = "a document type declaration, which no census has and which is not safe to follow"
    elif not found.is_xml:
        text = "no XML, or damaged in its first lines"
    elif not found.is_message:
        text = f"another root element than {_ROOT}"
    elif found.collection != wanted:
        text = {
            CHILDREN_CENSUS: "the children in need census",
            WORKFORCE_CENSUS: "the workforce census",
        }.get(found.collection, "another collection, or none named")
    else:
        return []
    return [Notice(Weight.REFUSE, name, text, title, _EXPORT_AGAIN)]


def elements(
    path: Path, names: Sequence[str], notices: list[Notice]
) -> Iterator[Any]:  # lxml elements
    """Give the elements of these names as they end, and forget each when the next is asked for.

    A file that is damaged or cut short is noticed where it breaks; the parser's own words are not
    used, since they may hold entries.
    """
    with path.open("rb") as file:
        context = etree.iterparse(
            file, events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE
        )
        try:
            for _, element in context:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except _NOT_XML as error:
            line = getattr(error, "lineno", None)
            where = f" at line {line}" if line else ""
            found = f"XML that breaks off or is damaged{where}"
            notices.append(Notice(Weight.REFUSE, path.name, found, "whole XML", _EXPORT_AGAIN))


def text(element: Any) -> str:
    """What an element says, without spaces around it."""
    return (element.text or "").strip()


def entries(group: Any) -> dict[str, str]:
    """The entries of a group by name; the first where one stands twice."""
    said: dict[str, str] = {}
    for entry in group:
        said.setdefault(local(entry.tag), text(entry))
    return said


def line(element: Any) -> int:
    """The line of an element's first entry.

    Entries know their line in files of any length; elements that hold others lose it after 65,535.
    """
    first = element[0] if len(element) else element
    return int(first.sourceline or 0)


class TextRows:
    """Rows of text with their lines, packed as they come: millions fit in memory."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns
        self._lines = array("q")
        self._pending: list[tuple[str, ...]] = []
        self._packed: list[pd.DataFrame] = []

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, at_line: int, *entries: str) -> None:
        """Add a row, one entry a column; empty for a blank."""
        self._lines.append(at_line)
        self._pending.append(entries)
        if len(self._pending) >= _CHUNK:
            self._pack()

    @property
    def lines(self) -> npt.NDArray[np.int64]:
        """The rows' lines in the file."""
        return np.asarray(self._lines, np.int64)

    def frame(self) -> pd.DataFrame:
        """All rows as columns of text."""
        self._pack()
        if not self._packed:
            return pd.DataFrame(columns=list(self.columns), dtype="string")
        return pd.concat(self._packed, ignore_index=True)

    def _pack(self) -> None:
        if self._pending:
            columns = zip(self.columns, zip(*self._pending, strict=True), strict=True)
            packed = {name: pd.array(list(each), dtype="string") for name, each in columns}
            self._packed.append(pd.DataFrame(packed))
            self._pending.clear()
