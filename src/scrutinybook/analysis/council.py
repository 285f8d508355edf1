"""Findings on a measure from the council's own records, from its gated series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scrutinybook.analysis.levels import SEARCH_MONTHS
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.chart_names import AUTO
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.edition import Phase
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
from scrutinybook.periods import Month, working_days
from scrutinybook.sources.symbols import Symbol
from scrutinybook.statistics import (
    ChartKind,
    ControlChart,
    MeasureKind,
    Polarity,
    TooFewCases,
    chance_over_many,
    choose_chart,
    false_discoveries,
    icons_of,
    in_counts,
)
from scrutinybook.statistics.chance_of_judging import chance_of_judging
from scrutinybook.statistics.limits import MINIMUM_BASELINE
from scrutinybook.statistics.making_data_count import POINTS

_SEED = 12
"""Of the simulation of how often a chart signals by chance."""

RECENT = 3
"""Months, the latest among them, of which a page says that they lie beyond limits: what an earlier
edition found is not silent in the next."""

ALIKE = 0.2
"""Correlation taken between any two charts of one council, which share children and staff. How many
signals chance gives does not hang on it, but how far that number ranges does."""

LARGEST_WITHHELD = 0.1
"""Largest share of earlier months that may be withheld. Those are the months with small numbers, so
that limits from the others alone would be off to one side."""

SAY_AGAIN = {
    "caseload_by_locality": "caseload_by_service",
    "posts_to_target": "caseload_by_service",
    "census_caseload_by_experience": "census_caseload",
    "children_in_care_rate": "children_in_care",
    "care_leavers_16_to_17_not_active": "care_leavers_16_to_17_active",
    "care_leavers_17_to_18_not_active": "care_leavers_17_to_18_active",
    "care_leavers_19_to_21_not_active": "care_leavers_19_to_21_active",
}
"""Formulas whose figures follow from another's, so that both signal together: no second look."""

_KINDS = {
    "count": MeasureKind.COUNT,
    "proportion": MeasureKind.PROPORTION,
    "value": MeasureKind.VALUE,
    "stock": MeasureKind.STOCK,
    "rolling year": MeasureKind.ROLLING_YEAR,
}


@dataclass(frozen=True)
class JudgedChart:
    """The chart that judges the latest month, on the page's scale, and what it says."""

    months: tuple[Month, ...]
    values: npt.NDArray[np.float64]
    """Shape (n,): counts, shares from 0 to 1, or the page's unit; NaN without a figure."""
    chart: ControlChart | None
    """None where there are no limits. A chart of changes has the changes as its values."""
    finding: Judged | Unjudged

    @property
    def shows_changes(self) -> bool:
        """The chart's limits are of changes from month to month, not of the values."""
        return self.chart is not None and self.chart.kind is ChartKind.NET_FLOW


def latest_figure(
    measure_id: str,
    measure: ExtractMeasure,
    series: PublishedSeries,
    to_date: PublishedSeries | None,
) -> LatestFigure:
    """The latest period beside a year before. Raises `IndexError` for an empty series."""
    latest = series.latest
    before = _year_before(latest)
    totals = {o.period.month: o for o in to_date} if to_date is not None else {}
    return LatestFigure(
        measure_id=measure_id,
        measure=measure,
        latest=latest,
        year_before=next((o for o in series if o.period.month == before), None),
        to_date=totals.get(latest.period.month),
        to_date_before=totals.get(before),
    )


def judge(
    measure_id: str,
    measure: ExtractMeasure,
    series: PublishedSeries,
    *,
    phase: Phase | None,
    level_changed: bool,
) -> JudgedChart:
    """Judge the latest month by limits from the months before it.

    The baseline begins where an analyst set a phase, else with the latest `SEARCH_MONTHS` months.
    `level_changed`: the search for lasting changes found one, so that without a phase no limits
    are drawn. Raises `ValueError` for an empty series.
    """
    if not len(series):
        raise ValueError(f"{measure_id} has no months")
    window = _window(series, phase)
    months = tuple(o.period.month for o in window)
    values = np.array([np.nan if (v := on_page(measure, o)) is None else v for o in window])
    n_before = int((~np.isnan(values[:-1])).sum())
    n_withheld = sum(o.symbol is Symbol.SUPPRESSED for o in window[:-1])
    if n_withheld <= LARGEST_WITHHELD * (len(window) - 1):
        n_withheld = 0
    why = _why_unjudged(measure, values, n_before, n_withheld, level_changed and phase is None)
    chart = why or _chart(measure, window, values)
    if isinstance(chart, NoLimitsWhy):
        found = Unjudged(measure_id, measure, chart, n_before, MINIMUM_BASELINE, n_withheld)
        return JudgedChart(months, values, None, found)
    icons = icons_of(
        chart,
        polarity=Polarity(measure.polarity),
        target=_target(measure, chart),
        rebased=phase is not None and phase.begins == months[0],
    )
    way = 0 if icons.signals is None else int(icons.signals.direction[-1])
    n_points = int((~np.isnan(chart.values)).sum())
    baseline = np.flatnonzero(chart.baseline)
    recent = [k for k in range(RECENT, 1, -1) if chart.beyond[-k]]
    finding = Judged(
        measure_id=measure_id,
        measure=measure,
        latest=window[-1],
        chart=chart.kind,
        first=months[baseline[0]],
        last=months[baseline[-1]],
        n_baseline=chart.n_baseline,
        change=float(chart.values[-1]) if chart.kind is ChartKind.NET_FLOW else None,
        centre=float(chart.centre[-1]),
        lower=float(chart.lower[-1]),
        upper=float(chart.upper[-1]),
        rule=icons.rule,
        direction=Direction.of(way),
        in_a_row=POINTS,
        recent=tuple(months[-k] for k in recent),
        n_points=n_points,
        chance=chance_of_judging(n_points, chart.kind, seed=_SEED),
        assurance=icons.assurance,
        assurance_withheld=icons.assurance_withheld,
        recent_values=tuple(float(chart.values[-k]) for k in recent),
    )
    return JudgedChart(months, values, chart, finding)


def levels_searched(p_values: Mapping[str, float]) -> LevelsSearched:
    """Say which searches for changes of level stand together; the p-values by measure."""
    if not p_values:
        return LevelsSearched("all", ())
    found = false_discoveries(list(p_values.values()))
    kept = zip(p_values.items(), found.stand, found.stand_strictly, strict=True)
    return LevelsSearched(
        "all",
        tuple(LevelTested(name, p, bool(one), bool(strict)) for (name, p), one, strict in kept),
    )


def charts_judged(found: Sequence[Judged]) -> ChartsJudged | None:
    """How many of these charts signal, beside how many would by chance; None for no chart."""
    once = counted_once(found)
    if not once:
        return None
    chance = chance_over_many([each.chance for each in once], correlation=ALIKE)
    return ChartsJudged(
        measure_id="all",
        n_charts=len(once),
        n_signals=sum(each.signal for each in once),
        expected=chance.expected,
        lower=chance.lower,
        upper=chance.upper,
        confidence=chance.confidence,
    )


def counted_once(found: Sequence[Judged]) -> tuple[Judged, ...]:
    """These without the measures whose figures follow from those of another among them."""
    formulas = {each.measure.formula for each in found}
    return tuple(each for each in found if SAY_AGAIN.get(each.measure.formula) not in formulas)


def many_withheld(series: PublishedSeries) -> bool:
    """Whether so many of the latest months are withheld that the others mislead about all."""
    earlier = series.observations[-SEARCH_MONTHS:-1]
    n_withheld = sum(o.symbol is Symbol.SUPPRESSED for o in earlier)
    return n_withheld > LARGEST_WITHHELD * len(earlier)


def _window(series: PublishedSeries, phase: Phase | None) -> tuple[Observation, ...]:
    latest = series.observations[-SEARCH_MONTHS:]
    if phase is None:
        return latest
    return tuple(o for o in series if o.period.month >= phase.begins) or latest[-1:]


def _why_unjudged(
    measure: ExtractMeasure,
    values: npt.NDArray[np.float64],
    n_before: int,
    n_withheld: int,
    level_changed: bool,
) -> NoLimitsWhy | None:
    conditions = (
        (measure.frequency == "year", NoLimitsWhy.YEARLY),
        (measure.formula_facts.charted_as == "rolling year", NoLimitsWhy.ROLLING_YEAR),
        (bool(np.isnan(values[-1])), NoLimitsWhy.NO_FIGURE),
        (level_changed, NoLimitsWhy.LEVEL_CHANGED),
        (n_withheld > 0, NoLimitsWhy.TOO_FEW_CASES),
        (n_before < MINIMUM_BASELINE, NoLimitsWhy.TOO_SHORT),
        (
            np.ptp(values[:-1][~np.isnan(values[:-1])]) == 0 if n_before else False,
            NoLimitsWhy.ALIKE,
        ),
    )
    return next((why for holds, why in conditions if holds), None)


def _chart(
    measure: ExtractMeasure, window: Sequence[Observation], values: npt.NDArray[np.float64]
) -> ControlChart | NoLimitsWhy:
    """The chart on the page's scale, or why the figures bear none."""
    kind = _kind(measure)
    asked = None if measure.chart == AUTO else ChartKind(measure.chart)
    baseline = [True] * (len(window) - 1) + [False]
    days = np.array([working_days(o.period.month) for o in window], dtype=float)
    columns: tuple[npt.NDArray[np.float64], ...] = (values,)
    # Posts that are missing are fewer than none where there are enough of them.
    lowest = -np.inf if measure.unit in ("posts", "as the plan") else 0.0
    highest = np.inf
    if kind is MeasureKind.COUNT:
        columns = (values, days)
    elif kind is MeasureKind.PROPORTION:
        parts = np.array([o.parts or (np.nan, np.nan) for o in window], dtype=float)
        columns = (parts[:, 0], parts[:, 1])
    elif measure.kind == "proportion":
        highest = 1.0
    chart = choose_chart(
        kind, *columns, asked=asked, baseline=baseline, lowest=lowest, highest=highest
    ).chart
    if isinstance(chart, TooFewCases):
        return NoLimitsWhy.TOO_FEW_CASES
    if not isinstance(chart, ControlChart):
        return NoLimitsWhy.TOO_SHORT
    return in_counts(chart, days) if kind is MeasureKind.COUNT else chart


def _kind(measure: ExtractMeasure) -> MeasureKind:
    """What settles the charts that tell the truth.

    A value on a day is a stock, as a share is: most cases behind one month's are in the next.
    """
    facts = measure.formula_facts
    on_a_day = facts.timing == "day" and measure.frequency == "month"
    return MeasureKind.STOCK if on_a_day else _KINDS[facts.charted_as]


def _target(measure: ExtractMeasure, chart: ControlChart) -> float | None:
    if measure.target is None or chart.kind is ChartKind.NET_FLOW:
        return None
    return measure.target / 100 if measure.kind == "proportion" else measure.target


def _year_before(latest: Observation) -> Month:
    return latest.period.month - 12
