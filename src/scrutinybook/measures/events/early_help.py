"""Early help: assessments started, and children with one under way."""

from __future__ import annotations

from datetime import date

import pandas as pd

from scrutinybook.measures.events.columns import days, open_on
from scrutinybook.measures.events.counting import Happened, every
from scrutinybook.measures.events.standing import WHOLE, Reading
from scrutinybook.measures.parts import Parts


def started(table: pd.DataFrame) -> Happened:
    """Early help assessments by the day they started."""
    return every(days(table["started"]))


def under_way(table: pd.DataFrame, day: date) -> Reading:
    """Children, each once, with an early help assessment not completed by the end of a day."""
    still = open_on(days(table["started"]), days(table["completed"]), day)
    return {WHOLE: Parts(float(table["child"][still].nunique()))}
