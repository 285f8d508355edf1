"""Which chart a measure gets, and why: one row for each way that the choice can go."""

from __future__ import annotations

import numpy as np
import pytest

from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    MeasureKind,
    NotCharted,
    Reason,
    TooFewCases,
    TooShort,
    choose_chart,
    choose_proportion_chart,
)

CALM = [90, 110, 95, 105, 100, 92, 108, 97, 103, 100, 101, 99]
WILD = [60, 140, 95, 150, 50, 92, 160, 70, 103, 40, 130, 110]
DAYS = [20, 21, 22] * 4
GROWING = list(range(300, 324))

CHOICES = [
    # kind of measure          values         sizes        chart                  why
    (MeasureKind.COUNT, CALM, None, ChartKind.C, Reason.CHANCE_ONLY),
    (MeasureKind.COUNT, CALM, [20] * 12, ChartKind.U, Reason.CHANCE_ONLY),
    (MeasureKind.COUNT, WILD, DAYS, ChartKind.INDIVIDUALS, Reason.WIDER_ALIKE),
    (MeasureKind.COUNT, WILD, [10, 90] * 6, ChartKind.U_PRIME, Reason.WIDER_UNLIKE),
    (MeasureKind.PROPORTION, CALM, [200] * 12, ChartKind.P, Reason.CHANCE_ONLY),
    (MeasureKind.PROPORTION, WILD, [200] * 12, ChartKind.P_PRIME, Reason.WIDER_PROPORTION),
    (MeasureKind.PROPORTION, CALM, [120] * 12, ChartKind.BETA_BINOMIAL, Reason.FEW_ON_ONE_SIDE),
    (MeasureKind.PROPORTION, [20] * 12, [20] * 12, ChartKind.BETA_BINOMIAL, Reason.FEW_ON_ONE_SIDE),
    (MeasureKind.VALUE, CALM, None, ChartKind.INDIVIDUALS, Reason.SINGLE_VALUES),
    (MeasureKind.STOCK, CALM, None, ChartKind.STOCK, Reason.STOCK),
    (MeasureKind.STOCK, GROWING, None, ChartKind.NET_FLOW, Reason.STOCK_FOLLOWS_ITSELF),
    (MeasureKind.CASES_BETWEEN, CALM, None, ChartKind.G, Reason.BETWEEN_EVENTS),
    (MeasureKind.TIME_BETWEEN, CALM, None, ChartKind.T, Reason.BETWEEN_EVENTS),
]


@pytest.mark.parametrize(("measure", "values", "sizes", "kind", "reason"), CHOICES)
def test_choice(
    measure: MeasureKind,
    values: list[int],
    sizes: list[int] | None,
    kind: ChartKind,
    reason: Reason,
) -> None:
    chosen = choose_chart(measure, values, sizes)
    assert isinstance(chosen.chart, ControlChart)
    assert (chosen.chart.kind, chosen.reason) == (kind, reason)
    counted = measure in (MeasureKind.COUNT, MeasureKind.PROPORTION)
    assert (chosen.dispersion is not None) == (chosen.plain is not None) == counted


@pytest.mark.parametrize("measure", [each for each in MeasureKind if each != "rolling year"])
def test_short_series_say_so_whatever_the_measure(measure: MeasureKind) -> None:
    sizes = [20, 20, 20] if measure is MeasureKind.PROPORTION else None
    chosen = choose_chart(measure, [3, 4, 5], sizes)
    assert chosen.reason is Reason.TOO_SHORT
    assert isinstance(chosen.chart, TooShort)


def test_few_cases_abstain() -> None:
    chosen = choose_chart(MeasureKind.PROPORTION, [1] * 12, [3] * 12)
    assert chosen.reason is Reason.TOO_FEW_CASES
    assert isinstance(chosen.chart, TooFewCases)
    assert chosen.dispersion is not None


def test_a_rolling_year_is_never_charted() -> None:
    chosen = choose_chart(MeasureKind.ROLLING_YEAR, GROWING)
    assert chosen.reason is Reason.ROLLING_YEAR
    assert isinstance(chosen.chart, NotCharted)
    assert list(chosen.chart.values) == GROWING
    with pytest.raises(ValueError, match="a measure of kind rolling year allows none"):
        choose_chart(MeasureKind.ROLLING_YEAR, GROWING, asked=ChartKind.INDIVIDUALS)


ASKED = [
    (MeasureKind.COUNT, ChartKind.C),
    (MeasureKind.COUNT, ChartKind.U),
    (MeasureKind.COUNT, ChartKind.U_PRIME),
    (MeasureKind.COUNT, ChartKind.INDIVIDUALS),
    (MeasureKind.PROPORTION, ChartKind.P),
    (MeasureKind.PROPORTION, ChartKind.P_PRIME),
    (MeasureKind.PROPORTION, ChartKind.BETA_BINOMIAL),
    (MeasureKind.PROPORTION, ChartKind.INDIVIDUALS),
    (MeasureKind.VALUE, ChartKind.INDIVIDUALS),
    (MeasureKind.VALUE, ChartKind.MOVING_RANGE),
    (MeasureKind.STOCK, ChartKind.STOCK),
    (MeasureKind.STOCK, ChartKind.NET_FLOW),
    (MeasureKind.STOCK, ChartKind.INDIVIDUALS),
    (MeasureKind.STOCK, ChartKind.MOVING_RANGE),
    (MeasureKind.CASES_BETWEEN, ChartKind.G),
    (MeasureKind.TIME_BETWEEN, ChartKind.T),
    (MeasureKind.TIME_BETWEEN, ChartKind.G),
]


@pytest.mark.parametrize(("measure", "kind"), ASKED)
def test_a_chart_asked_for_by_name(measure: MeasureKind, kind: ChartKind) -> None:
    counted = measure in (MeasureKind.COUNT, MeasureKind.PROPORTION)
    values = [*CALM, 104]
    chosen = choose_chart(measure, values, [200] * 13 if counted else None, asked=kind)
    assert isinstance(chosen.chart, ControlChart)
    assert (chosen.chart.kind, chosen.reason) == (kind, Reason.ASKED_FOR)
    # What the figures would have chosen still stands behind it.
    assert (chosen.dispersion is not None) == counted


def test_individuals_asked_for_are_of_rates_and_percentages() -> None:
    rates = choose_chart(MeasureKind.COUNT, CALM, DAYS, asked=ChartKind.INDIVIDUALS).chart
    assert isinstance(rates, ControlChart)
    assert rates.values == pytest.approx(np.array(CALM) / DAYS)
    counts = choose_chart(MeasureKind.COUNT, CALM, asked=ChartKind.INDIVIDUALS).chart
    assert list(counts.values) == CALM
    shares = choose_chart(
        MeasureKind.PROPORTION, [19, 20] * 6 + [0], [20] * 12 + [0], asked=ChartKind.INDIVIDUALS
    ).chart
    assert isinstance(shares, ControlChart)
    assert shares.upper[0] == 1.0
    assert np.isnan(shares.values[12])  # nobody was due


def test_what_was_asked_for_may_be_too_short_or_too_sparse() -> None:
    short = choose_chart(MeasureKind.VALUE, CALM[:5], asked=ChartKind.MOVING_RANGE)
    assert short.reason is Reason.TOO_SHORT
    sparse = choose_chart(MeasureKind.PROPORTION, [1] * 12, [3] * 12, asked=ChartKind.BETA_BINOMIAL)
    assert sparse.reason is Reason.TOO_FEW_CASES


def test_options_reach_the_chart() -> None:
    upto = np.arange(13) < 12
    for measure, values in ((MeasureKind.VALUE, [*CALM, 500]), (MeasureKind.STOCK, [*CALM, 500])):
        chart = choose_chart(measure, values, baseline=upto, lowest=0.0, highest=600.0).chart
        assert isinstance(chart, ControlChart)
        assert list(np.flatnonzero(chart.beyond)) == [12]
    exact = choose_proportion_chart([9] * 12 + [1], [10] * 13, baseline=upto).chart
    assert isinstance(exact, ControlChart)
    assert list(np.flatnonzero(exact.beyond)) == [12]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: choose_chart(MeasureKind.PROPORTION, CALM, DAYS, asked=ChartKind.C),
            "asked is c; a measure of kind proportion allows p, p', beta-binomial, individuals",
        ),
        (lambda: choose_chart(MeasureKind.PROPORTION, CALM), "sizes are missing"),
        (
            lambda: choose_chart(MeasureKind.COUNT, CALM, asked=ChartKind.U),
            "sizes are missing; a chart of kind u needs one a period",
        ),
        (
            lambda: choose_chart(MeasureKind.STOCK, CALM, DAYS),
            "sizes are given; a measure of kind stock has none",
        ),
        (
            lambda: choose_chart(MeasureKind.VALUE, [1, -2], lowest=0),
            r"values\[1\] is -2; values must lie",
        ),
    ],
)
def test_refuses_what_cannot_be_chosen(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
