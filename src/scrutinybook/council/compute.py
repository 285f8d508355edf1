"""Every measure of the catalogue from what is known, through the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.cells import Cell
from scrutinybook.council.closing import close
from scrutinybook.council.earlier import Before, keep_from_telling
from scrutinybook.council.figures import TO_DATE, WHOLE, CouncilFigures, MeasureFigures, Place
from scrutinybook.council.officially import totals_to_come
from scrutinybook.council.related import TWO_WAYS, sides_of, withhold_related, withhold_worked_out
from scrutinybook.disclosure import (
    Origin,
    PublishedSeries,
    Split,
    fewest_of_a_share,
    gate,
    gate_parts,
    gate_totals,
)
from scrutinybook.history.known import Known
from scrutinybook.measures.events.asked import Asked, Measured
from scrutinybook.measures.events.registry import compute
from scrutinybook.measures.series import Series
from scrutinybook.sources.figure_periods import FigurePeriod


@dataclass(frozen=True)
class Told:
    """What readers have before an edition comes out."""

    earlier: Before = field(default_factory=Before)
    """What earlier editions published."""
    official: Mapping[Cell, float] = field(default_factory=dict)
    """What official releases hold of the same things."""
    by_hand: Collection[Place] = frozenset()
    """What a person withholds; `earlier` has it as withheld before, too."""


def council_figures(
    known: Known,
    asked: Asked,
    measures: Mapping[str, ExtractMeasure],
    *,
    origin: Origin,
    threshold: int,
    told: Told | None = None,
) -> CouncilFigures:
    """Compute and gate all measures; those without a single figure or symbol are left out.

    A measure that has parts alone, as the plan's data points have, comes with an empty whole.
    `threshold`: counts from 1 up to this are withheld. `told`: what readers have from
    elsewhere. Raises `ValueError` for a threshold that the gate does not allow.
    """
    told = told or Told()
    all_of = {name: compute(known, asked, name, measure) for name, measure in measures.items()}
    held = {
        name: each for name, each in all_of.items() if any(o.value is not None for o in _run(each))
    }
    wholes = {
        name: _whole(each, measures[name], origin, threshold, told.earlier)
        for name, each in held.items()
    }
    found = {
        name: _gated(
            each,
            measures[name],
            wholes[name],
            threshold,
            _split(name, measures, wholes, asked),
            told.earlier,
        )
        for name, each in held.items()
    }
    alone = {
        name: _parts_alone(each, origin)
        for name, each in all_of.items()
        if name not in held and not measures[name].counts_people and _has_parts(each)
    }
    related: CouncilFigures = {**withhold_related(found, measures, threshold), **alone}
    # Official figures pass as they are; council's own are looked at once more, all together.
    if origin is Origin.OFFICIAL:
        return related
    kept = keep_from_telling(related, measures, told.earlier)
    closed = close(
        kept,
        measures,
        threshold=threshold,
        official={**totals_to_come(held, measures), **told.official},
        spent=told.earlier.places_in(kept),
        by_hand=told.by_hand,
    )
    return withhold_worked_out(closed, measures)


def _has_parts(measured: Measured) -> bool:
    return any(o.value is not None for each in measured.parts.values() for o in each.series)


def _parts_alone(measured: Measured, origin: Origin) -> MeasureFigures:
    """Parts that have no sum: numbers that count no people and have nothing in common."""
    whole = gate(replace(_run(measured), observations=()), origin, counts_people=False)
    parts = {
        name: gate(each.series, origin, counts_people=False)
        for name, each in measured.parts.items()
        if any(o.value is not None for o in each.series)
    }
    return MeasureFigures(whole, None, parts)


def _split(
    measure_id: str,
    measures: Mapping[str, ExtractMeasure],
    wholes: Mapping[str, PublishedSeries],
    asked: Asked,
) -> Split | None:
    """The share that divides a measure's parts in two, where it is shown."""
    sides = sides_of(measures[measure_id].formula, asked.target_caseload)
    if sides is None:
        return None
    shares = (wholes[name] for name in wholes if measures[name].formula == sides.share)
    return next((Split(share, sides.side) for share in shares), None)


def _run(measured: Measured) -> Series:
    return measured.whole.series


def _first(measured: Measured) -> FigurePeriod:
    return next(o.period for o in _run(measured) if o.value is not None)


def _whole(
    measured: Measured,
    measure: ExtractMeasure,
    origin: Origin,
    threshold: int,
    earlier: Before,
) -> PublishedSeries:
    series = _since(_run(measured), _first(measured))
    return gate(
        series,
        origin,
        threshold=threshold,
        counts_people=measure.counts_people,
        fewest=_fewest(measure, threshold),
        closed=earlier.closed_of("", WHOLE, series),
    )


def _gated(
    measured: Measured,
    measure: ExtractMeasure,
    whole: PublishedSeries,
    threshold: int,
    split: Split | None,
    earlier: Before,
) -> MeasureFigures:
    people, origin, first = measure.counts_people, whole.origin, _first(measured)
    fewest = _fewest(measure, threshold)
    to_date = measured.whole.to_date and _since(measured.whole.to_date, first)
    totals = None
    if to_date is not None:
        totals = (
            gate_totals(
                to_date,
                whole,
                threshold=threshold,
                counts_people=people,
                fewest=fewest,
                closed=earlier.closed_of("", TO_DATE, to_date),
            )
            if people or fewest
            else gate(to_date, origin, counts_people=False)
        )
    series: Mapping[str, Series] = {
        name: _since(f.series, first) for name, f in measured.parts.items()
    }
    parts = (
        gate_parts(
            series,
            whole,
            threshold=threshold,
            split=split,
            counts_people=people,
            all_or_none=whole.measure_id in TWO_WAYS,
            fewest=fewest,
            closed={part: earlier.closed_of(part, WHOLE, each) for part, each in series.items()},
            opened={part: earlier.opened_of(part, WHOLE, each) for part, each in series.items()},
        )
        if people or fewest
        else {name: gate(each, origin, counts_people=False) for name, each in series.items()}
    )
    return MeasureFigures(whole, totals, parts)


def _fewest(measure: ExtractMeasure, threshold: int) -> float:
    """What a measure's figures must be out of, or of nothing."""
    if measure.per_person is not None:
        return (threshold + 1) * measure.per_person
    shares = measure.kind == "proportion" and measure.counts_people
    return fewest_of_a_share(threshold) if shares else 0


def _since(series: Series, first: FigurePeriod) -> Series:
    """The series from a period on: what no record reaches back to is not a gap in it."""
    kept = tuple(o for o in series if o.period.end >= first.end)
    return replace(series, observations=kept)
