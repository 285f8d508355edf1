"""Care leavers and young people in care aged 16 and 17: what they do, as known on a day."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from scrutinybook.demo.care import GROWN_UP, HOME
from scrutinybook.demo.chance import evenly
from scrutinybook.demo.days import Bools, Floats, Ints, whole_years
from scrutinybook.demo.truth import Truth

YOUNGEST, OLDEST = 16, 21
WEEKS_TO_BE_ELIGIBLE = 13
IN_TOUCH, NOT_IN_TOUCH, REFUSED, NO_LONGER_NEEDED = range(4)
_TOUCH_EDGES = np.array([0.925, 0.98, 0.99])
ACTIVITIES = ("F2", "P2", "F1", "F4", "F5", "P5", "G4", "G5", "G6", "")
"""The last for not known."""
_SHARES = {
    "older entrants": (0.23, 0.04, 0.0, 0.03, 0.10, 0.04, 0.09, 0.36, 0.03, 0.08),
    "16 to 17": (0.52, 0.05, 0.0, 0.06, 0.08, 0.03, 0.05, 0.14, 0.01, 0.06),
    "17 to 18": (0.37, 0.05, 0.01, 0.06, 0.11, 0.04, 0.07, 0.22, 0.02, 0.05),
    "19 to 21": (0.15, 0.04, 0.06, 0.04, 0.17, 0.05, 0.12, 0.24, 0.06, 0.07),
}
"""Of those in touch: education, work, and not, by age; level from year to year."""
SUITABLE = 0.91
LIVING = ("U", "K", "C", "V", "Z", "D", "X")
_LIVING_EDGES = np.array([0.42, 0.60, 0.72, 0.84, 0.93, 0.98])


def leavers_on(truth: Truth, day: int) -> pd.DataFrame:
    """Young people on a day: child, born, age, touch, activity, living, is_suitable, is_in_care."""
    periods = truth.care.periods
    known = periods["recorded"].to_numpy() <= day
    left = periods["ended_recorded"].to_numpy() <= day
    born = periods["born"].to_numpy()
    age = whole_years(born, day)
    age_left = whole_years(born, np.where(left, periods["ended"].to_numpy(), day))
    how = periods["how"].to_numpy()
    leaver = known & left & (age_left >= YOUNGEST) & ((how == GROWN_UP) | (how > HOME))
    long_enough = day - periods["started"].to_numpy() >= 7 * WEEKS_TO_BE_ELIGIBLE
    eligible = known & ~left & long_enough & (age < 18)
    there = (leaver | eligible) & (age >= YOUNGEST) & (age <= OLDEST)
    rows = periods[there]
    child, age = rows["child"].to_numpy(), age[there]
    older = rows["older"].to_numpy()
    # Drawn anew at each birthday: what somebody does at 18 says little of what they do at 20.
    key = child * 64 + age
    touch = np.searchsorted(_TOUCH_EDGES, evenly(key, truth.seed * 8 + 1), side="right")
    activity = _activities(evenly(key, truth.seed * 8 + 2), age, older)
    activity = np.where(touch == IN_TOUCH, activity, "")
    living = np.searchsorted(_LIVING_EDGES, evenly(child, truth.seed * 8 + 3), side="right")
    return pd.DataFrame(
        {
            "child": child,
            "born": rows["born"].to_numpy(),
            "age": age,
            "touch": touch,
            "activity": activity,
            "living": np.array(LIVING, dtype=object)[living],
            "is_suitable": evenly(key, truth.seed * 8 + 4) < SUITABLE,
            "is_in_care": eligible[there],
            "older": older,
        }
    ).reset_index(drop=True)


def _activities(drawn: Floats, age: Ints, older: Bools) -> npt.NDArray[np.object_]:
    group = np.where((age < 18) & older, 0, np.where(age < 17, 1, np.where(age < 19, 2, 3)))
    made = np.empty(drawn.size, dtype=object)
    for place, shares in enumerate(_SHARES.values()):
        ours = group == place
        edges = np.cumsum(shares)[:-1]
        made[ours] = np.array(ACTIVITIES, dtype=object)[
            np.searchsorted(edges, drawn[ours], "right")
        ]
    return made
