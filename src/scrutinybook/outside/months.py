"""Labels of points as months, where they are months, and their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from scrutinybook.periods import Month


def as_month(label: str) -> Month | None:
    """Read 2023-04, or the first or last day of a month; None for anything else."""
    try:
        return Month.parse(label)
    except ValueError:
        pass
    day = _as_date(label)
    if day is None:
        return None
    month = Month(day.year, day.month)
    return month if day in (month.first_day, month.last_day) else None


def as_months(labels: Sequence[str]) -> tuple[Month, ...] | None:
    """Read all labels as months, or None where one is none."""
    months = [as_month(label) for label in labels]
    known = tuple(month for month in months if month is not None)
    return known if len(known) == len(months) else None


def out_of_order(labels: Sequence[str]) -> int | None:
    """Place of the first label that does not come after the one before; labels that are months,
    dates or numbers throughout are looked at, others have no order."""
    readers: tuple[Callable[[str], Any], ...] = (as_month, _as_date, _as_number)
    for read in readers:
        found = [read(label) for label in labels]
        if all(each is not None for each in found):
            pairs = enumerate(pairwise(found), start=1)
            return next((at for at, (one, two) in pairs if not one < two), None)
    return None


def _as_date(label: str) -> date | None:
    if len(label) != len("2023-04-01"):
        return None
    try:
        return date.fromisoformat(label)
    except ValueError:
        return None


def _as_number(label: str) -> float | None:
    try:
        return float(label)
    except ValueError:
        return None
