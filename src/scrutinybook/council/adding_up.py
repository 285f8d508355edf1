"""How the figures of an edition add up: what a reader who knows the definitions can use.

Each shown or withheld figure is a cell. Sums between cells follow from the formulas alone: parts
make up their whole, months the year to date, two sides of a share its total; and several measures
count the same thing (the referrals received are what the share without further action is out of).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.cells import BOTTOM, REST, TOP, Cell, period_text, runs, text_of
from scrutinybook.council.figures import TO_DATE, WHOLE, CouncilFigures, MeasureFigures
from scrutinybook.council.related import (
    COMPLEMENTS,
    GOOD_GRADES,
    GRADES_OF,
    SOME_OF,
    WORKED_OUT,
    sides_of,
)
from scrutinybook.council.same_things import (
    OVERLAPPING,
    SAME_LOCAL,
    SAME_PARTS,
    SAME_THING,
    SUMLESS,
)
from scrutinybook.disclosure.sums import Sum
from scrutinybook.formulas import FORMULAS
from scrutinybook.sources.figure_periods import PeriodKind


def sums(
    figures: CouncilFigures,
    measures: Mapping[str, ExtractMeasure],
    target_caseload: float = 18.0,
) -> tuple[Sum[Cell], ...]:
    """Every sum between the cells of an edition's figures, whether shown or not."""
    return tuple(_Book(figures, measures, target_caseload).all())


class _Book:
    """The sums of one edition."""

    def __init__(
        self,
        figures: CouncilFigures,
        measures: Mapping[str, ExtractMeasure],
        target_caseload: float,
    ) -> None:
        self.figures, self.measures, self.target = figures, measures, target_caseload
        self.of_formula: dict[str, list[str]] = {}
        for name in figures:
            self.of_formula.setdefault(measures[name].formula, []).append(name)

    def all(self) -> Iterator[Sum[Cell]]:
        for name, each in self.figures.items():
            if self.measures[name].unit in SUMLESS:
                continue
            yield from self._two_sides(name)
            yield from self._to_date(name, each)
            yield from self._parts(name, each)
        yield from self._between_formulas()
        yield from self._between_locals()
        yield from self._bands()
        yield from self._complements()
        yield from self._some_of()
        yield from self._worked_out()

    def _has_bottom(self, name: str) -> bool:
        return self.measures[name].denominator is not None

    def _sides(self, name: str) -> tuple[str, ...]:
        return (TOP, BOTTOM) if self._has_bottom(name) else (TOP,)

    def _two_sides(self, name: str) -> Iterator[Sum[Cell]]:
        measure = self.measures[name]
        if measure.kind != "proportion" and measure.formula not in {"agency_rate", "vacancy_rate"}:
            return
        for measure_id, part, span, series in runs({name: self.figures[name]}):
            for o in series:
                top, bottom, rest = (
                    Cell(measure_id, part, span, period_text(o), side)
                    for side in (TOP, BOTTOM, REST)
                )
                yield Sum(((bottom, 1.0), (top, -1.0), (rest, -1.0)))

    def _to_date(self, name: str, each: MeasureFigures) -> Iterator[Sum[Cell]]:
        if each.to_date is None:
            return
        there = {o.period for o in each.to_date}
        ordered = [o.period for o in each.whole if o.period in there]
        for before, period in zip([None, *ordered], ordered, strict=False):
            begins = period.month.month == 4
            if not begins and (before is None or before.month != period.month - 1):
                continue
            for side in self._sides(name):
                terms = [
                    (Cell(name, "", TO_DATE, text_of(period), side), 1.0),
                    (Cell(name, "", WHOLE, text_of(period), side), -1.0),
                ]
                if not begins and before is not None:
                    terms.append((Cell(name, "", TO_DATE, text_of(before), side), -1.0))
                yield Sum(tuple(terms))

    def _parts(self, name: str, each: MeasureFigures) -> Iterator[Sum[Cell]]:
        if not each.parts or not len(each.whole):
            return
        formula = self.measures[name].formula
        local = FORMULAS[formula].sources == ("local",)
        held = {part: {o.period for o in series} for part, series in each.parts.items()}
        for o in each.whole:
            if not all(o.period in periods for periods in held.values()):
                continue
            for side in self._sides(name):
                whole = (Cell(name, "", WHOLE, period_text(o), side), 1.0)
                parts = ((Cell(name, p, WHOLE, period_text(o), side), -1.0) for p in held)
                exact = not local and not (formula in OVERLAPPING and side == BOTTOM)
                exact = exact and formula != "workers_above_target"
                yield Sum((whole, *parts), exact)

    def _between_formulas(self) -> Iterator[Sum[Cell]]:
        for group in SAME_THING:
            named = [(name, side) for f, side in group for name in self.of_formula.get(f, ())]
            yield from self._equal(named, exact=True)
        for group in SAME_PARTS:
            named = [(name, side) for f, side in group for name in self.of_formula.get(f, ())]
            parts = {part for name, _ in named for part in self.figures[name].parts}
            for part in sorted(parts):
                yield from self._equal(named, exact=True, part=part)

    def _between_locals(self) -> Iterator[Sum[Cell]]:
        for group in SAME_LOCAL:
            named = [(name, side) for name, side in group if name in self.figures]
            yield from self._equal(named, exact=False)
        for share, grades in GRADES_OF.items():
            if share in self.figures and grades in self.figures:
                yield from self._grades(share, grades)

    def _grades(self, share: str, grades: str) -> Iterator[Sum[Cell]]:
        kinds = self.figures[grades].parts
        for service, series in self.figures[share].parts.items():
            mine = [part for part in kinds if part.startswith(f"{service}: ")]
            good = [part for part in mine if part.removeprefix(f"{service}: ") in GOOD_GRADES]
            for o in series:
                for side, chosen in ((TOP, good), (BOTTOM, mine)):
                    if not chosen or any(kinds[part].at(o.period) is None for part in chosen):
                        continue
                    terms = ((Cell(grades, p, WHOLE, period_text(o), TOP), -1.0) for p in chosen)
                    whole = (Cell(share, service, WHOLE, period_text(o), side), 1.0)
                    yield Sum((whole, *terms), exact=False)

    def _bands(self) -> Iterator[Sum[Cell]]:
        for name, each in self.figures.items():
            sides = sides_of(self.measures[name].formula, self.target)
            if sides is None:
                continue
            for share in self.of_formula.get(sides.share, ()):
                chosen = [part for part in each.parts if part in sides.side]
                others = [part for part in each.parts if part not in sides.side]
                here, there = (TOP, REST) if sides.counts_side else (REST, TOP)
                for o in each.whole:
                    if self.figures[share].whole.at(o.period) is None:
                        continue
                    for side, bands in ((here, chosen), (there, others)):
                        whole = (Cell(share, "", WHOLE, period_text(o), side), 1.0)
                        parts = ((Cell(name, p, WHOLE, period_text(o), TOP), -1.0) for p in bands)
                        yield Sum((whole, *parts))

    def _complements(self) -> Iterator[Sum[Cell]]:
        for family in COMPLEMENTS:
            names = [name for formula in family for name in self.of_formula.get(formula, ())]
            if len(names) < 2:
                continue
            yield from self._equal([(name, BOTTOM) for name in names], exact=True)
            for o in self.figures[names[0]].whole:
                if any(self.figures[name].whole.at(o.period) is None for name in names):
                    continue
                terms = [(Cell(names[0], "", WHOLE, period_text(o), BOTTOM), 1.0)]
                terms += [(Cell(name, "", WHOLE, period_text(o), TOP), -1.0) for name in names]
                if len(names) < len(family):
                    unseen = Cell(" and ".join(names), "", WHOLE, period_text(o), REST)
                    terms.append((unseen, -1.0))
                yield Sum(tuple(terms))

    def _some_of(self) -> Iterator[Sum[Cell]]:
        for formula, other in SOME_OF.items():
            for name in self.of_formula.get(formula, ()):
                for whole in self.of_formula.get(other, ()):
                    yield from self._some(name, whole)

    def _some(self, name: str, whole: str) -> Iterator[Sum[Cell]]:
        for _, _, span, series in runs({name: self.figures[name]}):
            for o in series:
                theirs, period = span, period_text(o)
                if o.period.kind is PeriodKind.YEAR:
                    theirs, period = TO_DATE, str(o.period.month)
                all_of = Cell(whole, "", theirs, period, TOP)
                if not _is_there(self.figures[whole], theirs, period):
                    continue
                some = Cell(name, "", span, period_text(o), TOP)
                rest = Cell(f"{whole} without {name}", "", span, period_text(o), REST)
                yield Sum(((all_of, 1.0), (some, -1.0), (rest, -1.0)))

    def _worked_out(self) -> Iterator[Sum[Cell]]:
        for formula, other in WORKED_OUT.items():
            for name in self.of_formula.get(formula, ()):
                for source in self.of_formula.get(other, ()):
                    for _, part, span, series in runs({name: self.figures[name]}):
                        for o in series:
                            made = Cell(name, part, span, period_text(o), TOP)
                            cases, workers = (
                                Cell(source, part, span, period_text(o), side)
                                for side in (TOP, BOTTOM)
                            )
                            yield Sum(((made, self.target), (cases, -1.0), (workers, self.target)))

    def _equal(
        self, named: list[tuple[str, str]], *, exact: bool, part: str = ""
    ) -> Iterator[Sum[Cell]]:
        """Chain cells of the same span and period that count the same thing."""
        last: dict[tuple[str, str], Cell] = {}
        for name, side in named:
            for _, of_part, span, series in runs({name: self.figures[name]}):
                if of_part != part:
                    continue
                for o in series:
                    cell, place = (
                        Cell(name, part, span, period_text(o), side),
                        (span, period_text(o)),
                    )
                    if place in last:
                        yield Sum(((last[place], 1.0), (cell, -1.0)), exact)
                    last[place] = cell


def _is_there(figures: MeasureFigures, span: str, period: str) -> bool:
    series = figures.whole if span == WHOLE else figures.to_date
    return series is not None and any(period_text(o) == period for o in series)
