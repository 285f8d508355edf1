"""How a notebook's file name becomes the address of its page: one rule for links and for pages."""

from __future__ import annotations

import re

NOTEBOOK_NAME = re.compile(r"(?P<number>\d\d)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")
"""Two digits that order the chapters, then words in lower case: ``10-front-door``."""


def page_of(notebook_name: str) -> str:
    """Name the page that ``NN-name`` becomes, so that others can link to it.

    The number orders chapters and is no part of the address: a chapter put in between later
    moves no page; number 00 is the contents, ``index``. Raises `ValueError` where the name is not
    of that form.
    """
    match = NOTEBOOK_NAME.fullmatch(notebook_name.removesuffix(".ipynb"))
    if match is None:
        raise ValueError(f"{notebook_name!r} is not a chapter; name it like 03-front-door")
    return "index" if int(match["number"]) == 0 else match["slug"]


def section_of(heading: str) -> str:
    """The address of a heading on its page, as docutils makes it of plain words."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).lstrip("-0123456789").rstrip("-")


DOWNLOADS = "downloads"
"""The folder beside the pages with files to take away."""


REPRODUCE = "reproduce"
"""The page of a book's record."""

ABOUT_MEASURES = "what-each-measure-counts.csv"
"""The file that explains those of all measures."""


STATISTICS = "statistics.csv"
"""The file with all statistics of an edition, to the last digit."""

HANDED_OVER = "text/csv"
"""The kind of a notebook's output that is a file and no part of its page."""


def csv_name(measure_id: str) -> str:
    """The file with a measure's table."""
    return f"{measure_id}.csv"


def workbook_name(edition_id: str) -> str:
    """The workbook with all tables of an edition."""
    return f"{edition_id}.xlsx"
