"""The front door: referrals by month, the latest month, what the months since then show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from scrutinybook.analysis.latest_month import LatestChart, latest_chart, latest_month
from scrutinybook.analysis.levels import MonthlyCounts, level_changes, since_then
from scrutinybook.analysis.many import edition_tests
from scrutinybook.analysis.without_count import without_count
from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters.context_notes import context_marks, list_of
from scrutinybook.chapters.level_drawing import (
    CAPTION,
    change_list,
    level_drawing,
    months_searched,
)
from scrutinybook.chapters.referrals_record import ReferralsRecord
from scrutinybook.chapters.referrals_unjudged import UnjudgedReferrals
from scrutinybook.charts.context_marks import ContextMark
from scrutinybook.charts.control_chart import control_chart
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary import monthly as month_words
from scrutinybook.commentary.monthly_charts import control_description, levels_description
from scrutinybook.commentary.since_then import since_then as since_then_words
from scrutinybook.commentary.summary import level_among_many
from scrutinybook.commentary.why_this_chart import why_this_chart
from scrutinybook.context import Context
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    SinceThen,
    TooShortToSearch,
)
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import HOW_TO_READ_LIMITS, figure
from scrutinybook.periods import Month

REFERRALS = MONTHLY_MEASURE
NOUN = "referrals"


@dataclass(frozen=True)
class FrontDoor(ReferralsRecord):
    """Referrals by month: the series, its charts and what was found."""

    data: MonthlyCounts
    latest: LatestMonth
    levels: LevelChanges | TooShortToSearch
    judged: LatestChart
    since: SinceThen | None

    def message(self) -> str:
        """The chapter's two headlines."""
        said = month_words.headline(self.latest, self.judged.finding, NOUN)
        return fragments.headline(said) + fragments.headline(
            level_words.headline(self.levels, NOUN)
        )

    def charted(self) -> frozenset[Month]:
        """Months that the two charts show."""
        return frozenset(self.judged.months) | frozenset(months_searched(self.data, self.levels))

    def _marks(self) -> tuple[ContextMark, ...]:
        return context_marks(self.context.edition, REFERRALS, self.charted())

    def latest_month(self) -> str:
        """Chart and words on the latest month."""
        found, area, marks = self.judged.finding, self.context.authority, self._marks()
        drawing = control_chart(
            f"{self.context.edition.id}-referrals-control",
            f"Referrals for each working day, {area}",
            control_description(found, NOUN, area),
            months=self.judged.months,
            chart=self.judged.chart,
            unit="Referrals for each working day",
            context=marks,
        )
        caption = (
            f"Referrals for each working day in {area} since {found.first.words}. The diamond is"
            f" {found.latest.month.words}."
        )
        pieces = [
            fragments.paragraph(month_words.latest_month(self.latest, NOUN)),
            figure(
                drawing,
                caption,
                HOW_TO_READ_LIMITS,
                notes=list_of(marks, self.judged.months, REFERRALS),
            ),
        ]
        if isinstance(found, ControlVerdict):
            pieces += [
                fragments.paragraph(month_words.against_limits(found, NOUN)),
                fragments.heading("Why this chart, and what a plainer one would say"),
                fragments.bullets([[said] for said in why_this_chart(found, NOUN)]),
            ]
        else:
            pieces.append(fragments.paragraph(month_words.without_limits(found, NOUN)))
        phase = self.context.edition.phase(REFERRALS)
        if phase is not None:
            note = month_words.phase_note(phase, self.levels, found)
            pieces.append(fragments.text(note, "context"))
        return "".join(pieces)

    def lasting_changes(self) -> str:
        """Chart and words on the level over all months."""
        area, marks = self.context.authority, self._marks()
        searched = months_searched(self.data, self.levels)
        drawing = level_drawing(
            f"{self.context.edition.id}-referrals-levels",
            f"Referrals by month, {area}",
            levels_description(self.levels, self.latest.latest, NOUN, area),
            data=self.data,
            levels=self.levels,
            unit="Referrals a month",
            context=marks,
        )
        caption = f"Referrals by month in {area}. {CAPTION}"
        sure = fragments.paragraph(level_words.how_sure(self.levels))
        tests = edition_tests(self.context)
        if sure and tests is not None:
            sure += fragments.paragraph(level_among_many(tests, REFERRALS))
        return "".join(
            [
                fragments.paragraph(level_words.all_changes(self.levels, NOUN)),
                figure(drawing, caption, notes=list_of(marks, searched, REFERRALS)),
                change_list(self.levels),
                fragments.more("How sure is this?", sure) if sure else "",
            ]
        )

    def since_earlier_edition(self) -> str:
        """What became clear since the edition before, where there is one."""
        if self.since is None:
            earlier = self.context.earlier
            text = "This edition names no earlier one to look back to."
            if earlier is not None:
                text = (
                    f"The edition for {earlier.month.words} had too few months with a figure to"
                    " say how level they were, so there is nothing to look back to."
                )
            return fragments.text(text)
        said = since_then_words(self.since, NOUN)
        return fragments.bullets([[each] for each in said])


@lru_cache(maxsize=8)
def front_door(context: Context) -> FrontDoor | UnjudgedReferrals:
    """Analyse referrals by month, or say why they cannot be judged."""
    series = context.monthly(REFERRALS)
    gap = without_count(series)
    if gap is not None:
        return UnjudgedReferrals(context, series, gap)
    data = MonthlyCounts.of(series)
    levels = level_changes(data, context.edition.slug, context.kept)
    since = None
    earlier = context.as_earlier()
    if earlier is not None and isinstance(levels, LevelChanges):
        then = earlier.monthly(REFERRALS)
        if len(then) and without_count(then) is None:
            since = since_then(context, levels, earlier)
    return FrontDoor(
        context=context,
        series=series,
        data=data,
        latest=latest_month(data),
        levels=levels,
        judged=latest_chart(
            data,
            levels,
            context.edition.phase(REFERRALS),
            context.catalogue.measure(REFERRALS).chart,
        ),
        since=since,
    )
