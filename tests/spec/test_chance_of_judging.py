"""How often the latest month is a signal by chance, where the months before it set the limits."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import chance_of_rules
from scrutinybook.statistics.chance_of_judging import chance_of_judging
from scrutinybook.statistics.individuals import individuals_chart
from scrutinybook.statistics.limits import ChartKind
from scrutinybook.statistics.making_data_count import point_signals

SEED = 12


def test_it_is_what_the_charts_themselves_do() -> None:
    """2,000 null series drawn as charts: the share whose latest month is a signal."""
    rng = np.random.default_rng(5)
    n = 18
    signals = [
        bool(point_signals(individuals_chart(v, baseline=[True] * (n - 1) + [False])).any[-1])  # type: ignore[arg-type]
        for v in rng.standard_normal((2_000, n))
    ]
    told = chance_of_judging(n, ChartKind.INDIVIDUALS, seed=SEED)
    assert np.mean(signals) == pytest.approx(told, abs=3 * np.sqrt(told / 2_000))


def test_limits_from_few_months_miss_the_latest_more_often() -> None:
    few, many = (chance_of_judging(n, ChartKind.INDIVIDUALS, seed=SEED) for n in (13, 48))
    assert few > 1.3 * many
    # Limits that the latest month helped to set would seem to signal less often than they do.
    assert few > 1.3 * chance_of_rules(13, seed=SEED).latest_signal


def test_a_chart_that_applies_the_limits_alone_signals_less_often() -> None:
    stock, plain = (
        chance_of_judging(42, kind, seed=SEED) for kind in (ChartKind.STOCK, ChartKind.INDIVIDUALS)
    )
    assert 0.0027 < stock < plain / 2


def test_a_spread_that_counting_gives_is_not_estimated() -> None:
    known = {chance_of_judging(13, kind, seed=SEED) for kind in (ChartKind.P, ChartKind.U)}
    assert len(known) == 1
    assert known.pop() < chance_of_judging(13, ChartKind.INDIVIDUALS, seed=SEED)


def test_two_months_are_too_few() -> None:
    with pytest.raises(ValueError, match="n_points is 2"):
        chance_of_judging(2, ChartKind.P, seed=SEED)
