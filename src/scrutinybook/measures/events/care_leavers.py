"""Care leavers: in education, employment or training, or not, or not known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import share
from scrutinybook.sources.extracts.vocabulary import ACTIVITIES, OUTSIDE_COHORT

ACTIVE = tuple(code for code in ACTIVITIES if code[0] in "FP")
"""Both code lists: F1 to F3 and P1 to P3 of former years, F4, F5, P4 and P5 since."""
NOT_ACTIVE = tuple(code for code in ACTIVITIES if code[0] == "G")


def doing(table: pd.DataFrame, ages: tuple[int, int], what: str) -> Reading:
    """Care leavers of these ages (both ends in), and those who do `what`.

    Those whose activity is not known stay in the denominator; those who died or returned home are
    in neither part.
    """
    of_age = table["age"].between(*ages).fillna(False).to_numpy(np.bool_)
    cohort = table[of_age & ~table["in_touch"].isin(OUTSIDE_COHORT).to_numpy(np.bool_)]
    activity = cohort["activity"]
    counted = {
        "active": activity.isin(ACTIVE),
        "not_active": activity.isin(NOT_ACTIVE),
        "not_known": activity.isna(),
    }[what]
    return {WHOLE: share(float(counted.sum()), float(len(cohort)))}
