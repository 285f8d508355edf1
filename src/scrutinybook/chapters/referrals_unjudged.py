"""The front door of an edition whose monthly counts cannot be judged: it says so, and why."""

from __future__ import annotations

from dataclasses import dataclass

from scrutinybook.chapters.referrals_record import ReferralsRecord
from scrutinybook.commentary import without_count as unjudged_words
from scrutinybook.findings.without_count import ManyWithheld, NoCount
from scrutinybook.pages import fragments

NOUN = "referrals"


@dataclass(frozen=True)
class UnjudgedReferrals(ReferralsRecord):
    """Referrals by month without a chart or a verdict: the same pieces, with what is missing."""

    gap: NoCount | ManyWithheld

    def message(self) -> str:
        """The chapter's headlines."""
        return fragments.headline(unjudged_words.headline(self.gap, NOUN)) + fragments.headline(
            unjudged_words.level_unknown(self.gap, NOUN)
        )

    def latest_month(self) -> str:
        """Why nothing is said of the month."""
        return fragments.paragraph(unjudged_words.why(self.gap, NOUN))

    def lasting_changes(self) -> str:
        """That nothing is said of the level."""
        return fragments.paragraph([unjudged_words.level_unknown(self.gap, NOUN)])

    def since_earlier_edition(self) -> str:
        """That nothing is said of the months since."""
        return self.lasting_changes()
