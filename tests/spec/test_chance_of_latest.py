"""How often the one judged month lies outside limits that are themselves estimates."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    chance_latest_beyond,
    individuals_chart,
)


#                months  per cent
@pytest.mark.parametrize(
    ("n_baseline", "percent"), [(11, 2.1), (12, 1.9), (15, 1.5), (24, 0.9), (36, 0.65)]
)
def test_fewer_months_make_looser_promises(n_baseline: int, percent: float) -> None:
    for kind in (ChartKind.INDIVIDUALS, ChartKind.U_PRIME):
        assert 100 * chance_latest_beyond(n_baseline, kind, seed=1) == pytest.approx(
            percent, abs=0.1
        )


@pytest.mark.parametrize("kind", [ChartKind.U, ChartKind.C])
def test_where_only_the_centre_is_estimated_little_is_lost(kind: ChartKind) -> None:
    # The centre of n months strays by 1 / n of a month's variance: 2 * sf(3 / sqrt(1 + 1 / 15)).
    assert chance_latest_beyond(15, kind, seed=1) == pytest.approx(0.003676, abs=0.0001)


def test_with_many_months_it_is_that_of_known_limits() -> None:
    share = chance_latest_beyond(400, ChartKind.INDIVIDUALS, seed=1)
    assert share == pytest.approx(0.0027, abs=0.0004)


def test_the_chart_itself_leaves_out_as_many() -> None:
    """Counted on charts drawn by another seed, without the shortcut."""
    rng, n = np.random.default_rng(2), 12
    outside = 0
    for series in rng.standard_normal((4_000, n + 1)):
        chart = individuals_chart(series, baseline=[True] * n + [False])
        assert isinstance(chart, ControlChart)
        outside += bool(chart.beyond[-1])
    share = chance_latest_beyond(n, ChartKind.INDIVIDUALS, seed=1)
    assert outside / 4_000 == pytest.approx(share, abs=3 * (share / 4_000) ** 0.5)


def test_refuses() -> None:
    with pytest.raises(ValueError, match="n_baseline is 1"):
        chance_latest_beyond(1, ChartKind.INDIVIDUALS, seed=1)
    with pytest.raises(ValueError, match="not simulated"):
        chance_latest_beyond(15, ChartKind.P, seed=1)
