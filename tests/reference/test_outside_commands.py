"""The commands for a user's own figures against other programs, through files.

Charts: qicharts2 0.8.1, all 25 series. Icons: NHSRplotthedots 0.2.2, all 25 series and 666 points.
"""

from __future__ import annotations

import csv
import json
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scrutinybook.outside.changes import ChangeOptions, outside_changes
from scrutinybook.outside.chart import ChartOptions, outside_chart
from scrutinybook.outside.icons import IconOptions, outside_icons
from scrutinybook.outside.kinds import Direction, Kind

SIZED = ("p", "pp", "u", "up")
LINES = (("value", "y"), ("centre", "cl"), ("lower", "lcl"), ("upper", "ucl"))
DIRECTIONS = {"increase": "high", "decrease": "low", "neutral": "neutral"}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, heading: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *rows])
    return path


def numbers(rows: list[dict[str, str]], column: str) -> np.ndarray:
    return np.array([float(row[column] or "nan") for row in rows])


def charts(reference: Path) -> list[dict[str, Any]]:
    found = json.loads((reference / "reference" / "spc" / "index.json").read_text())
    assert len(found) == 25
    return list(found)


def test_every_chart_agrees_in_lines_and_signals(reference: Path, tmp_path: Path) -> None:
    for about in charts(reference):
        name, kind = about["name"], about["chart"]
        theirs = read(reference / "reference" / "spc" / f"{name}.csv")
        sizes = ["n"] if kind in SIZED else []
        rows = [[row["x"], row["y.sum"], *(row[n] for n in sizes)] for row in theirs]
        file = write(tmp_path / f"{name}.csv", ["x", "y", *sizes], rows)
        options = ChartOptions(
            Kind(kind),
            freeze=about.get("freeze"),
            phases=np.atleast_1d(about.get("part", [])).astype(int).tolist(),
            exclude=about.get("exclude", []),
            floor=False,
        )
        out = tmp_path / f"{name}-out.csv"
        out.write_text(outside_chart(file, options).as_csv(), encoding="utf-8")
        ours = read(out)
        assert [row["x"] for row in ours] == [row["x"] for row in theirs]
        for mine, other in LINES:
            expected = numbers(theirs, other) / about.get("multiply", 1)
            atol = 1e-8 * max(1.0, np.nanmax(np.abs(expected), initial=0.0))
            np.testing.assert_allclose(
                numbers(ours, mine), expected, rtol=0, atol=atol, err_msg=f"{name} {mine}"
            )
        for mine, other in (("signal_limits", "sigma.signal"), ("signal_runs", "runs.signal")):
            assert [row[mine] for row in ours] == [row[other] for row in theirs], name


def test_with_its_floor_one_chart_differs(reference: Path, tmp_path: Path) -> None:
    """Dyed cloth varies less than counting gives; the floor is what a user gets unasked."""
    theirs = read(reference / "reference" / "spc" / "up_dyedcloth.csv")
    rows = [[row["x"], row["y.sum"], row["n"]] for row in theirs]
    file = write(tmp_path / "in.csv", ["x", "y", "n"], rows)
    floored = outside_chart(file, ChartOptions(Kind.UP))
    plain = outside_chart(file, ChartOptions(Kind.U))
    np.testing.assert_array_equal(floored.chart.upper, plain.chart.upper)
    assert (floored.chart.upper > numbers(theirs, "ucl")).all()
    assert any("--no-floor" in note for note in floored.notes)


def test_every_icon_and_every_point_agrees(reference: Path, tmp_path: Path) -> None:
    folder = reference / "reference" / "icons"
    about = json.loads((folder / "classification.json").read_text())
    points = read(folder / "points.csv")
    assert (len(about), len(points)) == (25, 666)
    for series in about:
        theirs = [row for row in points if row["series"] == series["series"]]
        rows = [[row["date"], row["y"]] for row in theirs]
        groups = [len(list(rows)) for _, rows in groupby(theirs, lambda row: row["rebase_group"])]
        found = outside_icons(
            write(tmp_path / "in.csv", ["x", "y"], rows),
            IconOptions(
                Direction(DIRECTIONS[series["improvement_direction"]]),
                target=series["target"],
                phases=np.cumsum(groups)[:-1].tolist(),
            ),
        ).answer
        for key in ("variation", "variation_icon", "assurance"):
            assert found[key] == series[key], (series["series"], key)
        assert found["rule"] == series["last_special_cause"], series["series"]
        for point, row in zip(found["points"], theirs, strict=True):
            assert (point["x"], point["rule"]) == (row["date"], row["special_cause_type"])
            assert bool(point["rules"]) == (row["special_cause_type"] != "Common Cause")
            for mine, other in (("mean", "mean"), ("lower", "lpl"), ("upper", "upl")):
                assert point[mine] == pytest.approx(float(row[other]), rel=1e-8, abs=1e-8)


def test_the_nile_changes_where_others_find_it(reference: Path, tmp_path: Path) -> None:
    """Counted from 1, the last point of the old level; 28 is 1898."""
    theirs = read(reference / "reference" / "spc" / "i_nile.csv")
    file = write(tmp_path / "in.csv", ["x", "y"], [[row["x"], row["y.sum"]] for row in theirs])
    known = json.loads((reference / "reference/changepoint/strucchange.json").read_text())["nile"]
    (change,) = outside_changes(file, ChangeOptions(season=1)).answer["changes"]
    assert [change["point"]] == known["breakpoints"]
    assert change["x"] == "1898"
    first, last = change["range"]
    assert first <= 28 <= last
    assert change["range_x"] == [str(1870 + first), str(1870 + last)]
