"""The drawing of a user's chart as an SVG file that stands by itself."""

from __future__ import annotations

import numpy as np

from scrutinybook.charts.phased_chart import phased_chart_drawing
from scrutinybook.outside.chart import OutsideChart
from scrutinybook.outside.months import as_months
from scrutinybook.statistics import ChartKind, ControlChart

_SHARES = (ChartKind.P, ChartKind.P_PRIME, ChartKind.BETA_BINOMIAL)


def as_svg(made: OutsideChart) -> str:
    """Draw the chart; its title, and a description for readers who do not see it, are inside."""
    chart, kinds = made.chart, [phase.chart.kind for phase in made.chart.phases]
    limits = [phase.chart for phase in chart.phases if isinstance(phase.chart, ControlChart)]
    name = " and ".join(dict.fromkeys(each.kind.value for each in limits))
    title = f"{name} chart" if limits else "run chart"
    drawing = phased_chart_drawing(
        "outside",
        f"{title} of {made.table.path.name}",
        _described(made, title),
        chart=chart,
        labels=as_months(made.table.x) or made.table.x,
        percent=all(kind in _SHARES for kind in kinds),
        unit=title,
        frozen=made.frozen,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing.wide}\n'


def _described(made: OutsideChart, title: str) -> str:
    beyond = [made.table.x[at] for at in np.flatnonzero(made.chart.beyond)]
    runs = [
        f"points {phase.begins + 1} to {phase.ends}"
        for phase in made.chart.phases
        if phase.runs is not None and phase.runs.signal
    ]
    return (
        f"A {title} of {made.table.n_points} points, {made.table.x[0]} to {made.table.x[-1]}."
        f" Beyond a limit: {', '.join(beyond) or 'none'}."
        f" Runs rules signal in: {', '.join(runs) or 'no phase'}."
    )
