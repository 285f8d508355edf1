"""What was put into the demonstration's figures for an analysis to find; nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from scrutinybook.demo import story
from scrutinybook.demo.workforce import SERVICES
from scrutinybook.periods import Month


class Kind(StrEnum):
    """How a figure moves."""

    STEP = "step"
    """Level before a month, another from it on."""
    TWO_MONTHS = "two-month rise"
    """Raised in two months, and as before again after them."""
    ONE_MONTH = "one month"
    """Raised in one month alone."""
    TREND = "trend"
    """A straight line from one level to another."""
    LEVEL = "level"
    """No change: the size says where the figure lies, or how parts differ."""
    NONE = "none"
    """No change, and nothing to see: mildly unsteady, with a season where there is one."""


@dataclass(frozen=True)
class Planted:
    """One thing that was put in, or was not."""

    what: str
    """In plain words."""
    measure: str
    """The measure's id in the catalogue."""
    kind: Kind
    first: str = ""
    """The first month in which the figure differs, as 2023-03."""
    last: str = ""
    """The month in which a trend ends; the last raised month."""
    before: float | None = None
    """Level before, as a share, count or value of the measure itself."""
    after: float | None = None
    """Level from then on."""
    direction: str = ""
    """up or down."""
    part: str = ""
    """Which part of the measure; empty for the whole."""
    follows: bool = False
    """Not put in by itself: comes from something else that was, with a size that is not set."""


def planted(months: Sequence[Month]) -> tuple[Planted, ...]:
    """What can be seen in extracts of these months: what comes later is left out."""
    last = str(months[-1])
    return tuple(each for each in _STORY if not each.first or each.first <= last)


def as_json(found: Sequence[Planted]) -> str:
    """For the file beside the extracts."""
    data = {
        "note": "SYNTHETIC DEMONSTRATION DATA: what was planted, and what was left alone",
        "planted": [asdict(each) for each in found],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _after(month: Month) -> str:
    return str(month + 1)


_INITIAL, _SOCIAL_WORK, _PERMANENCE, *_ = SERVICES
_SLIP = (_after(story.SLIP[0]), str(story.SLIP[1]))
_SICKNESS = (_after(story.SICKNESS_FALL[0]), str(story.SICKNESS_FALL[1]))
_RISE = (_after(story.EARLY_HELP_RISE[0]), str(story.EARLY_HELP_RISE[1]))
_NULLS = (
    "contacts", "contacts_leading_to_referral", "contacts_without_consent", "referrals_received",
    "re_referrals_12_months", "section_47_enquiries", "conferences_on_time", "plans_repeat",
    "plan_reviews_on_time", "children_in_care", "children_in_care_rate", "came_into_care",
    "came_into_care_aged_16_to_17", "placements_three_or_more", "placements_lasting",
    "leavers_17_to_18_active", "leavers_19_to_21_active", "leavers_19_to_21_not_active",
    "leavers_19_to_21_not_known", "social_workers_left", "agency_workers", "vacant_posts",
    "workers_who_left", "supervision_on_time", "assistant_posts_filled", "training_reach",
    "plan_data_points",
)  # fmt: skip

_STORY = (
    Planted("A new process in the safeguarding hub: more contacts are counted as referred to it",
            "hub_referrals", Kind.STEP, str(story.HUB_CHANGE),
            before=story.THROUGH_HUB, after=story.THROUGH_HUB_RAISED, direction="up"),
    Planted("Tighter decisions on referrals in two months", "referrals_no_further_action",
            Kind.TWO_MONTHS, str(story.FEWER_ACTIONS[0]), str(story.FEWER_ACTIONS[1]),
            before=story.NO_ACTION, after=story.NO_ACTION_RAISED, direction="up"),
    Planted("Assessments that start take longer month by month",
            "assessments_due_on_time", Kind.TREND, *_SLIP,
            before=story.ON_TIME, after=story.ON_TIME_SLIPPED, direction="down"),
    Planted("The same, seen when assessments are signed off some weeks later",
            "assessments_on_time", Kind.TREND, *_SLIP,
            before=story.ON_TIME, after=story.ON_TIME_SLIPPED, direction="down", follows=True),
    Planted("The same, as a backlog", "assessments_open_past_45", Kind.TREND, *_SLIP,
            direction="up", follows=True),
    Planted("Longer assessments leave more cases in Initial Response", "caseload_by_service",
            Kind.TREND, *_SLIP, direction="up", part=_INITIAL, follows=True),
    Planted("The same", "workers_above_target_caseload", Kind.TREND, *_SLIP, direction="up",
            part=_INITIAL, follows=True),
    Planted("The same", "posts_to_target_caseload", Kind.TREND, *_SLIP, direction="up",
            part=_INITIAL, follows=True),
    Planted("Reviews of children in care are held on time more often", "care_reviews_on_time",
            Kind.STEP, str(story.REVIEWS_STEP),
            before=story.REVIEWS, after=story.REVIEWS_RAISED, direction="up"),
    Planted("The same, by child over twelve months", "children_all_reviews_on_time", Kind.TREND,
            str(story.REVIEWS_STEP), direction="up", follows=True),
    Planted("More early help assessments are started", "early_help_started", Kind.TREND, *_RISE,
            before=1.0, after=story.EARLY_HELP_FACTOR, direction="up"),
    Planted("More of them are under way", "early_help_open", Kind.TREND, *_RISE,
            direction="up", follows=True),
    Planted("Sickness falls over ten months outside Initial Response", "sickness_by_month",
            Kind.TREND, *_SICKNESS, before=story.SICKNESS, after=story.SICKNESS_FALLEN,
            direction="down"),
    Planted("The same, by year", "sickness_in_year", Kind.TREND, *_SICKNESS, direction="down",
            follows=True),
    Planted("Sickness rises in Initial Response", "sickness_by_month", Kind.TREND, *_SLIP,
            before=story.SICKNESS_INITIAL, after=story.SICKNESS_INITIAL_RISEN, direction="up",
            part=_INITIAL),
    Planted("One manager with 15 direct reports in one month, shared by two from the next on",
            "direct_reports", Kind.ONE_MONTH, str(story.CROWDED_MONTH), str(story.CROWDED_MONTH),
            after=float(story.CROWDED_TEAM), direction="up", part=f"{_SOCIAL_WORK} East"),
    Planted("Caseloads around and above 18, lowest in Permanence; newly qualified workers hold few "
            "cases, experienced ones many", "caseload_by_service", Kind.LEVEL, after=20.0),
    Planted("The academy is full", "academy_places_filled", Kind.LEVEL, after=1.0),
    Planted("Audits find better practice in Permanence than at the front door", "audits_good",
            Kind.LEVEL, before=0.44, after=0.75, part=_PERMANENCE),
    Planted("Few children come into care from special guardianship: four or five a year",
            "care_after_special_guardianship", Kind.LEVEL, after=4.9),
    Planted("Young people who came into care at 16 or 17 are often in no education or work",
            "young_people_16_to_17_active", Kind.LEVEL, after=0.63),
    Planted("More social workers move between services than leave", "moves_between_services",
            Kind.LEVEL),
    *(Planted("No change", measure, Kind.NONE) for measure in _NULLS),
)  # fmt: skip
