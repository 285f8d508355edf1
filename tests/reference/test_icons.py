"""Rules and icons against another program's results (NHSRplotthedots 0.2.2), all series and points.

Limits agree to 1e-8, and so does what every point is called. Each difference on purpose has a test
that names it.
"""

from __future__ import annotations

import csv
import json
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scrutinybook.statistics import (
    ControlChart,
    Icons,
    Polarity,
    Rule,
    Withheld,
    icons_of,
    making_data_count_chart,
    point_signals,
)

NAMES = {
    (Rule.BEYOND, 1): "Above UCL",
    (Rule.BEYOND, -1): "Below LCL",
    (Rule.TREND, 1): "7 Point Trend (Increasing)",
    (Rule.TREND, -1): "7 Point Trend (Decreasing)",
    (Rule.NEAR, 1): "2 in 3 Above CL",
    (Rule.NEAR, -1): "2 in 3 Below CL",
    (Rule.SHIFT, 1): "7 Points Above CL",
    (Rule.SHIFT, -1): "7 Points Below CL",
    (None, 0): "Common Cause",
}
POLARITY = {
    "increase": Polarity.HIGH,
    "decrease": Polarity.LOW,
    "neutral": Polarity.NEUTRAL,
}
N_SERIES, N_POINTS = 25, 666


class Series:
    """One series: what the other program says of it, and its points phase by phase."""

    def __init__(self, about: dict[str, Any], rows: list[dict[str, str]]) -> None:
        self.about = about
        self.rows = rows
        self.phases = [list(rows) for _, rows in groupby(rows, lambda row: row["rebase_group"])]

    def chart(self, phase: int, **options: Any) -> ControlChart:
        # The other program draws limits from any number of points.
        asked = {"minimum": 2, "screen": self.about["screen_outliers"], **options}
        chart = making_data_count_chart(column(self.phases[phase], "y"), **asked)
        assert isinstance(chart, ControlChart)
        return chart

    def icons(self, **options: Any) -> Icons:
        return icons_of(
            self.chart(-1, **options),
            polarity=POLARITY[self.about["improvement_direction"]],
            target=self.about["target"],
            rebased=len(self.phases) > 1,
        )


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


@pytest.fixture(scope="module")
def every(reference: Path) -> dict[str, Series]:
    folder = reference / "reference" / "icons"
    about = json.loads((folder / "classification.json").read_text())
    with (folder / "points.csv").open() as lines:
        points = list(csv.DictReader(lines))
    assert (len(about), len(points)) == (N_SERIES, N_POINTS)
    return {
        each["series"]: Series(each, [row for row in points if row["series"] == each["series"]])
        for each in about
    }


def test_limits_of_every_series_agree(every: dict[str, Series]) -> None:
    for name, series in every.items():
        for place, rows in enumerate(series.phases):
            chart = series.chart(place)
            for ours, theirs in (("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
                expected = column(rows, theirs)
                np.testing.assert_allclose(
                    getattr(chart, ours), expected, rtol=1e-8, atol=1e-8, err_msg=name
                )
            close = (chart.values > chart.near_upper) | (chart.values < chart.near_lower)
            expected = [row["close_to_limits"] == "TRUE" for row in rows]
            assert list(close & ~chart.beyond) == expected, name


def test_every_point_is_called_the_same(every: dict[str, Series]) -> None:
    compared = 0
    for name, series in every.items():
        for place, rows in enumerate(series.phases):
            found = point_signals(series.chart(place))
            called = [
                NAMES[rule, int(way)]
                for rule, way in zip(found.rules, found.direction, strict=True)
            ]
            assert called == [row["special_cause_type"] for row in rows], name
            compared += len(called)
    assert compared == N_POINTS


def test_every_variation_icon_agrees(every: dict[str, Series]) -> None:
    for name, series in every.items():
        found = series.icons().variation
        assert found is not None, name
        assert found.value == series.about["variation_icon"], name


def test_what_the_limits_say_of_every_target_agrees(every: dict[str, Series]) -> None:
    for name, series in every.items():
        found = series.icons().by_limits
        assert (found.value if found else None) == series.about["assurance"], name


def test_differs_on_purpose_an_unsteady_series_has_no_assurance(every: dict[str, Series]) -> None:
    """The other program sets a target against limits that a recent signal calls in question."""
    withheld = {
        name
        for name, series in every.items()
        if series.icons().assurance_withheld is Withheld.UNSTEADY
    }
    assert {"ae_RJZ_perf95", "last_point_above_upl_improve", "seven_above_mean"} <= withheld
    assert not {"stable_target_consistent_pass", "target_equals_upl_edge"} & withheld


def test_differs_on_purpose_a_short_series_has_no_icons(every: dict[str, Series]) -> None:
    series = every["short_9_points"]
    found = icons_of(
        making_data_count_chart(column(series.rows, "y")), polarity=Polarity.HIGH, target=80
    )
    assert (found.variation, found.assurance) == (None, None)
    assert found.variation_withheld is found.assurance_withheld is Withheld.SHORT


def test_differs_on_purpose_a_phase_just_begun_has_no_icons(every: dict[str, Series]) -> None:
    """Three months after the baseline moved the other program already passes judgement."""
    series = every["ae_RR1_perf95_rebase2018-04"]
    assert len(series.phases[-1]) == 3
    found = icons_of(
        making_data_count_chart(column(series.phases[-1], "y")),
        polarity=Polarity.HIGH,
        target=0.95,
        rebased=True,
    )
    assert found.variation_withheld is found.assurance_withheld is Withheld.JUST_REBASED


def test_differs_on_purpose_limits_of_percentages_are_cut(every: dict[str, Series]) -> None:
    series = every["pct_near_100_upl_exceeds_100"]
    assert (series.chart(0).upper > 100).all()
    cut = series.chart(0, lowest=0.0, highest=100.0)
    assert (cut.upper == 100).all()
    assert (cut.near_upper <= 100).all()
    np.testing.assert_array_equal(cut.lower, series.chart(0).lower)


def test_differs_on_purpose_a_series_that_does_not_vary_has_limits_but_no_icons() -> None:
    """The other program has no limits for it; here they lie on the centre, and say so."""
    chart = making_data_count_chart([80.0] * 24)
    assert isinstance(chart, ControlChart)
    assert (chart.lower == chart.upper).all()
    found = icons_of(chart, polarity=Polarity.HIGH, target=75)
    assert (found.variation, found.assurance) == (None, None)
    assert found.variation_withheld is found.assurance_withheld is Withheld.NO_SPREAD


def test_differs_on_purpose_a_target_on_a_limit_but_for_rounding(every: dict[str, Series]) -> None:
    """The other program asks for the last digit; a target is printed with a few."""
    series = every["target_equals_upl_edge"]
    limit = float(series.chart(0).upper[0])
    for target in (limit, limit * (1 + 1e-12), limit * (1 - 1e-12)):
        found = icons_of(series.chart(0), polarity=Polarity.HIGH, target=target)
        assert found.assurance is not None
        assert found.assurance.value == "inconsistent"
