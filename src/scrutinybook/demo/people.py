"""The children of the demonstration authority. None of them exists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scrutinybook.demo.chance import picked
from scrutinybook.demo.days import Ints

ETHNICITIES = ("WBRI", "WOTH", "MWBC", "MWAS", "MOTH", "AOTH", "BAFR", "OOTH", "NOBT")
_ETHNIC_SHARES = np.array([78, 6, 3, 2, 3, 2, 2, 2, 2], dtype=float)


class People:
    """Children in the order in which they were made; their place is their number."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._born: list[Ints] = []
        self._many = 0

    def add(self, born: Ints) -> Ints:
        """Make children born on these days; gives their places."""
        places = np.arange(self._many, self._many + born.size)
        self._born.append(born)
        self._many += born.size
        return places

    def table(self, changed: Sequence[tuple[Ints, Ints]]) -> pd.DataFrame:
        """Everybody: number, born, sex, ethnicity, disability. `changed` moves days of birth."""
        born = np.concatenate(self._born)
        for places, days in changed:
            born[places] = days
        many = born.size
        # Numbers in no order of time, so that a low number says nothing.
        numbers = self._rng.permutation(np.arange(1, 1_000_000))[:many]
        ethnicity = np.array(ETHNICITIES, dtype=object)[picked(self._rng, _ETHNIC_SHARES, many)]
        return pd.DataFrame(
            {
                "number": [f"SYN{each:06d}" for each in numbers],
                "born": born,
                "is_girl": self._rng.random(many) < 0.49,
                "ethnicity": ethnicity,
                "is_disabled": self._rng.random(many) < 0.08,
            }
        )
