"""Whether counts by month can be judged at all, or too much of them is not there."""

from __future__ import annotations

from scrutinybook.analysis.levels import SEARCH_MONTHS
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.sources.symbols import Symbol

MOST_WITHHELD = 0.1
"""Largest share of withheld months with which the rest are judged. What is withheld are the low
months, so that levels and limits from the rest lie too high; two months in 48 move them little."""


def without_count(series: PublishedSeries) -> NoCount | ManyWithheld | None:
    """Say why the edition's month cannot be judged, or None where it can.

    Raises `IndexError` for an empty series.
    """
    latest = series.latest
    known = [o for o in series if o.value is not None]
    if latest.value is None:
        return NoCount(
            measure_id=series.measure_id,
            month=latest.period.month,
            symbol=latest.symbol or Symbol.NOT_AVAILABLE,
            last_known=known[-1].period.month if known else None,
        )
    window = series.observations[-SEARCH_MONTHS:]
    withheld = [o for o in window if o.symbol is Symbol.SUPPRESSED]
    if len(withheld) <= MOST_WITHHELD * len(window):
        return None
    return ManyWithheld(
        measure_id=series.measure_id,
        month=latest.period.month,
        count=latest.value,
        n_withheld=len(withheld),
        n_months=len(window),
    )
