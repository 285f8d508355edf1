"""The one gate: no number reaches a page, a chart or a file except through here.

Figures that the Department has published are public already, and pass as they are: a withheld one
stays withheld, and nothing is worked out that would recover it. No other origin has a rule yet, so
nothing of another origin passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.measures.series import Observation, Series


class Origin(StrEnum):
    """Where a series' figures come from, which decides what may be shown of them."""

    OFFICIAL = "official statistics"


@dataclass(frozen=True)
class PublishedSeries(Series):
    """A series that may be shown. Statistics, charts and sentences take this type alone."""

    origin: Origin


def gate(series: Series, origin: Origin) -> PublishedSeries:
    """Let a series through.

    Raises `ValueError` where a period has both a figure and a symbol: it would show what is
    withheld.
    """
    for observation in series:
        _refuse_leak(series, observation)
    return PublishedSeries(series.measure_id, series.area, series.observations, origin)


def _refuse_leak(series: Series, observation: Observation) -> None:
    shown = (observation.numerator, observation.denominator)
    if observation.symbol is not None and any(part is not None for part in shown):
        raise ValueError(
            f"{series.measure_id}, {observation.period}: a figure stands beside the symbol"
            f" {observation.symbol.value}"
        )
