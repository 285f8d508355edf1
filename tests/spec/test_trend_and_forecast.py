"""Lines by hand, and forecasts whose answer is known beforehand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from scrutinybook.statistics import (
    Forecast,
    NoForecast,
    NoForecastWhy,
    TooShortForTrend,
    Trend,
    count_trend,
    forecast_counts,
    forecast_proportions,
    proportion_trend,
    value_trend,
)

NAN = float("nan")


def line(answer: Trend | TooShortForTrend) -> Trend:
    assert isinstance(answer, Trend)
    return answer


def made(answer: Forecast | NoForecast) -> Forecast:
    assert isinstance(answer, Forecast)
    return answer


class TestTrend:
    def test_a_straight_line_is_found_as_it_is(self) -> None:
        found = line(
            value_trend([6.0 - 0.1 * k for k in range(10)], first_month=5, seed=1, seasonal=False)
        )
        assert (found.first, found.last) == pytest.approx((6.0, 5.1))
        assert found.change.estimate == pytest.approx(-0.9)
        assert found.change.upper - found.change.lower < 1e-6
        assert found.p_value < 1e-6

    def test_uncorrelated_months_give_ordinary_least_squares_or_wider(self) -> None:
        """
        month   1  2  3  4  5  6  7  8 | mean 4.5, squares about it 42
        value   1  3  2  4  4  5  7  6 | mean 4, slope 32 / 42; change over 7 months 5.333
        """
        values = [1, 3, 2, 4, 4, 5, 7, 6]
        found = line(value_trend(values, first_month=1, seed=1, seasonal=False))
        plain = stats.linregress(range(8), values)
        assert plain.slope == pytest.approx(32 / 42)
        assert found.change.estimate == pytest.approx(7 * 32 / 42, rel=0.02)
        assert found.rho > 0
        assert found.p_value > plain.pvalue
        assert found.ratio is None

    def test_counts_rise_by_a_ratio(self) -> None:
        """Two in a hundred more each month: after twelve months 1.02^12 = 1.268 times."""
        counts = np.round(10_000 * 1.02 ** np.arange(13))
        found = line(count_trend(counts, first_month=1, seed=1, seasonal=False))
        assert found.ratio is not None
        assert found.ratio.estimate == pytest.approx(1.02**12, rel=1e-4)
        assert found.last / found.first == pytest.approx(1.02**12, rel=1e-3)

    def test_working_days_are_no_trend(self) -> None:
        days = np.arange(18.0, 30.0)
        found = line(count_trend(100 * days, days, first_month=1, seed=1, seasonal=False))
        assert found.ratio is not None
        assert found.ratio.estimate == pytest.approx(1.0, abs=1e-3)

    def test_season_is_no_trend(self) -> None:
        """Two and a half years from January, low in the first half of each: without the season a
        fall, with it none."""
        months = np.arange(30)
        counts = np.round(1000 * np.exp(0.2 * np.sin(2 * np.pi * months / 12)))
        without, within = (
            line(count_trend(counts, first_month=1, seed=1, seasonal=s)) for s in (False, True)
        )
        assert without.ratio is not None
        assert within.ratio is not None
        assert abs(math.log(within.ratio.estimate)) < 0.002
        assert abs(math.log(without.ratio.estimate)) > 0.02

    def test_shares_stay_between_nothing_and_all(self) -> None:
        """74.3% to 93.1% in ten months, of 200 each."""
        top = np.round(200 * np.linspace(0.743, 0.931, 10))
        found = line(proportion_trend(top, [200] * 10, first_month=6, seed=1, seasonal=False))
        assert 0.70 < found.first < 0.78
        assert 0.90 < found.last < 0.95
        assert 0.1 < found.change.lower < found.change.estimate < found.change.upper < 0.3

    def test_equal_months_have_no_trend_and_no_error(self) -> None:
        found = line(value_trend([5.0] * 9, first_month=1, seed=1, seasonal=False))
        assert (found.change.estimate, found.rho) == pytest.approx((0.0, 0.0))
        assert found.p_value > 0.05

    @pytest.mark.parametrize(("n", "seasonal", "needed"), [(7, False, 8), (23, True, 24)])
    def test_too_short(self, n: int, seasonal: bool, needed: int) -> None:
        answer = value_trend([*range(n), NAN], first_month=1, seed=1, seasonal=seasonal)
        assert answer == TooShortForTrend(n, needed)


class TestForecast:
    def test_season_comes_back(self) -> None:
        months = np.arange(54)
        counts = np.round(500 * np.exp(0.3 * np.sin(2 * np.pi * months / 12)))
        noisy = counts + np.tile([3, -2, 1, -4, 2, 0], 9)
        found = made(forecast_counts(noisy[:48], ahead=6, first_month=4, seed=1))
        assert found.middle == pytest.approx(counts[48:], rel=0.03)
        later = found.compare(noisy[48:])
        assert later is not None
        assert later.inside.all()
        assert not (later.above or later.below)
        assert later.p_value > 0.05

    def test_more_working_days_more_children(self) -> None:
        rng = np.random.default_rng(3)
        days = np.append(np.full(36, 20.0), [10.0, 20.0])
        found = made(forecast_counts(rng.poisson(400, 36), days, ahead=2, first_month=1, seed=1))
        assert found.middle[1] == pytest.approx(2 * found.middle[0], rel=0.15)

    def test_later_months_that_rise_are_above(self) -> None:
        rng = np.random.default_rng(4)
        found = made(forecast_counts(rng.poisson(200, 36), ahead=3, first_month=1, seed=1))
        later = found.compare([290, NAN, 310])
        assert later is not None
        assert (later.n_months, later.mean) == (2, 300.0)
        assert list(later.inside) == [False, False, False]
        assert later.above
        assert later.p_value < 0.01

    def test_a_claim_without_later_months_is_not_judged(self) -> None:
        counts = np.random.default_rng(4).poisson(200, 36)
        assert made(forecast_counts(counts, ahead=3, first_month=1, seed=1)).compare([NAN]) is None

    def test_wandering_level_grows_vaguer_and_a_steady_one_hardly(self) -> None:
        rng = np.random.default_rng(5)
        steady = rng.poisson(1000, 48)
        wandering = rng.poisson(1000 * np.exp(np.cumsum(0.15 * rng.standard_normal(48))))
        growth = []
        for counts in (steady, wandering):
            found = made(forecast_counts(counts, ahead=12, first_month=1, seed=1, seasonal=False))
            width = np.log(found.upper / found.lower)
            growth.append(width[-1] / width[0])
        assert growth[0] < 1.4
        assert growth[1] > 1.8

    def test_proportions_stay_shares(self) -> None:
        rng = np.random.default_rng(6)
        found = made(
            forecast_proportions(
                rng.binomial(200, 0.9, 36), [200] * 36, ahead=6, first_month=1, seed=1
            )
        )
        assert ((found.lower > 0) & (found.upper < 1)).all()
        assert ((found.lower < 0.9) & (found.upper > 0.9)).all()
        assert found.level.lower < 0.9 < found.level.upper

    @pytest.mark.parametrize(
        ("counts", "seasonal", "why"),
        [
            ([50, 60] * 11 + [NAN], True, NoForecastWhy.TOO_SHORT),
            ([50] * 11, False, NoForecastWhy.TOO_SHORT),
            ([5, 6] * 15, True, NoForecastWhy.TOO_FEW_CASES),
            ([50] * 30, True, NoForecastWhy.NO_SPREAD),
        ],
    )
    def test_says_why_there_is_none(
        self, counts: list[float], seasonal: bool, why: NoForecastWhy
    ) -> None:
        answer = forecast_counts(counts, ahead=3, first_month=1, seed=1, seasonal=seasonal)
        assert isinstance(answer, NoForecast)
        assert answer.why is why


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: forecast_counts([50] * 30, ahead=13, first_month=1, seed=1), "ahead is 13"),
        (lambda: forecast_counts([50] * 30, ahead=0, first_month=1, seed=1), "ahead is 0"),
        (lambda: forecast_counts([50] * 30, ahead=1, first_month=13, seed=1), "first_month is 13"),
        (
            lambda: forecast_counts([50] * 30, [20] * 30, ahead=3, first_month=1, seed=1),
            "working_days has 30 values; 33 are needed",
        ),
        (
            lambda: forecast_counts([5] * 2, [20, NAN, 21], ahead=1, first_month=1, seed=1),
            r"working_days\[1\] is missing",
        ),
        (
            lambda: made(
                forecast_counts([50, 55] * 15, ahead=1, first_month=1, seed=1, n_samples=200)
            ).compare([1, 2]),
            "later has 2 values; 1 were forecast",
        ),
        (
            lambda: proportion_trend([3], [2], first_month=1, seed=1, seasonal=False),
            r"numerators\[0\] is 3",
        ),
        (
            lambda: value_trend([3], first_month=0, seed=1, seasonal=False),
            "first_month is 0",
        ),
        (
            lambda: value_trend([3], first_month=1, seed=1, seasonal=False, confidence=95),
            "confidence is 95",
        ),
    ],
)
def test_refuses_and_says_where(call: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()  # type: ignore[operator]
