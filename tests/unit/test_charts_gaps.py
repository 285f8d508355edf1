"""Lines stop where figures are missing: none crosses months that nobody has a figure for."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np
import pytest
import seaborn as sns
from matplotlib.figure import Figure

from scrutinybook.charts.axes import stretches


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([1, 2, 3], [[0, 1, 2]]),
        ([1, 2, nan, 4, 5], [[0, 1], [3, 4]]),
        ([nan, 2, 3, nan, nan, 6], [[1, 2], [5]]),
        ([1, nan, 3, nan], [[0], [2]]),
    ],
)
def test_each_stretch_of_known_figures_is_a_line_of_its_own(
    values: Sequence[float], drawn: list[list[int]]
) -> None:
    axes = Figure().subplots()
    y = np.array(values, dtype=float)
    sns.lineplot(x=np.arange(y.size), y=y, ax=axes, **stretches(y))
    assert [line.get_xdata().tolist() for line in axes.lines] == drawn
