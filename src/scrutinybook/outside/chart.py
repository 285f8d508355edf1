"""A control chart or run chart of a user's own file, point by point."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.outside import chart_notes
from scrutinybook.outside.columns import (
    OF_KIND,
    Columns,
    arrays,
    check_columns,
    maker,
    of_measure,
)
from scrutinybook.outside.csv_table import Bools, Floats, Table, read_table
from scrutinybook.outside.kinds import Kind, Measure
from scrutinybook.outside.options import output_faults, point_faults
from scrutinybook.statistics import (
    Charted,
    ChosenChart,
    ControlChart,
    LeftOut,
    MeasureKind,
    Phase,
    PhasedChart,
    TooFewCases,
    TooShort,
    choose_chart,
    phased_chart,
)

HEADINGS = (
    *("x", "y", "n", "value", "centre", "lower", "upper"),
    *("signal_limits", "signal_runs"),
)
FEWEST = 2
"""Figures that limits need at the very least: one difference between neighbours."""


@dataclass(frozen=True)
class ChartOptions:
    """What a user asks for; points are counted from 1."""

    kind: Kind = Kind.AUTO
    measure: Measure | None = None
    """For `Kind.AUTO`: what the figures are; guessed when None."""
    freeze: int | None = None
    """Limits come from the first so many points."""
    phases: Sequence[int] = ()
    """Last points of phases."""
    exclude: Sequence[int] = ()
    """Points that make no limits."""
    floor: bool = True
    """Laney's sigma-z is not taken below 1."""


@dataclass(frozen=True, eq=False)
class OutsideChart:
    """A chart of n points with the file it was made of."""

    table: Table
    kind: Kind
    chart: PhasedChart
    frozen: int | None
    """Limits come from the first so many points; None for all."""
    notes: tuple[str, ...]
    """What the user should know of the choice and the limits."""

    @property
    def excluded(self) -> Bools:
        """Points that make no limits; shape (n,)."""
        return np.isin(np.arange(self.table.n_points), [each.at for each in self.chart.left_out])

    @property
    def runs_signal(self) -> Bools:
        """Whether the phase of each point signals by a runs rule; shape (n,)."""
        marks = [
            np.full(each.ends - each.begins, each.runs is not None and each.runs.signal)
            for each in self.chart.phases
        ]
        return np.concatenate(marks)

    def as_csv(self) -> str:
        """The chart as a CSV file; a blank is a gap, or a limit that is not drawn."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADINGS)
        blank = ("",) * self.table.n_points
        lines = (self.chart.values, self.chart.centre, self.chart.lower, self.chart.upper)
        marks = (self.chart.beyond, self.runs_signal)
        columns = [
            *(self.table.x, self.table.texts["y"], self.table.texts.get("n", blank)),
            *([written(float(each)) for each in line] for line in lines),
            *([("FALSE", "TRUE")[int(each)] for each in mark] for mark in marks),
        ]
        writer.writerows(zip(*columns, strict=True))
        return text.getvalue()


def written(number: float) -> str:
    """A number with every digit it has, and a blank for none."""
    if np.isnan(number):
        return ""
    return repr(number + 0.0).removesuffix(".0")


def outside_chart(
    path: Path, options: ChartOptions, outputs: Sequence[tuple[str, Path]] = ()
) -> OutsideChart:
    """Chart the file at `path`.

    `outputs`: option and path of each file that is to be written, looked at beforehand. Raises
    `FaultsFound` with every fault of the file, of the points named and of the outputs.
    """
    faults = Faults()
    faults.add(output_faults(path, outputs))
    table = faults.gather(read_table, path, ("x", "y"), optional=("n",))
    if options.freeze is not None and options.phases:
        faults.add([_freeze_and_phase(options)])
    if table is None:
        raise FaultsFound(faults.found)
    has_n = table.has("n")
    measure = options.measure or chart_notes.guessed(table)
    auto = options.kind is Kind.AUTO
    columns = of_measure(measure, has_n=has_n) if auto else OF_KIND[options.kind]
    exact = options.kind is Kind.BB or (auto and measure is Measure.PROPORTION)
    check_columns(table, columns, exact=exact)
    faults.add(table.faults)
    wrong = list(_named_faults(options, table.n_points))
    faults.add(wrong)
    if not wrong and not table.faults:
        faults.add(_phase_faults(table, options))
    if faults.found:
        raise FaultsFound(faults.found)
    chooser = _Chooser(measure)
    make = chooser if auto else maker(options.kind, floor=options.floor)
    try:
        chart = _charted(make, arrays(table, columns), options)
    except ValueError as error:
        raise FaultsFound([Fault(str(path), str(error), mend="try another --kind")]) from None
    notes = _notes(table, columns, options, chart, chooser)
    return OutsideChart(table, options.kind, chart, options.freeze, notes)


class _Chooser:
    """Chooses the chart of each phase in turn and remembers why."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.chosen: list[ChosenChart[Any]] = []

    def __call__(self, *columns: npt.ArrayLike, **masks: Any) -> Charted:
        chosen = choose_chart(MeasureKind(self.measure.value), *columns, **masks)
        assert isinstance(chosen.chart, ControlChart | TooShort | TooFewCases)
        self.chosen.append(chosen)
        return chosen.chart


def _charted(make: Any, columns: tuple[Floats, ...], options: ChartOptions) -> PhasedChart:
    phases = [Phase(at, f"--phase {at}") for at in dict.fromkeys(options.phases)]
    if options.freeze is not None:
        phases = [Phase(0, f"--freeze {options.freeze}", frozen=options.freeze)]
    left_out = [LeftOut(at - 1, f"--exclude {at}") for at in dict.fromkeys(options.exclude)]
    minimum = {} if options.kind is Kind.AUTO else {"minimum": FEWEST}
    return phased_chart(make, *columns, phases=phases, left_out=left_out, **minimum)


def _notes(
    table: Table,
    columns: Columns,
    options: ChartOptions,
    chart: PhasedChart,
    chooser: _Chooser,
) -> tuple[str, ...]:
    notes = list(chart_notes.of_table(table, columns))
    if options.kind is Kind.AUTO:
        notes += chart_notes.of_choice(table, options.measure, chooser.measure)
        notes += chart_notes.of_chosen(chart, chooser.chosen)
    else:
        notes += chart_notes.of_limits(chart, options.kind, floor=options.floor)
        if options.measure is not None:
            notes.append("--measure is not used: it guides --kind auto alone")
    if not options.floor and options.kind not in (Kind.PP, Kind.UP):
        notes.append("--no-floor is not used: only the pp and up charts have Laney's sigma-z")
    return tuple(notes)


def _freeze_and_phase(options: ChartOptions) -> Fault:
    return Fault(
        f"--freeze {options.freeze} with --phase",
        "both are given",
        "--freeze or --phase, one of the two",
        "frozen limits judge all later points; a phase gives later points limits of their own",
    )


def _named_faults(options: ChartOptions, n_points: int) -> Iterator[Fault]:
    freeze = [] if options.freeze is None else [options.freeze]
    yield from point_faults("--freeze", freeze, n_points)
    yield from point_faults("--phase", options.phases, n_points, last=n_points - 1)
    yield from point_faults("--exclude", options.exclude, n_points)


def _phase_faults(table: Table, options: ChartOptions) -> Iterator[Fault]:
    """Find phases without figures enough for the chart that is asked for."""
    needed = 1 if options.kind in (Kind.AUTO, Kind.RUN) else FEWEST
    places = np.arange(1, table.n_points + 1)
    counted = ~np.isnan(table.numbers["y"]) & ~np.isin(places, list(options.exclude))
    if options.freeze is not None:
        counted &= places <= options.freeze
    for before, last in pairwise([0, *sorted(set(options.phases)), table.n_points]):
        found = int(counted[before:last].sum())
        if found < needed:
            figures = "1 figure" if found == 1 else f"{found or 'no'} figures"
            yield Fault(
                f"{table.path}: points {before + 1} to {last}",
                f"{figures} to make limits from",
                f"{needed} or more",
                "give more points, exclude fewer, or end a phase elsewhere; --kind run needs one",
            )
