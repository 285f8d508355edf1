"""What holds for a chart of any file that a user may bring."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrutinybook.errors import FaultsFound
from scrutinybook.outside.chart import HEADINGS, ChartOptions, outside_chart
from scrutinybook.outside.icons import IconOptions, outside_icons
from scrutinybook.outside.kinds import Direction, Kind

SIZED = (Kind.P, Kind.PP, Kind.BB, Kind.U, Kind.UP)
ALONE = (Kind.RUN, Kind.I, Kind.MR, Kind.C, Kind.G)

counts = st.one_of(st.none(), st.integers(0, 60))
values = st.lists(
    st.decimals(min_value=-1000, max_value=1000, places=2).map(float), min_size=2, max_size=40
)


def chart(columns: Sequence[Sequence[object]], options: ChartOptions) -> dict[str, list[str]]:
    """The written chart of a file with these columns, column by column."""
    text = io.StringIO()
    n = len(columns[0])
    csv.writer(text).writerows(
        [["x", "y", "n"][: len(columns) + 1], *zip(range(1, n + 1), *columns, strict=True)]
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.csv"
        file.write_text(text.getvalue(), encoding="utf-8")
        rows = list(csv.DictReader(outside_chart(file, options).as_csv().splitlines()))
    return {name: [row[name] for row in rows] for name in HEADINGS}


def line(written: dict[str, list[str]], name: str) -> np.ndarray:
    return np.array([float(each or "nan") for each in written[name]])


@st.composite
def files(draw: st.DrawFn) -> tuple[list[list[object]], ChartOptions]:
    kind = draw(st.sampled_from([Kind.AUTO, *SIZED, *ALONE]))
    y = draw(st.lists(counts, min_size=1, max_size=30))
    columns: list[list[object]] = [["" if each is None else each for each in y]]
    if kind in SIZED or (kind is Kind.AUTO and draw(st.booleans())):
        columns.append([draw(st.integers(max(each or 0, 1), 90)) for each in y])
    named = st.lists(st.integers(1, len(y)), max_size=3)
    return columns, ChartOptions(
        kind,
        phases=[] if len(y) == 1 else draw(st.lists(st.integers(1, len(y) - 1), max_size=2)),
        exclude=draw(named),
        floor=draw(st.booleans()),
    )


@settings(deadline=None, max_examples=300)
@given(files())
def test_any_file_gives_a_whole_chart_or_faults(
    drawn: tuple[list[list[object]], ChartOptions],
) -> None:
    columns, options = drawn
    try:
        written = chart(columns, options)
    except FaultsFound as error:
        assert all("to make limits from" in fault.found for fault in error.faults)
        return
    assert written["y"] == [str(each) for each in columns[0]]
    cells = [cell for column in written.values() for cell in column]
    assert not any("nan" in cell.lower() or "inf" in cell.lower() for cell in cells)
    assert "" not in written["centre"]
    for name in ("signal_limits", "signal_runs"):
        assert set(written[name]) <= {"TRUE", "FALSE"}
    value, lower, upper = (line(written, name) for name in ("value", "lower", "upper"))
    beyond = (value < lower) | (value > upper)
    assert [each == "TRUE" for each in written["signal_limits"]] == list(beyond)


@settings(deadline=None)
@given(files())
def test_the_order_of_excluded_points_and_phases_does_not_matter(
    drawn: tuple[list[list[object]], ChartOptions],
) -> None:
    columns, options = drawn
    turned = ChartOptions(
        options.kind,
        phases=list(reversed(options.phases)),
        exclude=[*reversed(options.exclude), *options.exclude],
        floor=options.floor,
    )
    try:
        written = chart(columns, options)
    except FaultsFound:
        with pytest.raises(FaultsFound):
            chart(columns, turned)
        return
    assert chart(columns, turned) == written


@settings(deadline=None)
@given(values, st.integers(-500, 500), st.integers(1, 50))
def test_limits_of_single_values_move_and_stretch_with_them(
    y: list[float], added: int, times: int
) -> None:
    options = ChartOptions(Kind.I)
    plain = chart([y], options)
    moved = chart([[round(each + added, 2) for each in y]], options)
    stretched = chart([[round(each * times, 2) for each in y]], options)
    for name in ("centre", "lower", "upper"):
        expected = line(plain, name)
        np.testing.assert_allclose(line(moved, name), expected + added, atol=1e-6)
        np.testing.assert_allclose(line(stretched, name), expected * times, atol=1e-4)


@settings(deadline=None)
@given(values, st.integers(1, 39))
def test_frozen_limits_know_nothing_of_later_points(y: list[float], last: int) -> None:
    last = min(last, len(y) - 1) + 1
    whole = chart([y], ChartOptions(Kind.I, freeze=last))
    first = chart([y[:last]], ChartOptions(Kind.I))
    for name in ("centre", "lower", "upper"):
        assert set(whole[name]) == set(first[name])


@settings(deadline=None)
@given(values, st.sampled_from(list(Direction)), st.sampled_from([6, 7]))
def test_a_target_is_met_one_way_and_missed_the_other(
    y: list[float], direction: Direction, points: int
) -> None:
    rows = "".join(f"{at},{each}\n" for at, each in enumerate(y))
    answers = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.csv"
        file.write_text(f"x,y\n{rows}", encoding="utf-8")
        for target in (-1e6, 1e6):
            options = IconOptions(direction, target=target, points=points)
            answers[target] = outside_icons(file, options).answer["assurance"]
    passed, failed = "consistent_pass", "consistent_fail"
    expected = {
        Direction.HIGH: (passed, failed),
        Direction.LOW: (failed, passed),
        Direction.NEUTRAL: (None, None),
    }
    assert (answers[-1e6], answers[1e6]) == expected[direction]
