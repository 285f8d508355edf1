"""One extract as read: its format, its day, its event tables, and what was noticed on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from scrutinybook.sources.extracts.noticed import Notice, Weight


class Format(StrEnum):
    """An official format, or the plain table of local figures."""

    ANNEX_A = "annex-a"
    SSDA903 = "ssda903"
    CIN_CENSUS = "cin-census"
    WORKFORCE_CENSUS = "workforce-census"
    LOCAL_FIGURES = "local-figures"


@dataclass(frozen=True, eq=False)
class Extract:
    """What one file or folder gave. Children and workers are hashed; nothing names anybody."""

    format: Format
    as_of: date
    """The day the extract shows; it holds nothing later."""
    tables: Mapping[str, pd.DataFrame]
    """By the names of `EVENT_TABLES`, each after its schema; only tables that the source holds."""
    covers_from: Mapping[str, date]
    """For each table, the first day from which it holds everything up to `as_of`: an event of that
    day or later that is not in the table did not happen as far as is known. Spells open on that day
    are held too."""
    notices: tuple[Notice, ...]
    """Exclusions and warnings."""
    rows_read: Mapping[str, int]
    """For each table, rows of the source, those set aside included."""
    content_hash: str
    """SHA-256 of the source's bytes (of all files of a folder, by name)."""

    def excluded(self, table: str) -> int:
        """Rows set aside of one table."""
        rows = {
            row
            for each in self.notices
            if each.weight is Weight.EXCLUDE and each.table == table
            for row in each.rows
        }
        return len(rows)
