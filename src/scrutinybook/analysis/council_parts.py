"""The parts of a council's own measure in its latest period, from gated series."""

from __future__ import annotations

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.council.figures import MeasureFigures
from scrutinybook.findings.council_parts import PartsFound


def parts_found(
    measure_id: str, measure: ExtractMeasure, figures: MeasureFigures
) -> PartsFound | None:
    """Find them; None where the latest period is in no parts."""
    if not len(figures.whole):
        return None
    whole = figures.whole.latest
    parts = tuple(
        (name, observation)
        for name, series in figures.parts.items()
        if (observation := series.at(whole.period)) is not None
    )
    return PartsFound(measure_id, measure, whole, parts) if parts else None
