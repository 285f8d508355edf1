"""Guess the month that a person meant who wrote it in another form than 2023-03."""

from __future__ import annotations

import calendar
import re

from scrutinybook.periods import Month

_NAMES = {calendar.month_name[k][:3].lower(): k for k in range(1, 13)}
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/. ]?(?P<month>[0-9]{1,2})(?:[-/. ][0-9]{1,2})?")
_YEAR_LAST = re.compile(r"(?:[0-9]{1,2}[-/. ])?(?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})")
_NAMED = re.compile(r"(?P<month>[a-z]{3,9})[-/., ]*(?P<year>[0-9]{4})")
_YEAR_AND_NAME = re.compile(r"(?P<year>[0-9]{4})[-/., ]*(?P<month>[a-z]{3,9})")


def guess_month(text: str) -> Month | None:
    """The month behind ``2023-3``, ``202303``, ``2023-03-31``, ``03/2023`` or ``March 2023``.

    None where there is no such month or the text is something else.
    """
    plain = text.strip().lower()
    if match := _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain):
        year, month = int(match["year"]), int(match["month"])
    elif match := _NAMED.fullmatch(plain) or _YEAR_AND_NAME.fullmatch(plain):
        year, word = int(match["year"]), match["month"]
        month = _NAMES.get(word[:3], 0)
        if not calendar.month_name[month].lower().startswith(word):
            return None
    else:
        return None
    return Month(year, month) if 1 <= month <= 12 else None
