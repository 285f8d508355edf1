"""What earlier editions published, which nobody can take back, and what follows for this one.

A reader keeps every edition. What one withheld the next must not give, so it stays withheld; and
what one showed covers nothing in the next. Where a count that was shown has become small since, the
figure that was shown stays with the reader, but what it has become is not told: not by itself, and
not by what it adds up to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.adding_up import sums
from scrutinybook.council.cells import TOP, Cell, runs
from scrutinybook.council.closing import without
from scrutinybook.council.figures import TO_DATE, CouncilFigures, Place
from scrutinybook.council.published import Published
from scrutinybook.disclosure.sums import Sum
from scrutinybook.measures.series import Series
from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol

Run = tuple[str, str, str]
"""Measure, part, span."""


@dataclass(frozen=True)
class Before:
    """Which figures earlier editions withheld and which they showed, by periods in words."""

    closed: Mapping[Run, Collection[str]] = field(default_factory=dict)
    """Withheld by one of them at least."""
    opened: Mapping[Run, Collection[str]] = field(default_factory=dict)
    """Shown by one of them at least."""

    def closed_of(self, part: str, span: str, series: Series) -> Collection[FigurePeriod]:
        """Periods of a series that stay withheld."""
        return _among(self.closed.get((series.measure_id, part, span), ()), series)

    def opened_of(self, part: str, span: str, series: Series) -> Collection[FigurePeriod]:
        """Periods of a series that a reader knows a figure of."""
        return _among(self.opened.get((series.measure_id, part, span), ()), series)

    def places_in(self, figures: CouncilFigures) -> frozenset[Place]:
        """All of an edition's figures that were shown before."""
        return frozenset(
            (name, part, span, str(period))
            for name, part, span, series in runs(figures)
            for period in self.opened_of(part, span, series)
        )


def _among(words: Collection[str], series: Series) -> Collection[FigurePeriod]:
    return {o.period for o in series if o.period.words in words} if words else ()


def before(published: Iterable[Published]) -> Before:
    """Gather what earlier editions published."""
    closed: dict[Run, set[str]] = {}
    opened: dict[Run, set[str]] = {}
    for each in published:
        held = closed if each.is_withheld else opened
        held.setdefault((each.measure, each.part, each.span), set()).add(each.period)
    return Before(closed, opened)


def keep_from_telling(
    figures: CouncilFigures, measures: Mapping[str, ExtractMeasure], earlier: Before
) -> CouncilFigures:
    """Withhold what would tell, beside what earlier editions showed, what a figure has become.

    Of figures of one period that add up, and some of which are withheld: a reader takes those that
    were shown before as they were. Unless two others are withheld that never were shown, all of
    them are withheld, the whole and what counts the same thing among them.
    """
    if not earlier.opened:
        return figures
    shown_before = earlier.places_in(figures)
    added = [each for each in sums(figures, measures) if _is_of_one_period(each)]
    hidden = {place for place, symbol in _places(figures) if symbol is Symbol.SUPPRESSED}
    shown = {place for place, symbol in _places(figures) if symbol is None}
    closing: set[Place] = set()
    for each in added:
        places = {_place(cell) for cell, _ in each.terms}
        withheld, there = places & hidden, places & shown
        if len(each.terms) < 3 or len(withheld) < 2 or not there:
            continue
        if withheld & shown_before and len(withheld - shown_before) < 2:
            closing |= there
    closing = _with_the_same(closing, added) & shown
    people = {p for p in closing if measures[p[0]].counts_people}
    return without(figures, [Cell(*place, TOP) for place in sorted(people)])


def _places(figures: CouncilFigures) -> Iterable[tuple[Place, Symbol | None]]:
    for name, part, span, series in runs(figures):
        for o in series:
            yield (name, part, span, str(o.period)), o.symbol


def _place(cell: Cell) -> Place:
    return cell[:4]


def _is_of_one_period(each: Sum[Cell]) -> bool:
    return all(cell.span != TO_DATE for cell, _ in each.terms)


def _with_the_same(closing: set[Place], added: Sequence[Sum[Cell]]) -> set[Place]:
    """And what counts the same thing, by another measure."""
    pairs = [
        tuple(_place(cell) for cell, _ in each.terms) for each in added if len(each.terms) == 2
    ]
    found = set(closing)
    grown = True
    while grown:
        more = {p for pair in pairs if set(pair) & found for p in pair} - found
        found |= more
        grown = bool(more)
    return found
