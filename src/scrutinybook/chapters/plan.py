"""The improvement plan: its ratings beside the statistics, points without target, milestones."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from scrutinybook.analysis.plan import milestones_stand, plan_all, point_stands
from scrutinybook.chapters.council_section import council_measure, levels_of
from scrutinybook.chapters.measure_links import measure_link
from scrutinybook.charts.timeline_chart import Step, timeline_chart
from scrutinybook.commentary import milestones as steps_said
from scrutinybook.commentary import plan as said
from scrutinybook.commentary import words
from scrutinybook.committee.plan import DataPoint, Milestone, MilestoneState, Plan
from scrutinybook.council_context import CouncilContext
from scrutinybook.findings.monthly import LevelChanges
from scrutinybook.findings.plan import PointStands
from scrutinybook.pages import fragments
from scrutinybook.pages.cards import Card, cards
from scrutinybook.pages.figures import figure
from scrutinybook.periods import Month

TOGETHER = 10
"""Data points under one fold."""


@dataclass(frozen=True)
class PlanPage:
    """The plan of an edition with every data point judged."""

    context: CouncilContext
    plan: Plan
    found: tuple[PointStands, ...]

    def message(self) -> str:
        """How many points have a figure and a target, and where ratings disagree."""
        first, *rest = said.whole_plan(plan_all(self.context, self.plan, self.found))
        source = fragments.text(f"{self.plan.title}. Source: {self.plan.source}.")
        return fragments.headline(first) + fragments.paragraph(rest) + source

    def disagreements(self) -> str:
        """Points whose rating speaks against the statistics."""
        here = [each for each in self.found if each.disagreement is not None]
        if not here:
            return fragments.text("No rating of the plan speaks against what the statistics say.")
        return cards("Ratings that the statistics speak against", [self._card(p) for p in here])

    def without_target(self) -> str:
        """Points for which the plan sets no target, with the reason and what was asked."""
        here = [each for each in self.found if each.point.target is None]
        if not here:
            return fragments.text("Every data point has a target.")
        return cards("Data points without a target", [self._untargeted(p) for p in here])

    def milestones(self) -> str:
        """The steps of the plan in order of the day they are due: drawn, then in words."""
        month = self.context.edition.month
        steps = steps_said.in_order(self.plan.milestones)
        if not steps:
            return fragments.text("The plan names no milestones.")
        found = milestones_stand(self.context, self.plan)
        drawing = timeline_chart(
            "milestones",
            steps_said.TITLE,
            steps_said.timeline_description(found),
            steps=[_drawn(step, month) for step in steps],
            as_at=month.last_day,
            as_at_label=steps_said.as_at(month),
        )
        return (
            fragments.headline(steps_said.milestones(found))
            + figure(drawing, steps_said.CAPTION)
            + cards(
                "Milestones by the day they are due",
                [_milestone(step, month) for step in steps],
                numbered=True,
            )
        )

    def every_point(self) -> str:
        """All data points, some at a time behind a fold."""
        pieces = []
        for start in range(0, len(self.found), TOGETHER):
            here = self.found[start : start + TOGETHER]
            name = f"Data points {here[0].number} to {here[-1].number}"
            pieces.append(fragments.more(name, cards(name, [self._card(p) for p in here])))
        return "".join(pieces)

    def _card(self, found: PointStands) -> Card:
        point = found.point
        against = said.disagrees(found)
        speaks = [] if against is None else [against]
        rows = [
            ("Latest figure", escape(said.latest_text(found))),
            ("Target", escape(said.target_text(found))),
            ("The plan’s own rating", escape(said.rating_text(found))),
            ("What the statistics say", fragments.sentences(said.statistics_say(found))),
        ]
        if speaks:
            rows.append(("Where the two disagree", fragments.sentences(speaks)))
        rows.append(("Who answers for it", escape(words.upper_first(point.owner))))
        if point.measure is not None:
            rows.append(("More on it", measure_link(self.context, point.measure)))
        return Card(
            title=f"{point.number}. {point.text}",
            mark="The rating and the statistics disagree" if speaks else "",
            rows=tuple(rows),
            stands_out=bool(speaks),
        )

    def _untargeted(self, found: PointStands) -> Card:
        point = found.point
        rows = [
            ("Latest figure", escape(said.latest_text(found))),
            ("Why the plan sets none", escape(point.no_target or "")),
        ]
        if point.question is not None:
            rows.append(("What the committee asked", escape(point.question)))
        return Card(
            title=f"{point.number}. {point.text}",
            mark="Asked about" if point.question else "",
            rows=tuple(rows),
            stands_out=point.question is not None,
        )


def _drawn(step: Milestone, month: Month) -> Step:
    return Step(
        title=step.title,
        label=steps_said.milestone_label(step, month),
        state=step.state(month),
        planned=step.planned,
        day=step.settled(month),
    )


def _milestone(step: Milestone, month: Month) -> Card:
    owner = ("Who answers for it", escape(words.upper_first(step.owner)))
    return Card(
        title=step.title,
        mark=steps_said.milestone_text(step, month),
        stands_out=step.state(month) is MilestoneState.LATE,
        rows=(owner, ("Note", escape(step.note))) if step.note else (owner,),
    )


def improvement_plan(context: CouncilContext) -> PlanPage:
    """Judge every data point. Raises `ValueError` for an authority without a plan."""
    plan = context.committee.plan
    if plan is None:
        raise ValueError(f"{context.authority} has no plan on file")
    found = (
        point_stands(context, point, level_changed=_level_changed(context, point))
        for point in sorted(plan.points, key=lambda each: each.number)
    )
    return PlanPage(context, plan, tuple(found))


def _level_changed(context: CouncilContext, point: DataPoint) -> bool:
    """Whether a lasting change of the measure's level stands, so that limits would mislead."""
    if point.measure is None or point.part is not None:
        return False
    found = council_measure(context, point.measure)
    levels = None if found is None else found.levels
    changed = isinstance(levels, LevelChanges) and bool(levels.changes)
    return changed and levels_of(context).stands(point.measure)
