"""One chart of every sort that a page can have, with far more than nothing on every axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from scrutinybook.charts.bars_chart import Bar, Divide, bars_chart
from scrutinybook.charts.claim_chart import Line as ClaimLine
from scrutinybook.charts.claim_chart import Mark, claim_chart
from scrutinybook.charts.control_chart import control_chart
from scrutinybook.charts.drawing import Drawing
from scrutinybook.charts.funnel_chart import funnel_chart
from scrutinybook.charts.measure_chart import Limits, measure_chart
from scrutinybook.charts.monthly_chart import Level, monthly_chart
from scrutinybook.charts.phased_chart import phased_chart_drawing
from scrutinybook.charts.timeline_chart import Step, timeline_chart
from scrutinybook.charts.yearly_chart import Line, yearly_chart
from scrutinybook.committee.plan import MilestoneState
from scrutinybook.periods import Month
from scrutinybook.statistics import individuals_chart, phased_chart, proportion_funnel

MONTHS = [Month(2021, 4) + k for k in range(24)]
VALUES = np.array([200.0 + k * 7 % 5 for k in range(23)] + [260.0])
_WORDS = ("Title", "Description")


def _yearly(*, lowest: float = 0.9) -> Drawing:
    own, others = [lowest, 0.95, 0.97], [lowest, 0.92, 0.93]
    return yearly_chart(
        "yearly", *_WORDS, periods=["2021", "2022", "2023"], authority=Line("Plymouth", own),
        others=[Line("Neighbours", others), Line("England", [v + 0.02 for v in others])],
        percent=True,
    )  # fmt: skip


def _monthly() -> Drawing:
    return monthly_chart(
        "monthly", *_WORDS, months=MONTHS, counts=list(VALUES), levels=[Level(0, 24, 202.0)],
        change_ranges=[(20, 22)], unit="A month", searched_from=4,
    )  # fmt: skip


def _claim() -> Drawing:
    return claim_chart(
        "claim", *_WORDS, months=MONTHS, labels=[m.words for m in MONTHS],
        lines=[ClaimLine(VALUES, "Front door"), ClaimLine(VALUES[::-1] - 40, "Permanence")],
        named=[22, 23], marks=[Mark(4, 20, 201.0, 210.0)], level=180.0, unit="A month",
        percent=False,
    )  # fmt: skip


def _measure(*, limits: bool) -> Drawing:
    level = np.full(24, 202.0)
    lines = Limits(level - 12, level, level + 12, VALUES > 214)
    return measure_chart(
        "measure", *_WORDS, months=MONTHS, values=VALUES, limits=lines if limits else None,
        target=190.0, unit="A month", percent=False,
    )  # fmt: skip


def _control(n: int) -> Drawing:
    chart = individuals_chart(VALUES[-n:])
    return control_chart("control", *_WORDS, months=MONTHS[-n:], chart=chart, unit="A day")


def _funnel() -> Drawing:
    return funnel_chart(
        "funnel", *_WORDS,
        funnel=proportion_funnel(np.arange(60.0, 80.0), np.arange(100.0, 300.0, 10.0)),
        highlighted=3, highlighted_name="Plymouth", size_label="Referrals",
    )  # fmt: skip


def _phased() -> Drawing:
    return phased_chart_drawing(
        "phased", *_WORDS, chart=phased_chart(individuals_chart, VALUES), labels=MONTHS,
        percent=False, unit="A month", frozen=12,
    )  # fmt: skip


def bars(*values: float) -> Drawing:
    """Bars of these lengths with a target, a whole behind each and a line after the first."""
    return bars_chart(
        "bars", *_WORDS, bars=[Bar(f"Part {v:g}", v, f"{v:g}") for v in values], unit="Cases",
        target=0.95 * max(values), full=max(values), divide=Divide(1, "below"),
    )  # fmt: skip


def _timeline() -> Drawing:
    day, planned = date(2023, 2, 1), date(2022, 12, 1)
    return timeline_chart(
        "timeline", *_WORDS, as_at=date(2023, 3, 31), as_at_label="as at 31 March 2023",
        steps=[Step(f"A step {s}", s.value, s, planned, day) for s in MilestoneState],
    )  # fmt: skip


CHARTS: Mapping[str, Callable[[], Drawing]] = {
    "yearly_chart": _yearly,
    "monthly_chart": _monthly,
    "claim_chart": _claim,
    "measure_chart": lambda: _measure(limits=True),
    "measure_chart without limits": lambda: _measure(limits=False),
    "control_chart": lambda: _control(24),
    "control_chart without limits": lambda: _control(6),
    "funnel_chart": _funnel,
    "phased_chart": _phased,
    "bars_chart": lambda: bars(90.0, 100.0),
    "timeline_chart": _timeline,
}
"""By module of the charts, with words where a module draws two sorts."""
