"""What the front door says of referrals whatever they show: definition, notes, numbers."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.catalogue import MONTHLY_MEASURE
from scrutinybook.chapters.context_notes import context_notes
from scrutinybook.commentary import words
from scrutinybook.commentary.polarity import rule
from scrutinybook.commentary.sources import LICENCE, source_text
from scrutinybook.context import Context
from scrutinybook.disclosure import PublishedSeries
from scrutinybook.measures.series import Observation
from scrutinybook.pages import fragments
from scrutinybook.pages.tables import Column, table
from scrutinybook.periods import Month, working_days


@dataclass(frozen=True)
class ReferralsRecord:
    """Referrals by month as they were published."""

    context: Context
    series: PublishedSeries

    def what_is_counted(self) -> str:
        """What an official referral is, and what it is not."""
        measure = self.context.catalogue.measure(MONTHLY_MEASURE)
        body = fragments.text(f"{measure.definition} {rule(measure.polarity)}") + fragments.text(
            "These are the official referrals to children’s social care, as the council reported"
            " them in its yearly return. They are not referrals into a multi-agency safeguarding"
            " hub, where contacts from the police, schools and others are first looked at. No"
            " published figures count those."
        )
        return fragments.note("What is counted here", body)

    def charted(self) -> frozenset[Month]:
        """Months that its charts show: none, where nothing is judged."""
        return frozenset()

    def context_notes(self) -> str:
        """Dated notes of the edition: context, never a cause."""
        return context_notes(self.context.edition, MONTHLY_MEASURE, self.charted())

    def numbers(self) -> str:
        """Source, release dates and the monthly numbers."""
        columns = [
            Column("Month", numeric=False),
            Column("Referrals"),
            Column("Working days"),
            Column("For each working day"),
        ]
        caption = f"Referrals by month, {self.context.authority}"
        rows = [_row(o) for o in reversed(self.series.observations)]
        source = source_text(self.context.sources(self.series), self.series.latest.period)
        return (
            fragments.text(f"{source} {LICENCE}")
            + fragments.more("The numbers behind the charts", table(caption, columns, rows))
            + fragments.download(self.series.measure_id)
        )


def _row(observation: Observation) -> list[str]:
    month, value = observation.period.month, observation.value
    days = working_days(month)
    if value is None:
        reason = observation.symbol.words if observation.symbol else "no figure"
        return [month.words, reason, str(days), "–"]
    return [month.words, words.whole(value), str(days), words.decimal(value / days)]
