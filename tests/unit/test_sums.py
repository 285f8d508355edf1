"""Sums that are rounded once."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics.sums import average, total


def test_ten_tenths_are_one() -> None:
    assert sum([0.1] * 10) != 1
    assert total(np.full(10, 0.1)) == 1


@pytest.mark.parametrize("n", range(1, 200))
def test_the_mean_of_equal_values_is_that_value(n: int) -> None:
    for value in (0.1, 80.1, 1 / 3, 1e15 / 7):
        assert average(np.full(n, value)) == value
