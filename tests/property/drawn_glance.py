"""Random rows of the page that shows all measures at a glance."""

from __future__ import annotations

import drawn_council as drawn
from hypothesis import strategies as st

from scrutinybook.analysis.glance import month_at_glance
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged, NoLimitsWhy
from scrutinybook.findings.glance import Before, Glance, MonthAtGlance, Trend
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.periods import Month
from scrutinybook.statistics import Interval
from scrutinybook.statistics.first_sight import State

ways = st.sampled_from(Direction)


@st.composite
def level_changes(draw: st.DrawFn, month: Month) -> LevelChange:
    first = month - draw(st.integers(6, 40))
    last = first + draw(st.integers(0, 5))
    before, after = draw(st.floats(5, 900)), draw(st.floats(5, 900))
    after = after + 1 if after == before else after
    gap = draw(st.floats(0, 400))
    between = Interval(after - before, after - before - gap, after - before + gap, 0.9, "")
    state = draw(st.sampled_from(State))
    return LevelChange(first, first, last, before, after, between, 0.01, state, last, False, 5)


@st.composite
def befores(draw: st.DrawFn, month: Month) -> Before:
    judged = draw(st.booleans())
    return Before(month, judged, draw(ways) if judged else Direction.SAME)


@st.composite
def rows(draw: st.DrawFn) -> Glance:
    figure, judged = draw(drawn.figures_judged())
    month = figure.latest.period.month
    shown = [
        draw(drawn.observations(figure.measure, drawn._period(figure.measure, month - k)))
        for k in range(draw(st.integers(0, 8)), 0, -1)
    ]
    level = None
    if not isinstance(judged, Judged) and judged.why is NoLimitsWhy.LEVEL_CHANGED:
        level = draw(level_changes(month))
    return Glance(
        measure_id=figure.measure_id,
        figure=figure,
        judged=judged,
        trend=Trend(figure.measure_id, figure.measure, (*shown, figure.latest)),
        level=level,
        before=draw(st.one_of(st.none(), befores(month - 1))),
    )


@st.composite
def months(draw: st.DrawFn) -> tuple[MonthAtGlance, list[Glance]]:
    """A month with the rows that it counts."""
    drawn_rows = draw(st.lists(rows(), min_size=1, max_size=12))
    return month_at_glance(draw(drawn.months), drawn_rows), drawn_rows
