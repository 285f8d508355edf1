"""Random findings on a council's own measures, for the properties that every sentence must have."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from scrutinybook.catalogue import read_catalogue
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import (
    ChartsJudged,
    Judged,
    LatestFigure,
    LevelsSearched,
    NoLimitsWhy,
    Unjudged,
    on_page,
)
from scrutinybook.findings.yearly import LevelTested
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.sources.figure_periods import FigurePeriod, PeriodKind
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import Assurance, ChartKind, Rule, Withheld
from scrutinybook.workspace import Workspace

CATALOGUE = read_catalogue(Workspace.find(Path(__file__).resolve()))
MEASURES = sorted(CATALOGUE.extract_measures.items())
months = st.builds(Month, st.integers(2014, 2029), st.integers(1, 12))
counts = st.one_of(st.integers(0, 9), st.integers(0, 3_000)).map(float)


@st.composite
def observations(draw: st.DrawFn, measure: ExtractMeasure, period: FigurePeriod) -> Observation:
    """A figure of any size, or any reason why there is none."""
    symbol = draw(st.one_of(st.none(), st.none(), st.sampled_from(Symbol)))
    if symbol is not None:
        return Observation(period, None, None, symbol, "")
    if measure.kind == "proportion":
        bottom = draw(counts)
        return Observation(period, float(draw(st.integers(0, int(bottom)))), bottom, None, "")
    if measure.kind == "value":
        bottom = draw(st.one_of(st.none(), st.integers(1, 400).map(float)))
        return Observation(period, draw(st.floats(0, 900)), bottom, None, "")
    return Observation(period, draw(counts), None, None, "")


def _period(measure: ExtractMeasure, month: Month) -> FigurePeriod:
    kind = PeriodKind.MONTH
    if measure.frequency == "year":
        kind = PeriodKind.YEAR
        month = month.financial_year.months[-1]
    elif measure.formula_facts.timing != "flow":
        kind = PeriodKind.SNAPSHOT
    return FigurePeriod(kind, month.last_day)


@st.composite
def latest_figures(draw: st.DrawFn) -> LatestFigure:
    measure_id, measure = draw(st.sampled_from(MEASURES))
    period = _period(measure, draw(months))
    before = _period(measure, period.month - 12)
    maybe = draw(st.booleans()) and measure.formula_facts.timing == "flow"
    return LatestFigure(
        measure_id,
        measure,
        draw(observations(measure, period)),
        draw(st.one_of(st.none(), observations(measure, before))),
        draw(observations(measure, period)) if maybe else None,
        draw(observations(measure, before)) if maybe else None,
    )


@st.composite
def judged(draw: st.DrawFn, of: LatestFigure | None = None) -> Judged:
    measure_id, measure = draw(st.sampled_from(MEASURES))
    if of is not None:
        measure_id, measure = of.measure_id, of.measure
    month = draw(months)
    latest = draw(
        observations(measure, _period(measure, month)).filter(lambda o: o.value is not None)
    )
    value = on_page(measure, latest) or 0.0
    top = 1.0 if measure.kind == "proportion" else 4_000.0
    flows = measure.kind != "count" and draw(st.booleans())
    low, middle, high = sorted(draw(st.floats(-top if flows else 0, top)) for _ in range(3))
    judged_value = draw(st.floats(-top, top)) if flows else value
    rule = draw(st.one_of(st.none(), st.sampled_from(Rule)))
    beyond = not low <= judged_value <= high
    rule = Rule.BEYOND if beyond else None if rule is Rule.BEYOND else rule
    up = judged_value > high if beyond else draw(st.booleans())
    # Limits of changes say nothing of a target.
    assured = None if flows else draw(st.one_of(st.none(), st.sampled_from(Assurance)))
    return Judged(
        measure_id=measure_id,
        measure=measure,
        latest=latest,
        chart=ChartKind.NET_FLOW if flows else draw(st.sampled_from(ChartKind)),
        first=month - draw(st.integers(13, 47)),
        last=month - 1,
        n_baseline=draw(st.integers(12, 47)),
        change=judged_value if flows else None,
        centre=middle,
        lower=low,
        upper=high,
        rule=rule,
        direction=Direction.SAME if rule is None else Direction.HIGHER if up else Direction.LOWER,
        in_a_row=draw(st.sampled_from([6, 7])),
        recent=tuple(month - k for k in (2, 1) if draw(st.booleans())),
        n_points=draw(st.integers(13, 48)),
        chance=draw(st.floats(0, 0.2)),
        assurance=assured,
        assurance_withheld=None if assured else draw(st.sampled_from(Withheld)),
    )


@st.composite
def unjudged(draw: st.DrawFn) -> Unjudged:
    measure_id, measure = draw(st.sampled_from(MEASURES))
    why = draw(st.sampled_from(NoLimitsWhy))
    hidden = draw(st.integers(0, 40)) if why is NoLimitsWhy.TOO_FEW_CASES else 0
    return Unjudged(measure_id, measure, why, draw(st.integers(0, 11)), 12, hidden)


@st.composite
def figures_judged(draw: st.DrawFn) -> tuple[LatestFigure, Judged | Unjudged]:
    """One measure's figure with what was found of it."""
    figure = draw(latest_figures())
    return figure, draw(st.one_of(judged(figure), unjudged()))


@st.composite
def charts_judged(draw: st.DrawFn) -> ChartsJudged:
    n = draw(st.integers(1, 60))
    low, high = sorted((draw(st.integers(0, n)), draw(st.integers(0, n))))
    expected = draw(st.floats(0, 0.2)) if n == 1 else draw(st.floats(0, n))
    return ChartsJudged("all", n, draw(st.integers(0, n)), expected, low, high, 0.9)


@st.composite
def levels_searched(draw: st.DrawFn) -> LevelsSearched:
    ids = draw(st.lists(st.sampled_from([k for k, _ in MEASURES]), unique=True, max_size=9))
    each = [
        LevelTested(name, draw(st.floats(0, 1)), draw(st.booleans()), stands_strictly=False)
        for name in ids
    ]
    return LevelsSearched("all", tuple(each))
