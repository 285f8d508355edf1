"""Every measure of the catalogue from what is known, through the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.figures import CouncilFigures, MeasureFigures
from scrutinybook.disclosure import Origin, gate, gate_parts, gate_totals
from scrutinybook.history.known import Known
from scrutinybook.measures.events.asked import Asked, Measured
from scrutinybook.measures.events.registry import compute
from scrutinybook.measures.series import Series
from scrutinybook.sources.figure_periods import FigurePeriod


def council_figures(
    known: Known,
    asked: Asked,
    measures: Mapping[str, ExtractMeasure],
    *,
    origin: Origin,
    threshold: int,
) -> CouncilFigures:
    """Compute and gate all measures; those without a single figure or symbol are left out.

    `threshold`: counts from 1 up to this are withheld. Raises `ValueError` for a threshold that
    the gate does not allow.
    """
    found = {}
    for measure_id, measure in measures.items():
        measured = compute(known, asked, measure_id, measure)
        if any(o.value is not None for o in measured.whole.series):
            found[measure_id] = _gated(measured, measure, origin, threshold)
    return found


def _gated(
    measured: Measured, measure: ExtractMeasure, origin: Origin, threshold: int
) -> MeasureFigures:
    people = measure.counts_people
    first = next(o.period for o in measured.whole.series if o.value is not None)
    whole = gate(
        _since(measured.whole.series, first), origin, threshold=threshold, counts_people=people
    )
    to_date = measured.whole.to_date and _since(measured.whole.to_date, first)
    totals = None
    if to_date is not None:
        totals = (
            gate_totals(to_date, whole, threshold=threshold)
            if people
            else gate(to_date, origin, counts_people=False)
        )
    series: Mapping[str, Series] = {
        name: _since(f.series, first) for name, f in measured.parts.items()
    }
    parts = (
        gate_parts(series, whole, threshold=threshold)
        if people
        else {name: gate(each, origin, counts_people=False) for name, each in series.items()}
    )
    return MeasureFigures(whole, totals, parts)


def _since(series: Series, first: FigurePeriod) -> Series:
    """The series from a period on: what no record reaches back to is not a gap in it."""
    kept = tuple(o for o in series if o.period.end >= first.end)
    return replace(series, observations=kept)
