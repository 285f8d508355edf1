"""What every finding is: one fact about one measure, with an id that sentences carry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrutinybook.catalogue_types import Polarity


class Direction(StrEnum):
    """Which way a figure moved or lies."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "the same"

    @classmethod
    def of(cls, difference: float) -> Direction:
        """From the sign of a difference."""
        if difference == 0:
            return cls.SAME
        return cls.HIGHER if difference > 0 else cls.LOWER


_GOOD = {"high": Direction.HIGHER, "low": Direction.LOWER}


def is_for_the_better(direction: Direction, polarity: Polarity) -> bool | None:
    """Whether a way is the better one; None where neither is, or nothing moved."""
    if polarity == "neutral" or direction is Direction.SAME:
        return None
    return direction is _GOOD[polarity]


@dataclass(frozen=True)
class Finding:
    """One fact about one measure."""

    measure_id: str

    @property
    def id(self) -> str:
        """Measure and sort of fact: ``referrals/latest-month``."""
        name = type(self).__name__
        words = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        return f"{self.measure_id}/{words.strip('-')}"
