"""What a reader of an edition, and of all before it, has in hand: the view that is audited."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.adding_up import sums
from scrutinybook.council.cells import BOTTOM, REST, TOP, Cell, period_text, runs, value_of
from scrutinybook.council.figures import CouncilFigures, Place
from scrutinybook.disclosure.audit import View
from scrutinybook.sources.symbols import Symbol


def view(
    figures: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
    *,
    official: Mapping[Cell, float] | None = None,
    target_caseload: float = 18.0,
    by_hand: Collection[Place] = (),
) -> View[Cell]:
    """All that is shown of an edition, all that is withheld, and how it adds up.

    `official`: figures of the same cells that the Department has published, which a reader has
    whether this edition shows them or not. `by_hand`: what a
    person withheld.
    """
    known: dict[Cell, float] = {}
    withheld: dict[Cell, float] = {}
    guarded: list[Cell] = []
    not_whole: set[Cell] = set()
    below_zero: set[Cell] = set()
    chosen: set[Cell] = set()
    some_shown = _some_are_shown(figures)
    for name, part, span, series in runs(figures):
        measure = measures[name]
        sides = (TOP,) if measure.denominator is None else (TOP, BOTTOM)
        if measure.kind == "proportion":
            sides = (*sides, REST)
        for o in series:
            for side in sides:
                cell = Cell(name, part, span, period_text(o), side)
                value = value_of(o, side)
                if value is not None:
                    known[cell] = value
                elif o.symbol is Symbol.SUPPRESSED:
                    withheld[cell] = _least(measure, cell, some_shown)
                    if cell[:4] in by_hand and side != BOTTOM:
                        chosen.add(cell)
                        withheld[cell] = 0.0
                    if measure.counts_people:
                        guarded.append(cell)
                if measure.source == "workforce-census":
                    not_whole.add(cell)
                if measure.unit == "posts":
                    below_zero.add(cell)
    added = sums(figures, measures, target_caseload)
    # What no measure shows is guarded too: children who came into care and were younger than 16.
    unseen = {cell for each in added for cell, _ in each.terms if cell.measure not in figures}
    guarded += sorted(unseen)
    elsewhere = {cell: value for cell, value in (official or {}).items() if cell not in known}
    known |= elsewhere
    guarded = [cell for cell in guarded if cell not in known]
    return View(
        known,
        withheld,
        added,
        guarded,
        elsewhere=frozenset(elsewhere),
        unbounded=below_zero,
        not_whole=not_whole,
        by_hand=chosen,
    )


def _some_are_shown(figures: CouncilFigures) -> frozenset[tuple[str, str]]:
    """Measures and periods of which at least one part is shown."""
    return frozenset(
        (name, period_text(o))
        for name, each in figures.items()
        for series in each.parts.values()
        for o in series
        if o.symbol is None
    )


def _least(measure: ExtractMeasure, cell: Cell, some_shown: Collection[tuple[str, str]]) -> float:
    """The least that a withheld figure can be: 1 for a count, whose zero would be shown.

    Where all parts of a period are withheld, their zeros are among them.
    """
    if cell.side == BOTTOM:
        return 1.0 if measure.kind == "proportion" else 0.0
    if cell.side == REST or measure.denominator is not None or not measure.counts_people:
        return 0.0
    return 1.0 if not cell.part or (cell.measure, cell.period) in some_shown else 0.0
