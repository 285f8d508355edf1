"""Days in words, however much of them is known."""

from __future__ import annotations

from datetime import date

from scrutinybook.commentary.recording import day
from scrutinybook.periods import Month


def said_when(text: str) -> str:
    """A day, month or year as a file writes it: ``on 29 March 2023``, ``in March 2023``."""
    parts = [int(each) for each in text.split("-")]
    if len(parts) == 3:
        return f"on {day(date(*parts))}"
    return f"in {Month(*parts).words}" if len(parts) == 2 else f"in {text}"
