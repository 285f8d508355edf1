"""Variation and assurance icons of a user's own file, by the rules and as this project shows them.

The rules always give an icon. This project shows one only where the figures can bear a firm
statement, so the answer holds both, and why an icon would be withheld.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from scrutinybook.errors import Fault, Faults, FaultsFound
from scrutinybook.outside import chart_notes
from scrutinybook.outside.columns import SINGLE
from scrutinybook.outside.csv_table import Floats, Table, read_table
from scrutinybook.outside.kinds import Direction
from scrutinybook.outside.options import point_faults
from scrutinybook.statistics import (
    ControlChart,
    Icons,
    Polarity,
    Rule,
    Variation,
    icons_of,
    making_data_count_chart,
    point_signals,
)
from scrutinybook.statistics.limits import MINIMUM_BASELINE

FEWEST = 2
"""Figures that limits need at the very least."""

COMMON_CAUSE = "Common Cause"


@dataclass(frozen=True)
class IconOptions:
    """What a user asks for; points are counted from 1."""

    direction: Direction
    target: float | None = None
    phases: Sequence[int] = ()
    """Last points of phases."""
    points: int = 7
    """Points that make a shift, or a trend."""


@dataclass(frozen=True)
class OutsideIcons:
    """The icons as data that JSON can hold, and what the user should know of them."""

    answer: dict[str, Any]
    notes: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The answer in a few lines of words."""
        for icon in ("variation", "assurance"):
            why = self.answer["withheld_because"][icon]
            name = self.answer["variation_icon" if icon == "variation" else icon] or "none"
            rule = self.answer["rule" if icon == "variation" else "assurance_rule"]
            yield f"{icon}: {name}{f' ({rule})' if rule else ''}"
            yield f"  {'shown' if why is None else f'withheld in the book: {why}'}"


def outside_icons(path: Path, options: IconOptions) -> OutsideIcons:
    """Give the icons of the file at `path`.

    Limits are the mean plus and minus 2.66 mean moving ranges, screened, phase by phase. Raises
    `FaultsFound` with every fault of the file and the options.
    """
    faults = Faults()
    if options.target is not None and not math.isfinite(options.target):
        faults.add([Fault("--target", f"{options.target:g}", "a finite number")])
    table = faults.gather(read_table, path, ("x", "y"), optional=("n",))
    if table is None:
        raise FaultsFound(faults.found)
    faults.add(table.faults)
    last = table.n_points - 1
    wrong = list(point_faults("--phase", options.phases, table.n_points, last=last))
    faults.add(wrong)
    edges = [0, *sorted(set(options.phases)), table.n_points]
    if not wrong and not table.faults:
        faults.add(_phase_faults(table, edges))
    if faults.found:
        raise FaultsFound(faults.found)
    parts = [table.numbers["y"][begins:ends] for begins, ends in pairwise(edges)]
    charts = [_chart(part, FEWEST) for part in parts]
    polarity = Polarity(options.direction.value)
    asked: dict[str, Any] = {
        "polarity": polarity,
        "target": options.target,
        "shift": options.points,
        "trend": options.points,
    }
    by_rules = icons_of(charts[-1], **asked)
    latest = parts[-1]
    enough = int((~np.isnan(latest)).sum()) >= MINIMUM_BASELINE
    here = icons_of(
        charts[-1] if enough else making_data_count_chart(latest),
        rebased=len(parts) > 1,
        **asked,
    )
    points = [
        point
        for phase, chart in enumerate(charts, start=1)
        for point in _points(chart, phase, options.points)
    ]
    for point, label, text in zip(points, table.x, table.texts["y"], strict=True):
        point.update({"x": label, "y": float(text) if text else None})
    answer = _answer(by_rules, here, charts[-1], options)
    answer["points"] = [{"x": p.pop("x"), "y": p.pop("y"), **p} for p in points]
    return OutsideIcons(answer, tuple(chart_notes.of_table(table, SINGLE)))


def _chart(values: Floats, minimum: int) -> ControlChart:
    chart = making_data_count_chart(values, minimum=minimum)
    assert isinstance(chart, ControlChart)  # phases without figures enough were refused
    return chart


def _phase_faults(table: Table, edges: list[int]) -> Iterator[Fault]:
    known = ~np.isnan(table.numbers["y"])
    for begins, ends in pairwise(edges):
        found = int(known[begins:ends].sum())
        if found < FEWEST:
            figures = "1 figure" if found == 1 else f"{found or 'no'} figures"
            where = f"{table.path}: points {begins + 1} to {ends}"
            yield Fault(where, f"{figures} to make limits from", f"{FEWEST} or more")


def _answer(
    by_rules: Icons, here: Icons, chart: ControlChart, options: IconOptions
) -> dict[str, Any]:
    icon = by_rules.variation
    signals = by_rules.signals
    assert signals is not None  # the chart has limits
    way = int(signals.direction[-1])
    return {
        "variation": None if icon is None else _variation(icon),
        "variation_icon": None if icon is None else icon.value,
        "rule": None if icon is None else named(by_rules.rule, way, options.points),
        "assurance": by_rules.by_limits.value if by_rules.by_limits else None,
        "assurance_rule": None if by_rules.by_limits is None else _against(chart, options.target),
        "shown": {
            "variation": here.variation_withheld is None,
            "assurance": here.assurance_withheld is None,
        },
        "withheld_because": {
            "variation": _words(here.variation_withheld),
            "assurance": _words(here.assurance_withheld),
        },
        "direction": options.direction.value,
        "target": options.target,
        "points_in_a_row": options.points,
        "mean": float(chart.centre[-1]),
        "lower": float(chart.lower[-1]),
        "upper": float(chart.upper[-1]),
    }


def _variation(icon: Variation) -> str:
    """The icon without its way, which a neutral measure keeps: it has no other name."""
    if icon in (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW):
        return icon.value
    return icon.value.removesuffix("_high").removesuffix("_low")


def _against(chart: ControlChart, target: float | None) -> str | None:
    lower, upper = float(chart.lower[-1]), float(chart.upper[-1])
    if target is None or math.isnan(upper):
        return None
    if any(math.isclose(target, limit, rel_tol=1e-9) for limit in (lower, upper)):
        return "the target lies on a limit"
    if target > upper:
        return "the target lies above the upper limit"
    if target < lower:
        return "the target lies below the lower limit"
    return "the target lies between the limits"


def _words(why: Any) -> str | None:
    return None if why is None else str(why.value)


def _points(chart: ControlChart, phase: int, length: int) -> Iterator[dict[str, Any]]:
    found = point_signals(chart, shift=length, trend=length)
    by_rule = {
        Rule.BEYOND: found.beyond,
        Rule.TREND: found.trend,
        Rule.NEAR: found.near,
        Rule.SHIFT: found.shift,
    }
    rules, ways = found.rules, found.direction
    for at, leading in enumerate(rules):
        ways_here = {rule: int(marks[at]) for rule, marks in by_rule.items() if marks[at]}
        yield {
            "phase": phase,
            "mean": float(chart.centre[at]),
            "lower": float(chart.lower[at]),
            "upper": float(chart.upper[at]),
            "rule": named(leading, int(ways[at]), length),
            "rules": [named(rule, way, length) for rule, way in ways_here.items()],
        }


def named(rule: Rule | None, way: int, length: int) -> str:
    """A rule by the name that NHS charts give it."""
    up = way > 0
    match rule:
        case None:
            return COMMON_CAUSE
        case Rule.BEYOND:
            return "Above UCL" if up else "Below LCL"
        case Rule.TREND:
            return f"{length} Point Trend ({'Increasing' if up else 'Decreasing'})"
        case Rule.NEAR:
            return f"2 in 3 {'Above' if up else 'Below'} CL"
        case Rule.SHIFT:
            return f"{length} Points {'Above' if up else 'Below'} CL"
