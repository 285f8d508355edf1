"""How an official table is described: its headings, the items they give, its rows' periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind


def words(text: str) -> frozenset[str]:
    """The set of words in a text: many short names without a quote around each."""
    return frozenset(text.split())


COMMON_HEADINGS = words(
    "time_period time_identifier geographic_level country_code country_name region_code "
    "region_name old_la_code new_la_code la_name"
)
"""Headings of every table except the statistical neighbours."""


@dataclass(frozen=True)
class When:
    """How a row's ``time_period`` (a year) becomes a period: kind, month and distance in years."""

    kind: PeriodKind
    month: int
    years_on: int = 0

    def period(self, year: int) -> FigurePeriod:
        """The period that a row of reporting year `year` speaks of."""
        return FigurePeriod(self.kind, Month(year + self.years_on, self.month).last_day)


YEAR = When(PeriodKind.YEAR, 3)
MARCH = When(PeriodKind.SNAPSHOT, 3)
SEPTEMBER = When(PeriodKind.SNAPSHOT, 9)
WORKFORCE_YEAR = When(PeriodKind.WORKFORCE_YEAR, 9)
MID_YEAR = When(PeriodKind.SNAPSHOT, 6)
MID_YEAR_BEFORE = When(PeriodKind.SNAPSHOT, 6, years_on=-1)


@dataclass(frozen=True)
class Column:
    """One heading (or several to be added) that gives one item."""

    headings: tuple[str, ...]
    item: str
    when: When


Rows = tuple[str, ...]
"""The values that a row has under a format's `splits`, which say what its numbers count."""


@dataclass(frozen=True)
class Format:
    """One table layout."""

    name: str
    title: str
    publication: str
    """Key in releases.yml."""
    feeds: tuple[str, ...]
    """Chapters that are without it where it is missing."""
    columns: Mapping[Rows, tuple[Column, ...]]
    """For a plain table the one key is ``()``; for a long table, one for each kind of row used."""
    splits: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    """Headings that belong to the layout and are not used."""
    publisher: str = ""
    """Whose statistics these are, where not the publication's own publisher's."""
    release_years_on: int = 0
    """The release's reporting year less the latest year in the table."""

    @property
    def needed(self) -> frozenset[str]:
        """Headings without which the table cannot be read, the common ones apart."""
        used = {h for columns in self.columns.values() for c in columns for h in c.headings}
        return frozenset(used | set(self.splits))

    @property
    def known(self) -> frozenset[str]:
        """Every heading that the layout has."""
        return self.needed | self.also | COMMON_HEADINGS

    @property
    def items(self) -> frozenset[str]:
        """Items that the table gives."""
        return frozenset(c.item for columns in self.columns.values() for c in columns)


def columns(when: When, /, **heading_by_item: str) -> tuple[Column, ...]:
    """One item a heading, all for the same kind of period."""
    return tuple(Column((heading,), item, when) for item, heading in heading_by_item.items())


def count_and_percent(item: str, when: When, count: str, percent: str) -> tuple[Column, ...]:
    """A count and the percentage published with it, named `item` and `item`_percent."""
    return (Column((count,), item, when), Column((percent,), f"{item}_percent", when))
