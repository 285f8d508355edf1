"""Higher and lower, and whether that is better, in words: the only place where the two meet."""

from __future__ import annotations

from scrutinybook.catalogue import Polarity
from scrutinybook.findings.base import Direction, is_for_the_better
from scrutinybook.findings.yearly import ChangeOnYear


def which_is(direction: Direction, polarity: Polarity) -> str:
    """After ``higher`` or ``lower``: ``, which is better``, ``, which is worse`` or nothing."""
    better = is_for_the_better(direction, polarity)
    if better is None:
        return ""
    return ", which is better" if better else ", which is worse"


def rule(polarity: Polarity) -> str:
    """The sentence that stands by every measure."""
    return {
        "high": "Higher is better.",
        "low": "Lower is better.",
        "neutral": "Higher is neither better nor worse on its own.",
    }[polarity]


def in_brief(polarity: Polarity) -> str:
    """The same in brackets after a title."""
    return {
        "high": "higher is better",
        "low": "lower is better",
        "neutral": "neither way is better",
    }[polarity]


def is_better(change: ChangeOnYear) -> bool | None:
    """Whether a change is for the better; None where neither way is better."""
    worth = which_is(change.direction, change.measure.polarity)
    return None if not worth else worth.endswith("better")
