"""What an edition's pages say and show, read back from its executed notebooks.

Taken from what was made, not from what should have been: each sentence with its finding's id, each
cell of each table, and each chart by its hash.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

from scrutinybook.record.tables import CHARTS, PAGE_TABLES, SENTENCES, RecordTable

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"^#+ +(\S.*?)\s*$", re.MULTILINE)
FIRST = "(before its first heading)"


@dataclass(frozen=True)
class Piece:
    """One output of a notebook."""

    page: str
    section: str
    """The heading it stands under."""
    text: str
    """HTML."""


def page_tables(notebooks: Iterable[Path], title: str) -> tuple[RecordTable, ...]:
    """The sentences, tables and charts of executed notebooks, as three tables.

    `title` is the edition's, which says so where figures are invented. Raises `OSError` for a file
    that cannot be read, `ValueError` for one that is no notebook.
    """
    said: list[tuple[str, ...]] = []
    cells: list[tuple[str, ...]] = []
    charts: list[tuple[str, ...]] = []
    for path in notebooks:
        for piece in pieces(path.stem, json.loads(path.read_bytes())):
            place = (title, piece.page, piece.section)
            for svg in _SVG.findall(piece.text):
                charts.append((*place, _name_of(svg), hashlib.sha256(svg.encode()).hexdigest()))
            plain = _SVG.sub("", piece.text)
            if "<span" not in plain and "<table" not in plain:
                continue
            tree = html.fragment_fromstring(plain, create_parent="div")
            for span in tree.iterfind(".//span[@data-finding]"):
                said.append((*place, str(span.get("data-finding")), _words(span)))
            for number, table in enumerate(tree.iterfind(".//table"), start=1):
                cells += [(*place, *cell) for cell in _cells(table, number)]
    start = ("Edition", "Page", "Section")
    return (
        RecordTable(SENTENCES, (*start, "Finding", "Sentence"), tuple(said)),
        RecordTable(PAGE_TABLES, (*start, "Table", "Row", "Column", "Value"), tuple(cells)),
        RecordTable(CHARTS, (*start, "Chart", "SHA-256"), tuple(charts)),
    )


def pieces(page: str, notebook: Mapping[str, Any]) -> Iterator[Piece]:
    """The outputs of an executed notebook in order. Raises `ValueError` for what is none."""
    section = FIRST
    try:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                section = (_HEADING.findall(_joined(cell["source"])) or [section])[-1]
            for output in cell.get("outputs", ()):
                if text := _joined(output.get("data", {}).get("text/html", "")):
                    yield Piece(page, section, text)
    except (KeyError, TypeError, AttributeError):
        raise ValueError(f"{page} is no notebook") from None


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _name_of(svg: str) -> str:
    found = _TITLE.search(svg)
    return html.fromstring(f"<p>{found[1]}</p>").text_content() if found else "without a title"


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _cells(table: html.HtmlElement, number: int) -> Iterator[tuple[str, str, str, str]]:
    caption = table.find("caption")
    name = f"table {number}" if caption is None else _words(caption)
    headings = [_words(each) for each in table.iterfind(".//thead//th")]
    for row in table.iterfind(".//tbody//tr"):
        cells = [_words(each) for each in row if each.tag in ("th", "td")]
        for place, cell in enumerate(cells[1:], start=1):
            heading = headings[place] if place < len(headings) else f"column {place + 1}"
            yield name, cells[0], heading, cell
