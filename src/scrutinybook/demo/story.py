"""What happens in the demonstration authority, month by month: its usual rates and what is planted.

Rates and ratios are those of a mid-sized authority in the Department's published totals (Plymouth's
years to March 2023); no number of any real child stands behind them. The story keeps its dates
whatever months are asked for: an edition for September 2023 shows what came after March 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scrutinybook.demo.days import Floats
from scrutinybook.periods import Month

HUB_CHANGE = Month(2023, 3)
THROUGH_HUB, THROUGH_HUB_RAISED = 0.42, 0.60
"""Share of contacts that the safeguarding hub counts as referred to it; more from the month of its
new process on. What goes on to be a referral does not change."""
FEWER_ACTIONS = (Month(2023, 2), Month(2023, 3))
NO_ACTION, NO_ACTION_RAISED = 0.08, 0.20
SLIP = (Month(2022, 3), Month(2023, 3))
"""The last month before assessments slip, and the month in which they are slowest."""
ON_TIME, ON_TIME_SLIPPED = 0.85, 0.62
"""Assessments within 45 working days, by the month in which they start. Those completed follow."""
REVIEWS_STEP = Month(2022, 4)
REVIEWS, REVIEWS_RAISED = 0.743, 0.931
EARLY_HELP_RISE = (Month(2022, 3), Month(2023, 3))
EARLY_HELP_FACTOR = 1.6
SICKNESS_FALL = (Month(2022, 5), Month(2023, 3))
"""Ten monthly steps, the first in June 2022."""
SICKNESS, SICKNESS_FALLEN = 0.063, 0.029
"""Share of working days lost outside Initial Response."""
SICKNESS_INITIAL, SICKNESS_INITIAL_RISEN = 0.062, 0.098
"""In Initial Response, rising with `SLIP`."""
INITIAL_FILLED, INITIAL_FILLED_LATER = 0.90, 0.74
"""Share of posts in Initial Response that are filled, falling with `SLIP`: fewer hold the cases."""
CROWDED_MONTH = Month(2023, 1)
CROWDED_TEAM = 15
"""Direct reports of one manager in that month; 8 from the next, with a second manager."""

CONTACTS_A_DAY = 47.6
"""A working day: 12,000 a year."""
LEADING_TO_REFERRAL = 0.335
SEASON = np.array([1.02, 1.01, 1.06, 0.98, 1.02, 1.04, 1.0, 0.84, 1.02, 1.03, 1.05, 0.93])
"""January to December: fewer contacts while schools are closed."""
MEAN_ABSENCE = 0.7
"""Mean of the draws that say how often somebody is ill (`workforce`)."""
CHILDREN_IN_CARE_A_MONTH = 15.6
FROM_GUARDIANSHIP = 0.026
"""Of those who come into care: four or five a year."""
EARLY_HELP_A_DAY = 4.8


@dataclass(frozen=True, eq=False)
class MonthlyRates:
    """The story as one number a month, for consecutive months."""

    months: tuple[Month, ...]
    season: Floats
    through_hub: Floats
    no_action: Floats
    on_time: Floats
    reviews_on_time: Floats
    early_help: Floats
    initial_posts_filled: Floats
    sickness: Floats
    sickness_initial: Floats


def monthly_rates(months: Sequence[Month]) -> MonthlyRates:
    """The planted rates of consecutive months, before chance moves them."""
    since_hub = _from(months, HUB_CHANGE)
    raised = np.array([month in FEWER_ACTIONS for month in months])
    slip = _ramp(months, *SLIP)
    return MonthlyRates(
        months=tuple(months),
        season=SEASON[[month.month - 1 for month in months]],
        through_hub=np.where(since_hub, THROUGH_HUB_RAISED, THROUGH_HUB),
        no_action=np.where(raised, NO_ACTION_RAISED, NO_ACTION),
        on_time=ON_TIME + (ON_TIME_SLIPPED - ON_TIME) * slip,
        reviews_on_time=np.where(_from(months, REVIEWS_STEP), REVIEWS_RAISED, REVIEWS),
        early_help=EARLY_HELP_FACTOR ** _ramp(months, *EARLY_HELP_RISE),
        initial_posts_filled=INITIAL_FILLED + (INITIAL_FILLED_LATER - INITIAL_FILLED) * slip,
        sickness=SICKNESS + (SICKNESS_FALLEN - SICKNESS) * _ramp(months, *SICKNESS_FALL),
        sickness_initial=SICKNESS_INITIAL + (SICKNESS_INITIAL_RISEN - SICKNESS_INITIAL) * slip,
    )


def _from(months: Sequence[Month], first: Month) -> Floats:
    return np.array([month >= first for month in months])


def _ramp(months: Sequence[Month], before: Month, last: Month) -> Floats:
    """0 up to one month, 1 from another, a straight line between."""
    places = np.array([month.index for month in months], dtype=float)
    return np.clip((places - before.index) / (last.index - before.index), 0.0, 1.0)
