"""What a user should know of a chart: how the figures were taken, why this chart, what it is worth.

Each note is one line for the error stream; the chart itself goes to a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scrutinybook.outside.columns import Columns
from scrutinybook.outside.csv_table import Table
from scrutinybook.outside.kinds import Kind, Measure
from scrutinybook.outside.months import out_of_order
from scrutinybook.statistics import (
    ChartKind,
    ChartPhase,
    ChosenChart,
    ControlChart,
    PhasedChart,
    TooFewCases,
)
from scrutinybook.statistics.limits import FOLLOW_ON, MINIMUM_BASELINE

_PRIMED = (ChartKind.P_PRIME, ChartKind.U_PRIME)


def guessed(table: Table) -> Measure:
    """Guess what the figures are; the note beside it says so."""
    y = table.numbers["y"]
    known = ~np.isnan(y)
    counts = bool(((y >= 0) & (y == np.round(y)))[known].all())
    if not counts:
        return Measure.VALUE
    if table.has("n"):
        n = table.numbers["n"]
        both = known & ~np.isnan(n)
        if bool(((y <= n) & (n == np.round(n)))[both].all()):
            return Measure.PROPORTION
    return Measure.COUNT


_GUESSES = {
    (Measure.PROPORTION, True): "y is whole and never above n, so it is taken as part of n "
    "(--measure proportion); if n is an exposure such as working days, say --measure count",
    (Measure.COUNT, True): "y is taken as a count over the exposure n (--measure count); if it is "
    "part of n, say --measure proportion",
    (Measure.COUNT, False): "y is whole, so it is taken as a count of events in each period "
    "(--measure count); for a number on a date say --measure stock, for other numbers --measure "
    "value",
    (Measure.VALUE, True): "y is not always a whole number, so each is taken as a single value "
    "(--measure value)",
    (Measure.VALUE, False): "y is not always a whole number, so each is taken as a single value "
    "(--measure value); for a number on a date say --measure stock",
}


def of_table(table: Table, columns: Columns) -> Iterator[str]:
    """How the file was taken."""
    yield from table.notes()
    if table.has("n") and columns.divides:
        yield "there is a column n, so the values are y / n; leave n out to chart y itself"
    elif table.has("n") and not columns.sized:
        yield "the column n is not used by this chart"
    missing = int(np.isnan(table.numbers["y"]).sum())
    if missing:
        yield f"{missing} of {table.n_points} points have no figure; they are kept as gaps"
    disorder = out_of_order(table.x)
    if disorder is not None:
        before, after = table.x[disorder - 1], table.x[disorder]
        yield (
            f"row {disorder + 2}: {after} stands after {before}; points are taken in the order of"
            " the file"
        )


def of_choice(table: Table, asked: Measure | None, taken: Measure) -> Iterator[str]:
    """What the figures were taken for, if nobody said."""
    if asked is None:
        yield _GUESSES[taken, table.has("n")]


def of_chosen(chart: PhasedChart, chosen: Sequence[ChosenChart[Any]]) -> Iterator[str]:
    """Which chart the figures called for, phase by phase."""
    for phase, choice in zip(chart.phases, chosen, strict=True):
        drawn = phase.chart
        if isinstance(drawn, ControlChart):
            yield f"{_points(phase)}: {drawn.kind.value} chart: {choice.reason.value}"
        else:
            yield f"{_points(phase)}: no limits: {_why(drawn)}; centre is the median"
        yield from _of_runs(phase)


def of_limits(chart: PhasedChart, kind: Kind, *, floor: bool) -> Iterator[str]:
    """What limits that were asked for are worth."""
    for phase in chart.phases:
        drawn = phase.chart
        if kind is Kind.RUN:
            continue
        if not isinstance(drawn, ControlChart):
            yield f"{_points(phase)}: no limits: {_why(drawn)}; centre is the median"
            continue
        if drawn.n_baseline < MINIMUM_BASELINE:
            yield (
                f"{_points(phase)}: limits from {drawn.n_baseline} points; from fewer than"
                f" {MINIMUM_BASELINE} they move with every point and mean little"
            )
        if drawn.kind in _PRIMED and floor and drawn.inflation == 1.0:
            yield (
                f"{_points(phase)}: Laney's sigma-z is held at 1, as the spread is no wider than"
                " counting gives; --no-floor lets it fall below"
            )
        yield from _of_runs(phase)


def _of_runs(phase: ChartPhase) -> Iterator[str]:
    if phase.chart.kind in FOLLOW_ON and isinstance(phase.chart, ControlChart):
        yield (
            f"{_points(phase)}: runs rules do not apply, as neighbouring points are alike by their"
            " making"
        )


def _points(phase: ChartPhase) -> str:
    return f"points {phase.begins + 1} to {phase.ends}"


def _why(drawn: Any) -> str:
    if isinstance(drawn, TooFewCases):
        return (
            f"too few cases to tell: in {drawn.n_telling} of {drawn.n_baseline} points some"
            " possible result would lie beyond limits"
        )
    return f"{drawn.n_baseline} points, {drawn.needed} are needed; --kind draws them all the same"
