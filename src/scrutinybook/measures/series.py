"""A measure over time: periods, what was counted, out of how many, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.sources.figure_periods import FigurePeriod
from scrutinybook.sources.symbols import Symbol


@dataclass(frozen=True)
class Observation:
    """One period of a series."""

    period: FigurePeriod
    numerator: float | None
    """What was counted (or the printed value); None where a symbol stands instead."""
    denominator: float | None
    """Out of how many; None for counts, stocks and printed values, and beside a symbol."""
    symbol: Symbol | None
    """Why there is no figure; None where there is one."""
    release: str
    """Key of the release the figure comes from; empty where there is no row for the period."""

    @property
    def value(self) -> float | None:
        """Count, printed value, or share between 0 and 1; None without a figure."""
        if self.numerator is None or self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None

    @property
    def parts(self) -> tuple[int, int] | None:
        """Whole numerator and denominator of a proportion that can be tested, or None."""
        if self.numerator is None or not self.denominator:
            return None
        return round(self.numerator), round(self.denominator)


@dataclass(frozen=True)
class Series:
    """One measure of one area, oldest period first, without a gap in the list of periods."""

    measure_id: str
    area: str
    observations: tuple[Observation, ...]

    def __len__(self) -> int:
        return len(self.observations)

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.observations)

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """Shape (n,); NaN where there is no figure."""
        return np.array([np.nan if o.value is None else o.value for o in self], dtype=float)

    @property
    def latest(self) -> Observation:
        """The last period. Raises `IndexError` for an empty series."""
        return self.observations[-1]

    def at(self, period: FigurePeriod) -> Observation | None:
        """The observation of one period, or None."""
        return next((o for o in self if o.period == period), None)

    def before_latest(self) -> Observation | None:
        """The period before the last, or None."""
        return self.observations[-2] if len(self) > 1 else None
