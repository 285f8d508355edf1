"""A finding on the parts of a council's own figure: each service, locality or band of a period."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.findings.base import Finding
from scrutinybook.findings.council import on_page
from scrutinybook.measures.series import Observation
from scrutinybook.sources.symbols import Symbol


@dataclass(frozen=True)
class PartsFound(Finding):
    """The latest period of a measure in parts, as the gate lets them through."""

    measure: ExtractMeasure
    whole: Observation
    parts: tuple[tuple[str, Observation], ...]
    """Name and figure, in the order of the table; those without any row of the period left out."""

    @property
    def shown(self) -> tuple[tuple[str, Observation, float], ...]:
        """Parts that have a figure, with it as pages show it."""
        values = ((name, o, on_page(self.measure, o)) for name, o in self.parts)
        return tuple((name, o, value) for name, o, value in values if value is not None)

    @property
    def withheld(self) -> tuple[str, ...]:
        """Parts whose figure is withheld."""
        return tuple(name for name, o in self.parts if o.symbol is Symbol.SUPPRESSED)

    @property
    def n_missed(self) -> int:
        """Parts that lie on the wrong side of the target; 0 where it is not for values."""
        measure = self.measure
        if measure.target is None or measure.kind != "value" or measure.polarity == "neutral":
            return 0
        way = 1 if measure.polarity == "low" else -1
        return sum(way * value > way * measure.target for _, _, value in self.shown)
