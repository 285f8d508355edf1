"""Charts against another program's results for textbook and public series (qicharts2 0.8.1).

Where definitions agree, limits agree to 1e-8. Each difference on purpose has a test that names it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from scrutinybook.statistics import (
    ControlChart,
    LeftOut,
    Phase,
    c_chart,
    g_chart,
    individuals_chart,
    moving_range_chart,
    p_chart,
    p_prime_chart,
    phased_chart,
    run_chart,
    runs_test,
    t_chart,
    u_chart,
    u_prime_chart,
)
from scrutinybook.statistics.rules import crossings_needed, longest_run_allowed

Floats = np.ndarray


class Reference:
    """One reference chart as columns of numbers; NaN where empty."""

    def __init__(self, folder: Path, name: str) -> None:
        with (folder / "reference" / "spc" / f"{name}.csv").open() as lines:
            self.rows = list(csv.DictReader(lines))
        self.about = next(
            each
            for each in json.loads((folder / "reference" / "spc" / "index.json").read_text())
            if each["name"] == name
        )

    def numbers(self, column: str) -> Floats:
        return np.array([float(row[column] or "nan") for row in self.rows])

    def marks(self, column: str) -> Floats:
        return np.array([row[column] == "TRUE" for row in self.rows])

    @property
    def parts(self) -> list[slice]:
        ends = [0, *np.atleast_1d(self.about.get("part", [])).astype(int), len(self.rows)]
        return [slice(a, b) for a, b in pairwise(ends)]


def of_values(chart: Callable[..., object]) -> Callable[..., object]:
    def drawn(ref: Reference, part: slice, masks: dict[str, Floats]) -> object:
        return chart(ref.numbers("y.sum")[part], **masks)

    return drawn


def over(chart: Callable[..., object]) -> Callable[..., object]:
    def drawn(ref: Reference, part: slice, masks: dict[str, Floats]) -> object:
        scale = ref.about.get("multiply", 1)
        return chart(ref.numbers("y.sum")[part], ref.numbers("n")[part] / scale, **masks)

    return drawn


LINES = (
    ("centre", "cl"),
    ("lower", "lcl"),
    ("upper", "ucl"),
    ("near_lower", "lcl.95"),
    ("near_upper", "ucl.95"),
)

AGREE = {
    "i_nile": of_values(individuals_chart),
    "i_nile_part28": of_values(individuals_chart),
    "i_nile_freeze28": of_values(individuals_chart),
    "i_nile_exclude": of_values(individuals_chart),
    "i_viscosity": of_values(individuals_chart),
    "p_nhs_accidents": over(p_chart),
    "pp_nhs_accidents": over(p_prime_chart),
    "p_orangejuice": over(p_chart),
    "p_orangejuice_freeze30": over(p_chart),
    "p_orangejuice_excl_15_23": over(p_chart),
    "pp_orangejuice": over(p_prime_chart),
    "c_cdi": of_values(c_chart),
    "c_cdi_part24": of_values(c_chart),
    "c_circuit": of_values(c_chart),
    "c_coal_yearly": of_values(c_chart),
    "u_cdi": over(u_chart),
    "up_cdi": over(u_prime_chart),
    "u_dyedcloth": over(u_chart),
    "mr_nile": of_values(moving_range_chart),
    "g_cabg_deaths": of_values(g_chart),
    "t_coal": of_values(t_chart),
}


@pytest.mark.parametrize("name", AGREE)
def test_centre_and_limits_agree(reference: Path, name: str) -> None:
    ref = Reference(reference, name)
    for part in ref.parts:
        masks = {
            "baseline": ref.marks("baseline")[part],
            "exclude": ~ref.marks("include")[part],
            "minimum": 10,
        }
        chart = AGREE[name](ref, part, masks)
        assert isinstance(chart, ControlChart)
        for ours, theirs in LINES:
            expected = ref.numbers(theirs)[part]
            scale = np.nanmax(np.abs(expected))
            np.testing.assert_allclose(
                getattr(chart, ours), expected, rtol=0, atol=1e-8 * max(1.0, scale), err_msg=ours
            )
        np.testing.assert_array_equal(chart.beyond, ref.marks("sigma.signal")[part])


@pytest.mark.parametrize(
    "name", ["i_nile_part28", "c_cdi_part24", "i_nile_freeze28", "i_nile_exclude"]
)
def test_phases_frozen_baselines_and_excluded_points_agree_in_one_chart(
    reference: Path, name: str
) -> None:
    ref = Reference(reference, name)
    frozen = ref.about.get("freeze")
    phases = [Phase(int(at), "as there") for at in np.atleast_1d(ref.about.get("part", []))]
    found = phased_chart(
        c_chart if ref.about["chart"] == "c" else individuals_chart,
        ref.numbers("y.sum"),
        phases=[Phase(0, "as there", frozen=frozen)] if frozen else phases,
        left_out=[LeftOut(at - 1, "as there") for at in ref.about.get("exclude", [])],
    )
    for ours, theirs in LINES[:3]:
        np.testing.assert_allclose(getattr(found, ours), ref.numbers(theirs), rtol=1e-10)
    np.testing.assert_array_equal(found.beyond, ref.marks("sigma.signal"))
    for phase in found.phases:
        row = ref.rows[phase.begins]
        assert phase.runs is not None
        assert phase.runs.longest_run == int(row["longest.run"])
        assert phase.runs.crossings == int(row["n.crossings"])
        assert phase.runs.signal == (row["runs.signal"] == "TRUE")


def test_every_reference_chart_is_compared(reference: Path) -> None:
    """25 charts: these, three run charts, and one that differs on purpose."""
    index = json.loads((reference / "reference" / "spc" / "index.json").read_text())
    compared = {*AGREE, "run_nile", "run_cdi_n", "run_cdi_anhoej", "up_dyedcloth"}
    assert {each["name"] for each in index} == compared
    assert len(index) == 25


@pytest.mark.parametrize("name", AGREE)
def test_runs_rules_agree(reference: Path, name: str) -> None:
    ref = Reference(reference, name)
    for part in ref.parts:
        found = runs_test(
            ref.numbers("y")[part], ref.numbers("cl")[part], exclude=~ref.marks("include")[part]
        )
        row = ref.rows[part][0]
        assert found.n_useful == int(row["n.useful"])
        assert found.longest_run == int(row["longest.run"])
        assert found.longest_allowed == int(row["longest.run.max"])
        assert found.crossings == int(row["n.crossings"])
        assert found.crossings_needed == int(row["n.crossings.min"])
        assert found.signal == (row["runs.signal"] == "TRUE")


@pytest.mark.parametrize("name", ["run_nile", "run_cdi_n", "run_cdi_anhoej"])
def test_run_charts_agree(reference: Path, name: str) -> None:
    ref = Reference(reference, name)
    chart = run_chart(ref.numbers("y"))
    np.testing.assert_allclose(chart.centre, ref.numbers("cl"))
    assert chart.runs.longest_run == int(ref.rows[0]["longest.run"])
    assert chart.runs.crossings == int(ref.rows[0]["n.crossings"])
    assert chart.runs.signal == (ref.rows[0]["runs.signal"] == "TRUE")


def test_runs_thresholds_agree(reference: Path) -> None:
    with (reference / "reference" / "spc" / "anhoej_thresholds.csv").open() as lines:
        rows = list(csv.reader(lines))
    names, table = rows[0], np.array(rows[1:], dtype=float)
    at = {name: place for place, name in enumerate(names)}
    n = table[:, at["n"]].astype(int)
    assert [longest_run_allowed(each) for each in n] == list(table[:, at["longest_run_max"]])
    assert [crossings_needed(each) for each in n] == list(table[:, at["n_crossings_min"]])


def test_differs_on_purpose_sigma_z_is_never_below_one(reference: Path) -> None:
    """Dyed cloth varies less than counting gives: the other program narrows the limits."""
    ref = Reference(reference, "up_dyedcloth")
    counted, size = ref.numbers("y.sum"), ref.numbers("n")
    floored = u_prime_chart(counted, size, minimum=10)
    plain = u_chart(counted, size, minimum=10)
    assert isinstance(floored, ControlChart)
    assert isinstance(plain, ControlChart)
    theirs = ref.numbers("ucl")
    assert (theirs < plain.upper - 1e-6).all()
    assert floored.inflation == 1.0
    np.testing.assert_array_equal(floored.upper, plain.upper)
    np.testing.assert_allclose(floored.centre, ref.numbers("cl"))


@pytest.mark.parametrize("name", ["pp_nhs_accidents", "pp_orangejuice", "up_cdi", "up_dyedcloth"])
def test_without_its_floor_sigma_z_agrees(reference: Path, name: str) -> None:
    ref = Reference(reference, name)
    chart = p_prime_chart if name.startswith("pp") else u_prime_chart
    size = ref.numbers("n") / ref.about.get("multiply", 1)
    found = chart(ref.numbers("y.sum"), size, minimum=10, floor=False)
    assert isinstance(found, ControlChart)
    assert (found.inflation < 1) == (name == "up_dyedcloth")
    for ours, theirs in LINES:
        np.testing.assert_allclose(getattr(found, ours), ref.numbers(theirs), rtol=1e-8)


def test_differs_on_purpose_a_range_that_touches_an_excluded_point_makes_no_limit(
    reference: Path,
) -> None:
    """The other program keeps the range from an excluded point to the next on its chart of ranges;
    here the mean range is the one that makes the individuals limits, which agree with it."""
    ref = Reference(reference, "i_nile_exclude")
    values, excluded = ref.numbers("y.sum"), ~ref.marks("include")
    ranges = moving_range_chart(values, exclude=excluded)
    assert isinstance(ranges, ControlChart)
    half_width = ref.numbers("ucl") - ref.numbers("cl")
    np.testing.assert_allclose(ranges.centre, half_width / 3 * 1.128)
    theirs = np.abs(np.diff(values))[~excluded[1:]].mean()
    assert theirs > ranges.centre[0]


def test_differs_on_purpose_ranges_step_over_a_month_without_a_figure() -> None:
    """The other program drops both ranges beside a gap. Here the values on either side of it are
    neighbours, as they are beside an excluded point: ranges 2, 7 and 3."""
    chart = individuals_chart([10, 12, np.nan, 19, 16], minimum=4)
    assert isinstance(chart, ControlChart)
    np.testing.assert_allclose(chart.sigma, (2 + 7 + 3) / 3 / 1.128)


def test_differs_on_purpose_short_series_have_no_limits(reference: Path) -> None:
    """Ten bolts of dyed cloth: the other program draws limits, here that has to be asked for."""
    ref = Reference(reference, "u_dyedcloth")
    answer = u_chart(ref.numbers("y.sum"), ref.numbers("n"))
    assert not isinstance(answer, ControlChart)
    assert (answer.n_baseline, answer.needed) == (10, 12)


def test_differs_on_purpose_limits_of_individuals_are_cut_only_where_asked(
    reference: Path,
) -> None:
    """An individuals chart does not know what is possible; a count says `lowest=0`."""
    wide = np.array([0, 9] * 7, dtype=float)
    free, cut = individuals_chart(wide), individuals_chart(wide, lowest=0.0)
    assert isinstance(free, ControlChart)
    assert isinstance(cut, ControlChart)
    assert (free.lower < 0).all()
    assert (cut.lower == 0).all()
    np.testing.assert_array_equal(free.upper, cut.upper)
