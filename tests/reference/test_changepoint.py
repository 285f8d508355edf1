"""The search for level changes on series whose changes are known, and on real referrals.

Elsewhere a change-point is the last place of a segment counted from 1; here it is the first place
of the next segment counted from 0. The number is the same: Nile 28 is 1899, the first low year.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from scrutinybook.periods import Month, working_days
from scrutinybook.statistics import (
    ControlChart,
    LevelChanges,
    Reason,
    choose_count_chart,
    find_level_changes,
    individuals_chart,
)


def series(reference: Path, name: str) -> np.ndarray:
    with (reference / "reference" / "changepoint" / f"input_{name}.csv").open() as lines:
        return np.array([float(row["y"]) for row in csv.DictReader(lines)])


def search(counts: np.ndarray, *, seasonal: bool) -> LevelChanges:
    answer = find_level_changes(counts, first_month=1, seed=1, seasonal=seasonal)
    assert isinstance(answer, LevelChanges)
    return answer


def test_nile_has_one_change_where_all_others_find_it(reference: Path) -> None:
    known = json.loads((reference / "reference/changepoint/strucchange.json").read_text())["nile"]
    (change,) = search(series(reference, "nile"), seasonal=False).changes
    assert [change.first_month] == known["breakpoints"]
    (interval,) = known["confint95"]
    assert interval["2.5 %"] <= change.earliest <= change.latest <= interval["97.5 %"]
    assert change.before == pytest.approx(1098, abs=10)
    assert change.after == pytest.approx(850, abs=10)


def test_coal_disasters_fall_within_the_other_programs_interval(reference: Path) -> None:
    known = json.loads((reference / "reference/changepoint/strucchange.json").read_text())
    (interval,) = known["coal_yearly"]["confint95"]
    (change,) = search(series(reference, "coal_yearly"), seasonal=False).changes
    assert change.earliest <= interval["97.5 %"]
    assert change.latest >= interval["2.5 %"]
    assert change.ratio.upper < 1


def test_driver_deaths_fall_with_the_seat_belt_law(reference: Path) -> None:
    """Monthly and seasonal; all who annotated it and found anything marked place 169."""
    annotated = json.loads((reference / "reference/changepoint/tcpd_annotations.json").read_text())
    marked = [places for places in annotated["seatbelts"].values() if places]
    assert all(169 in places for places in marked)
    found = search(series(reference, "ukdriverdeaths"), seasonal=True).changes
    assert found[-1].first_month == 169
    assert found[-1].ratio.upper < 0.95


NAMES = "January February March April May June July August September October November December"


def plymouth(reference: Path, first: str, last: str) -> tuple[list[Month], np.ndarray, np.ndarray]:
    (file,) = (reference / "data" / "dfe_children_in_need").glob("c6_*.csv")
    counted: dict[Month, float] = {}
    with file.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            if row["new_la_code"] != "E06000026":
                continue
            for number, name in enumerate(NAMES.split(), start=1):
                year = int(row["time_period"]) - (number > 3)
                counted[Month(year, number)] = float(row[name])
    months = sorted(m for m in counted if Month.parse(first) <= m <= Month.parse(last))
    return months, np.array([counted[m] for m in months]), np.array([*map(working_days, months)])


@pytest.mark.parametrize("first", ["2018-04", "2019-04", "2020-04"])
def test_plymouth_as_at_march_2023_shows_the_fall_of_late_2021(reference: Path, first: str) -> None:
    months, counts, days = plymouth(reference, first, "2023-03")
    answer = find_level_changes(counts, days, first_month=months[0].month, seed=1)
    assert isinstance(answer, LevelChanges)
    change = answer.changes[-1]
    assert months[change.earliest] <= Month(2021, 12) <= months[change.latest]
    assert 280 < change.before < 315
    assert 195 < change.after < 210
    assert change.ratio.upper < 0.9


@pytest.mark.parametrize("first", ["2016-04", "2019-04", "2020-04", "2021-04"])
def test_plymouth_as_at_march_2024_shows_the_rise_too(reference: Path, first: str) -> None:
    """A fall and a rise of like size, which hide each other from a search for one step."""
    months, counts, days = plymouth(reference, first, "2024-03")
    answer = find_level_changes(counts, days, first_month=months[0].month, seed=1)
    assert isinstance(answer, LevelChanges)
    fall, rise = answer.changes[-2:]
    assert fall.after < fall.before
    assert months[rise.earliest] <= Month(2023, 7) <= months[rise.latest]
    assert rise.ratio.lower > 1.2


def test_march_2023_is_beyond_a_plain_limit_and_within_one_that_fits(reference: Path) -> None:
    _, counts, days = plymouth(reference, "2022-04", "2023-03")
    before = np.arange(12) < 11
    chosen = choose_count_chart(counts, days, baseline=before, minimum=11)
    assert chosen.reason is Reason.WIDER_ALIKE
    assert chosen.dispersion is not None
    assert chosen.dispersion.ratio > 2
    assert isinstance(chosen.plain_counts, ControlChart)
    assert isinstance(chosen.chart, ControlChart)
    assert chosen.plain_counts.upper[-1] == pytest.approx(238, abs=0.5)
    assert chosen.plain_counts.beyond[-1]
    assert not chosen.chart.beyond[-1]

    _, counts, _ = plymouth(reference, "2021-12", "2023-03")
    chart = individuals_chart(counts, baseline=np.arange(16) < 15, lowest=0.0)
    assert isinstance(chart, ControlChart)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((111, 286), abs=0.5)
    assert not chart.beyond[-1]
