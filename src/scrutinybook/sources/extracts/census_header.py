"""The header of a census: the day on which it shows the council, and its file's hash."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from scrutinybook.sources.extracts import text_cells
from scrutinybook.sources.extracts.noticed import Notice, Weight
from scrutinybook.sources.extracts.xml_files import elements, line, local, text


class CensusHeader:
    """What the header says, gathered while the file is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._said: dict[str, str] = {}
        self._line = 0

    def take(self, element: Any) -> None:
        """Take the Header element."""
        self._line = line(element)
        for each in element.iter():
            self._said.setdefault(local(each.tag), text(each))

    def reference_date(self, notices: list[Notice]) -> date | None:
        """The day that the census shows; noticed where it is missing or no day."""
        read = text_cells.days(pd.Series([self._said.get("ReferenceDate", "")], dtype="string"))
        if bool(read.given[0]):
            day: date = read.values.iloc[0].date()
            self._check_year(day, notices)
            return day
        found = "blank or missing" if bool(read.blank[0]) else "an entry that is no day"
        place = f"{self.name}, Header, ReferenceDate"
        mend = "put the census's reference date into the header"
        notices.append(Notice(Weight.REFUSE, place, found, "a day such as 2024-03-31", mend))
        return None

    def _check_year(self, day: date, notices: list[Notice]) -> None:
        year = text_cells.whole_numbers(pd.Series([self._said.get("Year", "")], dtype="string"))
        if bool(year.given[0]) and int(year.values.iloc[0]) not in {day.year - 1, day.year}:
            place = f"{self.name}, Header, Year"
            found = "a year other than the reference date's"
            mend = "see that the file is the one you mean; the reference date is used"
            notices.append(Notice(Weight.WARN, place, found, mend=mend, rows=(self._line,)))


def reference_date_of(path: Path) -> date | None:
    """The reference date of a census, or None where its header has none."""
    for element in elements(path, ["Header"], []):
        header = CensusHeader(path.name)
        header.take(element)
        return header.reference_date([])
    return None


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
