"""Each data point of the plan judged by its own target, beside the plan's rating."""

from __future__ import annotations

from collections.abc import Sequence

from scrutinybook.analysis.council import judge, latest_figure
from scrutinybook.catalogue_extract import ExtractMeasure
from scrutinybook.committee.plan import LOCAL, DataPoint, MilestoneState, Plan, Rating
from scrutinybook.council_context import CouncilContext
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.base import is_for_the_better
from scrutinybook.findings.council import Judged, Unjudged, on_page
from scrutinybook.findings.plan import Disagreement, MilestonesStand, PlanAll, PointStands
from scrutinybook.statistics import Assurance

YEAR = 12
_POLARITIES = {"up": "high", "down": "low", "neither": "neutral"}


def point_stands(
    context: CouncilContext, point: DataPoint, *, level_changed: bool = False
) -> PointStands:
    """Judge one data point. `level_changed`: a lasting change of the measure's level was found."""
    measure = as_the_plan_has_it(context, point)
    series = _series(context, point)
    rated = point.rating(context.edition.month)
    name = f"data-point-{point.number}"
    figure, judged, met = None, None, None
    if series is not None and len(series):
        whole = point.measure is not None and point.part is None
        phase = context.edition.phase(point.measure) if whole and point.measure else None
        found = judge(name, measure, series, phase=phase, level_changed=level_changed)
        figure, judged = latest_figure(name, measure, series, None), found.finding
        met = met_all_year(measure, [on_page(measure, o) for o in series])
    rating = None if rated is None else rated[1]
    return PointStands(
        measure_id=name,
        point=point,
        number=point.number,
        figure=figure,
        judged=judged,
        rated=None if rated is None else rated[0],
        rating=rating,
        disagreement=disagreement(rating, judged, met),
    )


def disagreement(
    rating: Rating | None, judged: Judged | Unjudged | None, met: bool | None
) -> Disagreement | None:
    """How a rating and the statistics speak against each other; amber says too little to.

    `met`: whether each of the latest twelve months met the target (true) or missed it (false).
    """
    better, assurance = None, None
    if isinstance(judged, Judged):
        assurance = judged.assurance
        if judged.signal:
            better = is_for_the_better(judged.direction, judged.measure.polarity)
    conditions = {
        "green": (
            (better is False, Disagreement.GREEN_WORSE),
            (assurance is Assurance.CONSISTENT_FAIL, Disagreement.GREEN_MISSED),
            (met is False, Disagreement.GREEN_MISSED_YEAR),
        ),
        "red": (
            (better is True, Disagreement.RED_BETTER),
            (assurance is Assurance.CONSISTENT_PASS, Disagreement.RED_MET),
            (met is True, Disagreement.RED_MET_YEAR),
        ),
    }
    return next((how for holds, how in conditions.get(rating or "", ()) if holds), None)


def met_all_year(measure: ExtractMeasure, values: Sequence[float | None]) -> bool | None:
    """Whether each of the latest twelve months met the target, or each missed it.

    `values` as pages show them. None where some did and some did not, where one of the twelve has
    no figure, and without a target.
    """
    latest = [each for each in values[-YEAR:] if each is not None]
    if measure.target is None or len(latest) < YEAR or measure.polarity == "neutral":
        return None
    target = measure.target / 100 if measure.kind == "proportion" else measure.target
    way = 1 if measure.polarity == "high" else -1
    met = [way * each >= way * target for each in latest]
    return met[0] if len(set(met)) == 1 else None


def milestones_stand(context: CouncilContext, plan: Plan) -> MilestonesStand:
    """How many milestones stand how at the end of the edition's month."""
    month = context.edition.month
    states = [each.state(month) for each in plan.milestones]
    return MilestonesStand(
        measure_id="milestones",
        month=month,
        n_reached=states.count(MilestoneState.REACHED),
        n_late=states.count(MilestoneState.LATE),
        n_ahead=states.count(MilestoneState.AHEAD),
    )


def plan_all(context: CouncilContext, plan: Plan, found: tuple[PointStands, ...]) -> PlanAll:
    """How many data points have what, and how many milestones are late."""
    steps = milestones_stand(context, plan)
    return PlanAll(
        measure_id="plan",
        n=len(found),
        n_with_figure=sum(each.figure is not None for each in found),
        n_without_target=sum(each.point.target is None for each in found),
        n_rated=sum(each.rating is not None for each in found),
        n_disagreements=sum(each.disagreement is not None for each in found),
        n_signals=sum(isinstance(each.judged, Judged) and each.judged.signal for each in found),
        n_milestones=steps.n,
        n_late=steps.n_late,
    )


def as_the_plan_has_it(context: CouncilContext, point: DataPoint) -> ExtractMeasure:
    """The measure with the plan's own target and direction in place of the catalogue's."""
    measure = context.measure(point.measure or LOCAL)
    changed: dict[str, object] = {
        "target": point.target,
        "no_target": point.no_target,
        "polarity": _POLARITIES[point.direction],
    }
    if point.measure is None:
        changed |= {"title": point.text, "noun": point.text, "unit": point.unit or measure.unit}
    return measure.model_copy(update=changed)


def _series(context: CouncilContext, point: DataPoint) -> PublishedSeries | None:
    held = context.of(point.measure or LOCAL)
    if held is None:
        return None
    part = point.part if point.measure is not None else str(point.number)
    series = held.whole if part is None else held.parts.get(part)
    return None if series is None else context.until(series)
