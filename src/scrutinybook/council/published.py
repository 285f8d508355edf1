"""What earlier editions published, from their records: which figures they showed and withheld.

So does an earlier version of this edition, where it was published before. A record holds the tables
as they were published, whatever the program would make of the same extracts by now. Every version
that is kept counts, since a reader may have each of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scrutinybook.council.figures import TO_DATE, WHOLE
from scrutinybook.edition import Edition
from scrutinybook.errors import Fault, FaultsFound
from scrutinybook.publications import of_authority
from scrutinybook.workspace import Workspace

ALL = "all"
"""The part that is the whole, as tables have it."""
YEAR_SO_FAR = "the year so far, from 1 April"
WITHHELD = "[c]"
COLUMNS = ("Period", "Covers", "Part", "Number", "Out of", "Figure", "Mark")


@dataclass(frozen=True)
class Published:
    """One figure of one edition."""

    edition: str
    """Its id."""
    measure: str
    part: str
    """Empty for the whole."""
    span: str
    """`WHOLE` or `TO_DATE`."""
    period: str
    """In the words of pages: ``March 2023``."""
    number: float | None
    """What was counted; None where it is withheld, or the figure has no such parts."""
    out_of: float | None
    is_withheld: bool
    """Withheld as numbers are small; otherwise it was shown."""


def earlier_tables(workspace: Workspace, edition: Edition) -> tuple[Path, ...]:
    """Folders of tables that readers have, oldest first.

    Those of the authority's earlier editions; and of this one, every version that was published
    before: what is corrected later stays with whoever has the first. Raises `FaultsFound` where
    the ledger of publications cannot be read.
    """
    held = sorted(workspace.record.glob(f"{edition.slug}-????-??/tables-*"))
    told = of_authority(workspace, edition.id)
    out = tuple(each.digest for each in told if each.edition == edition.id)

    def is_read(path: Path) -> bool:
        if path.parent.name == edition.id:
            # A folder of tables is named after the first digits of its digest.
            return any(digest.startswith(path.name.removeprefix("tables-")) for digest in out)
        return path.parent.name < edition.id

    return tuple(path for path in held if path.is_dir() and is_read(path))


def read_published(folder: Path) -> Iterator[Published]:
    """Every figure of a folder of tables. Raises `FaultsFound` for a file that is no table."""
    for path in sorted(folder.glob("*.csv")):
        try:
            text = path.read_bytes().decode("utf-8-sig")
            lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
            if not set(COLUMNS) <= set(lines.fieldnames or ()):
                continue
            rows = list(lines)
        except (OSError, ValueError, csv.Error):
            where = f"record/{folder.parent.name}/{folder.name}/{path.name}"
            mend = "put the record back from your backup, or make it anew"
            raise FaultsFound([Fault(where, "not a table of figures", mend=mend)]) from None
        for row in rows:
            if (found := _published(folder.parent.name, path.stem, row)) is not None:
                yield found


def _published(edition: str, measure: str, row: Mapping[str, str]) -> Published | None:
    """A row that shows or withholds a figure; None for what is not available."""
    is_withheld = row["Mark"].startswith(WITHHELD)
    if not is_withheld and _number(row["Figure"]) is None:
        return None
    return Published(
        edition=edition,
        measure=measure,
        part="" if row["Part"] == ALL else row["Part"],
        span=TO_DATE if row["Covers"] == YEAR_SO_FAR else WHOLE,
        period=row["Period"],
        number=None if is_withheld else _number(row["Number"]),
        out_of=None if is_withheld else _number(row["Out of"]),
        is_withheld=is_withheld,
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
