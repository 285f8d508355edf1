"""The front door: referrals by month, the latest month, what the months since then show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scrutinybook.analysis.latest_month import LatestChart, latest_chart, latest_month
from scrutinybook.analysis.levels import MonthlyCounts, level_changes, since_then
from scrutinybook.charts.control_chart import control_chart
from scrutinybook.charts.monthly_chart import Level, monthly_chart
from scrutinybook.commentary import levels as level_words
from scrutinybook.commentary import monthly as month_words
from scrutinybook.commentary import words
from scrutinybook.commentary.monthly_charts import control_description, levels_description
from scrutinybook.commentary.polarity import rule
from scrutinybook.commentary.sources import LICENCE, source_text
from scrutinybook.context import Context
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.findings.monthly import (
    ControlVerdict,
    LatestMonth,
    LevelChanges,
    SinceThen,
    TooShortToSearch,
)
from scrutinybook.pages import fragments
from scrutinybook.pages.figures import figure
from scrutinybook.pages.tables import Column, table

REFERRALS = "referrals"
NOUN = "referrals"

LATEST_CHANGES = 2
"""Lasting changes that a page shows at once; the others are history."""


@dataclass(frozen=True)
class FrontDoor:
    """Referrals by month: the series, its charts and what was found."""

    context: Context
    series: PublishedSeries
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

    def what_is_counted(self) -> str:
        """What an official referral is, and what it is not."""
        measure = self.context.catalogue.measure(REFERRALS)
        body = fragments.text(f"{measure.definition} {rule(measure.polarity)}") + fragments.text(
            "These are the official referrals to children’s social care, as the council reported"
            " them in its yearly return. They are not referrals into a multi-agency safeguarding"
            " hub, where contacts from the police, schools and others are first looked at. No"
            " published figures count those."
        )
        return fragments.note("What is counted here", body)

    def latest_month(self) -> str:
        """Chart and words on the latest month."""
        found, area = self.judged.finding, self.context.authority
        drawing = control_chart(
            f"{self.context.edition.id}-referrals-control",
            f"Referrals for each working day, {area}",
            control_description(found, NOUN, area),
            months=self.judged.months,
            chart=self.judged.chart,
            unit="Referrals for each working day",
        )
        caption = (
            f"Referrals for each working day in {area} since {found.first.words}. The diamond is"
            f" {found.latest.month.words}."
        )
        pieces = [
            fragments.paragraph(month_words.latest_month(self.latest, NOUN)),
            figure(drawing, caption),
        ]
        if isinstance(found, ControlVerdict):
            pieces += [
                fragments.paragraph(month_words.against_limits(found, NOUN)),
                fragments.text("Why this chart, and what a plainer one would say", "lead-in"),
                fragments.bullets([[said] for said in month_words.why_this_chart(found, NOUN)]),
            ]
        else:
            pieces.append(fragments.paragraph(month_words.without_limits(found, NOUN)))
        phase = self.context.edition.phase(REFERRALS)
        if phase is not None:
            note = month_words.phase_note(phase, self.levels)
            pieces.append(fragments.text(note, "context"))
        return "".join(pieces)

    def lasting_changes(self) -> str:
        """Chart and words on the level over all months."""
        area = self.context.authority
        drawing = monthly_chart(
            f"{self.context.edition.id}-referrals-levels",
            f"Referrals by month, {area}",
            levels_description(self.levels, self.latest.latest, NOUN, area),
            months=self.data.months,
            counts=list(self.data.counts),
            levels=self._level_lines(),
            change_ranges=self._change_ranges(),
            unit="Referrals a month",
            searched_from=self._searched_from(),
        )
        caption = (
            f"Referrals by month in {area}. Thick lines are levels for a month of average length;"
            " shaded months are those in which the level may have changed. The paler months before"
            " were not searched."
        )
        return "".join(
            [
                figure(drawing, caption),
                fragments.paragraph(level_words.all_changes(self.levels, NOUN)),
                self._change_list(),
            ]
        )

    def _change_list(self) -> str:
        """The latest changes first; those further back are history, folded away."""
        if isinstance(self.levels, TooShortToSearch):
            return ""
        said = [level_words.one_change(c, self.levels) for c in reversed(self.levels.changes)]
        older = fragments.bullets(said[LATEST_CHANGES:])
        latest = fragments.bullets(said[:LATEST_CHANGES])
        return latest + (fragments.more("Changes before that", older) if older else "")

    def since_earlier_edition(self) -> str:
        """What became clear since the edition before, where there is one."""
        if self.since is None:
            return fragments.text(
                "This is the first edition; there is none before it to look back to."
            )
        return fragments.paragraph(level_words.since_then(self.since, NOUN))

    def context_notes(self) -> str:
        """Dated notes of the edition: context, never a cause."""
        notes = self.context.edition.notes_on(REFERRALS)
        if not notes:
            return ""
        body = "".join(
            fragments.text(f"{n.month.words}: {n.text} (Source: {n.source}.)") for n in notes
        )
        return fragments.note("Context on record", body, "context")

    def numbers(self) -> str:
        """Source, release dates and the monthly numbers."""
        rows = [
            [o.period.words, _count(o.value, o.symbol), str(int(days)), _per_day(o.value, days)]
            for o, days in zip(self.series, self.data.working_days, strict=True)
        ]
        columns = [
            Column("Month", numeric=False),
            Column("Referrals"),
            Column("Working days"),
            Column("For each working day"),
        ]
        caption = f"Referrals by month, {self.context.authority}"
        period = self.series.latest.period
        return fragments.text(
            source_text(self.context.sources(self.series), period) + f" {LICENCE}"
        ) + fragments.more("The numbers behind the charts", table(caption, columns, rows[::-1]))

    def _level_lines(self) -> list[Level]:
        if isinstance(self.levels, TooShortToSearch):
            return []
        starts = [
            self._searched_from(),
            *(self.data.months.index(c.month) for c in self.levels.changes),
        ]
        stops = [*starts[1:], len(self.data.months)]
        return [Level(*each) for each in zip(starts, stops, self.levels.levels, strict=True)]

    def _searched_from(self) -> int:
        if isinstance(self.levels, TooShortToSearch):
            return 0
        return self.data.months.index(self.levels.first)

    def _change_ranges(self) -> list[tuple[int, int]]:
        if isinstance(self.levels, TooShortToSearch):
            return []
        place = self.data.months.index
        return [(place(c.first), place(c.last)) for c in self.levels.changes]


def front_door(context: Context) -> FrontDoor:
    """Analyse referrals by month."""
    series = context.monthly(REFERRALS)
    data = MonthlyCounts.of(series)
    levels = level_changes(data, context.edition.id)
    since = None
    earlier = context.as_earlier()
    if earlier is not None and isinstance(levels, LevelChanges):
        since = since_then(context, levels, earlier)
    return FrontDoor(
        context=context,
        series=series,
        data=data,
        latest=latest_month(data),
        levels=levels,
        judged=latest_chart(data, levels, context.edition.phase(REFERRALS)),
        since=since,
    )


def _count(value: float | None, symbol: object) -> str:
    if value is not None:
        return words.whole(value)
    return getattr(symbol, "words", "no figure")


def _per_day(value: float | None, days: float) -> str:
    return "–" if value is None or np.isnan(value) else words.decimal(value / days)
