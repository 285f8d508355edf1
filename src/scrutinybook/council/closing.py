"""The gate's last look: what the audit finds exposed is covered by withholding more.

The rules of the gate look at one measure, or at a few that are known to follow from one another.
Here all of an edition is looked at together, as a reader would, until nothing is exposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.attack import view
from scrutinybook.council.cells import BOTTOM, REST, TOP, Cell, period_text
from scrutinybook.council.figures import TO_DATE, CouncilFigures, MeasureFigures, Place
from scrutinybook.disclosure import PublishedSeries, withhold
from scrutinybook.disclosure.audit import Memory, View, audit, exposed
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod

_ROUNDS = 200
"""More than there could be cells to withhold one after another for one that is exposed."""


def close(
    figures: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
    *,
    threshold: int,
    official: Mapping[Cell, float] | None = None,
    spent: Collection[Place] = (),
    by_hand: Collection[Place] = (),
) -> CouncilFigures:
    """Withhold more, where need be, until the audit finds nothing exposed.

    Where nothing more can be withheld that would help (all that exposes a figure is published
    officially), the figures are returned as they then are: what is public is no secret of theirs.
    `spent`: what earlier editions showed, which covers nothing; `by_hand`: what a person withheld.
    """
    memory: Memory = {}
    for _ in range(_ROUNDS):
        seen = view(figures, measures, official=official, by_hand=by_hand)
        cells = [each.cell for each in exposed(audit(seen, threshold=threshold, memory=memory))]
        chosen: set[Cell] = set()
        for cell in cells:
            # What covers one may cover others: the next round sees.
            if not chosen or not _helps(cell, chosen, seen, threshold):
                chosen |= _cover(cell, seen, figures, threshold, spent)
        if not chosen:
            return figures
        figures = without(figures, chosen)
    return figures


def without(figures: CouncilFigures, cells: Iterable[Cell]) -> CouncilFigures:
    """Withhold the periods in which some cells stand, and what follows from them.

    A month that is withheld takes its parts along, and the totals of its year from then on.
    """
    found = dict(figures)
    for cell in cells:
        each = found[cell.measure]
        if cell.part:
            part = _one(each.parts[cell.part], cell.period)
            found[cell.measure] = replace(each, parts={**each.parts, cell.part: part})
        elif cell.span == TO_DATE:
            found[cell.measure] = _from_then(each, FigurePeriod.parse(cell.period).month)
        else:
            found[cell.measure] = _whole(each, cell.period)
    return found


def _one(series: PublishedSeries, period: str) -> PublishedSeries:
    return withhold(series, {o.period for o in series if period_text(o) == period})


def _whole(each: MeasureFigures, period: str) -> MeasureFigures:
    parts = {name: _one(series, period) for name, series in each.parts.items()}
    made = replace(each, whole=_one(each.whole, period), parts=parts)
    return _from_then(made, FigurePeriod.parse(period).month)


def _from_then(each: MeasureFigures, month: Month) -> MeasureFigures:
    if each.to_date is None:
        return each
    year = month.financial_year
    later = {
        o.period
        for o in each.to_date
        if o.period.month >= month and o.period.month.financial_year == year
    }
    return replace(each, to_date=withhold(each.to_date, later))


def _helps(cell: Cell, hidden: Collection[Cell], seen: View[Cell], threshold: int) -> bool:
    """Whether a cell is not exposed any more with others withheld."""
    gone = {(each.measure, each.part, each.span, each.period) for each in hidden}
    kept = {
        each: value
        for each, value in seen.known.items()
        if (each.measure, each.part, each.span, each.period) not in gone or each in seen.elsewhere
    }
    left = replace(seen, known=kept, guarded=(cell,))
    return not exposed(audit(left, threshold=threshold))


def _cover(
    cell: Cell,
    seen: View[Cell],
    figures: CouncilFigures,
    threshold: int,
    spent: Collection[Place],
) -> set[Cell]:
    """What is withheld for a cell: one that helps, or the first of all where none does by itself.

    What stands nearest in the sums is tried first; of one distance a part before a share, that
    before a total of the year, that before a month; of these the first by name.
    """
    reached, here = {cell}, {cell}
    first: Cell | None = None
    while here:
        there: set[Cell] = set()
        for each in seen.sums:
            cells = {other for other, _ in each.terms}
            if cells & here:
                there |= cells
        candidates = [each for each in there - reached if _is_ours(each, seen, figures)]
        for candidate in sorted(candidates, key=lambda c: (c[:4] in spent, _missed(c))):
            first = first or candidate
            if _helps(cell, {candidate}, seen, threshold):
                return {candidate}
        here = {each for each in there - reached if each not in seen.known}
        # Through what is withheld alone: what is known passes nothing on.
        reached |= there
    return set() if first is None else {first}


def _is_ours(cell: Cell, seen: View[Cell], figures: CouncilFigures) -> bool:
    """Whether a cell is shown by this edition, and not by an official release alone."""
    return cell in seen.known and cell.measure in figures and cell not in seen.elsewhere


def _missed(cell: Cell) -> tuple[int, str, str, str, int]:
    if cell.part:
        rank = 0
    elif cell.span == TO_DATE:
        rank = 2
    else:
        rank = 1 if cell.side != TOP else 3
    sides = (TOP, BOTTOM, REST)
    return rank, cell.measure, cell.part, cell.period, sides.index(cell.side)
