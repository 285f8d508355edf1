"""Moving ranges, and charts of what lies between rare events, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    TooShort,
    g_chart,
    individuals_chart,
    moving_range_chart,
    t_chart,
)

NAN = float("nan")


def drawn(chart: ControlChart | TooShort) -> ControlChart:
    assert isinstance(chart, ControlChart)
    return chart


def test_ranges_step_over_gaps_and_excluded_months_as_individuals_limits_do() -> None:
    """
    value          10   .  12  99  11  13 | 99 excluded
    moving range            2  87  88   2 | drawn
    in the mean             2       1   2 | 10 to 12, 12 to 11, 11 to 13
    """
    values, excluded = [10, NAN, 12, 99, 11, 13], np.arange(6) == 3
    chart = drawn(moving_range_chart(values, exclude=excluded, minimum=4))
    assert chart.values == pytest.approx([NAN, NAN, 2, 87, 88, 2], nan_ok=True)
    assert chart.centre[0] == pytest.approx(5 / 3)
    assert list(np.flatnonzero(chart.beyond)) == [3, 4]
    individuals = drawn(individuals_chart(values, exclude=excluded, minimum=4))
    assert individuals.sigma[0] * 1.128 == pytest.approx(chart.centre[0])


def test_a_longer_wait_than_ever_signals() -> None:
    waits = [12.0, 30, 5, 44, 21, 9, 60, 17, 33, 26, 14, 40, 900]
    upto = np.arange(13) < 12
    for chart in (g_chart(waits, baseline=upto), t_chart(waits, baseline=upto)):
        assert list(np.flatnonzero(drawn(chart).beyond)) == [12]


@pytest.mark.parametrize(
    ("chart", "kind"),
    [
        (moving_range_chart, ChartKind.MOVING_RANGE),
        (g_chart, ChartKind.G),
        (t_chart, ChartKind.T),
    ],
)
def test_too_few_for_limits(chart: object, kind: ChartKind) -> None:
    for values in ([3.0] * 11, [3.0]):
        answer = chart(values)  # type: ignore[operator]
        assert isinstance(answer, TooShort)
        assert (answer.kind, answer.n_baseline, answer.needed) == (kind, len(values), 12)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: g_chart([3, 2.5]), r"between\[1\] is 2.5; between must be a whole number"),
        (lambda: g_chart([3, -1]), r"between\[1\] is -1"),
        (lambda: t_chart([3, 0]), r"times\[1\] is 0; times must be above zero"),
        (lambda: t_chart([NAN, np.inf]), r"times\[1\] is inf"),
        (lambda: moving_range_chart([NAN, NAN]), "values hold no figure"),
        (lambda: moving_range_chart([[1.0]]), "values has shape"),
    ],
)
def test_refuses_what_cannot_be_charted(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
