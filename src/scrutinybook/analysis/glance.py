"""Put all measures of an edition side by side: in order of what needs asking, counted, picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from scrutinybook.analysis.council import charts_judged, counted_once
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged, LatestFigure, NoLimitsWhy, Unjudged
from scrutinybook.findings.glance import (
    Asks,
    Before,
    Glance,
    MonthAtGlance,
    OnTarget,
    Trend,
)
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.findings.monthly import LevelChanges, TooShortToSearch
from scrutinybook.findings.official_glance import OfficialGlance
from scrutinybook.periods import Month

TREND_PERIODS = 24
"""Latest periods that a small chart shows."""

MOST_QUESTIONS = 7
"""More would not be put in one meeting."""

_ORDER = {each: place for place, each in enumerate(Asks)}
_Row = TypeVar("_Row", Glance, OfficialGlance)


def glance(
    figure: LatestFigure,
    judged: Judged | Unjudged,
    series: PublishedSeries,
    *,
    levels: LevelChanges | TooShortToSearch | None,
    before: Before | None,
) -> Glance:
    """One measure's row. `series` is the one that the other findings come from."""
    shown = series.observations[-TREND_PERIODS:]
    return Glance(
        measure_id=figure.measure_id,
        figure=figure,
        judged=judged,
        trend=Trend(figure.measure_id, figure.measure, shown),
        level=_unlimited_change(judged, levels),
        before=before,
    )


def before_of(month: Month, judged: Judged | Unjudged | None) -> Before:
    """What the edition of `month` found of a measure; `judged` is None where it had no figure."""
    if not isinstance(judged, Judged):
        return Before(month, judged=False, direction=Direction.SAME)
    return Before(month, judged=True, direction=judged.direction)


def in_order(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """The rows by what needs asking; within that as they came."""
    return tuple(sorted(rows, key=lambda row: _ORDER[row.asks]))


def month_at_glance(month: Month, rows: Sequence[Glance]) -> MonthAtGlance:
    """Count what stands out, which way, and how many targets are met.

    What follows from another measure's numbers stands out with it, and is not counted again.
    """
    judged = [row.judged for row in rows if isinstance(row.judged, Judged)]
    once = {each.measure_id for each in counted_once(judged)}
    signals = [row for row in rows if row.is_signal and row.measure_id in once]
    return MonthAtGlance(
        measure_id="all",
        month=month,
        charts=charts_judged(judged),
        worse=tuple(row.measure for row in signals if row.better is False),
        better=tuple(row.measure for row in signals if row.better is True),
        neither=tuple(row.measure for row in signals if row.better is None),
        n_measures=len(rows),
        n_target=sum(row.measure.target is not None for row in rows),
        n_met=sum(row.on_target is OnTarget.MET for row in rows),
        n_missed=sum(row.on_target is OnTarget.MISSED for row in rows),
    )


def to_ask(rows: Sequence[Glance], most: int = MOST_QUESTIONS) -> tuple[Glance, ...]:
    """The rows to ask about, in order, `most` at the most.

    Measures of one chapter often tell of the same thing: one of a chapter comes before a second
    that gives the same reason to ask. Where any stands out for the better, one of them is among
    the chosen, since what went well is asked about too. `most` is 1 or more.
    """
    asking = [row for row in in_order(rows) if row.asks is not Asks.REST]
    seen: set[tuple[str, Asks, bool | None]] = set()
    first: list[Glance] = []
    second: list[Glance] = []
    for row in asking:
        kind = (row.measure.chapter, row.asks, row.better)
        (second if kind in seen else first).append(row)
        seen.add(kind)
    chosen = [*first, *second][:most]
    better = next((row for row in asking if row.better), None)
    if better is not None and not any(row.better for row in chosen):
        chosen[-1] = better
    return in_order([row for row in asking if row in chosen])


def _unlimited_change(
    judged: Judged | Unjudged, levels: LevelChanges | TooShortToSearch | None
) -> LevelChange | None:
    if isinstance(judged, Judged) or judged.why is not NoLimitsWhy.LEVEL_CHANGED:
        return None
    changes = levels.changes if isinstance(levels, LevelChanges) else ()
    return max(changes, key=lambda change: change.month, default=None)
