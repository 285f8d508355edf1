"""Lasting changes of level in words: when as a range, how much with an interval, how sure."""

from __future__ import annotations

from scrutinybook.commentary import words
from scrutinybook.commentary.sentence import Sentence
from scrutinybook.findings.base import Direction
from scrutinybook.findings.monthly import LevelChange, LevelChanges, SinceThen, TooShortToSearch

_NOUNS = {Direction.HIGHER: "rise", Direction.LOWER: "fall", Direction.SAME: "change"}


def headline(found: LevelChanges | TooShortToSearch, noun: str) -> Sentence:
    """The message on the level of a monthly count."""
    if isinstance(found, TooShortToSearch):
        return Sentence(
            f"There are too few months to say whether the level of {noun} changed.", found.id
        )
    if not found.changes:
        return Sentence(
            f"There is no evidence of a lasting change in the level of {noun} from"
            f" {found.first.words} to {found.last.words}.",
            found.id,
        )
    last = found.changes[-1]
    return Sentence(
        f"The level of {noun} last changed {words.month_range(last.first, last.last)}: a"
        f" {_NOUNS[last.direction]} from about {words.whole(last.before)} to about"
        f" {words.whole(last.after)} a month.",
        found.id,
    )


def all_changes(found: LevelChanges | TooShortToSearch, noun: str) -> list[Sentence]:
    """How many lasting changes were found, in which months, and how the search was made."""
    if isinstance(found, TooShortToSearch):
        return [
            Sentence(
                f"There are {words.small(found.n_months)} months with a figure; the search needs"
                f" {words.small(found.needed)}.",
                found.id,
            )
        ]
    n = len(found.changes)
    span = f"from {found.first.words} to {found.last.words}"
    count = words.small(n) if n else "no"
    said = [
        f"The search found {count} lasting {'change' if n == 1 else 'changes'} of level {span}."
    ]
    if n:
        said.append(
            "Levels are for a month of average length; dates and sizes are estimates made after a"
            " search, with ranges meant to hold the true value nine times in ten."
        )
        if not found.agrees:
            said.append(
                "The answer depends on how working days are taken into account, so read the dates"
                " with care."
            )
    return [Sentence(text, found.id) for text in said]


def one_change(change: LevelChange, finding_id: str) -> list[Sentence]:
    """One change: when, from what to what, how sure."""
    low, high = sorted(abs(end) for end in (change.difference.lower, change.difference.upper))
    unsure = change.difference.lower <= 0 <= change.difference.upper
    size = words.whole(abs(change.difference.estimate))
    way = "fewer" if change.direction is Direction.LOWER else "more"
    span = (
        "the range of its size includes no change at all"
        if unsure
        else f"90% range {words.whole(low)} to {words.whole(high)} {way}"
    )
    state = "" if change.confirmed else " This one is provisional: later months must confirm it."
    when_ = words.upper_first(words.month_range(change.first, change.last))
    return [
        Sentence(
            f"{when_}: a {_NOUNS[change.direction]} from about {words.whole(change.before)} to"
            f" about {words.whole(change.after)} a month ({size} {way}; {span}).{state}",
            finding_id,
        )
    ]


def since_then(found: SinceThen, noun: str) -> list[Sentence]:
    """What an earlier edition could say, and what the months since show."""
    earlier = found.earlier.words
    said = [
        f"The edition for {earlier} could use no later month. It saw {_seen(found.then)}.",
        f"In the {words.small(found.n_after)} months since, there were"
        f" {words.whole(found.mean_after)} {noun} a month on average, against"
        f" {words.whole(found.mean_before)} in the 12 months up to {earlier}.",
    ]
    for change in found.new_changes:
        said.append(
            f"With those months the search finds a {_NOUNS[change.direction]}"
            f" {words.month_range(change.first, change.last)}, from about"
            f" {words.whole(change.before)} to about {words.whole(change.after)} a month."
            + (
                f" Its range of dates begins after {earlier}, so that month is not counted as part"
                " of it."
                if change.first > found.earlier
                else f" Its range of dates reaches back to {earlier} or before."
            )
        )
    if not found.new_changes:
        said.append("They give no evidence of a further lasting change.")
    if found.held:
        last = found.held[-1]
        span = words.month_range(last.first, last.last)
        said.append(f"The {_NOUNS[last.direction]} {span} is still found.")
    for change in found.lost:
        said.append(
            f"The {_NOUNS[change.direction]} {words.month_range(change.first, change.last)} that it"
            " reported is no longer found."
        )
    return [Sentence(text, found.id) for text in said]


def _seen(then: LevelChanges) -> str:
    if not then.changes:
        return "no evidence of a change of level"
    last = then.changes[-1]
    return (
        f"the level last change {words.month_range(last.first, last.last)}, a"
        f" {_NOUNS[last.direction]} to about {words.whole(last.after)} a month"
    )
