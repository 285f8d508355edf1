"""What an edition found, worked out from its own gated figures and kept until anything changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from pydantic import TypeAdapter

from scrutinybook.analysis.claims import claims_of
from scrutinybook.analysis.claims_figures import AnyContext
from scrutinybook.analysis.glance import glance
from scrutinybook.analysis.many import edition_tests
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters.council_section import CouncilMeasure, council_measure
from scrutinybook.chapters.front_door import FrontDoor, front_door
from scrutinybook.context import Context
from scrutinybook.council_context import CouncilContext, open_council_context
from scrutinybook.edition import read_edition
from scrutinybook.findings import council, monthly
from scrutinybook.findings.base import Direction
from scrutinybook.findings.council import Judged, Unjudged
from scrutinybook.findings.found import (
    SHOWN_MONTHS,
    ClaimFound,
    EditionFound,
    LevelFound,
    MeasureFound,
    MonthFound,
)
from scrutinybook.findings.level_change import LevelChange
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LevelChanges,
    NoLimits,
    TooShortToSearch,
)
from scrutinybook.measures.series import Observation
from scrutinybook.periods import Month
from scrutinybook.statistics import ControlChart, Rule, point_signals
from scrutinybook.workspace import Workspace

FORM: TypeAdapter[EditionFound] = TypeAdapter(EditionFound)
"""How what an edition found is kept."""


def editions_up_to(workspace: Workspace, context: AnyContext) -> Iterator[AnyContext]:
    """The edition, then each one before it, the newest first, each with its own figures.

    Raises `FaultsFound` where an edition that is named as the one before cannot be read.
    """
    here: AnyContext | None = context
    while here is not None:
        yield here
        before = here.as_earlier()
        if before is None and here.edition.previous is not None and here is not context:
            before = _opened(workspace, here)
        here = before


def _opened(workspace: Workspace, after: AnyContext) -> AnyContext | None:
    """The edition before one that is itself an earlier one; None for one of other figures."""
    assert after.edition.previous is not None  # the caller has looked
    edition = read_edition(workspace, after.edition.previous)
    if edition.kind != after.edition.kind or edition.month >= after.edition.month:
        return None
    if isinstance(after, CouncilContext):
        return open_council_context(workspace, edition.as_parameters())
    return replace(after, edition=edition, earlier=None)


def found_of(context: AnyContext) -> EditionFound:
    """What an edition found, kept by everything it hangs on."""
    figures = {"edition": context.edition.as_parameters(), "files": context.behind}
    return context.kept.find("edition found", figures, FORM, partial(found_anew, context))


def found_anew(context: AnyContext) -> EditionFound:
    """The same, worked out."""
    own = isinstance(context, CouncilContext)
    measures = _own(context) if isinstance(context, CouncilContext) else _official(context)
    return EditionFound(
        edition_id=context.edition.id,
        month=context.edition.month,
        measures=tuple(measures),
        claims=tuple(ClaimFound(each.claim.id, each.verdict) for each in claims_of(context))
        if own or context.committee.claims is not None
        else (),
    )


def _own(context: CouncilContext) -> Iterator[MeasureFound]:
    for measure_id in context.catalogue.extract_measures:
        found = council_measure(context, measure_id)
        # The data points of the plan are many figures under one name.
        if found is None or found.measure.unit == "as the plan":
            continue
        row = glance(
            found.latest,
            found.judged.finding,
            found.figures.whole,
            levels=found.levels,
            before=None,
        )
        judged = found.judged.finding
        searched, levels = found.levels, None
        if isinstance(searched, LevelChanges):
            levels = tuple(_level(each) for each in searched.changes)
        yield MeasureFound(
            measure_id=measure_id,
            latest=found.latest.latest,
            direction=row.direction if isinstance(judged, Judged) else Direction.SAME,
            judged=isinstance(judged, Judged),
            why=judged.why.value if isinstance(judged, Unjudged) else "",
            months=_months_of(found),
            levels=levels,
            searched_from=searched.first if isinstance(searched, LevelChanges) else None,
            on_target=row.on_target,
        )


def _months_of(found: CouncilMeasure) -> tuple[MonthFound, ...]:
    if found.measure.frequency == "year":
        return ()
    at = {o.period.month: o for o in found.figures.whole}
    months = found.judged.months
    return _months(months, [at[each] for each in months], found.judged.chart, every_rule=True)


def _official(context: Context) -> Iterator[MeasureFound]:
    door = front_door(context)
    if isinstance(door, FrontDoor):
        yield _referrals(context, door)
    tests = edition_tests(context)
    tested = {} if tests is None else {each.measure_id: each for each in tests.tested}
    stand = () if tests is None else {each.measure_id for each in tests.stand}
    for measure_id in context.catalogue.measures:
        own = context.yearly(measure_id)
        if not any(o.value is not None for o in own) or measure_id == MONTHLY_MEASURE:
            continue
        change = tested.get(measure_id)
        stands = change is not None and measure_id in stand and change.evidence
        yield MeasureFound(
            measure_id=measure_id,
            latest=own.latest,
            direction=change.direction if stands and change is not None else Direction.SAME,
            judged=False,
            why="only years are counted",
            tested=change is not None,
        )


def _referrals(context: Context, door: FrontDoor) -> MeasureFound:
    judged, series = door.judged, context.monthly(MONTHLY_MEASURE)
    at = {o.period.month: o for o in series}
    chart = judged.chart if isinstance(judged.chart, ControlChart) else None
    months = _months(judged.months, [at[each] for each in judged.months], chart, every_rule=False)
    levels = door.levels
    return MeasureFound(
        measure_id=MONTHLY_MEASURE,
        latest=series.latest,
        direction=months[-1].direction if months else Direction.SAME,
        judged=chart is not None,
        why=_why(judged.finding),
        months=months,
        levels=None
        if isinstance(levels, TooShortToSearch)
        else tuple(_level(each) for each in levels.changes),
        searched_from=None if isinstance(levels, TooShortToSearch) else levels.first,
    )


def _why(finding: ControlVerdict | NoLimits) -> str:
    """Why referrals are not judged, in the words of a council's measures; empty where they are."""
    if isinstance(finding, ControlVerdict):
        return ""
    few = finding.why is monthly.NoLimitsWhy.TOO_SHORT
    return (council.NoLimitsWhy.TOO_SHORT if few else council.NoLimitsWhy.LEVEL_CHANGED).value


def _months(
    months: Sequence[Month],
    figures: Sequence[Observation],
    chart: ControlChart | None,
    *,
    every_rule: bool,
) -> tuple[MonthFound, ...]:
    """The latest months on a chart; pages of official figures use the limits alone."""
    n = len(months)
    rules: Sequence[Rule | None] = [None] * n
    ways = np.zeros(n, dtype=int)
    if chart is not None:
        signals = point_signals(chart)
        rules, ways = signals.rules, signals.direction
        if not every_rule:
            rules = [Rule.BEYOND if way else None for way in signals.beyond]
            ways = signals.beyond
    found = [
        MonthFound(month, figure, rule, Direction.of(int(way)))
        for month, figure, rule, way in zip(months, figures, rules, ways, strict=True)
    ]
    return tuple(found[-SHOWN_MONTHS:])


def _level(change: LevelChange) -> LevelFound:
    return LevelFound(
        first=change.first,
        last=change.last,
        direction=change.direction,
        before=change.before,
        after=change.after,
        confirmed=change.confirmed,
    )
