"""What people decided of single figures: withheld by hand, or looked at and let through.

It stands in params/<authority>/disclosure.yml, and not in an edition's own file, whose parameters
are printed in the book: mostly a share is withheld by hand for being of nobody or of everybody, so
which one it was would tell what it was. What is withheld stays so in every later edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from scrutinybook.catalogue import Catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.catalogue_types import Text
from scrutinybook.edition import DateField, Edition, MonthField, OnePeriodField
from scrutinybook.errors import Fault, nearest
from scrutinybook.roles import role_faults
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.yaml_files import Strict

FILE = "disclosure.yml"


class ByHand(Strict):
    """A figure that a person withholds, whatever it is."""

    measure: Text
    part: Text | None = None
    """One part of the measure; without it the whole, which takes its parts along."""
    period: OnePeriodField
    """As files have it; a month for what is counted on its last day, too."""
    since: MonthField
    """The first edition without it. Editions before it stay as they were published."""
    decided: DateField
    reason: Text
    """Never printed."""


class Reviewed(Strict):
    """Shares of nobody or of everybody that a person looked at and lets through."""

    measure: Text
    part: Text | None = None
    periods: tuple[OnePeriodField, ...] = Field(min_length=1)
    """Those looked at; a month's stands for the year up to it as well."""
    by: Text
    """Who did it, by role."""
    reviewed: DateField
    reason: Text
    """Why it may be shown: printed on the quality log."""


class Decided(Strict):
    """One authority's decisions."""

    withhold: tuple[ByHand, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()

    def by_hand(self, edition: Edition) -> tuple[ByHand, ...]:
        """What is withheld in an edition."""
        return tuple(each for each in self.withhold if each.since <= edition.month)

    def looked_at(self, catalogue: Catalogue) -> frozenset[tuple[str, str, str]]:
        """Measure, part and period, as files have it, of all that was reviewed."""
        return frozenset(
            (each.measure, each.part or "", str(period_meant(period, measure)))
            for each in self.reviewed
            if (measure := catalogue.extract_measures.get(each.measure)) is not None
            for period in each.periods
        )


def decided_file(edition: Edition) -> str:
    """The file of an edition's authority, relative to the project."""
    return f"params/{edition.slug}/{FILE}"


def period_meant(text: str, measure: ExtractMeasure) -> FigurePeriod:
    """The period that is meant: of what is counted on a day, the last one of a month."""
    period = FigurePeriod.parse(text)
    if period.kind is PeriodKind.MONTH and measure.formula_facts.timing != "flow":
        return FigurePeriod(PeriodKind.SNAPSHOT, period.end)
    return period


def decided_faults(decided: Decided, label: str, catalogue: Catalogue) -> Iterator[Fault]:
    """Roles that look like a person, measures that are not known or count nobody, periods of
    another kind, a figure that stands twice."""
    measures = catalogue.extract_measures
    for number, each in enumerate(decided.reviewed, 1):
        yield from role_faults(each.by, f"{label}: reviewed, entry {number}, by")
    seen: dict[tuple[str, str, str], str] = {}
    for where, name, part, period, last in _entries(decided, label):
        measure = measures.get(name)
        if measure is None:
            found = f"no measure {name!r} among extract_measures in params/measures.yml"
            yield Fault(f"{where}, measure", found, ", ".join(measures), nearest(name, measures))
            continue
        key = where.partition(",")[0]
        if not measure.counts_people:
            found = f"{name!r} counts no people: nothing of it is withheld"
            yield Fault(f"{where}, measure", found, "a measure that counts people")
        elif key.endswith("reviewed") and measure.kind != "proportion":
            found = f"{name!r} is no share, so that it is of nobody and of everybody at no time"
            yield Fault(f"{where}, measure", found, "a measure that is a proportion")
        asked = period_meant(period, measure)
        if last is not None and asked.end > last:
            found = f"{period} is after the first edition that withholds it"
            yield Fault(f"{where}, period", found, f"a period that ends by {last}")
        yearly = asked.kind in {PeriodKind.YEAR, PeriodKind.WORKFORCE_YEAR}
        if yearly and measure.frequency == "month":
            yield Fault(f"{where}, period", f"{period}, of a monthly measure", "as 2023-03")
        same = (name, part, str(asked))
        before = seen.setdefault(same, where)
        if before != where:
            yield Fault(where, f"the same figure as {before.partition(': ')[2]}", "each once")


def _entries(decided: Decided, label: str) -> Iterator[tuple[str, str, str, str, date | None]]:
    """Of each figure named: its place in the file, measure, part, period, and by when it ends."""
    for number, held in enumerate(decided.withhold, 1):
        where = f"{label}: withhold, entry {number}"
        yield where, held.measure, held.part or "", held.period, held.since.last_day
    for number, looked in enumerate(decided.reviewed, 1):
        where = f"{label}: reviewed, entry {number}"
        for period in looked.periods:
            yield where, looked.measure, looked.part or "", period, None
